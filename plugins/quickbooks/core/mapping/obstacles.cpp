#include "core/mapping/obstacles.hpp"

#include "core/mapping/text.hpp"
#include "core/mapping/text_limits.hpp"

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

Trait trait_of(ObstacleKind kind) {
  switch (kind) {
  case ObstacleKind::account_unknown:
    return {"account_unknown", false, true};
  case ObstacleKind::account_ambiguous:
    return {"account_ambiguous", false, true};
  case ObstacleKind::account_inactive:
    return {"account_inactive", false, true};
  case ObstacleKind::account_wrong_kind:
    return {"account_wrong_kind", false, true};
  case ObstacleKind::class_unknown:
    return {"class_unknown", false, true};
  case ObstacleKind::class_ambiguous:
    return {"class_ambiguous", false, true};
  case ObstacleKind::class_inactive:
    return {"class_inactive", false, true};
  case ObstacleKind::classes_differ:
    return {"classes_differ", true, true};
  case ObstacleKind::class_tracking_off:
    return {"class_tracking_off", false, true, true};
  case ObstacleKind::tax_code_unknown:
    return {"tax_code_unknown", false, true};
  case ObstacleKind::tax_code_inactive:
    return {"tax_code_inactive", false, true};
  case ObstacleKind::tax_code_for_sales:
    return {"tax_code_for_sales", false, true};
  case ObstacleKind::supplier_unknown:
    return {"supplier_unknown", false, true};
  case ObstacleKind::supplier_ambiguous:
    return {"supplier_ambiguous", false, true};
  case ObstacleKind::supplier_inactive:
    return {"supplier_inactive", false, true};
  case ObstacleKind::supplier_currency:
    return {"supplier_currency", false, true};
  case ObstacleKind::supplier_name_refused:
    return {"supplier_name_refused", false, false};
  case ObstacleKind::item_ambiguous:
    return {"item_ambiguous", false, true};
  case ObstacleKind::item_inactive:
    return {"item_inactive", false, true};
  case ObstacleKind::item_name_refused:
    return {"item_name_refused", false, false};
  case ObstacleKind::number_refused:
    return {"number_refused", true, false};
  case ObstacleKind::number_too_long:
    return {"number_too_long", true, false};
  case ObstacleKind::number_taken:
    return {"number_taken", true, true};
  case ObstacleKind::text_too_long:
    return {"text_too_long", true, false};
  case ObstacleKind::too_many_lines:
    return {"too_many_lines", true, false};
  case ObstacleKind::nothing_to_order:
    return {"nothing_to_order", true, false};
  case ObstacleKind::price_does_not_fit:
    return {"price_does_not_fit", true, false};
  case ObstacleKind::amount_too_large:
    return {"amount_too_large", true, false};
  case ObstacleKind::currency_unknown:
    return {"currency_unknown", false, false};
  case ObstacleKind::currency_not_enabled:
    return {"currency_not_enabled", false, true};
  case ObstacleKind::home_currency_differs:
    return {"home_currency_differs", false, false};
  case ObstacleKind::exchange_rate_of_one:
    return {"exchange_rate_of_one", true, false, true};
  case ObstacleKind::setting_missing:
    return {"setting_missing", false, false};
  case ObstacleKind::billed_line_kept:
    return {"billed_line_kept", true, false, true};
  case ObstacleKind::order_not_deleted:
    return {"order_not_deleted", true, false, true};
  case ObstacleKind::tax_differs:
    return {"tax_differs", true, false, true};
  case ObstacleKind::line_not_ordered:
    return {"line_not_ordered", true, false};
  case ObstacleKind::received_quantity_refused:
    return {"received_quantity_refused", true, false};
  case ObstacleKind::order_line_missing:
    return {"order_line_missing", true, true};
  case ObstacleKind::order_closed:
    return {"order_closed", true, true};
  case ObstacleKind::bill_number_taken:
    return {"bill_number_taken", true, true};
  case ObstacleKind::bill_paid:
    return {"bill_paid", true, true};
  case ObstacleKind::bill_in_closed_period:
    return {"bill_in_closed_period", true, true};
  case ObstacleKind::bill_has_other_lines:
    return {"bill_has_other_lines", true, true};
  case ObstacleKind::link_dropped:
    return {"link_dropped", true, true};
  case ObstacleKind::period_closed:
    return {"period_closed", false, true};
  case ObstacleKind::period_closed_choose:
    return {"period_closed_choose", true, true};
  }
  return {"unknown", true, false};
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
