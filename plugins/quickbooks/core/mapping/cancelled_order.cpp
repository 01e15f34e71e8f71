#include "core/mapping/line_ids.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/order_update.hpp"
#include "core/mapping/purchase_order.hpp"
#include "core/mapping/standing.hpp"

namespace qb::mapping {
namespace {

std::string host_total_of(const erp::PurchaseOrder& order) {
  std::optional<erp::Decimal> sum = erp::Decimal(0);
  for (const auto& line : order.lines)
    if (sum) sum = sum->plus(line.total);
  for (const auto& fee : order.fees)
    if (sum) sum = sum->plus(fee.amount);
  return sum ? sum->trimmed().to_string() : "";
}

// Why the order is closed although the setting says that cancelled ones are deleted; "" : nothing
// speaks against it.
std::string keeps_it(const qbo::Value& standing, const Written& written) {
  if (is_linked(standing)) return "a bill or another transaction is linked to it";
  if (has_lines_of_others(standing, written.line_ids_json))
    return "somebody added lines to it in QuickBooks";
  return {};
}

// Intuit, PurchaseOrder, delete: Id and SyncToken; one that is linked is refused (confirmed).
Send deleted(Send send, const std::string& subject, const Written& written) {
  send.remove = true;
  send.line_ids.clear();
  send.body = qbo::Value::object();
  send.body.set("Id", written.entity_id).set("SyncToken", written.sync_token);
  send.content = "deleted " + subject;
  return send;
}

} // namespace

Send closed_as_it_stands(const erp::PurchaseOrder& order, const std::string& subject,
                         const Written& written, const qbo::Value& standing) {
  StandingLines lines = standing_lines(standing, written.line_ids_json);
  Send send;
  send.entity = qbo::Entity::purchase_order;
  send.entity_id = written.entity_id;
  send.subject = subject;
  send.doc_number = standing.text_of("DocNumber");
  send.line_ids = std::move(lines.host_ids);
  send.host_total = host_total_of(order);
  send.document_total = worth_of(order).amount;
  send.body = carried_over(written, standing);
  send.body.set("POStatus", "Closed");
  send.body.set("Line", std::move(lines.lines));
  send.content = "closed " + subject;
  return send;
}

Plan cancelled_order(const erp::PurchaseOrder& order, const std::string& subject,
                     const References& references, const settings::Settings& settings) {
  if (!settings.sync_orders) return Nothing{"sync_orders=off"};
  const auto written = references.written(subject);
  if (!written || written->entity_id.empty()) {
    const auto lost =
        marked_order(doc_number(order, settings.docnumber_format), subject, references);
    if (lost) return ReadFirst{qbo::Entity::purchase_order, *lost};
    return Nothing{"the order was cancelled before it was sent"};
  }
  const auto standing = standing_of(*written);
  if (!standing) return ReadFirst{qbo::Entity::purchase_order, written->entity_id};
  Send send = closed_as_it_stands(order, subject, *written, *standing);
  if (settings.cancelled_orders == settings::CancelledOrders::remove) {
    const std::string reason = keeps_it(*standing, *written);
    if (reason.empty()) return deleted(std::move(send), subject, *written);
    send.warnings.push_back({ObstacleKind::order_not_deleted, order.number, "", "", reason, {}});
  }
  if (standing->text_of("POStatus") == "Closed") return Nothing{"QuickBooks has it closed already"};
  send.content = "cancelled " + subject;
  return send;
}

} // namespace qb::mapping
