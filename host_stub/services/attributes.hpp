#pragma once

#include "home/folders.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace host::services {

struct Attribute {
  std::string kind; // one of attribute_kinds()
  std::vector<std::string> options;
};
const std::vector<std::string>& attribute_kinds(); // "select", "text", "number", "date", "checkbox"

// The users' own fields of purchase order lines: DIR/attributes.json,
// {"Expense Code":{"kind":"select","options":["6140"]}}. Read afresh at every question, so that a
// file written by hand counts at once. Any thread.
class Attributes {
 public:
  using All = std::map<std::string, Attribute>;
  explicit Attributes(const home::Folders& folders) : file_(folders.attributes()) {}
  Outcome<All> all() const;
  Outcome<void> set(const std::string& key, const Attribute& attribute);
  Outcome<void> remove(const std::string& key); // ERP_E_NOT_FOUND

 private:
  Outcome<void> write(const All& all);
  const std::filesystem::path file_;
  mutable std::mutex mutex_;
};

std::string to_json(const std::string& key, const Attribute& attribute);

} // namespace host::services
