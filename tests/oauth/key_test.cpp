#include "oauth/kept_key.hpp"
#include "oauth/seal.hpp"

#include <cstdint>
#include <cstdio>
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <string>

using namespace qb::oauth;

TEST_CASE("a key survives as text, and no other text is a key") {
  const Key key = make_key();
  const std::string text = key_to_text(key);
  CHECK(text.size() == 44);
  CHECK(key_from_text(text) == key);
  CHECK(key_from_text(text + "\n") == key);
  CHECK(make_key() != key);
  for (const std::string& bad :
       {std::string(), text.substr(1), text + "A", "!" + text.substr(1), text.substr(0, 43) + "A",
        text.substr(0, 42) + "==", std::string(44, '='), text + "=", " " + text}) {
    CAPTURE(bad);
    CHECK_FALSE(key_from_text(bad));
  }
}

TEST_CASE("ten thousand seals use ten thousand nonces") {
  const Key key = make_key();
  std::set<std::string> nonces;
  for (int i = 0; i < 10'000; ++i)
    nonces.insert(sealed(key, "secret", "context").substr(0, nonce_size_bytes));
  CHECK(nonces.size() == 10'000);
}

TEST_CASE("a seal opens for its key and its context only") {
  const Key key = make_key();
  const std::string bytes = sealed(key, "secret", "company A");
  CHECK(unsealed(key, bytes, "company A").value_or("") == "secret");
  CHECK_FALSE(unsealed(key, bytes, "company B"));
  CHECK_FALSE(unsealed(key, bytes, ""));
  CHECK_FALSE(unsealed(make_key(), bytes, "company A"));
  CHECK(unsealed(key, sealed(key, "", "c"), "c").value_or("x") == "");
}

TEST_CASE("a seal of which any byte was changed does not open, nor a part of it") {
  const Key key = make_key();
  const std::string bytes = sealed(key, "a refresh token", "company");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAPTURE(i);
    CHECK_FALSE(unsealed(key, changed, "company"));
    CHECK_FALSE(unsealed(key, bytes.substr(0, i), "company"));
  }
  CHECK_FALSE(unsealed(key, bytes + "x", "company"));
}

namespace {

// The flags of the mapping that holds the address, as the kernel shows them: "rd wr lo dd".
std::string flags_at(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  std::string line;
  bool here = false;
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  while (std::getline(maps, line)) {
    unsigned long long begin = 0, end = 0;
    if (std::sscanf(line.c_str(), "%llx-%llx ", &begin, &end) == 2)
      here = begin <= wanted && wanted < end;
    if (here && line.rfind("VmFlags:", 0) == 0) return line;
  }
  return "";
}

} // namespace

TEST_CASE("a key that is kept lies in memory that is neither swapped nor dumped") {
  const Key key = make_key();
  const KeptKey kept(key);
  CHECK(*kept == key);
  const std::string flags = flags_at(&*kept);
  CAPTURE(flags);
  CHECK(flags.find(" dd") != std::string::npos);
#ifndef __SANITIZE_ADDRESS__ // which makes mlock() do nothing
  CHECK(flags.find(" lo") != std::string::npos);
#endif
}
