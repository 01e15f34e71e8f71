#include "core/mapping/obstacles.hpp"

#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

#include <stdexcept>

namespace qb::mapping {
namespace {

// Of a name that is shown and makes a cause; texts of the host may be a megabyte.
constexpr std::size_t shown_name_characters_max = 200;
constexpr std::size_t shown_text_characters_max = 40;

struct Trait {
  const char* word;
  bool own;     // concerns one document only
  bool curable; // in QuickBooks' lists
  bool warning = false;
};

struct Row {
  ObstacleKind kind;
  Trait trait;
};
constexpr Row rows[] = {
    {ObstacleKind::account_unknown, {"account_unknown", false, true}},
    {ObstacleKind::account_ambiguous, {"account_ambiguous", false, true}},
    {ObstacleKind::account_inactive, {"account_inactive", false, true}},
    {ObstacleKind::account_wrong_kind, {"account_wrong_kind", false, true}},
    {ObstacleKind::class_unknown, {"class_unknown", false, true}},
    {ObstacleKind::class_ambiguous, {"class_ambiguous", false, true}},
    {ObstacleKind::class_inactive, {"class_inactive", false, true}},
    {ObstacleKind::classes_differ, {"classes_differ", true, true}},
    {ObstacleKind::class_tracking_off, {"class_tracking_off", false, true, true}},
    {ObstacleKind::tax_code_unknown, {"tax_code_unknown", false, true}},
    {ObstacleKind::tax_code_inactive, {"tax_code_inactive", false, true}},
    {ObstacleKind::tax_code_for_sales, {"tax_code_for_sales", false, true}},
    {ObstacleKind::supplier_unknown, {"supplier_unknown", false, true}},
    {ObstacleKind::supplier_ambiguous, {"supplier_ambiguous", false, true}},
    {ObstacleKind::supplier_inactive, {"supplier_inactive", false, true}},
    {ObstacleKind::supplier_currency, {"supplier_currency", false, true}},
    {ObstacleKind::supplier_name_refused, {"supplier_name_refused", false, false}},
    {ObstacleKind::item_ambiguous, {"item_ambiguous", false, true}},
    {ObstacleKind::item_inactive, {"item_inactive", false, true}},
    {ObstacleKind::item_name_refused, {"item_name_refused", false, false}},
    {ObstacleKind::number_refused, {"number_refused", true, false}},
    {ObstacleKind::number_too_long, {"number_too_long", true, false}},
    {ObstacleKind::number_taken, {"number_taken", true, true}},
    {ObstacleKind::text_too_long, {"text_too_long", true, false}},
    {ObstacleKind::too_many_lines, {"too_many_lines", true, false}},
    {ObstacleKind::nothing_to_order, {"nothing_to_order", true, false}},
    {ObstacleKind::price_does_not_fit, {"price_does_not_fit", true, false}},
    {ObstacleKind::amount_too_large, {"amount_too_large", true, false}},
    {ObstacleKind::currency_unknown, {"currency_unknown", false, false}},
    {ObstacleKind::currency_not_enabled, {"currency_not_enabled", false, true}},
    {ObstacleKind::home_currency_differs, {"home_currency_differs", false, false}},
    {ObstacleKind::exchange_rate_of_one, {"exchange_rate_of_one", true, false, true}},
    {ObstacleKind::setting_missing, {"setting_missing", false, false}},
    {ObstacleKind::billed_line_kept, {"billed_line_kept", true, false, true}},
    {ObstacleKind::order_not_deleted, {"order_not_deleted", true, false, true}},
    {ObstacleKind::tax_differs, {"tax_differs", true, false, true}},
    {ObstacleKind::line_not_ordered, {"line_not_ordered", true, false}},
    {ObstacleKind::received_quantity_refused, {"received_quantity_refused", true, false}},
    {ObstacleKind::order_line_missing, {"order_line_missing", true, true}},
    {ObstacleKind::order_closed, {"order_closed", true, true}},
    {ObstacleKind::bill_number_taken, {"bill_number_taken", true, true}},
    {ObstacleKind::bill_paid, {"bill_paid", true, true}},
    {ObstacleKind::bill_in_closed_period, {"bill_in_closed_period", true, true}},
    {ObstacleKind::bill_has_other_lines, {"bill_has_other_lines", true, true}},
    {ObstacleKind::link_dropped, {"link_dropped", true, true}},
    {ObstacleKind::period_closed, {"period_closed", false, true}},
    {ObstacleKind::period_closed_choose, {"period_closed_choose", true, true}},
};

Trait trait_of(ObstacleKind kind) {
  for (const Row& row : rows)
    if (row.kind == kind) return row.trait;
  throw std::logic_error("an obstacle without trait");
}

} // namespace

void Obstacles::add(ObstacleKind kind, std::string_view name, std::string where, std::string field,
                    std::string limit, std::vector<std::string> candidates) {
  Obstacle obstacle{kind,
                    beginning_of(on_one_line(name), shown_name_characters_max),
                    std::move(where),
                    std::move(field),
                    std::move(limit),
                    std::move(candidates)};
  if (causes_.insert(cause_key(obstacle, "")).second)
    (is_warning(kind) ? warnings_ : found_).push_back(std::move(obstacle));
}

std::string Obstacles::within(std::string_view text, std::size_t length_max,
                              const std::string& where, const std::string& field) {
  std::string clean = clean_text(text);
  if (limits::length_of(clean) > length_max)
    add(ObstacleKind::text_too_long, beginning_of(clean, shown_text_characters_max), where, field,
        std::to_string(length_max) + " characters");
  return clean;
}

std::string Obstacles::account(const Match& match, const std::string& name,
                               const std::string& where, const std::string& field) {
  switch (match.result) {
  case Match::Result::found:
    return match.known.id;
  case Match::Result::missing:
    add(ObstacleKind::account_unknown, name, where, field, {}, match.candidates);
    return {};
  case Match::Result::inactive:
    add(ObstacleKind::account_inactive, name, where, field);
    return {};
  case Match::Result::ambiguous:
    add(ObstacleKind::account_ambiguous, name, where, field, {}, match.candidates);
    return {};
  }
  return {};
}

std::string Obstacles::klass(const Match& match, const std::string& name, const std::string& where,
                             const std::string& field) {
  switch (match.result) {
  case Match::Result::found:
    return match.known.id;
  case Match::Result::missing:
    add(ObstacleKind::class_unknown, name, where, field, {}, match.candidates);
    return {};
  case Match::Result::inactive:
    add(ObstacleKind::class_inactive, name, where, field);
    return {};
  case Match::Result::ambiguous:
    add(ObstacleKind::class_ambiguous, name, where, field, {}, match.candidates);
    return {};
  }
  return {};
}

std::string Obstacles::tax_code(const Match& match, const std::string& name,
                                const std::string& where, const std::string& field) {
  switch (match.result) {
  case Match::Result::found:
    if (match.known.kind == "purchase") return match.known.id;
    add(ObstacleKind::tax_code_for_sales, name, where, field);
    return {};
  case Match::Result::inactive:
    add(ObstacleKind::tax_code_inactive, name, where, field);
    return {};
  case Match::Result::missing:
  case Match::Result::ambiguous: // names of tax codes are unique
    add(ObstacleKind::tax_code_unknown, name, where, field, {}, match.candidates);
    return {};
  }
  return {};
}

std::string cause_key(const Obstacle& obstacle, const std::string& subject) {
  const Trait trait = trait_of(obstacle.kind);
  if (trait.own && trait.warning)
    return warnings_prefix(subject) + trait.word +
           (obstacle.where.empty() ? "" : "/" + obstacle.where);
  std::string key = trait.word;
  if (trait.own) {
    key += "/" + subject;
    if (!obstacle.where.empty()) key += "/" + obstacle.where;
    if (!obstacle.field.empty()) key += "/" + obstacle.field;
    return key;
  }
  key += "/" + obstacle.name;
  // The same account may fit one setting and not another, the same supplier one currency.
  if (obstacle.kind == ObstacleKind::account_wrong_kind) key += "/" + obstacle.field;
  if (obstacle.kind == ObstacleKind::supplier_currency) key += "/" + obstacle.limit;
  return key;
}

bool is_warning(ObstacleKind kind) {
  return trait_of(kind).warning;
}

std::string warnings_prefix(const std::string& subject) {
  return "warning/" + subject + "/";
}

bool curable_in_quickbooks(ObstacleKind kind) {
  return trait_of(kind).curable;
}

} // namespace qb::mapping
