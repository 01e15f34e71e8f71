#include "connector.hpp"

#include "connection/consent_end.hpp"
#include "connection/mixed_environments.hpp"
#include "connection/vault_key.hpp"
#include "connection/words.hpp"
#include "core/mapping/plan.hpp"
#include "core/verdict/refusal_words.hpp"
#include "delivery/check_settings.hpp"
#include "delivery/digest.hpp"
#include "delivery/reactivate.hpp"
#include "delivery/tuning.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/company.hpp"
#include "proof/prove.hpp"

#include <algorithm>
#include <chrono>
#include <random>

namespace qb {
namespace {

constexpr const char* settings_seen_fact = "settings_seen";
constexpr erp::Instant after_trouble_us = 60LL * 1'000'000; // the disk was full, say
constexpr erp::Instant look_for_cures_us =
    900LL * 1'000'000; // a read each time, and reads are metered
constexpr erp::Instant wait_max_us = 86'400LL * 1'000'000; // of a clock that went wrong
constexpr erp::Instant ask_again_us = 1'000'000;           // a person has the turn
// How long a person waits for the call that is under way: longer than one may take with the renewal
// of its token, answers lost on the way included.
constexpr std::chrono::minutes person_patience{9};

settings::Settings parsed(const std::string& json) {
  auto settings = settings::parse(json);
  if (settings) return std::move(*settings);
  std::string words;
  for (const settings::Problem& problem : settings.error())
    words += (words.empty() ? "" : " ") + problem.what;
  throw erp::Failure{ERP_E_CONFIG, words};
}

int dice() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_int_distribution<int>(0, 999)(engine);
}

} // namespace

Connector::Connector(const erp_host& host, erp_host_ctx* ctx, const std::string& data_dir,
                     const std::string& environment, Outside outside)
    : services_(host, ctx), environment_(environment), outside_(std::move(outside)),
      store_(data_dir + "/quickbooks.db"), outbox_(store_), links_(store_), inbox_(store_),
      directory_(store_), settings_(parsed(services_.settings_json())),
      vault_(store_, connection::vault_key(services_),
             {oauth::place_of(settings_), outbox::rename_company}, outside_.name_companies),
      connecting_(store_, vault_, services_, outside_.open_transport, stopping_),
      troubles_(store_, vault_, services_), calls_(store_, services_, stopping_, outside_.nap) {
  store_.write([&](store::Connection& db) { outbox::Outbox::reclaim_all(db, services_.now()); });
  // Settings are mostly changed while no instance runs.
  if (directory_.fact(settings_seen_fact) != delivery::sha256_hex(services_.settings_json()))
    look_anew();
  if (const outbox::Counts counts = outbox_.counts(); counts.waiting > 0)
    deliver_soon();
  else if (vault_.version() != 0)
    refresh_daily();
  look_at_consent();
}

// The directory is kept fresh while nothing is to be delivered, too.
void Connector::refresh_daily() {
  const auto refreshed = erp::parse_instant(directory_.fact("refreshed_at").value_or(""));
  if (refreshed)
    services_.request_job(
        ERP_JOB_DELIVER,
        std::max(services_.now(), *refreshed + delivery::changes_every_when_idle_us));
}

outbox::Recorded Connector::record(const erp::Event& event) {
  outbox::Entry entry = outbox::entry_of(event, services_.now());
  const mapping::Worth worth = mapping::worth_of(event);
  entry.currency = worth.currency;
  entry.amount = worth.amount;
  // Every document comes whole each time, so the newest is all that QuickBooks needs; a receipt
  // replaces itself, and never another one.
  const outbox::Recorded recorded = outbox_.record(entry, true);
  deliver_soon();
  return recorded;
}

void Connector::deliver_soon() {
  services_.request_job(ERP_JOB_DELIVER, services_.now());
}

// The connection that may be used as things stand, else throws with what a person must do.
oauth::Connection Connector::held_connection(const settings::Settings& settings) {
  std::optional<oauth::Vault::Versioned> held;
  const auto refuse = [&](const verdict::IssueWords& words) {
    troubles_.tell_of_connection(words);
    return erp::Failure{ERP_E_NOT_CONNECTED,
                        words.title + ". " + words.meaning + " " + words.remedy};
  };
  try {
    held = vault_.load();
  } catch (const oauth::Unsealable& unsealable) {
    throw refuse(connection::unopenable_words(unsealable.what));
  }
  if (!held)
    throw erp::Failure{ERP_E_NOT_CONNECTED,
                       "Not connected to QuickBooks. Connect first: erp-host connect quickbooks"};
  if (held->connection.reconnect_needed) {
    // Whoever noted it may have been killed before it was told; told already, it stays one issue.
    troubles_.tell_of_company(verdict::reconnect_words({}));
    throw erp::Failure{ERP_E_NOT_CONNECTED, "QuickBooks no longer accepts the connection. Connect "
                                            "again: erp-host connect quickbooks"};
  }
  // Sandbox, production and emulator must never see each other's tokens.
  if (const oauth::Place now = oauth::place_of(settings); held->connection.place != now)
    throw refuse(connection::elsewhere_words(held->connection.place, now));
  if (const auto mixed = connection::mixed_environments(settings, environment_))
    throw refuse(*mixed);
  // An earlier version could be cut in the middle of a switch of companies.
  if (!vault_.is_bound_to(held->connection))
    throw erp::Failure{ERP_E_NOT_CONNECTED,
                       "The connection is not of the company that this plugin is "
                       "bound to. Connect again: erp-host connect quickbooks"};
  return held->connection;
}

// Opens the connected company for `work(company, settings, company's fingerprint)`; the caller has
// the turn.
template <class Turn, class Work>
auto Connector::with_company(Turn& turn, erp::Instant deadline, bool& keys_refused, Work&& work) {
  const settings::Settings settings = this->settings();
  const oauth::Connection held = held_connection(settings);
  const auto transport = outside_.open_transport(oauth::trust_of(settings), stopping_);
  oauth::Discovery discovery(*transport, settings);
  oauth::TokenSource tokens(
      vault_, *transport, [this] { return services_.now(); },
      [this, &settings] {
        return oauth::Credentials{
            settings.client_id,
            std::string(services_.secret("setting/client_secret").value_or(""))};
      },
      [&discovery] { return discovery.endpoints(); });
  const auto company = calls_.open(settings, *transport, tokens, held.realm, deadline,
                                   [&turn] { return turn.give_way(); });
  struct Afterwards { // whatever `work` throws: a full disk stops it too
    std::function<void()> act;
    ~Afterwards() { act(); }
  } const afterwards{[&] {
    keys_refused = tokens.keys_refused();
    tell_of_unsaved();
  }};
  return work(*company, settings, vault_.fingerprint(held));
}

void Connector::tell_of_unsaved() noexcept {
  try {
    // First, as the telling may fail: the next run of the job saves them, or tells.
    if (vault_.has_unsaved())
      services_.request_job(ERP_JOB_DELIVER, services_.now() + after_trouble_us);
  } catch (...) {
  }
  troubles_.tell_of_unsaved();
}

delivery::Surroundings Connector::surroundings(const std::string& company) {
  return {[this] { return services_.now(); },
          outside_.jitter_permille ? outside_.jitter_permille : dice,
          company,
          0,
          [this](const verdict::IssueWords& words) { troubles_.raised(words); },
          [this](const std::string& cause) { troubles_.closed(cause); }};
}

void Connector::issue_closed(const std::string& cause) {
  troubles_.closed(cause);
}

std::chrono::microseconds Connector::time_until(erp::Instant deadline) const {
  return std::chrono::microseconds(
      std::clamp<erp::Instant>(deadline - services_.now(), 0, wait_max_us));
}

void Connector::let_in(const company::Turns::Person& turn) const {
  if (turn.has_it()) return;
  if (stopping_.load()) throw erp::Failure{ERP_E_SHUTTING_DOWN, "The plugin is being stopped."};
  throw erp::Failure{ERP_E_TIMEOUT,
                     "A call to QuickBooks is still running. Nothing has changed; try again in a "
                     "moment."};
}

delivery::Report Connector::deliver(erp::Instant deadline) {
  try {
    return deliver_once(deadline);
  } catch (const erp::Failure&) {
    throw;        // a person must act; what they do asks for the job
  } catch (...) { // until the very end: without another run what waits would wait for ever
    services_.request_job(ERP_JOB_DELIVER, services_.now() + after_trouble_us);
    throw;
  }
}

delivery::Report Connector::deliver_once(erp::Instant deadline) {
  company::Turns::Job turn(turns_, time_until(deadline));
  delivery::Report report;
  if (!turn.has_it()) {
    report.words = "Somebody else talks to QuickBooks just now.";
    report.waiting = outbox_.counts().waiting;
    report.next_due = services_.now() + ask_again_us;
    services_.request_job(ERP_JOB_DELIVER, *report.next_due);
    return report;
  }
  std::string of_company;
  bool keys_refused = false;
  report =
      with_company(turn, deadline, keys_refused,
                   [&](company::Company& company, const settings::Settings& settings,
                       const std::string& fingerprint) {
                     of_company = fingerprint;
                     return delivery::run({store_, company, settings, surroundings(fingerprint),
                                           deadline, stopping_, [&turn] { turn.give_way(); }});
                   });
  if (report.reconnect_needed && vault_.bound_company() != of_company)
    deliver_soon(); // a person moved to another company while this ran
  else if (report.reconnect_needed)
    tell_of_reconnect(report, keys_refused);
  look_at_consent();
  if (report.waiting > 0 && report.next_due)
    services_.request_job(ERP_JOB_DELIVER, *report.next_due);
  else if (report.blocked > 0) // the cure may come from QuickBooks, where nobody tells us
    services_.request_job(ERP_JOB_DELIVER, services_.now() + look_for_cures_us);
  else
    refresh_daily();
  return report;
}

// The one that Intuit has not ended, as far as we know.
std::optional<oauth::Connection> Connector::standing_connection() const {
  try {
    if (auto held = vault_.load(); held && !held->connection.reconnect_needed)
      return std::move(held->connection);
  } catch (const oauth::Unsealable&) { // told when it is needed
  }
  return std::nullopt;
}

// Also when nothing else is to be done: the job runs when there is more to tell.
void Connector::look_at_consent() {
  const auto standing = standing_connection();
  const oauth::RefreshEnd end = standing ? oauth::refresh_end(*standing) : oauth::RefreshEnd();
  const erp::Instant now = services_.now();
  troubles_.tell_of_consent_end(end.at == 0 ? std::optional<connection::ConsentEnd>()
                                            : connection::consent_end(end.at, end.for_good, now));
  if (const auto look = connection::consent_end_next_look(end.at, now))
    services_.request_job(ERP_JOB_DELIVER, *look);
}

void Connector::tell_of_reconnect(const delivery::Report& report, bool keys_refused) {
  // A person who disconnected while the job ran knows of it.
  if (keys_refused || vault_.version() != 0)
    troubles_.tell_of_company(keys_refused ? verdict::keys_refused_words(report.words)
                                           : verdict::reconnect_words({}));
  // Unless Intuit ended the connection it may be Intuit's trouble, and over before a person comes.
  if (standing_connection())
    services_.request_job(ERP_JOB_DELIVER, services_.now() + look_for_cures_us);
  throw erp::Failure{ERP_E_NOT_CONNECTED, report.words};
}

template <class Work>
auto Connector::for_person(erp::Instant deadline, Work&& work) {
  company::Turns::Person turn(turns_, time_until(deadline));
  let_in(turn);
  bool keys_refused = false;
  return with_company(turn, deadline, keys_refused, std::forward<Work>(work));
}

delivery::Refreshed Connector::refresh(bool full, erp::Instant deadline) {
  return for_person(deadline, [&](company::Company& company, const settings::Settings& settings,
                                  const std::string&) {
    const auto depth =
        full ? delivery::Depth::everything : delivery::Depth::changes_and_preferences;
    auto result = delivery::refresh(company, store_, directory_, settings, depth, services_.now());
    if (!result)
      throw erp::Failure{result.error().kind == verdict::OutcomeKind::not_connected
                             ? ERP_E_NOT_CONNECTED
                             : ERP_E_RETRY_LATER,
                         "QuickBooks could not be read: " + result.error().words};
    check_accounts(settings);
    delivery::recheck_curable(store_, services_.now(), services_.now());
    deliver_soon();
    return *result;
  });
}

void Connector::reactivate(qbo::Entity entity, const std::string& id, erp::Instant deadline) {
  for_person(deadline,
             [&](company::Company& company, const settings::Settings&, const std::string&) {
               const auto done = delivery::reactivate(company, store_, entity, id);
               if (!done)
                 throw erp::Failure{ERP_E_RETRY_LATER, "QuickBooks did not make it active again: " +
                                                           verdict::quickbooks_words(done.error())};
             });
}

proof::Proof Connector::prove(erp::Instant deadline) {
  return for_person(deadline, [&](company::Company& company, const settings::Settings& settings,
                                  const std::string& fingerprint) {
    const auto books = proof::Books::read(company, links_, settings);
    if (!books)
      throw erp::Failure{ERP_E_RETRY_LATER, "QuickBooks could not be read: " +
                                                verdict::quickbooks_words(books.error())};
    return proof::prove(
        {store_, outbox_, links_, inbox_, directory_, settings, *books, fingerprint});
  });
}

delivery::HostAttributes Connector::host_attributes() const {
  if (!services_.has_attributes()) return {};
  return {[this] { return services_.attribute_names_json(); },
          [this](const std::string& name) { return services_.attribute_json(name); }};
}

void Connector::check_accounts(const settings::Settings& settings) {
  const delivery::StoredReferences references(directory_, links_);
  const auto checked =
      delivery::check_settings(store_, settings, references, host_attributes(), services_.now());
  const auto notices = surroundings("");
  for (const verdict::IssueWords& words : checked.failing)
    notices.raised(words);
  for (const std::string& cause : checked.mended)
    notices.closed(cause);
}

void Connector::stop(erp::Instant deadline) {
  stopping_.store(true);
  calls_.wake();
  if (!turns_.end(time_until(deadline)))
    throw erp::Failure{ERP_E_TIMEOUT, "A call to QuickBooks is still running; it is safe to end."};
}

settings::Settings Connector::settings() const {
  std::lock_guard lock(settings_mutex_);
  return settings_;
}

void Connector::apply(const settings::Settings& settings) {
  {
    std::lock_guard lock(settings_mutex_);
    settings_ = settings;
  }
  look_anew();
}

// A setting may be the cure of any document that is blocked, and of the company's trouble.
void Connector::look_anew() {
  const std::string seen = delivery::sha256_hex(services_.settings_json());
  const auto issues = inbox_.list(true);
  store_.write([&](store::Connection& db) {
    directory::Directory::put_fact(db, settings_seen_fact, seen);
    for (const inbox::Issue& issue : issues)
      outbox::Outbox::unblock(db, issue.id, outbox::Cause::change, services_.now());
  });
  if (directory_.fact("filled").value_or("") == "true") check_accounts(settings());
  delivery::lift_company_hold(store_);
  deliver_soon();
}

std::string Connector::begin_connecting(const std::string& redirect_uri) {
  if (const auto mixed = connection::mixed_environments(settings(), environment_))
    throw erp::Failure{ERP_E_CONFIG, mixed->title + ". " + mixed->meaning + " " + mixed->remedy};
  return connecting_.begin(settings(), redirect_uri);
}

connection::ConnectedCompany
Connector::complete_connecting(const std::string& query,
                               const std::optional<std::string>& required_company,
                               bool switch_company) {
  const company::Turns::Person turn(turns_, person_patience);
  let_in(turn);
  const auto company = connecting_.complete(settings(), query, required_company, switch_company);
  deliver_soon();
  try {
    troubles_.connected_again(); // tells of unsaved tokens before all that the disk may refuse
    delivery::lift_company_hold(store_);
    look_at_consent();
  } catch (const store::Trouble&) {
    // Connected all the same, and the person knows of the disk; these close with what is delivered.
    if (!vault_.has_unsaved()) throw;
  }
  return company;
}

void Connector::disconnect() {
  const company::Turns::Person turn(turns_, person_patience);
  let_in(turn);
  if (const auto trouble = connecting_.disconnect(settings())) troubles_.tell_of_revoking(*trouble);
  troubles_.disconnected();
  look_at_consent();
}

connection::Status Connector::connection_status() {
  const settings::Settings settings = this->settings();
  connection::Status status = connecting_.status(settings);
  if (const auto mixed = connection::mixed_environments(settings, environment_))
    status.held_back = mixed->title + ". " + mixed->meaning;
  return status;
}

commands::Rooms Connector::rooms() {
  return {store_, outbox_, links_, inbox_, directory_, services_};
}

commands::Answer Connector::command(const std::vector<std::string>& words, const std::string& actor,
                                    erp::Instant deadline) {
  return commands::run(*this, {words, actor, deadline});
}

} // namespace qb
