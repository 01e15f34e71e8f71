#include "delivery/check_attributes.hpp"

#include "core/closeness/closeness.hpp"
#include "core/qbo/value.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

constexpr std::size_t options_shown_max = 20;

using mapping::Match;
using verdict::IssueWords;

struct Asked {
  const char* setting;
  const std::string& name;
  const char* things; // of QuickBooks, in words
  std::function<Match(const std::string&)> look_up;
};

std::vector<std::string> texts_of(const std::string& json) {
  std::vector<std::string> out;
  const auto value = qbo::read(json);
  if (value && value->items())
    for (const qbo::Value& item : *value->items())
      if (item.text()) out.push_back(*item.text());
  return out;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), options_shown_max); ++i)
    out += (i ? ", \"" : "\"") + names[i] + "\"";
  if (names.size() > options_shown_max)
    out += " and " + std::to_string(names.size() - options_shown_max) + " more";
  return out;
}

IssueWords missing(const Asked& asked, const std::vector<std::string>& names) {
  IssueWords words;
  words.cause = std::string(attribute_prefix) + "missing/" + asked.name;
  words.title = "No attribute of order lines is called \"" + asked.name + "\"";
  words.meaning = std::string("The setting ") + asked.setting +
                  " names it. Names count exactly, capitals and blanks included, so no order line "
                  "has a value for it, and its " +
                  asked.things + " do not reach QuickBooks.";
  closeness::NearMisses near(asked.name);
  for (const std::string& name : names)
    near.consider(name, name);
  const auto best = near.best();
  words.remedy = std::string("Correct the setting ") + asked.setting +
                 ", or add the attribute to order lines; then run refresh." +
                 (best.empty() ? "" : " Did you mean " + listed(best) + "?");
  return words;
}

IssueWords no_select(const Asked& asked, const std::string& kind) {
  IssueWords words;
  words.cause = std::string(attribute_prefix) + "kind/" + asked.name;
  words.title = "The attribute \"" + asked.name + "\" is no list to choose from";
  words.meaning = "It is of the kind " + kind + ", so people type the names of QuickBooks' " +
                  asked.things + " by hand, and a mistyped one holds its order up.";
  words.remedy = "Make it an attribute of the kind select. The names to offer: run quickbooks "
                 "options " +
                 std::string(asked.setting) + ". Or skip this issue if that is meant.";
  return words;
}

IssueWords unknown_options(const Asked& asked, const std::vector<std::string>& options) {
  IssueWords words;
  words.cause = std::string(attribute_prefix) + "options/" + asked.name;
  words.title = "QuickBooks does not know " + std::to_string(options.size()) +
                (options.size() == 1 ? " option" : " options") + " of the attribute \"" +
                asked.name + "\"";
  words.meaning = "An order line that has one of them holds its order up: " + listed(options) + ".";
  words.remedy = std::string("Add the ") + asked.things +
                 " in QuickBooks (or make them active), or take the options out of the attribute; "
                 "then run refresh. The names that QuickBooks offers: run quickbooks options " +
                 asked.setting + ".";
  words.curable_in_quickbooks = true;
  return words;
}

void check(const Asked& asked, const HostAttributes& host, const std::vector<std::string>& names,
           std::vector<IssueWords>& troubles) {
  const auto description = host.describe(asked.name);
  if (!description) {
    troubles.push_back(missing(asked, names));
    return;
  }
  const auto value = qbo::read(*description);
  if (!value) return;
  if (const std::string kind = value->text_of("kind"); kind != "select") {
    troubles.push_back(no_select(asked, kind));
    return;
  }
  std::vector<std::string> unknown;
  const qbo::Value* const options = value->find("options");
  if (!options) return;
  for (const std::string& option : texts_of(qbo::write(*options)))
    if (!option.empty() && asked.look_up(option).result != Match::Result::found)
      unknown.push_back(option);
  if (!unknown.empty()) troubles.push_back(unknown_options(asked, unknown));
}

} // namespace

std::vector<IssueWords> attribute_troubles(const settings::Settings& settings,
                                           const HostAttributes& host,
                                           const StoredReferences& references) {
  if (!host.list || !host.describe) return {};
  const std::vector<std::string> names = texts_of(host.list());
  if (names.empty()) return {};
  std::vector<IssueWords> troubles;
  const Asked all[] = {{"expense_attribute", settings.expense_attribute, "accounts",
                        [&](const std::string& name) { return references.account(name); }},
                       {"class_attribute", settings.class_attribute, "classes",
                        [&](const std::string& name) { return references.klass(name); }},
                       {"tax_attribute", settings.tax_attribute, "tax codes",
                        [&](const std::string& name) { return references.tax_code(name); }}};
  for (const Asked& asked : all)
    if (!asked.name.empty()) check(asked, host, names, troubles);
  return troubles;
}

} // namespace qb::delivery
