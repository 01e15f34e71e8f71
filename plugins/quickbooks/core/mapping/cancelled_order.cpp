#include "core/mapping/line_ids.hpp"
#include "core/mapping/order_header.hpp"
#include "core/mapping/order_update.hpp"
#include "core/mapping/purchase_order.hpp"

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

} // namespace

Plan cancelled_order(const erp::Event& event, const References& references,
                     const settings::Settings& settings) {
  const erp::PurchaseOrder& order = std::get<erp::Cancellation>(event.document).order;
  if (!settings.sync_orders) return Nothing{"sync_orders=off"};
  const std::string subject = erp::subject_of(event);
  const auto written = references.written(subject);
  if (!written || written->entity_id.empty()) {
    const auto lost =
        marked_order(doc_number(order, settings.docnumber_format), subject, references);
    if (lost) return ReadFirst{qbo::Entity::purchase_order, *lost};
    return Nothing{"the order was cancelled before it was sent"};
  }
  const auto standing = qbo::read(written->answer);
  if (!standing || !standing->members())
    return ReadFirst{qbo::Entity::purchase_order, written->entity_id};
  if (standing->text_of("POStatus") == "Closed") return Nothing{"QuickBooks has it closed already"};

  StandingLines lines = standing_lines(*standing, written->line_ids_json);
  Send send;
  send.entity = qbo::Entity::purchase_order;
  send.entity_id = written->entity_id;
  send.doc_number = standing->text_of("DocNumber");
  send.line_ids = std::move(lines.host_ids);
  send.host_total = host_total_of(order);
  send.document_total = worth_of(event).amount;
  send.body = carried_over(*written, *standing);
  send.body.set("POStatus", "Closed");
  send.body.set("Line", std::move(lines.lines));
  send.content = "cancelled " + subject;
  return send;
}

} // namespace qb::mapping
