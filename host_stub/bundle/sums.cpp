#include "bundle/sums.hpp"

#include "home/files.hpp"
#include "loader/library.hpp"

#include <map>
#include <set>
#include <sstream>

namespace host::bundle {
namespace {

constexpr std::size_t digest_length = 64;

// "HASH  PATH" a line, as sha256sum writes it.
Outcome<std::map<std::string, std::string>> parsed(const std::string& text) {
  std::map<std::string, std::string> sums;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool has_form = line.size() > digest_length + 2 &&
                          line.substr(digest_length, 2) == "  " &&
                          line.find_first_not_of("0123456789abcdef") == digest_length;
    if (!has_form ||
        !sums.emplace(line.substr(digest_length + 2), line.substr(0, digest_length)).second)
      return problem(std::string("a line of its ") + sums_name + " is no hash and file");
  }
  return sums;
}

} // namespace

Outcome<void> check_sums(const std::filesystem::path& folder,
                         const std::vector<std::string>& files) {
  const auto text = home::read_private_file(folder / sums_name);
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return problem(std::string("it has no ") + sums_name);
  auto sums = parsed(**text);
  if (!sums) return tl::make_unexpected(sums.error());
  for (const std::string& file : files) {
    if (file == sums_name) continue;
    const auto sum = sums->find(file);
    if (sum == sums->end())
      return problem("it holds " + file + ", which its " + sums_name + " does not name");
    const auto digest = loader::digest_of(folder / file);
    if (!digest) return tl::make_unexpected(digest.error());
    if (*digest != sum->second)
      return problem(file + " in it is not the file whose hash stands in its " + sums_name);
    sums->erase(sum);
  }
  if (!sums->empty())
    return problem("its " + std::string(sums_name) + " names " + sums->begin()->first +
                   ", which it does not hold");
  return {};
}

} // namespace host::bundle
