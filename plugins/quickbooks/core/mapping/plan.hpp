#pragma once

#include "core/mapping/obstacle.hpp"
#include "core/mapping/private_note.hpp"
#include "core/mapping/references.hpp"
#include "core/qbo/value.hpp"
#include "core/settings/settings.hpp"

#include <string>
#include <variant>
#include <vector>

// From a host's event to what is to be written in QuickBooks. Pure.
namespace qb::mapping {

// Nothing is to be written, and why, in words for a person: "receipts=none".
struct Nothing {
  std::string reason;
};

// It is in QuickBooks already, and nothing of ours is to be changed there: remember which one it
// is.
struct Known {
  qbo::Known known;
  std::string host_name;
};

// Write this object.
struct Send {
  qbo::Entity entity = qbo::Entity::item;
  std::string entity_id; // "" : create
  qbo::Value body;       // complete, with Id and SyncToken of an update
  std::string
      content; // what we say of it, without Id and SyncToken: equal content is not written again
  std::string doc_number;            // of a transaction
  std::string host_name;             // of a list entity: the name we derived
  std::vector<std::string> line_ids; // host ids of the lines in the order of the body's Line
  std::string host_total;            // exact, of an order; "" else
  std::string document_total;        // the sum of the rounded amounts
  bool remove = false;               // the object is deleted; the body is its Id and SyncToken
  std::vector<Obstacle> warnings;    // what a person should know although it is written
  // What the host says the tax is, where QuickBooks reckons it itself; "" else.
  std::string host_tax;
  std::string subject;               // whose link it is, if not the event's
  std::string order_subject;         // of a bill: its order, whose state in QuickBooks it changes
  std::string billing_json;          // of a bill: what stands on it (Billing)
  bool allows_double_number = false; // another vendor's document may carry the number
  std::string note;                  // for the outbox: "dated 2026-12-01, ..."
};

// These records must be in QuickBooks first (a part without item, a supplier without vendor).
struct First {
  std::vector<erp::Event> events; // event_id empty; kind part_saved or supplier_saved
};

// The object must be read first: we know its Id, not its content.
struct ReadFirst {
  qbo::Entity entity = qbo::Entity::purchase_order;
  std::string entity_id;
  std::string subject;       // whose link it is, if not the event's
  std::string order_subject; // of a bill
};

struct Blocked {
  std::vector<Obstacle> obstacles; // at least one
};

using Plan = std::variant<Nothing, Known, Send, First, ReadFirst, Blocked>;

// `derived`: the event was made by us because another document needs it (First), not by the host.
Plan plan(const erp::Event& event, bool derived, const References& references,
          const settings::Settings& settings);

// "820412-001 Rev B", "820412-001": the name of a part's item, without blanks around.
std::string item_name(const erp::Part& part);
// The same as QuickBooks takes it: a name with characters that it refuses, or of more than 100, is
// replaced by one that looks like it and ends in a mark of its own, so that no other part's name is
// ever taken for it (docs/adr/0020).
std::string quickbooks_item_name(const erp::Part& part);
// The name of a supplier's vendor, without blanks around.
std::string vendor_name(const erp::Supplier& supplier);
// Two names that a person would call the same: blanks, case, Unicode spaces, typographic
// apostrophes.
std::string normalised(std::string_view name);
// The second step, after equality: does an item of this name mean the part? "820412-001 Rev B -
// bracket" yes, "... Rev BA" no. A part without revision is never meant by an item that names one.
bool name_contains_part(std::string_view item_name, const erp::Part& part);

// The amounts of a document, for showing what an issue holds up.
struct Worth {
  std::string currency;
  std::string amount; // "" if the document has none
};
Worth worth_of(const erp::Event& event);
Worth worth_of(const erp::PurchaseOrder& order);

// Did QuickBooks leave out a class that was sent, as it does without a word where it keeps none?
bool drops_classes(const qbo::Value& sent, const qbo::Value& answer);
// The tax that QuickBooks reckoned in its answer, where it is not what the host said.
std::optional<Obstacle> tax_difference(const std::string& host_tax, const qbo::Value& answer);

} // namespace qb::mapping
