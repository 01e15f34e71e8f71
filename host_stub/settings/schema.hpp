#pragma once

#include "outcome/problem.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace host::settings {

using Values = std::map<std::string, std::string>;

// What a plugin lets an administrator set: its JSON Schema (draft-07) of a flat object of strings.
// Immutable; any thread.
class Schema {
 public:
  static Outcome<Schema> parse(const std::string& text);
  Schema(Schema&&) noexcept;
  ~Schema();

  bool is_known(const std::string& name) const; // a property, or one of a pattern
  bool is_secret(const std::string& name) const;
  // What the schema says of a setting; all empty of an unknown one.
  struct About {
    std::string title, description;
    std::vector<std::string> choices;
    std::optional<std::string> fallback; // what holds while it is not set
    bool required = false;
  };
  About about(const std::string& name) const;
  std::vector<std::string> names() const; // of the properties, in alphabetical order
  // The required ones that have no value.
  std::vector<std::string> missing_in(const Values& values) const;

  // ERP_E_NOT_FOUND with close matches: there is no such setting.
  Outcome<void> check_name(const std::string& name) const;
  // Each value for itself, whatever else is missing; a line for each that is wrong. Never puts a
  // secret value into the message.
  Outcome<void> check_each(const Values& values) const;
  // The whole object. Secrets stand as "set".
  Outcome<void> check_whole(const Values& values) const;

 private:
  struct Parsed;
  explicit Schema(std::unique_ptr<Parsed> parsed);
  std::string wrong_with(const std::string& name, const std::string& value) const; // "": nothing
  std::unique_ptr<Parsed> parsed_;
};

// The one flat JSON object that plugins read.
std::string to_json(const Values& values);

// Those of `names` that differ from `wanted` by a slip of the finger, the nearest first.
std::vector<std::string> close_matches(const std::string& wanted,
                                       const std::vector<std::string>& names);
// "there is no setting "x"; did you mean y?" or the list of all.
Problem unknown_name(const std::string& wanted, const std::vector<std::string>& names);
Problem did_you_mean(const std::string& wanted, const std::vector<std::string>& close);

} // namespace host::settings
