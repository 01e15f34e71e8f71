#include "books.hpp"

#include <algorithm>
#include <cmath>

namespace simulation {
namespace {

bool is_transaction(const std::string& entity) {
  return entity == "PurchaseOrder" || entity == "Bill";
}

const char* name_member(const std::string& entity) {
  return is_transaction(entity) ? "DocNumber" : entity == "Vendor" ? "DisplayName" : "Name";
}

std::string text(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

const Json& detail_of(const Json& line) {
  static const Json none = Json::object();
  const auto found = line.find(text(line, "DetailType"));
  return found == line.end() ? none : *found;
}

// What a bill line takes of an order line: pieces, or money where there are none.
double measure(const Json& line) {
  const auto quantity = detail_of(line).find("Qty");
  return quantity != detail_of(line).end() ? quantity->get<double>() : line["Amount"].get<double>();
}

// The order and its line that a bill line is linked to.
std::pair<std::string, std::string> link_of(const Json& line) {
  const auto links = line.find("LinkedTxn");
  if (links == line.end() || links->empty()) return {};
  return {text(links->front(), "TxnId"), text(links->front(), "TxnLineId")};
}

void add_orders_of(const Json& bill, std::set<std::string>& orders) {
  for (const Json& line : bill["Line"])
    if (const std::string order = link_of(line).first; !order.empty()) orders.insert(order);
}

} // namespace

std::int64_t cents_in(const Json& number) {
  return std::llround(number.get<double>() * 100);
}

const Books::Record* Books::find(const std::string& entity, const std::string& id) const {
  if (id.empty() || id.size() > 9 || id.find_first_not_of("0123456789") != std::string::npos)
    return nullptr;
  const Table& all = table(entity);
  const auto found = all.find(std::stoi(id));
  return found == all.end() || found->second.deleted ? nullptr : &found->second;
}

const Books::Record* Books::named(const std::string& entity, const std::string& member,
                                  const std::string& wanted) const {
  for (const auto& [id, record] : table(entity))
    if (!record.deleted && text(record.body, member.c_str()) == wanted) return &record;
  return nullptr;
}

void Books::stamp(Record& record, erp::Instant now) {
  record.changed_at = now;
  record.body["MetaData"] = {{"LastUpdatedTime", erp::to_rfc3339(now / 1'000'000 * 1'000'000)}};
}

std::optional<Fault> Books::refers(const char* entity, const Json& from, const char* member) const {
  const auto reference = from.find(member);
  if (reference == from.end()) return std::nullopt;
  const Record* record = find(entity, text(*reference, "value"));
  if (!record) return Fault{"2500", "Invalid Reference Id"};
  if (!record->body.value("Active", true)) return Fault{"610", "Object Not Found"};
  return std::nullopt;
}

std::optional<Fault> Books::check_line(const Json& line) const {
  const Json& detail = detail_of(line);
  if (detail.empty() || !line.contains("Amount")) return Fault{"2020", "Required param missing"};
  if (auto fault = refers("Item", detail, "ItemRef")) return fault;
  if (auto fault = refers("Account", detail, "AccountRef")) return fault;
  if (detail.contains("ItemRef")) {
    const double worth = detail.value("Qty", 0.0) * detail.value("UnitPrice", 0.0) * 100;
    if (std::abs(worth - line["Amount"].get<double>() * 100) > 0.5 + 1e-6)
      return Fault{"6070", "Amount is not equal to UnitPrice * Qty"};
  }
  return std::nullopt;
}

std::optional<Fault> Books::check(const std::string& entity, const Json& body, bool is_new,
                                  bool allows_double_number) const {
  const char* member = name_member(entity);
  const std::string name = text(body, member);
  const bool checks = !is_transaction(entity) || (checks_numbers_ && !allows_double_number);
  if (checks && !name.empty())
    for (const auto& [id, other] : table(entity))
      if (!other.deleted && text(other.body, member) == name &&
          (is_new || std::to_string(id) != text(body, "Id")))
        return is_transaction(entity) ? Fault{"6140", "Duplicate Document Number Error"}
                                      : Fault{"6240", "Duplicate Name Exists Error"};
  if (!is_transaction(entity)) {
    if (is_new && name.empty()) return Fault{"2020", "Required param missing"};
    for (const char* account : {"IncomeAccountRef", "ExpenseAccountRef", "AssetAccountRef"})
      if (auto fault = refers("Account", body, account)) return fault;
    return std::nullopt;
  }
  if (auto fault = refers("Vendor", body, "VendorRef")) return fault;
  if (auto fault = refers("Account", body, "APAccountRef")) return fault;
  if (!body.contains("Line") || body["Line"].empty())
    return Fault{"2020", "Required param missing"};
  for (const Json& line : body["Line"])
    if (auto fault = check_line(line)) return fault;
  return std::nullopt;
}

// A line keeps its Id if the object had it; any other one gets the next.
void Books::number_lines(Json& body, const Json* before) {
  std::vector<std::string> known;
  int last = before ? before->value("LineCount", 0) : 0;
  if (before)
    for (const Json& line : (*before)["Line"])
      known.push_back(text(line, "Id"));
  std::int64_t total = 0;
  for (Json& line : body["Line"]) {
    if (std::find(known.begin(), known.end(), text(line, "Id")) == known.end())
      line["Id"] = std::to_string(++last);
    line.erase("Received");
    total += cents_in(line["Amount"]);
  }
  body["LineCount"] = last;
  body["TotalAmt"] = static_cast<double>(total) / 100;
}

// QuickBooks leaves a link to a closed order, or to none, out without a word.
void Books::drop_bad_links(Json& bill, const Json* before) const {
  for (Json& line : bill["Line"]) {
    const auto target = link_of(line);
    if (target.first.empty()) continue;
    bool had_it = false;
    if (before)
      for (const Json& old : (*before)["Line"])
        had_it = had_it || link_of(old) == target;
    const Record* order = find("PurchaseOrder", target.first);
    bool stands = false;
    if (order)
      for (const Json& one : order->body["Line"])
        stands = stands || text(one, "Id") == target.second;
    if (!stands || (!had_it && text(order->body, "POStatus") == "Closed")) line.erase("LinkedTxn");
  }
}

// What bills have taken over of these orders. One that changes by it counts its SyncToken up.
void Books::reckon_orders(const std::set<std::string>& ids, erp::Instant now) {
  if (ids.empty()) return;
  std::map<std::string, std::map<std::string, double>> received;
  std::map<std::string, Json> bills_of;
  for (const auto& [id, bill] : tables_["Bill"]) {
    if (bill.deleted) continue;
    for (const Json& line : bill.body["Line"]) {
      const auto [order, order_line] = link_of(line);
      if (!ids.contains(order)) continue;
      received[order][order_line] += measure(line);
      const Json link = {{"TxnId", std::to_string(id)}, {"TxnType", "Bill"}};
      Json& links = bills_of[order];
      if (!links.is_array()) links = Json::array();
      if (std::find(links.begin(), links.end(), link) == links.end()) links.push_back(link);
    }
  }
  for (const std::string& name : ids) {
    if (!find("PurchaseOrder", name)) continue;
    Record& order = tables_["PurchaseOrder"].at(std::stoi(name));
    const Json before = order.body;
    order.body.erase("LinkedTxn");
    if (bills_of.contains(name)) order.body["LinkedTxn"] = bills_of[name];
    bool all = bills_of.contains(name);
    for (Json& line : order.body["Line"]) {
      line.erase("Received");
      const double taken = received[name][text(line, "Id")];
      if (taken != 0) line["Received"] = taken;
      all = all && taken + 1e-9 >= measure(line);
    }
    const bool by_hand = order.body.value("ClosedByHand", false);
    order.body["POStatus"] = by_hand || all ? "Closed" : "Open";
    if (order.body == before) continue;
    order.body["SyncToken"] = std::to_string(std::stoi(text(order.body, "SyncToken")) + 1);
    stamp(order, now);
  }
}

Books::Outcome Books::write(const std::string& entity, const Json& sent, bool allows_double_number,
                            erp::Instant now) {
  Json body = sent;
  const std::string id = text(body, "Id");
  const bool is_new = id.empty();
  const Record* standing = is_new ? nullptr : find(entity, id);
  if (!is_new && !standing) return {{}, Fault{"610", "Object Not Found"}};
  if (standing && text(body, "SyncToken") != text(standing->body, "SyncToken"))
    return {{}, Fault{"5010", "Stale Object Error"}};
  if (standing && body.value("sparse", false)) {
    body = standing->body;
    body.update(sent);
  }
  body.erase("sparse");
  if (auto fault = check(entity, body, is_new, allows_double_number)) return {{}, fault};
  const Json* before = standing ? &standing->body : nullptr;
  if (entity == "PurchaseOrder") {
    if (before)
      for (const Json& line : (*before)["Line"])
        if (line.contains("Received") &&
            std::none_of(body["Line"].begin(), body["Line"].end(),
                         [&](const Json& kept) { return text(kept, "Id") == text(line, "Id"); }))
          return {{}, Fault{"6480", "A linked line cannot be removed"}};
    body["ClosedByHand"] = text(sent, "POStatus") == "Closed";
  }
  if (is_transaction(entity)) number_lines(body, before);
  if (entity == "Bill") {
    drop_bad_links(body, before);
    body["Balance"] = body["TotalAmt"];
  } else if (!is_transaction(entity) && !body.contains("Active")) {
    body["Active"] = true;
  }
  const int number = is_new ? next_id_++ : std::stoi(id);
  body["Id"] = std::to_string(number);
  body["SyncToken"] =
      is_new ? std::string("0") : std::to_string(std::stoi(text(*before, "SyncToken")) + 1);
  body["domain"] = "QBO";
  std::set<std::string> orders;
  if (entity == "PurchaseOrder") orders.insert(std::to_string(number));
  if (entity == "Bill" && before) add_orders_of(*before, orders);
  if (entity == "Bill") add_orders_of(body, orders);
  Record& record = tables_[entity][number];
  record.body = std::move(body);
  stamp(record, now);
  reckon_orders(orders, now);
  return {record.body, std::nullopt};
}

Books::Outcome Books::remove(const std::string& entity, const Json& body, erp::Instant now) {
  const std::string id = text(body, "Id");
  const Record* standing = find(entity, id);
  if (!standing) return {{}, Fault{"610", "Object Not Found"}};
  if (text(body, "SyncToken") != text(standing->body, "SyncToken"))
    return {{}, Fault{"5010", "Stale Object Error"}};
  if (standing->body.contains("LinkedTxn") && entity == "PurchaseOrder")
    return {{}, Fault{"800", "Cannot delete: other transactions depend on it"}};
  Record& record = tables_[entity].at(std::stoi(id));
  record.deleted = true;
  stamp(record, now);
  std::set<std::string> orders;
  if (entity == "Bill") add_orders_of(record.body, orders);
  reckon_orders(orders, now);
  return {{{"Id", id}, {"status", "Deleted"}, {"domain", "QBO"}}, std::nullopt};
}

std::string Books::sow(const std::string& entity, Json body, erp::Instant now) {
  const int number = next_id_++;
  body["Id"] = std::to_string(number);
  body["SyncToken"] = "0";
  body["Active"] = true;
  Record& record = tables_[entity][number];
  record.body = std::move(body);
  stamp(record, now);
  return std::to_string(number);
}

void Books::change(const std::string& entity, const std::string& id, const Json& members,
                   erp::Instant now) {
  Record& record = tables_[entity].at(std::stoi(id));
  record.body.update(members);
  record.body["SyncToken"] = std::to_string(std::stoi(text(record.body, "SyncToken")) + 1);
  stamp(record, now);
}

bool Books::add_line(const std::string& order_id, const std::string& account_id, std::int64_t cents,
                     erp::Instant now) {
  Json body = find("PurchaseOrder", order_id)->body;
  body["Line"].push_back(
      {{"Description", "by hand"},
       {"Amount", static_cast<double>(cents) / 100},
       {"DetailType", "AccountBasedExpenseLineDetail"},
       {"AccountBasedExpenseLineDetail", {{"AccountRef", {{"value", account_id}}}}}});
  return !write("PurchaseOrder", body, true, now).fault;
}

} // namespace simulation
