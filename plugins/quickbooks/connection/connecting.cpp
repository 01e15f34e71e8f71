#include "connection/connecting.hpp"

#include "company/wire.hpp"
#include "connection/words.hpp"
#include "core/qbo/answer.hpp"
#include "directory/directory.hpp"
#include "links/links.hpp"
#include "oauth/grant.hpp"
#include "outbox/company.hpp"

#include <algorithm>
#include <openssl/crypto.h>

namespace qb::connection {
namespace {

constexpr int named_subjects_max = 5;

std::string parameter(const std::vector<std::pair<std::string, std::string>>& parameters,
                      const char* name) {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

bool equal_in_constant_time(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_realm(const std::string& text) {
  return !text.empty() && text.size() <= 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

erp_status status_of(oauth::Refusal::Kind kind) {
  switch (kind) {
  case oauth::Refusal::Kind::invalid_client:
    return ERP_E_CONFIG;
  case oauth::Refusal::Kind::invalid_grant:
  case oauth::Refusal::Kind::other_refusal:
    return ERP_E_DENIED;
  case oauth::Refusal::Kind::unreachable:
  case oauth::Refusal::Kind::lost:
    return ERP_E_TIMEOUT;
  }
  return ERP_E_INTERNAL;
}

// The words of a refused refresh are about a connection; here it is the consent that is refused.
erp::Failure refused_code(const oauth::Refusal& refusal) {
  if (refusal.kind == oauth::Refusal::Kind::invalid_grant)
    return {ERP_E_DENIED, "Intuit no longer accepts the code of this consent (invalid_grant): it "
                          "was used already or is too old. Run connect again. Nothing has "
                          "changed."};
  return {status_of(refusal.kind), refusal.words + " Nothing has changed."};
}

// Whatever was recorded until now was meant for the former company.
void refuse_if_open(store::Connection& db) {
  const outbox::Open open = outbox::open_entries(db, named_subjects_max);
  if (open.count == 0) return;
  std::string names;
  for (const std::string& subject : open.first_subjects)
    names += (names.empty() ? "" : ", ") + verdict::host_words(subject);
  if (open.count > static_cast<std::int64_t>(open.first_subjects.size())) names += ", ...";
  throw erp::Failure{ERP_E_DENIED,
                     std::to_string(open.count) +
                         (open.count == 1 ? " document still waits" : " documents still wait") +
                         " for the former company (" + names +
                         "). Deliver, skip or discard first (run outbox list), then switch. "
                         "Nothing has changed."};
}

} // namespace

oauth::Credentials Connecting::credentials(const settings::Settings& settings) const {
  const auto secret = services_.secret("setting/client_secret");
  if (settings.client_id.empty() || !secret)
    throw erp::Failure{
        ERP_E_CONFIG,
        "The settings client_id and client_secret are needed to connect. They stand in "
        "your app's page at developer.intuit.com under Keys and credentials."};
  return {settings.client_id, std::string(*secret)};
}

std::string Connecting::begin(const settings::Settings& settings, const std::string& redirect_uri) {
  const auto transport = open_transport_(oauth::trust_of(settings), cancelled_);
  const auto endpoints = oauth::discover(*transport, settings);
  if (!endpoints) throw erp::Failure{ERP_E_TIMEOUT, endpoints.error()};
  pending_ = Pending{oauth::make_state(), redirect_uri, oauth::place_of(settings), services_.now()};
  return oauth::authorize_url(*endpoints, credentials(settings), redirect_uri, pending_->state);
}

// Settings and outbox belong to one company until a person says otherwise (docs/adr/0011). Asked
// here so that no code is exchanged in vain; keep() asks again when it counts.
void Connecting::check_company(const std::string& environment, const std::string& realm,
                               bool switch_company) const {
  if (vault_.bound_company().empty() || vault_.is_bound_to(environment, realm)) return;
  if (!switch_company)
    throw erp::Failure{
        ERP_E_DENIED,
        "This connection belongs to another QuickBooks company, and its documents and "
        "settings with it. Choose that company on Intuit's page, or connect with "
        "--switch-company to move for good. Nothing has changed."};
  store_.read(refuse_if_open);
}

std::string Connecting::company_name(const settings::Settings& settings, const std::string& realm,
                                     const std::string& access_token,
                                     http::Transport& transport) const {
  company::Wire wire(transport, oauth::api_base_of(settings), [this] { return services_.now(); });
  const company::Reply reply =
      wire.call(qbo::read(qbo::Entity::company_info, realm), "", {access_token, realm});
  const qbo::Value* info = qbo::object_in(reply.answer, qbo::Entity::company_info);
  if (reply.outcome.kind != verdict::OutcomeKind::accepted || !info)
    throw erp::Failure{ERP_E_TIMEOUT, "QuickBooks did not say which company this is (" +
                                          reply.outcome.words +
                                          "). Nothing has changed; try again."};
  return info->text_of("CompanyName");
}

// In one transaction: the instance is of the one company, whole, or of the other. Another company's
// records have other Ids: what we know of the former one is worthless. False: somebody else
// connected meanwhile.
bool Connecting::keep(const oauth::Connection& connection, std::int64_t version,
                      bool switch_company) {
  const bool is_ours = vault_.is_bound_to(connection); // afterwards the disk may not tell any more
  try {
    return vault_
        .connect(connection, version,
                 [&](store::Connection& db) {
                   if (!switch_company)
                     throw erp::Failure{ERP_E_CONFLICT,
                                        "The plugin was bound to another company meanwhile. "
                                        "Nothing has changed."};
                   refuse_if_open(db);
                   directory::Directory::clear(db);
                   links::Links::clear(db);
                 })
        .has_value();
  } catch (const store::Trouble&) {
    // The former pair of the same company is dead by now: the new one must not be lost with it.
    if (!is_ours) throw;
    vault_.keep_unsaved(connection, version);
    return true;
  }
}

ConnectedCompany Connecting::complete(const settings::Settings& settings, const std::string& query,
                                      const std::optional<std::string>& required_company,
                                      bool switch_company) {
  const auto parameters = http::parse_query(query);
  if (!pending_)
    throw erp::Failure{ERP_E_INVALID,
                       "No consent is being waited for. Run connect again. Nothing has changed."};
  if (!equal_in_constant_time(pending_->state, parameter(parameters, "state")))
    throw erp::Failure{
        ERP_E_INVALID,
        "The answer does not belong to this consent (its state is wrong). Run connect "
        "again and use the page it opens. Nothing has changed."};
  const Pending pending = *pending_;
  pending_.reset(); // a state is good for one answer
  const oauth::Place place = oauth::place_of(settings);
  if (pending.place != place)
    throw erp::Failure{ERP_E_INVALID, "The settings were changed to another environment during the "
                                      "consent. Run connect again. Nothing has changed."};
  if (services_.now() - pending.begun_at > state_lifetime_us)
    throw erp::Failure{ERP_E_INVALID,
                       "The consent took too long. Run connect again. Nothing has changed."};
  if (const std::string error = parameter(parameters, "error"); !error.empty())
    throw erp::Failure{ERP_E_DENIED,
                       error == "access_denied"
                           ? "The consent was refused on Intuit's page. Nothing has changed."
                           : "Intuit refused the consent (" + error + "). Nothing has changed."};
  const std::string code = parameter(parameters, "code");
  const std::string realm = parameter(parameters, "realmId");
  if (code.empty() || !is_realm(realm))
    throw erp::Failure{ERP_E_INVALID,
                       "The answer holds no code or no company. Run connect again and "
                       "use the whole redirected address. Nothing has changed."};
  check_company(place.environment, realm, switch_company);

  const auto transport = open_transport_(oauth::trust_of(settings), cancelled_);
  const auto endpoints = oauth::discover(*transport, settings);
  if (!endpoints) throw erp::Failure{ERP_E_TIMEOUT, endpoints.error() + " Nothing has changed."};
  const oauth::Credentials keys = credentials(settings);
  const auto tokens =
      oauth::exchange_code(*transport, *endpoints, keys, code, pending.redirect_uri);
  if (!tokens) throw refused_code(tokens.error());

  // From here on the former tokens of the same company may be dead (a new consent replaces the old
  // one), so the new ones are kept whatever else goes wrong; those of another company are given
  // back.
  const auto held = held_connection();
  const bool same_company =
      held && held->realm == realm && held->place.environment == place.environment;
  std::string name = same_company ? held->company_name : "";
  std::optional<erp::Failure> refused;
  try {
    name = company_name(settings, realm, tokens->access_token, *transport);
  } catch (const erp::Failure& failure) {
    if (!same_company) refused = failure;
  }
  if (!refused && required_company && *required_company != name)
    refused = erp::Failure{ERP_E_DENIED, "You chose the company \"" + name + "\", but \"" +
                                             *required_company +
                                             "\" was asked for. Nothing has changed."};
  if (refused && !same_company) {
    give_back(place, realm,
              [&] { oauth::revoke(*transport, *endpoints, keys, tokens->refresh_token); });
    throw *refused;
  }
  const std::int64_t version = vault_.version(); // also of one that this key does not open any more
  try {
    if (!keep(oauth::connection_of(*tokens, place, realm, name, services_.now()), version,
              switch_company))
      throw erp::Failure{ERP_E_CONFLICT,
                         "Somebody else connected at the same time. Run connect again."};
  } catch (...) {
    give_back(place, realm,
              [&] { oauth::revoke(*transport, *endpoints, keys, tokens->refresh_token); });
    throw;
  }
  // Nobody holds the former company's tokens any more; they are shown only where they came from.
  if (held && !same_company && held->place == place)
    oauth::revoke(*transport, *endpoints, keys, held->refresh_token);
  if (refused) throw *refused;
  return {realm, name};
}

// Revoking ends the whole connection of app and company: never that of our own company, nor of one
// of which the disk does not tell whether it is. Never throws: why it is given back is told
// instead.
void Connecting::give_back(const oauth::Place& place, const std::string& realm,
                           const std::function<void()>& revoke) const noexcept {
  try {
    if (!vault_.is_bound_to(place.environment, realm)) revoke();
  } catch (...) {
  }
}

// nullopt also if it cannot be opened any more: then connecting anew is the way out.
std::optional<oauth::Connection> Connecting::held_connection() const {
  try {
    if (auto held = vault_.load()) return std::move(held->connection);
  } catch (const oauth::Unsealable&) {
  }
  return std::nullopt;
}

Status Connecting::status(const settings::Settings& settings) const {
  Status status;
  std::optional<oauth::Vault::Versioned> held;
  try {
    held = vault_.load();
  } catch (const oauth::Unsealable& unsealable) {
    status.reconnect_needed = true; // the key was lost: only a new consent helps
    status.reconnect_reason = unopenable_words(unsealable.what).title + ": " + unsealable.what;
  }
  if (!held) return status;
  const oauth::Connection& connection = held->connection;
  const oauth::Place place = oauth::place_of(settings);
  if (connection.place != place) {
    const verdict::IssueWords words = elsewhere_words(connection.place, place);
    status.reconnect_reason = words.title + ". " + words.meaning;
  }
  status.reconnect_needed = connection.reconnect_needed || connection.place != place;
  status.connected = !status.reconnect_needed;
  status.company = ConnectedCompany{connection.realm, connection.company_name};
  if (const oauth::RefreshEnd end = oauth::refresh_end(connection); end.at != 0)
    status.refresh_token_expires_at = end.at;
  return status;
}

std::optional<std::string> Connecting::disconnect(const settings::Settings& settings) {
  std::optional<oauth::Vault::Versioned> held;
  try {
    held = vault_.load();
  } catch (const oauth::Unsealable& unsealable) {
    vault_.wipe();
    return unsealable.what;
  }
  if (!held) return std::nullopt;
  if (const oauth::Place place = oauth::place_of(settings); held->connection.place != place) {
    vault_.wipe();
    return elsewhere_words(held->connection.place, place).meaning;
  }
  std::optional<std::string> trouble;
  try {
    const auto transport = open_transport_(oauth::trust_of(settings), cancelled_);
    const auto endpoints = oauth::discover(*transport, settings);
    trouble = endpoints ? oauth::revoke(*transport, *endpoints, credentials(settings),
                                        held->connection.refresh_token)
                        : std::optional<std::string>(endpoints.error());
  } catch (const erp::Failure& failure) {
    trouble = failure.message;
  }
  vault_.wipe();
  return trouble;
}

} // namespace qb::connection
