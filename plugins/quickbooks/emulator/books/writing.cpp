#include "writing.hpp"
#include "bill_effects.hpp"
#include "change.hpp"
#include "conform.hpp"
#include "payment_effects.hpp"
#include "shapes.hpp"
#include "text.hpp"

namespace emulator::books {
namespace {

/// Id and SyncToken as a client sent them: texts, though Jackson takes numbers as well.
std::string scalar(const Value& body, std::string_view name) {
  const auto* value = body.find(name);
  if (!value) return {};
  if (const auto* number = value->as_number()) return number->text();
  const auto* text = value->as_text();
  return text ? *text : std::string{};
}

Outcome<const Record*> find_current(const Company& company, const EntityInfo& info,
                                    const Value& body) {
  const auto id = scalar(body, "Id");
  if (!parse_number(id)) return tl::unexpected(faults::invalid_id(id));
  const auto* record = company.find(info.entity, id);
  if (!record) return tl::unexpected(faults::not_found());
  const auto token = scalar(body, "SyncToken");
  if (token.empty()) return tl::unexpected(faults::missing("SyncToken"));
  if (token != std::to_string(record->sync_token)) return tl::unexpected(faults::stale());
  return record;
}

/// Empty texts and lists of an update mean "nothing here".
void drop_empty(Value& value) {
  if (auto* members = value.as_object()) {
    for (auto& member : *members)
      drop_empty(member.value);
    std::erase_if(*members, [](const Member& member) {
      const auto* text = member.value.as_text();
      const auto* object = member.value.as_object();
      // An empty line detail means something: a line that is only text.
      const bool empty_object = object && object->empty() && !member.name.ends_with("LineDetail");
      return (text && text->empty()) || empty_object;
    });
  }
  if (auto* items = value.as_list())
    for (auto& item : *items)
      drop_empty(item);
}

/// Preferences are groups of settings: a group that is sent changes only the members it names.
void overlay(const EntityInfo& info, Value& body, const Value& sent) {
  for (const auto& member : *sent.as_object()) {
    auto* group = body.find(member.name);
    const bool merge = info.entity == Entity::preferences && group && group->as_object() &&
                       member.value.as_object();
    if (!merge) {
      body.set(member.name, member.value);
      continue;
    }
    for (const auto& setting : *member.value.as_object())
      group->set(setting.name, setting.value);
  }
}

/// What the object would be: everything sent, and of the stored one what the kind of update keeps.
Value merged(const EntityInfo& info, const Record* before, const Value& sent, bool sparse) {
  Value body = Value::object();
  if (before)
    for (const auto& member : *before->body.as_object()) {
      const auto* property = info.shape->find(member.name);
      const bool kept = sparse || !property || property->has(trait::read_only | trait::sticky);
      if (kept) body.set(member.name, member.value);
    }
  overlay(info, body, sent);
  drop_empty(body);
  return body;
}

Objection check_required(const Change& change) {
  for (const auto& property : change.info.shape->properties) {
    if (!property.has(trait::required)) continue;
    const auto* value = change.body.find(property.name);
    if (!value) return faults::missing(property.name);
    if (property.kind == Kind::list && value->as_list()->empty())
      return faults::coded("2250", "Transaction lines are missing", "At least one line is needed.",
                           std::string{property.name});
  }
  return {};
}

Objection settle(const Company& company, Change& change) {
  switch (change.info.entity) {
  case Entity::account:
    return settle_account(company, change);
  case Entity::item:
    return settle_item(company, change);
  case Entity::vendor:
  case Entity::customer:
    return settle_person(company, change);
  case Entity::term:
    return settle_term(company, change);
  case Entity::preferences:
    return settle_preferences(company, change);
  case Entity::purchase_order:
  case Entity::bill:
    return settle_purchase(company, change);
  case Entity::bill_payment:
    return settle_payment(company, change);
  default:
    return {};
  }
}

/// What Intuit may refuse where its pages say nothing.
Objection check_disputed(const Company& company, const Change& change) {
  const bool of_list = change.info.family == Family::list;
  const bool of_purchase =
      change.info.entity == Entity::purchase_order || change.info.entity == Entity::bill;
  if (change.sparse && (of_list || of_purchase) && company.disputed.is("sparse_update", "refused"))
    return faults::unknown_property("Property Name:sparse specified is unsupported or invalid");
  if (change.info.entity == Entity::bill && company.disputed.is("order_line_link", "refused"))
    for (const auto& line : change.sent.list_of("Line"))
      for (const auto& link : line.list_of("LinkedTxn"))
        if (const auto id = link.text_of("TxnLineId"); !id.empty())
          return faults::dangling("PurchaseOrder line", id, "Line.LinkedTxn.TxnLineId");
  return {};
}

Objection check_change(const Company& company, Change& change) {
  if (auto objection = check_disputed(company, change)) return objection;
  if (auto objection = check_required(change)) return objection;
  if (auto objection = check_references(company, change)) return objection;
  if (auto objection = settle(company, change)) return objection;
  if (change.info.family == Family::list) return settle_list_names(company, change);
  return {};
}

/// Addresses get an id of their own, which stays with the member they stand in.
void give_address_ids(Company& company, Change& change) {
  for (const auto& property : change.info.shape->properties) {
    if (property.shape != &physical_address_shape()) continue;
    auto* address = change.body.find(property.name);
    if (!address) continue;
    const auto* stored = change.before ? change.before->body.find(property.name) : nullptr;
    const auto id = stored ? stored->text_of("Id") : std::string{};
    address->set("Id", id.empty() ? std::to_string(company.next_address++) : id);
  }
}

Record& store(Company& company, Change& change) {
  give_address_ids(company, change);
  const auto entity = change.info.entity;
  Record* record = nullptr;
  if (change.before) {
    record = company.find(entity, std::to_string(change.before->id));
    const auto from = record->body.ref_of("ParentRef"), to = change.body.ref_of("ParentRef");
    if (entity == Entity::account && from != to) move_balance(company, change.body, from, to);
    company.replace(entity, *record, std::move(change.body), change.now);
  } else {
    record = &company.add(entity, std::move(change.body), change.now);
  }
  record->next_line = change.next_line;
  record->closed_by_hand = change.closed_by_hand;
  return *record;
}

Record& store_bill(Company& company, Change& change) {
  TouchedOrders touched;
  std::optional<Value> before;
  if (change.before) {
    before = change.before->body;
    unpost_bill(company, *change.before, change.now, touched);
  }
  drop_bad_links(company, before ? &*before : nullptr, change.body);
  auto& bill = store(company, change);
  post_bill(company, bill, change.now, touched);
  renew_orders(company, touched, change.now);
  return bill;
}

Record& store_payment(Company& company, Change& change) {
  if (change.before) unpost_payment(company, *change.before, change.now);
  auto& payment = store(company, change);
  post_payment(company, payment, change.now);
  return payment;
}

Record& store_change(Company& company, Change& change) {
  if (change.info.entity == Entity::bill_payment) return store_payment(company, change);
  if (change.info.entity == Entity::bill) return store_bill(company, change);
  if (change.info.entity == Entity::purchase_order) {
    change.body.set("POStatus", order_status(change.body, change.closed_by_hand));
    // Moves past a number that was given automatically.
    if (change.body.text_of("DocNumber") == std::to_string(company.next_number))
      ++company.next_number;
  }
  return store(company, change);
}

} // namespace

Outcome<Value> write_object(Company& company, const EntityInfo& info, const Value& body,
                            const WriteOptions& options, Instant now) {
  if (info.family == Family::system)
    return tl::unexpected(
        faults::unsupported_operation(std::string{info.name} + " create or update"));
  auto sent = conform(*info.shape, body);
  if (!sent) return sent;
  const Record* before = nullptr;
  if (body.find("Id") && !body.find("Id")->is_null()) {
    const auto current = find_current(company, info, body);
    if (!current) return tl::unexpected(current.error());
    before = *current;
    if (!is_active(before->body) && !sent->flag_of("Active"))
      return tl::unexpected(faults::not_found());
  } else if (info.family == Family::singleton) {
    return tl::unexpected(faults::missing("Id"));
  }
  const bool sparse = before && (body.flag_of("sparse") || body.text_of("sparse") == "true");
  Change change{info,   before,
                *sent,  merged(info, before, *sent, sparse),
                sparse, options.allow_duplicate_number,
                now};
  if (before) {
    change.next_line = before->next_line;
    change.closed_by_hand = before->closed_by_hand;
  }
  if (auto objection = check_change(company, change)) return tl::unexpected(std::move(*objection));
  return answered(company, info, store_change(company, change));
}

Outcome<Value> delete_object(Company& company, const EntityInfo& info, const Value& body,
                             Instant now) {
  if (info.family != Family::transaction)
    return tl::unexpected(faults::unsupported_operation("delete of " + std::string{info.name}));
  if (const auto sent = conform(*info.shape, body); !sent) return sent;
  if (!body.find("Id")) return tl::unexpected(faults::missing("Id"));
  const auto current = find_current(company, info, body);
  if (!current) return tl::unexpected(current.error());
  const Record& record = **current;
  const auto id = record.id;
  if (info.entity == Entity::purchase_order && !record.body.list_of("LinkedTxn").empty())
    return tl::unexpected(faults::coded("800", "Delete not allowed",
                                        "The transaction is linked to others; unlink it first."));
  if (info.entity == Entity::bill && has_payments(record.body))
    return tl::unexpected(
        faults::coded("800", "Delete not allowed", "The bill has payments; delete those first."));
  if (info.entity == Entity::bill_payment) {
    if (auto objection = check_open_period(company, record.body.text_of("TxnDate")))
      return tl::unexpected(std::move(*objection));
    unpost_payment(company, record, now);
    company.remove(info.entity, id, now);
  } else if (info.entity == Entity::bill) {
    if (auto objection = check_open_period(company, record.body.text_of("TxnDate")))
      return tl::unexpected(std::move(*objection));
    TouchedOrders touched;
    unpost_bill(company, record, now, touched);
    company.remove(info.entity, id, now);
    renew_orders(company, touched, now);
  } else {
    company.remove(info.entity, id, now);
  }
  Value deleted = Value::object();
  deleted.set("domain", "QBO");
  deleted.set("status", "Deleted");
  deleted.set("Id", std::to_string(id));
  return deleted;
}

Outcome<Value> read_object(const Company& company, const EntityInfo& info, std::string_view id) {
  if (!parse_number(id)) return tl::unexpected(faults::invalid_id(id));
  const auto* record = company.find(info.entity, id);
  if (!record) return tl::unexpected(faults::not_found());
  return answered(company, info, *record);
}

} // namespace emulator::books
