#include "connector.hpp"

#include "company/open_company.hpp"
#include "connection/words.hpp"
#include "core/mapping/plan.hpp"
#include "delivery/check_settings.hpp"
#include "delivery/digest.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/company.hpp"

#include <chrono>
#include <random>

namespace qb {
namespace {

constexpr const char* revoke_notice = "revoke";
constexpr const char* settings_seen_fact = "settings_seen";
constexpr erp::Instant after_trouble_us = 60LL * 1'000'000; // the disk was full, say
constexpr erp::Instant look_for_cures_us =
    900LL * 1'000'000; // a read each time, and reads are metered
constexpr std::chrono::milliseconds give_way_every{50};
constexpr erp::Instant pacing_look_back_us = 60LL * 1'000'000;

settings::Settings parsed(const std::string& json) {
  auto settings = settings::parse(json);
  if (settings) return std::move(*settings);
  std::string words;
  for (const settings::Problem& problem : settings.error())
    words += (words.empty() ? "" : " ") + problem.what;
  throw erp::Failure{ERP_E_CONFIG, words};
}

// Outside of the database (docs/adr/0007): with the host's secrets.
oauth::Key vault_key(const host::Services& services) {
  constexpr const char* name = "vault-key";
  if (!services.secret(name)) services.put_new_secret(name, oauth::key_to_text(oauth::make_key()));
  const auto text = services.secret(name);
  const auto key = text ? oauth::key_from_text(*text) : std::nullopt;
  if (!key)
    throw erp::Failure{ERP_E_CONFIG, "The key of the token vault in the host's secrets is damaged. "
                                     "Remove the secret \"vault-key\" and connect again."};
  return *key;
}

int dice() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_int_distribution<int>(0, 999)(engine);
}

} // namespace

Connector::Connector(const erp_host& host, erp_host_ctx* ctx, const std::string& data_dir)
    : services_(host, ctx), store_(data_dir + "/quickbooks.db"), outbox_(store_), links_(store_),
      inbox_(store_), directory_(store_), settings_(parsed(services_.settings_json())),
      vault_(store_, vault_key(services_), {oauth::place_of(settings_), outbox::rename_company}),
      connecting_(store_, vault_, services_, stopping_) {
  store_.write([&](store::Connection& db) { outbox::Outbox::reclaim_all(db, services_.now()); });
  // Settings are mostly changed while no instance runs.
  if (directory_.fact(settings_seen_fact) != delivery::sha256_hex(services_.settings_json()))
    look_anew();
  if (const outbox::Counts counts = outbox_.counts(); counts.waiting > 0) deliver_soon();
}

outbox::Recorded Connector::record(const erp::Event& event) {
  outbox::Entry entry;
  entry.event_id = event.event_id;
  entry.kind = erp::to_string(event.kind);
  entry.subject = erp::subject_of(event);
  entry.snapshot = erp::to_json(event);
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document))
    entry.version = order->version;
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    entry.version = cancellation->order.version;
  const mapping::Worth worth = mapping::worth_of(event);
  entry.currency = worth.currency;
  entry.amount = worth.amount;
  entry.due_at = entry.recorded_at = services_.now();
  // A part, a supplier or an order comes whole each time, so the newest is all that QuickBooks
  // needs; a receipt never replaces another.
  const bool supersedes =
      event.kind != erp::EventKind::po_received && event.kind != erp::EventKind::receipt_corrected;
  const outbox::Recorded recorded = outbox_.record(entry, supersedes);
  deliver_soon();
  return recorded;
}

void Connector::deliver_soon() {
  services_.request_job(ERP_JOB_DELIVER, services_.now());
}

bool Connector::wait_until(erp::Instant until, erp::Instant deadline,
                           const std::function<void()>& give_way) {
  if (until > deadline) return false;
  // By a clock that nobody sets: one that is set back meanwhile does not make the wait longer.
  using Clock = std::chrono::steady_clock;
  const auto end =
      Clock::now() + std::chrono::microseconds(std::max<erp::Instant>(0, until - services_.now()));
  while (!stopping_.load() && Clock::now() < end) {
    give_way();
    std::unique_lock lock(wake_mutex_);
    wake_.wait_until(lock, std::min(end, Clock::now() + give_way_every),
                     [this] { return stopping_.load(); });
  }
  return !stopping_.load();
}

company::Pacer& Connector::pacer(const settings::Settings& settings) {
  if (!pacer_) {
    pacer_ = std::make_unique<company::Pacer>(company::Limits{}, settings.rate_share,
                                              settings.pace == settings::Pace::off);
    const erp::Instant since = services_.now() - pacing_look_back_us;
    pacer_->remember(outbox_.sends_since(since), outbox_.batch_sends_since(since));
  }
  return *pacer_;
}

// The next process must know of it, or both together are too fast.
void Connector::remember_call(const company::Trace& trace) {
  if (trace.http_status == 0 &&
      trace.outcome == verdict::to_string(verdict::OutcomeKind::throttled))
    return; // QuickBooks was not asked
  store_.write([&](store::Connection& db) {
    outbox::Outbox::called(db, trace.request_id, services_.now());
  });
}

std::unique_ptr<company::Company>
Connector::open_company(const settings::Settings& settings, http::Transport& transport,
                        oauth::TokenSource& tokens, const std::string& realm, erp::Instant deadline,
                        const std::function<void()>& give_way) {
  return company::open_company(
      {transport, tokens, pacer(settings), oauth::api_base_of(settings), realm,
       [this] { return services_.now(); },
       [this, deadline, give_way](erp::Instant until) {
         return wait_until(until, deadline, give_way);
       },
       [this, paced = settings.pace == settings::Pace::documented](const company::Trace& trace) {
         if (paced) remember_call(trace);
         services_.log(ERP_LOG_INFO, "quickbooks call",
                       {{"method", trace.method},
                        {"path", trace.path},
                        {"status", std::to_string(trace.http_status)},
                        {"outcome", trace.outcome},
                        {"code", trace.code},
                        {"intuit_tid", trace.intuit_tid},
                        {"request_id", trace.request_id},
                        {"duration_ms", std::to_string(trace.duration_ms)}});
       },
       give_way});
}

// The connection that may be used as things stand, else throws with what a person must do.
oauth::Connection Connector::held_connection(const settings::Settings& settings) {
  std::optional<oauth::Vault::Versioned> held;
  const auto refuse = [&](const verdict::IssueWords& words) {
    tell_of_connection(words);
    return erp::Failure{ERP_E_NOT_CONNECTED,
                        words.title + ". " + words.meaning + " " + words.remedy};
  };
  try {
    held = vault_.load();
  } catch (const oauth::Unsealable& unsealable) {
    throw refuse(connection::unopenable_words(unsealable.what));
  }
  if (!held || held->connection.reconnect_needed)
    throw erp::Failure{
        ERP_E_NOT_CONNECTED,
        held ? "QuickBooks no longer accepts the connection. Connect again: erp-host "
               "connect quickbooks"
             : "Not connected to QuickBooks. Connect first: erp-host connect quickbooks"};
  // Sandbox, production and emulator must never see each other's tokens.
  if (const oauth::Place now = oauth::place_of(settings); held->connection.place != now)
    throw refuse(connection::elsewhere_words(held->connection.place, now));
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
auto Connector::with_company(Turn& turn, erp::Instant deadline, Work&& work) {
  const settings::Settings settings = this->settings();
  const oauth::Connection held = held_connection(settings);
  http::CurlTransport transport(oauth::trust_of(settings), {}, stopping_);
  oauth::Discovery discovery(transport, settings);
  oauth::TokenSource tokens(
      vault_, transport, [this] { return services_.now(); },
      [this, &settings] {
        return oauth::Credentials{settings.client_id,
                                  services_.secret("setting/client_secret").value_or("")};
      },
      [&discovery] { return discovery.endpoints(); });
  const auto company =
      open_company(settings, transport, tokens, held.realm, deadline, [&turn] { turn.give_way(); });
  struct Afterwards { // whatever `work` throws: a full disk stops it too
    std::function<void()> act;
    ~Afterwards() { act(); }
  } const afterwards{[&] {
    keys_refused_ = tokens.keys_refused();
    tell_of_unsaved();
  }};
  return work(*company, settings, vault_.fingerprint(held));
}

// Never throws: the tokens are the plugin's whatever becomes of the telling.
void Connector::tell_of_unsaved() noexcept {
  try {
    const bool unsaved = vault_.has_unsaved();
    tell_of_connection(unsaved ? std::optional(connection::unsaved_words()) : std::nullopt);
    if (unsaved) services_.request_job(ERP_JOB_DELIVER, services_.now() + after_trouble_us);
  } catch (...) {
  }
}

// The one trouble of the connection that there is now, or none: what was told before is over.
void Connector::tell_of_connection(const std::optional<verdict::IssueWords>& trouble) {
  if (!trouble && connection_sound_) return;
  for (const char* cause : connection::own_causes)
    if (!trouble || trouble->cause != cause) close_issue(cause, "the cause is gone");
  connection_sound_ = !trouble;
  if (!trouble) return;
  surroundings("").raised(*trouble); // first, as it may be the disk
  store_.write(
      [&](store::Connection& db) { inbox::Inbox::raise(db, *trouble, services_.now(), true); });
}

delivery::Surroundings Connector::surroundings(const std::string& company) {
  return {[this] { return services_.now(); },
          dice,
          company,
          0,
          [this](const verdict::IssueWords& words) {
            services_.raise_notice("issue/" + words.cause, ERP_NOTICE_ACTION_NEEDED, words.title,
                                   words.meaning + " " + words.remedy);
          },
          [this](const std::string& cause) { issue_closed(cause); }};
}

void Connector::issue_closed(const std::string& cause) {
  services_.clear_notice("issue/" + cause);
}

delivery::Report Connector::deliver(erp::Instant deadline) {
  company::Turns::Job turn(turns_);
  std::string of_company;
  delivery::Report report;
  try {
    report =
        with_company(turn, deadline,
                     [&](company::Company& company, const settings::Settings& settings,
                         const std::string& fingerprint) {
                       of_company = fingerprint;
                       return delivery::run({store_, company, settings, surroundings(fingerprint),
                                             deadline, stopping_, [&turn] { turn.give_way(); }});
                     });
  } catch (const erp::Failure&) {
    throw; // a person must act; what they do asks for the job
  } catch (...) {
    services_.request_job(ERP_JOB_DELIVER, services_.now() + after_trouble_us);
    throw;
  }
  if (report.reconnect_needed && vault_.bound_company() != of_company)
    deliver_soon(); // a person moved to another company while this ran
  else if (report.reconnect_needed)
    tell_of_reconnect(report);
  if (report.waiting > 0 && report.next_due)
    services_.request_job(ERP_JOB_DELIVER, *report.next_due);
  else if (report.blocked > 0) // the cure may come from QuickBooks, where nobody tells us
    services_.request_job(ERP_JOB_DELIVER, services_.now() + look_for_cures_us);
  return report;
}

void Connector::tell_of_reconnect(const delivery::Report& report) {
  // A person who disconnected while the job ran knows of it.
  if (!keys_refused_ && vault_.version() == 0)
    throw erp::Failure{ERP_E_NOT_CONNECTED, report.words};
  const verdict::IssueWords words =
      keys_refused_ ? verdict::keys_refused_words(report.words) : verdict::reconnect_words({});
  store_.write(
      [&](store::Connection& db) { inbox::Inbox::raise(db, words, services_.now(), true); });
  surroundings("").raised(words);
  throw erp::Failure{ERP_E_NOT_CONNECTED, report.words};
}

delivery::Refreshed Connector::refresh(bool full, erp::Instant deadline) {
  const auto wait =
      std::chrono::microseconds(std::max<erp::Instant>(0, deadline - services_.now()));
  company::Turns::Person turn(turns_, wait);
  if (!turn.has_it())
    throw erp::Failure{ERP_E_TIMEOUT, "Documents are being delivered; try again in a moment."};
  delivery::Refreshed refreshed = with_company(
      turn, deadline,
      [&](company::Company& company, const settings::Settings& settings, const std::string&) {
        const auto depth =
            full ? delivery::Depth::everything : delivery::Depth::changes_and_preferences;
        auto result = delivery::refresh(company, store_, directory_, depth, services_.now());
        if (!result)
          throw erp::Failure{result.error().kind == verdict::OutcomeKind::not_connected
                                 ? ERP_E_NOT_CONNECTED
                                 : ERP_E_RETRY_LATER,
                             "QuickBooks could not be read: " + result.error().words};
        check_accounts(settings);
        return *result;
      });
  delivery::recheck_curable(store_, services_.now());
  deliver_soon();
  return refreshed;
}

void Connector::check_accounts(const settings::Settings& settings) {
  const delivery::StoredReferences references(directory_, links_);
  const auto checked = delivery::check_settings(store_, settings, references, services_.now());
  const auto notices = surroundings("");
  for (const verdict::IssueWords& words : checked.failing)
    notices.raised(words);
  for (const std::string& cause : checked.mended)
    notices.closed(cause);
}

void Connector::stop(erp::Instant deadline) {
  stopping_.store(true);
  wake_.notify_all();
  const auto wait =
      std::chrono::microseconds(std::max<erp::Instant>(0, deadline - services_.now()));
  const company::Turns::Person turn(turns_, wait);
  if (!turn.has_it())
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
      outbox::Outbox::unblock(db, issue.id, services_.now());
  });
  if (directory_.fact("filled").value_or("") == "true") check_accounts(settings());
  delivery::lift_company_hold(store_);
  deliver_soon();
}

std::string Connector::begin_connecting(const std::string& redirect_uri) {
  return connecting_.begin(settings(), redirect_uri);
}

connection::ConnectedCompany
Connector::complete_connecting(const std::string& query,
                               const std::optional<std::string>& required_company,
                               bool switch_company) {
  const company::Turns::Person turn(turns_);
  const auto company = connecting_.complete(settings(), query, required_company, switch_company);
  delivery::lift_company_hold(store_);
  close_issue(verdict::reconnect_words({}).cause, "connected again");
  close_issue(verdict::keys_refused_words("").cause, "Intuit accepted the keys");
  connection_sound_ = false; // also what an earlier process told of
  tell_of_unsaved();
  services_.clear_notice(revoke_notice);
  deliver_soon();
  return company;
}

void Connector::close_issue(const std::string& cause, const std::string& note) {
  store_.write([&](store::Connection& db) {
    if (const auto issue = inbox::Inbox::open_issue(db, cause))
      inbox::Inbox::resolve(db, *issue, note, services_.now());
  });
  issue_closed(cause);
}

void Connector::disconnect() {
  const company::Turns::Person turn(turns_);
  if (const auto trouble = connecting_.disconnect(settings()))
    services_.raise_notice(
        revoke_notice, ERP_NOTICE_WARNING, "Intuit could not be told of the disconnection",
        "The tokens are wiped here. To be sure, remove the app in QuickBooks under "
        "Settings, Apps. " +
            *trouble);
  close_issue(verdict::reconnect_words({}).cause, "disconnected");
  tell_of_connection(std::nullopt);
}

connection::Status Connector::connection_status() {
  return connecting_.status(settings());
}

commands::Rooms Connector::rooms() {
  return {store_, outbox_, links_, inbox_, directory_, services_};
}

std::string Connector::command(const std::vector<std::string>& words, const std::string& actor,
                               erp::Instant deadline) {
  return commands::run(*this, {words, actor, deadline});
}

} // namespace qb
