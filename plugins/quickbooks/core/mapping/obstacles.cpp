#include "core/mapping/obstacles.hpp"

#include "core/mapping/text_limits.hpp"

namespace qb::mapping {

void Obstacles::add(ObstacleKind kind, std::string name, std::string where, std::string field,
                    std::string limit, std::vector<std::string> candidates) {
  found_.push_back(Obstacle{kind, std::move(name), std::move(where), std::move(field),
                            std::move(limit), std::move(candidates)});
}

std::string_view Obstacles::within(std::string_view text, std::size_t length_max,
                                   const std::string& where, const std::string& field) {
  if (limits::length_of(text) > length_max)
    add(ObstacleKind::text_too_long, std::string(text.substr(0, 40)), where, field,
        std::to_string(length_max) + " characters");
  return text;
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

std::string cause_key(const Obstacle& obstacle, const std::string& subject) {
  const auto shared = [&](const char* kind) { return std::string(kind) + "/" + obstacle.name; };
  const auto own = [&](const char* kind) {
    return std::string(kind) + "/" + subject +
           (obstacle.where.empty() ? "" : "/" + obstacle.where) +
           (obstacle.field.empty() ? "" : "/" + obstacle.field);
  };
  switch (obstacle.kind) {
  case ObstacleKind::account_unknown:
    return shared("account_unknown");
  case ObstacleKind::account_ambiguous:
    return shared("account_ambiguous");
  case ObstacleKind::account_inactive:
    return shared("account_inactive");
  case ObstacleKind::account_wrong_kind:
    return shared("account_wrong_kind") + "/" + obstacle.field;
  case ObstacleKind::class_unknown:
    return shared("class_unknown");
  case ObstacleKind::class_ambiguous:
    return shared("class_ambiguous");
  case ObstacleKind::class_inactive:
    return shared("class_inactive");
  case ObstacleKind::supplier_unknown:
    return shared("supplier_unknown");
  case ObstacleKind::supplier_ambiguous:
    return shared("supplier_ambiguous");
  case ObstacleKind::supplier_inactive:
    return shared("supplier_inactive");
  case ObstacleKind::supplier_currency:
    return shared("supplier_currency") + "/" + obstacle.limit;
  case ObstacleKind::item_ambiguous:
    return shared("item_ambiguous");
  case ObstacleKind::item_inactive:
    return shared("item_inactive");
  case ObstacleKind::item_name_refused:
    return shared("item_name_refused");
  case ObstacleKind::currency_unknown:
    return shared("currency_unknown");
  case ObstacleKind::currency_not_enabled:
    return shared("currency_not_enabled");
  case ObstacleKind::setting_missing:
    return shared("setting_missing");
  case ObstacleKind::number_too_long:
    return own("number_too_long");
  case ObstacleKind::number_taken:
    return own("number_taken");
  case ObstacleKind::text_too_long:
    return own("text_too_long");
  case ObstacleKind::too_many_lines:
    return own("too_many_lines");
  case ObstacleKind::nothing_to_order:
    return own("nothing_to_order");
  case ObstacleKind::price_does_not_fit:
    return own("price_does_not_fit");
  }
  return own("unknown");
}

bool curable_in_quickbooks(ObstacleKind kind) {
  switch (kind) {
  case ObstacleKind::number_too_long:
  case ObstacleKind::text_too_long:
  case ObstacleKind::too_many_lines:
  case ObstacleKind::nothing_to_order:
  case ObstacleKind::price_does_not_fit:
  case ObstacleKind::item_name_refused:
  case ObstacleKind::currency_unknown:
  case ObstacleKind::setting_missing:
    return false;
  default:
    return true;
  }
}

} // namespace qb::mapping
