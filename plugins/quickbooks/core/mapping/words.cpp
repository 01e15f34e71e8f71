#include "core/mapping/words.hpp"

#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {

verdict::IssueWords words_for(const Obstacle& obstacle, const std::string& subject) {
  verdict::IssueWords words;
  words.cause = cause_key(obstacle, subject);
  words.curable_in_quickbooks = curable_in_quickbooks(obstacle.kind);
  switch (obstacle.kind) {
  case ObstacleKind::account_unknown:
  case ObstacleKind::account_ambiguous:
  case ObstacleKind::account_inactive:
  case ObstacleKind::account_wrong_kind:
    account_words(obstacle, words);
    break;
  case ObstacleKind::class_unknown:
  case ObstacleKind::class_ambiguous:
  case ObstacleKind::class_inactive:
  case ObstacleKind::classes_differ:
    class_words(obstacle, words);
    break;
  case ObstacleKind::tax_code_unknown:
  case ObstacleKind::tax_code_inactive:
  case ObstacleKind::tax_code_for_sales:
    tax_words(obstacle, words);
    break;
  case ObstacleKind::class_tracking_off:
  case ObstacleKind::billed_line_kept:
  case ObstacleKind::order_not_deleted:
  case ObstacleKind::tax_differs:
    warning_words(obstacle, verdict::host_words(subject), words);
    break;
  case ObstacleKind::supplier_unknown:
  case ObstacleKind::supplier_ambiguous:
  case ObstacleKind::supplier_inactive:
  case ObstacleKind::supplier_currency:
  case ObstacleKind::supplier_name_refused:
    supplier_words(obstacle, words);
    break;
  case ObstacleKind::item_ambiguous:
  case ObstacleKind::item_inactive:
  case ObstacleKind::item_name_refused:
    item_words(obstacle, words);
    break;
  case ObstacleKind::line_not_ordered:
  case ObstacleKind::received_quantity_refused:
  case ObstacleKind::order_line_missing:
  case ObstacleKind::order_closed:
  case ObstacleKind::bill_number_taken:
  case ObstacleKind::bill_paid:
  case ObstacleKind::bill_in_closed_period:
  case ObstacleKind::bill_has_other_lines:
  case ObstacleKind::link_dropped:
  case ObstacleKind::period_closed:
  case ObstacleKind::period_closed_choose:
    receipt_words(obstacle, verdict::host_words(subject), words);
    break;
  default:
    document_words(obstacle, verdict::host_words(subject), words);
    break;
  }
  return words;
}

} // namespace qb::mapping
