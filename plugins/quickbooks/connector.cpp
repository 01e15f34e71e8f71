#include "connector.hpp"

#include "company/open_company.hpp"
#include "core/mapping/plan.hpp"
#include "delivery/check_settings.hpp"
#include "delivery/digest.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace qb {
namespace {

constexpr const char* revoke_notice = "revoke";
constexpr const char* settings_seen_fact = "settings_seen";
constexpr erp::Instant after_trouble_us = 60LL * 1'000'000; // the disk was full, say
constexpr erp::Instant look_for_cures_us =
    900LL * 1'000'000; // a read each time, and reads are metered
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
      inbox_(store_), directory_(store_), vault_(store_, vault_key(services_)),
      connecting_(store_, vault_, services_, stopping_),
      settings_(parsed(services_.settings_json())) {
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
  const mapping::Worth worth = mapping::worth_of(event);
  entry.currency = worth.currency;
  entry.amount = worth.amount;
  entry.due_at = entry.recorded_at = services_.now();
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    entry.version = cancellation->order.version;
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

bool Connector::wait_until(erp::Instant until, erp::Instant deadline) {
  std::unique_lock lock(wake_mutex_);
  while (services_.now() < until) {
    if (stopping_.load() || until > deadline) return false;
    const auto left = std::chrono::microseconds(until - services_.now());
    wake_.wait_for(lock, std::min<std::chrono::microseconds>(left, std::chrono::milliseconds(100)));
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

std::unique_ptr<company::Company> Connector::open_company(const settings::Settings& settings,
                                                          http::Transport& transport,
                                                          oauth::TokenSource& tokens,
                                                          erp::Instant deadline) {
  return company::open_company(
      {transport, tokens, pacer(settings), oauth::api_base_of(settings),
       [this] { return services_.now(); },
       [this, deadline](erp::Instant until) { return wait_until(until, deadline); },
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
       }});
}

// Opens the connected company for `work(company, settings, realm's fingerprint)`; the caller holds
// network_mutex_.
template <class Work>
auto Connector::with_company(erp::Instant deadline, Work&& work) {
  const auto held = vault_.load();
  if (!held || held->connection.reconnect_needed)
    throw erp::Failure{
        ERP_E_NOT_CONNECTED,
        held ? "QuickBooks no longer accepts the connection. Connect again: erp-host "
               "connect quickbooks"
             : "Not connected to QuickBooks. Connect first: erp-host connect quickbooks"};
  // A switch of companies that was cut in the middle must not write to the former one.
  if (vault_.bound_company() != vault_.fingerprint(held->connection.realm))
    throw erp::Failure{ERP_E_NOT_CONNECTED,
                       "The connection is not of the company that this plugin is "
                       "bound to. Connect again: erp-host connect quickbooks"};
  const settings::Settings settings = this->settings();
  http::CurlTransport transport(oauth::trust_of(settings), {}, stopping_);
  oauth::Discovery discovery(transport, settings);
  oauth::TokenSource tokens(
      vault_, transport, [this] { return services_.now(); },
      [this, &settings] {
        return oauth::Credentials{settings.client_id,
                                  services_.secret("setting/client_secret").value_or("")};
      },
      [&discovery] { return discovery.endpoints(); });
  const auto company = open_company(settings, transport, tokens, deadline);
  auto result = work(*company, settings, vault_.fingerprint(held->connection.realm));
  keys_refused_ = tokens.keys_refused();
  return result;
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
  std::unique_lock lock(network_mutex_);
  const auto let_others_in = [&] {
    if (wanting_network_.load() == 0) return;
    lock.unlock();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    lock.lock();
  };
  delivery::Report report;
  try {
    report =
        with_company(deadline, [&](company::Company& company, const settings::Settings& settings,
                                   const std::string& fingerprint) {
          return delivery::run({store_, company, settings, surroundings(fingerprint), deadline,
                                stopping_, let_others_in});
        });
  } catch (const erp::Failure&) {
    throw; // a person must act; what they do asks for the job
  } catch (...) {
    services_.request_job(ERP_JOB_DELIVER, services_.now() + after_trouble_us);
    throw;
  }
  if (report.reconnect_needed) {
    const verdict::IssueWords words =
        keys_refused_ ? verdict::keys_refused_words(report.words) : verdict::reconnect_words({});
    store_.write(
        [&](store::Connection& db) { inbox::Inbox::raise(db, words, services_.now(), true); });
    surroundings("").raised(words);
    throw erp::Failure{ERP_E_NOT_CONNECTED, report.words};
  }
  if (report.waiting > 0 && report.next_due)
    services_.request_job(ERP_JOB_DELIVER, *report.next_due);
  else if (report.blocked > 0) // the cure may come from QuickBooks, where nobody tells us
    services_.request_job(ERP_JOB_DELIVER, services_.now() + look_for_cures_us);
  return report;
}

delivery::Refreshed Connector::refresh(bool full, erp::Instant deadline) {
  wanting_network_.fetch_add(1);
  std::unique_lock lock(network_mutex_, std::defer_lock);
  const auto wait =
      std::chrono::microseconds(std::max<erp::Instant>(0, deadline - services_.now()));
  const bool locked = lock.try_lock_for(wait);
  wanting_network_.fetch_sub(1);
  if (!locked)
    throw erp::Failure{ERP_E_TIMEOUT, "Documents are being delivered; try again in a moment."};
  delivery::Refreshed refreshed =
      with_company(deadline, [&](company::Company& company, const settings::Settings& settings,
                                 const std::string&) {
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
  std::unique_lock lock(network_mutex_, std::defer_lock);
  if (!lock.try_lock_for(wait))
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
  std::unique_lock lock(network_mutex_);
  const auto company = connecting_.complete(settings(), query, required_company, switch_company);
  delivery::lift_company_hold(store_);
  close_issue(verdict::reconnect_words({}).cause, "connected again");
  close_issue(verdict::keys_refused_words("").cause, "Intuit accepted the keys");
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
  std::unique_lock lock(network_mutex_);
  if (const auto trouble = connecting_.disconnect(settings()))
    services_.raise_notice(
        revoke_notice, ERP_NOTICE_WARNING, "Intuit could not be told of the disconnection",
        "The tokens are wiped here. To be sure, remove the app in QuickBooks under "
        "Settings, Apps. " +
            *trouble);
  close_issue(verdict::reconnect_words({}).cause, "disconnected");
}

connection::Status Connector::connection_status() {
  return connecting_.status();
}

commands::Rooms Connector::rooms() {
  return {store_, outbox_, links_, inbox_, directory_, services_};
}

std::string Connector::command(const std::vector<std::string>& words, const std::string& actor,
                               erp::Instant deadline) {
  return commands::run(*this, {words, actor, deadline});
}

} // namespace qb
