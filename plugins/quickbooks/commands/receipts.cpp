#include "commands/groups.hpp"

#include "core/mapping/billing.hpp"
#include "core/mapping/plan.hpp"
#include "core/verdict/words.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/pages.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace qb::commands {
namespace {

using outbox::Entry;
using outbox::Pages;

// A receipt as it was recorded last, and what is to become of it.
struct Found {
  Entry entry; // without its snapshot
  std::string received_on, order;
  mapping::Worth worth;
  const char* action = "send"; // or why not: "billed", "on its way", "given up"
  erp::Event event;
};

bool is_receipt(const Entry& entry) {
  return entry.kind == erp::to_string(erp::EventKind::po_received) ||
         entry.kind == erp::to_string(erp::EventKind::receipt_corrected);
}

bool is_billed(const Rooms& rooms, const std::string& receipt, const std::string& order) {
  for (const links::Link& link : rooms.links.of_order(order))
    if (!link.entity_id.empty() &&
        mapping::billing_from(link.billing_json).receipts.contains(receipt))
      return true;
  return false;
}

const char* action_for(const Rooms& rooms, const Entry& entry) {
  if (outbox::is_open(entry.state)) return "on its way";
  if (is_billed(rooms, entry.subject, entry.ordering_key)) return "billed";
  return entry.state == outbox::State::discarded ? "given up" : "send";
}

std::string day_of(const erp::Event& event) {
  const auto& received_on = std::get<erp::Receipt>(event.document).received_on;
  return received_on ? erp::to_string(*received_on)
                     : erp::to_rfc3339(event.occurred_at).substr(0, 10);
}

// The newest state of each receipt since that day, in the order of recording. Days compare as
// texts: 2026-11-25.
std::vector<Found> receipts_since(const Rooms& rooms, const std::string& since) {
  std::vector<Found> all;
  std::set<std::string> seen;
  const Pages pages(rooms.store);
  for (std::int64_t before = Pages::newest; before != 0;) {
    const outbox::Page page = pages.before({}, before);
    for (const outbox::Row& row : page.rows) {
      if (!is_receipt(row.entry) || !seen.insert(row.entry.subject).second) continue;
      auto entry = rooms.outbox.find(row.entry.id);
      const auto event =
          entry ? erp::event_from_json(entry->snapshot) : erp::event_from_json(std::string_view());
      if (!event || day_of(*event) < since) continue;
      Found found;
      found.action = action_for(rooms, *entry);
      found.received_on = day_of(*event);
      found.order = entry->ordering_key;
      found.worth = mapping::worth_of(*event);
      found.event = *event;
      found.entry = std::move(*entry);
      found.entry.snapshot.clear();
      all.push_back(std::move(found));
    }
    before = page.next_before;
  }
  std::reverse(all.begin(), all.end());
  return all;
}

bool is_to_be_sent(const Found& found) {
  return std::string_view(found.action) == "send";
}

// Some rows a write: hooks wait while it lasts. Asked twice at once, the id of the event tells.
void hand_over(const Rooms& rooms, const std::vector<Found>& found) {
  for (std::size_t begin = 0; begin < found.size(); begin += Pages::length_max) {
    const std::size_t end = std::min(found.size(), begin + Pages::length_max);
    rooms.store.write([&](store::Connection& db) {
      for (std::size_t i = begin; i < end; ++i) {
        if (!is_to_be_sent(found[i])) continue;
        erp::Event event = found[i].event;
        event.event_id = "replay-" + std::to_string(found[i].entry.id);
        Entry again = found[i].entry;
        again.event_id = event.event_id;
        again.snapshot = erp::to_json(event);
        again.cause = outbox::Cause::backfill;
        again.currency = found[i].worth.currency;
        again.amount = found[i].worth.amount;
        again.due_at = again.recorded_at = rooms.services.now();
        outbox::Outbox::record(db, again, true);
      }
    });
  }
}

std::string json_of(const std::vector<Found>& all) {
  qbo::Value out = qbo::Value::array();
  for (const Found& found : all) {
    qbo::Value row = qbo::Value::object();
    row.set("subject", found.entry.subject)
        .set("purchase_order", found.order)
        .set("received_on", found.received_on)
        .set("currency", text_or_null(found.worth.currency))
        .set("amount", text_or_null(found.worth.amount))
        .set("action", found.action);
    out.push(std::move(row));
  }
  return qbo::write(out) + "\n";
}

std::string text_of(const std::vector<Found>& all, bool dry_run) {
  if (all.empty()) return "No receipt of that time is remembered.\n";
  std::vector<std::vector<std::string>> rows = {
      {"RECEIPT", "RECEIVED", "OF", "WORTH", dry_run ? "WOULD BE" : "IS"}};
  std::size_t count = 0;
  for (const Found& found : all) {
    const bool sent = is_to_be_sent(found);
    count += sent ? 1 : 0;
    rows.push_back({found.entry.subject, found.received_on, verdict::host_words(found.order),
                    found.worth.amount + " " + found.worth.currency,
                    sent ? "sent" : std::string("left alone: ") + found.action});
  }
  const std::string what = std::to_string(count) + " of " + std::to_string(all.size()) +
                           (all.size() == 1 ? " receipt" : " receipts");
  return table(rows) + what +
         (dry_run ? " would be sent; nothing was changed.\n"
                  : " handed over; see how they fare: outbox list --open\n");
}

} // namespace

std::string receipts(Workshop& workshop, Words words) {
  const char* usage = usage_of("receipts");
  const bool json = words.flag("--json");
  const bool dry_run = words.flag("--dry-run");
  const auto since = words.value("--since");
  const auto rest = words.rest(usage);
  if (rest.size() != 1 || rest[0] != "replay")
    throw erp::Failure{ERP_E_INVALID, not_understood(rest, {"replay"}, usage)};
  if (!since || !erp::parse_date(*since))
    throw erp::Failure{ERP_E_INVALID,
                       "Since which day? Write it as 2026-11-01: receipts replay --since DATE"};
  const settings::Settings settings = workshop.settings();
  if (settings.receipts == settings::Receipts::none)
    throw erp::Failure{ERP_E_INVALID,
                       "The setting receipts is none, so nothing would be written. Choose what a "
                       "receipt becomes first: erp-host settings set quickbooks "
                       "receipts=bill_per_receipt"};
  if (!settings.sync_orders)
    throw erp::Failure{ERP_E_INVALID, "The setting sync_orders is off, so nothing would be "
                                      "written. Turn it on first: erp-host settings set "
                                      "quickbooks sync_orders=on"};
  const Rooms rooms = workshop.rooms();
  const auto found = receipts_since(rooms, *since);
  if (!dry_run) {
    hand_over(rooms, found);
    workshop.deliver_soon();
  }
  return json ? json_of(found) : text_of(found, dry_run);
}

} // namespace qb::commands
