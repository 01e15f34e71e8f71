#pragma once

#include "bundle/signature.hpp"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace host::marketplace {

// Reads the members of a hostile JSON object one by one; the first that is missing, of another
// kind or too large becomes the one problem, and everything read after it is empty.
class Members {
 public:
  // `what` is said in the problem: "entry 3". The object must outlive this.
  Members(const nlohmann::json& object, std::string what);

  std::string text(const char* name);
  std::string text_or_nothing(const char* name);
  std::string plain_name(const char* name); // safe as a file's name
  std::uint64_t number(const char* name, std::uint64_t max);
  std::int64_t instant(const char* name); // microseconds since 1970
  std::string digest(const char* name);   // SHA-256 in hexadecimal digits
  bundle::PublicKey key(const char* name);
  std::vector<std::string> lines(const char* name, std::size_t count_max);
  const nlohmann::json& object(const char* name);
  // Empty if it is missing and `may_be_missing`.
  const nlohmann::json& array(const char* name, std::size_t count_max, bool may_be_missing = false);

  void refuse(const std::string& why);
  bool good() const { return wrong_.empty(); }
  const std::string& wrong() const { return wrong_; } // empty: everything was good

 private:
  const nlohmann::json* find(const char* name);
  const nlohmann::json& object_;
  std::string what_, wrong_;
};

} // namespace host::marketplace
