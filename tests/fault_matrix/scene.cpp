#include "scene.hpp"

#include "machine.h"

#include <stdexcept>

namespace fault_matrix {
namespace {

using acceptance::Answer;

constexpr std::int64_t second_us = 1'000'000;

std::string encoded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    constexpr const char* digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0)
      out += c;
    else
      (out += '%') += {digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

const char* named_by(const std::string& entity) {
  if (entity == "Item") return "Name";
  return entity == "Vendor" ? "DisplayName" : "DocNumber";
}

} // namespace

Scene::Scene(const std::string& pace)
    : world({.connected = false}), authority(tls_peer::make_authority()), browser(world.ca_file()),
      host(place(pace)) {
  realm_path_ = "/v3/company/" + world.realm() + "/";
  if (const Said started = host.start(); started.status < 0)
    throw std::runtime_error("the plugin does not start: " + started.words);
  host.connect(browser);
  host.tell(acceptance::part_saved("the part of every order", acceptance::Part()));
  host.tell(acceptance::po_ordered("the vendor of every order", acceptance::order_numbered("0")));
  for (int i = 0; i < 3; ++i)
    if (const Delivered done = host.deliver(); done.said.status < 0)
      throw std::runtime_error("the first delivery: " + done.said.words);
  if (held("PurchaseOrder", "0").size() != 1) throw std::runtime_error("nothing goes out at all");
}

Place Scene::place(const std::string& pace) const {
  const std::string both = world.scratch("authorities.pem").string();
  process::write_text(both, process::text_of(world.ca_file()) + authority.pem());
  std::map<std::string, std::string> settings = world.company_settings();
  settings["ca_file"] = both;
  settings["missing_supplier"] = "create";
  settings["receipts"] = "bill_per_receipt";
  settings["pace"] = pace;
  return {QUICKBOOKS, world.scratch("embedded"), std::move(settings), world.client_secret()};
}

void Scene::move_s(std::int64_t by) {
  host.move_s(by);
  tell_quickbooks_the_time();
}

void Scene::tell_quickbooks_the_time() {
  const std::int64_t ahead = machine_moved_us() - told_us_;
  if (ahead < second_us) return;
  world.control("POST", "clock",
                R"({"advance_seconds":)" + std::to_string(ahead / second_us) + "}");
  told_us_ += ahead / second_us * second_us;
}

void Scene::heal() {
  machine_is_well();
  host.set_wrong_s(0);
  host.refuse_secrets(0);
  world.control("DELETE", "faults");
}

std::vector<Json> Scene::held(const std::string& entity, const std::string& beginning) const {
  const Answer answer =
      world.admin("GET", "query?query=" + encoded("select * from " + entity + " where " +
                                                  named_by(entity) + " like '" + beginning + "%'"));
  if (answer.status != 200) throw std::runtime_error(answer.body + answer.trouble);
  std::vector<Json> found;
  const Json all = answer.json();
  for (const Json& object : all["QueryResponse"][entity])
    found.push_back(object);
  return found;
}

std::int64_t Scene::last_request() const {
  for (const Json& request : world.control("GET", "requests?since=" + std::to_string(last_seen_)))
    last_seen_ = std::max(last_seen_, request["sequence"].integer());
  return last_seen_;
}

std::vector<Json> Scene::requests_since(std::int64_t last, const std::string& path) const {
  std::vector<Json> found;
  for (const Json& request : world.control("GET", "requests?since=" + std::to_string(last)))
    if (request["path"].text().starts_with(realm_path_ + path)) found.push_back(request);
  return found;
}

std::int64_t Scene::token_calls() const {
  const Json counts = world.control("GET", "counts");
  return counts["tokens"]["refreshes"].integer() + counts["tokens"]["refused"].integer();
}

std::int64_t Scene::revocations() const {
  return world.control("GET", "counts")["tokens"]["revokes"].integer();
}

} // namespace fault_matrix
