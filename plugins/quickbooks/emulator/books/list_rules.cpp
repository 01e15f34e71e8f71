#include "account_kinds.hpp"
#include "change.hpp"
#include "text.hpp"

#include <array>

namespace emulator::books {
namespace {

Objection settle_account_type(Change& change) {
  auto& account = change.body;
  auto type = account.text_of("AccountType"), subtype = account.text_of("AccountSubType");
  if (type.empty() && subtype.empty())
    return faults::coded("6010", "Account type is missing",
                         "AccountType or AccountSubType is needed.", "AccountType");
  // Changing the type alone takes the new type's default sub-type along.
  if (change.before && !change.sent.text_of("AccountType").empty() &&
      change.sent.text_of("AccountSubType").empty() &&
      change.before->body.text_of("AccountType") != type)
    subtype.clear();
  const auto* by_subtype = subtype.empty() ? nullptr : account_kind_of_subtype(subtype);
  if (!subtype.empty() && !by_subtype) return faults::enumeration("AccountSubType", subtype);
  const auto* kind = type.empty() ? by_subtype : account_kind(type);
  if (by_subtype && kind != by_subtype)
    return faults::business("The account sub-type does not belong to the account type.");
  account.set("AccountType", kind->type);
  account.set("AccountSubType",
              subtype.empty() ? kind->default_subtype : std::string_view{subtype});
  account.set("Classification", kind->classification);
  return {};
}

Objection check_account_number(const Company& company, const Change& change) {
  const auto number = change.body.text_of("AcctNum");
  const bool short_numbers = company.region == Region::us || company.region == Region::uk;
  const std::size_t length_max = short_numbers ? 7 : 20;
  if (code_points(number) > length_max)
    return faults::length("AcctNum", length_max, code_points(number));
  if (number.find(':') != std::string::npos) return faults::invalid_text("AcctNum");
  const auto holder = company.name_holder(account_number_key(change.body));
  const bool taken = holder && (!change.before || holder->id != change.before->id);
  if (!number.empty() && taken && company.preference("AccountingInfoPrefs", "UseAccountNumbers"))
    return faults::duplicate_name("account");
  return {};
}

Objection check_email(const Value& body, std::string_view member) {
  const auto* email = body.find(member);
  const auto address = email ? email->text_of("Address") : std::string{};
  if (address.empty()) return {};
  const auto at = address.find('@');
  if (at == std::string::npos || at == 0 || address.find('.', at) == std::string::npos)
    return faults::coded("2210", "Invalid Email Address", address, std::string{member});
  return {};
}

/// The name made of its parts, when no DisplayName is sent.
std::string composed_name(const Value& body) {
  static constexpr std::array parts = {"Title", "GivenName", "MiddleName", "FamilyName", "Suffix"};
  std::string name;
  for (const auto* part : parts)
    if (const auto text = body.text_of(part); !text.empty())
      name += (name.empty() ? "" : " ") + text;
  return name.empty() ? body.text_of("CompanyName") : name;
}

} // namespace

Objection settle_account(const Company& company, Change& change) {
  if (auto objection = settle_account_type(change)) return objection;
  if (auto objection = check_account_number(company, change)) return objection;
  if (auto objection = settle_list_currency(company, change)) return objection;
  const auto* parent = company.find(Entity::account, change.body.ref_of("ParentRef"));
  if (parent && parent->body.text_of("AccountType") != change.body.text_of("AccountType"))
    return faults::account_type("A sub-account must have the type of its parent.");
  if (!change.before) {
    change.body.set("CurrentBalance", Decimal{});
    change.body.set("CurrentBalanceWithSubAccounts", Decimal{});
  }
  return {};
}

Objection settle_person(const Company& company, Change& change) {
  auto& person = change.body;
  if (person.text_of("DisplayName").empty() && change.sparse) keep_stored(change, "DisplayName");
  if (person.text_of("DisplayName").empty()) {
    const auto name = composed_name(person);
    if (name.empty())
      return faults::coded(
          "6080", "Name is missing",
          "At least one of Title, GivenName, MiddleName, FamilyName, DisplayName or Suffix "
          "is needed.");
    person.set("DisplayName", name);
  }
  const bool no_print_name = person.text_of("PrintOnCheckName").empty();
  if (no_print_name && change.sparse) keep_stored(change, "PrintOnCheckName");
  if (person.text_of("PrintOnCheckName").empty())
    person.set("PrintOnCheckName", person.text_of("DisplayName").substr(0, 100));
  if (auto objection = check_email(person, "PrimaryEmailAddr")) return objection;
  if (auto objection = settle_list_currency(company, change)) return objection;
  if (!person.find("Balance")) person.set("Balance", Decimal{});
  if (change.info.entity == Entity::vendor) {
    if (!person.find("Vendor1099")) person.set("Vendor1099", false);
    const bool deactivated = change.before && is_active(change.before->body) && !is_active(person);
    if (deactivated && person.number_of("Balance").sign() != 0)
      return faults::coded("6220", "Object to be deleted has a balance",
                           person.text_of("DisplayName"));
  } else {
    if (!person.find("Taxable")) person.set("Taxable", false);
    if (!person.find("BillWithParent")) person.set("BillWithParent", false);
  }
  return {};
}

Objection settle_term(const Company&, Change& change) {
  auto& term = change.body;
  const bool by_days = term.find("DueDays"), by_date = term.find("DayOfMonthDue");
  if (!by_days && !by_date) return faults::missing("DueDays");
  if (by_days && by_date)
    return faults::coded("2600", "Conflicting elements",
                         "DueDays and DayOfMonthDue exclude each other.");
  if (term.number_of("DueDays") > Decimal{999} || term.number_of("DueDays").sign() < 0)
    return faults::number_range("DueDays", term.number_of("DueDays").text());
  if (by_date && (term.number_of("DayOfMonthDue") > Decimal{31} ||
                  term.number_of("DayOfMonthDue").sign() <= 0))
    return faults::number_range("DayOfMonthDue", term.number_of("DayOfMonthDue").text());
  term.set("Type", by_days ? "STANDARD" : "DATE_DRIVEN");
  return {};
}

Objection settle_preferences(const Company& company, Change& change) {
  const auto* currency = change.body.find("CurrencyPrefs");
  if (company.multicurrency() && !(currency && currency->flag_of("MultiCurrencyEnabled")))
    return faults::business("Multi Currency cannot be switched off once it is on.");
  Value group = currency ? *currency : Value::object();
  group.set("HomeCurrency", reference_to(company.home_currency()));
  change.body.set("CurrencyPrefs", std::move(group));
  return {};
}

} // namespace emulator::books
