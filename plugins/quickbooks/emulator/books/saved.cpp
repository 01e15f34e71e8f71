#include "saved.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace emulator::books {
namespace {

using nlohmann::json;

constexpr int format_version = 1;

std::int64_t micros(Instant at) {
  return at.time_since_epoch().count();
}
Instant instant(const json& micros_since_epoch) {
  return Instant{std::chrono::microseconds{micros_since_epoch.get<std::int64_t>()}};
}

json saved_record(const Record& record) {
  return {{"id", record.id},
          {"sync_token", record.sync_token},
          {"created", micros(record.created)},
          {"updated", micros(record.updated)},
          {"next_line", record.next_line},
          {"closed_by_hand", record.closed_by_hand},
          {"body", json_text(record.body)}};
}

Record restored_record(const json& document) {
  Record record;
  record.id = document.at("id").get<std::uint64_t>();
  record.sync_token = document.at("sync_token").get<std::int64_t>();
  record.created = instant(document.at("created"));
  record.updated = instant(document.at("updated"));
  record.next_line = document.at("next_line").get<std::uint64_t>();
  record.closed_by_hand = document.at("closed_by_hand").get<bool>();
  auto body = parse_json(document.at("body").get_ref<const std::string&>());
  if (!body || !body->as_object())
    throw std::runtime_error("saved books: a body is no JSON object");
  record.body = std::move(*body);
  return record;
}

json saved_shelf(const Shelf& shelf) {
  json records = json::array(), deleted = json::array();
  for (const auto& [id, record] : shelf.records)
    records.push_back(saved_record(record));
  for (const auto& [id, at] : shelf.deleted)
    deleted.push_back({id, micros(at)});
  return {
      {"next_id", shelf.next_id}, {"records", std::move(records)}, {"deleted", std::move(deleted)}};
}

void restore_shelf(const json& document, Shelf& shelf) {
  shelf.next_id = document.at("next_id").get<std::uint64_t>();
  for (const auto& entry : document.at("records")) {
    auto record = restored_record(entry);
    const auto id = record.id;
    shelf.records.emplace(id, std::move(record));
  }
  for (const auto& entry : document.at("deleted"))
    shelf.deleted.emplace(entry.at(0).get<std::uint64_t>(), instant(entry.at(1)));
}

Company restore(const json& document) {
  if (document.at("format").get<int>() != format_version)
    throw std::runtime_error("saved books: another format");
  Company company;
  const int region = document.at("region").get<int>();
  if (region < 0 || region > static_cast<int>(Region::au))
    throw std::runtime_error("saved books: unknown region");
  company.region = static_cast<Region>(region);
  company.realm = document.at("realm").get<std::string>();
  company.next_transaction = document.at("next_transaction").get<std::uint64_t>();
  company.next_address = document.at("next_address").get<std::uint64_t>();
  company.next_number = document.at("next_number").get<std::uint64_t>();
  for (const auto& [name, shelf] : document.at("shelves").items()) {
    const auto* info = entity_named(name);
    if (!info) throw std::runtime_error("saved books: unknown entity " + name);
    restore_shelf(shelf, company.shelf(info->entity));
  }
  company.rebuild_indexes();
  return company;
}

} // namespace

json saved(const Company& company) {
  json shelves = json::object();
  for (std::size_t i = 0; i < entity_count; ++i) {
    const auto entity = static_cast<Entity>(i);
    shelves[std::string{info_of(entity).name}] = saved_shelf(company.shelf(entity));
  }
  return {{"format", format_version},
          {"region", static_cast<int>(company.region)},
          {"realm", company.realm},
          {"company_name", company.name()},
          {"next_transaction", company.next_transaction},
          {"next_address", company.next_address},
          {"next_number", company.next_number},
          {"shelves", std::move(shelves)}};
}

Company restored(const json& document) {
  try {
    return restore(document);
  } catch (const json::exception& error) {
    throw std::runtime_error(std::string{"saved books: "} + error.what());
  }
}

} // namespace emulator::books
