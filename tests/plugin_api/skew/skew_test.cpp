#include "erp/plugin.h"
#include "erp/sdk/borrowed.hpp"
#include "skew_host.h"

#include <csignal>
#include <dlfcn.h>
#include <doctest/doctest.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

// A host and a plugin of different ages, in every pairing. "Older" headers lack the last field of
// erp_part and erp_purchase_order, "newer" ones have one more than today's.
namespace {

void* library(const std::string& name) {
  void* handle =
      dlopen((std::string(SKEW_FOLDER "/") + name + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE_MESSAGE(handle != nullptr, dlerror());
  return handle;
}

template <class Function>
Function symbol(void* handle, const char* name) {
  const auto found = reinterpret_cast<Function>(dlsym(handle, name));
  REQUIRE_MESSAGE((found != nullptr), name);
  return found;
}

const erp_plugin* plugin_of(const std::string& age) {
  const auto entry =
      symbol<erp_plugin_entry_v1_fn>(library("skew_plugin_" + age), ERP_PLUGIN_ENTRY_NAME);
  return entry(nullptr, nullptr);
}

using Tell = int (*)(const void*, char*, unsigned);
using Document = const void* (*)();

std::string said_by(const std::string& plugin_age, const std::string& host_age) {
  char said[512];
  const auto tell = symbol<Tell>(library("skew_host_" + host_age), "skew_host_tell");
  CHECK(tell(plugin_of(plugin_age), said, sizeof said) == 0);
  return said;
}

template <class Struct>
const Struct& document_of(const std::string& host_age, const char* function) {
  return *static_cast<const Struct*>(
      symbol<Document>(library("skew_host_" + host_age), function)());
}

} // namespace

TEST_CASE("a plugin reads all that a host of its own age fills (R3)") {
  CHECK(said_by("older", "older") ==
        "part 820412-001 active=unknown barcode=unknown\n"
        "order 1042 part=820412-001 fees=unknown approved_by=unknown\n");
  CHECK(said_by("today", "today") == "part 820412-001 active=1 barcode=unknown\n"
                                     "order 1042 part=820412-001 fees=1 approved_by=unknown\n");
  CHECK(said_by("newer", "newer") == "part 820412-001 active=1 barcode=4006381333931\n"
                                     "order 1042 part=820412-001 fees=1 approved_by=controller\n");
}

TEST_CASE("an older plugin does not notice what a newer host appended (R3)") {
  const std::string older = said_by("older", "older");
  CHECK(said_by("older", "today") == older);
  CHECK(said_by("older", "newer") == older);
  CHECK(said_by("today", "newer") == said_by("today", "today"));
}

TEST_CASE("a newer plugin reads what an older host filled, and nothing beyond (R3)") {
  CHECK(said_by("today", "older") ==
        "part 820412-001 active=absent barcode=unknown\n"
        "order 1042 part=820412-001 fees=absent approved_by=unknown\n");
  CHECK(said_by("newer", "today") == "part 820412-001 active=1 barcode=absent\n"
                                     "order 1042 part=820412-001 fees=1 approved_by=absent\n");
  CHECK(said_by("newer", "older") == "part 820412-001 active=absent barcode=absent\n"
                                     "order 1042 part=820412-001 fees=absent approved_by=absent\n");
}

TEST_CASE("a plugin that reads beyond what the host filled does not survive this test") {
  const auto tell = symbol<Tell>(library("skew_host_today"), "skew_host_tell");
  const erp_plugin* careless = plugin_of("careless");
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGSEGV, SIG_DFL); // neither doctest nor a sanitizer need report it
    char said[512];
    tell(careless, said, sizeof said);
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGSEGV);
}

TEST_CASE("the SDK's copy takes a newer host's documents and refuses those of before 1.0 (R3)") {
  const auto& newer = document_of<erp_purchase_order>("newer", "skew_host_order");
  CHECK(newer.struct_size > sizeof(erp_purchase_order));
  const erp::PurchaseOrder order = erp::copy(newer);
  CHECK(order.fees.size() == 1);
  CHECK(order.lines.at(0).part->active);
  CHECK_THROWS_AS(erp::copy(document_of<erp_purchase_order>("older", "skew_host_order")),
                  erp::BrokenContract);
  CHECK_THROWS_AS(erp::copy(document_of<erp_part>("older", "skew_host_part")), erp::BrokenContract);
}
