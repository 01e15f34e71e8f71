#include "world.hpp"

#include "http/url.hpp"
#include "oracle.hpp"

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace simulation {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t job_lasts_us = 60 * second_us;

// In memory where the system has such a place: the store looks at its files' names.
std::filesystem::path scratch_folder() {
  const std::filesystem::path shared = "/dev/shm";
  const auto parent =
      std::filesystem::is_directory(shared) ? shared : std::filesystem::temp_directory_path();
  return parent / ("simulation-" + std::to_string(::getpid()));
}

// "receipt/R-3 of order 1003 (1: 4, 2: 0)"
std::string said(const erp::Event& event, const Erp& erp) {
  std::string text = erp::subject_of(event);
  if (!std::holds_alternative<erp::Receipt>(event.document)) return text;
  const Receipt& receipt = erp.receipt_of(event);
  text += " of order " + receipt.order + " (";
  for (const auto& [line, quantity] : receipt.received)
    text += (text.back() == '(' ? "" : ", ") + line + ": " + std::to_string(quantity);
  return text + (receipt.complete ? ", complete)" : ")");
}

struct Stopped {}; // a run that cannot go on

class Borrowed final : public qb::http::Transport {
 public:
  explicit Borrowed(qb::http::Transport& network) : network_(network) {}
  tl::expected<qb::http::Response, qb::http::Failure>
  exchange(const qb::http::Message& message) override {
    return network_.exchange(message);
  }

 private:
  qb::http::Transport& network_;
};

} // namespace

World::World(std::uint64_t seed, const Swarm& swarm, int steps)
    : clock_{*erp::parse_instant("2026-11-20T10:00:00Z")}, dice_(seed), swarm_(swarm),
      steps_(steps), history_(clock_), disk_(scratch_folder(), clock_), host_(clock_),
      quickbooks_(clock_, dice_, swarm_, history_),
      network_(clock_, dice_, swarm_, history_, quickbooks_, disk_), erp_(dice_, swarm_) {
  for (const auto& [setting, value] : std::initializer_list<std::pair<const char*, std::string>>{
           {"environment", "production"},
           {"client_id", "simulated"},
           {"client_secret", "set"},
           {"ap_account", "Accounts Payable"},
           {"income_account", "Sales"},
           {"inventory_asset_account", "Inventory Asset"},
           {"inventory_expense_account", "Cost of Goods Sold"},
           {"fees_account", "Freight"},
           {"expense_attribute", "Expense Code"},
           {"item_type", swarm_.item_type},
           {"missing_supplier", swarm_.missing_supplier},
           {"cancelled_orders", swarm_.cancelled_orders},
           {"receipts", swarm_.receipts}})
    host_.set(setting, value);
  host_.put_secret("setting/client_secret", "simulated-client");
  sow();
}

World::~World() {
  connector_.reset();
  std::error_code ignored;
  disk_.drop_all();
  std::filesystem::remove_all(scratch_folder(), ignored);
}

void World::sow() {
  const erp::Instant long_ago = clock_.now - 100'000 * second_us;
  const auto account = [&](const char* name, const char* type, const char* number) {
    quickbooks_.books().sow(
        "Account",
        {{"Name", name}, {"FullyQualifiedName", name}, {"AccountType", type}, {"AcctNum", number}},
        long_ago);
  };
  account("Accounts Payable", "Accounts Payable", "2000");
  account("Sales", "Income", "4000");
  account("Inventory Asset", "Other Current Asset", "1200");
  account("Cost of Goods Sold", "Cost of Goods Sold", "5000");
  account("Tools", "Expense", Erp::good_code);
  account("Freight", "Expense", "5200");
  for (int supplier = 0; supplier < 4; ++supplier) // of six
    quickbooks_.books().sow("Vendor", {{"DisplayName", Erp::supplier_name(supplier)}}, long_ago);
  for (int part = 0; part < 3; ++part) // of eight
    quickbooks_.books().sow("Item", {{"Name", Erp::item_name(part)}, {"Type", "Inventory"}},
                            long_ago);
}

// --- the process

void World::start() {
  qb::Outside outside;
  outside.open_transport = [this](const qb::http::Trust&, const std::atomic<bool>&) {
    return std::make_unique<Borrowed>(network_);
  };
  outside.jitter_permille = [this] { return dice_.below(1000); };
  outside.nap = [this](std::chrono::microseconds length) { clock_.pass(length.count()); };
  outside.name_companies = [](std::string_view, std::string_view company) {
    std::uint64_t hash = 1; // scrypt would take most of the run's time
    for (const char c : company)
      hash = hash * 31 + static_cast<unsigned char>(c);
    return std::to_string(hash);
  };
  connector_ = std::make_unique<qb::Connector>(host_.table(), host_.context(),
                                               scratch_folder().string(), "production", outside);
}

World::Went World::tried(const char* what, const std::function<void()>& work) {
  std::string words;
  try {
    work();
    return disk_.is_dead() ? Went::died : Went::well;
  } catch (const ProcessDied&) {
    return Went::died;
  } catch (const erp::Failure& failure) {
    words = failure.message;
  } catch (const qb::store::Trouble& trouble) {
    words = trouble.what;
  } catch (const std::exception& mistake) {
    if (!disk_.is_dead()) history_.violated(std::string(what) + " threw: " + mistake.what());
  }
  if (disk_.was_spun()) {
    history_.violated(std::string(what) + " goes round and round");
    throw Stopped();
  }
  if (disk_.is_dead()) return Went::died;
  history_.add(std::string(what) + " is refused: " + words.substr(0, 90));
  return Went::refused;
}

void World::die_and_start_again() {
  disk_.die(); // what the destructors would still write is not written
  connector_.reset();
  host_.use_up_request();
  clock_.pass(dice_.between(1, 40) * second_us);
  for (Went went = Went::died; went == Went::died;) {
    history_.figures.restarts += 1;
    if (happens(swarm_.power_cuts)) {
      history_.figures.power_cuts += 1;
      history_.add("starts again after a power cut");
      disk_.start_again_after_power_cut(dice_);
    } else {
      history_.add("starts again");
      disk_.start_again();
    }
    if (happens(swarm_.deaths)) disk_.die_in(dice_.between(1, 40));
    went = tried("the start", [this] { start(); });
    if (went == Went::refused) {
      history_.violated("the plugin does not start");
      return;
    }
    if (went == Went::died) connector_.reset();
    disk_.die_in(0);
  }
  see_nothing_lost();
}

void World::start_again_if_dead() {
  if (disk_.is_dead()) die_and_start_again();
}

void World::see_nothing_lost() {
  std::set<std::string> there;
  connector_->rooms().store.read([&](qb::store::Connection& db) {
    qb::store::Query rows(db, "SELECT event_id FROM outbox");
    while (rows.step())
      there.insert(rows.text(0));
  });
  for (const erp::Event& event : erp_.all_accepted())
    if (!there.contains(event.event_id))
      history_.violated("the hook took event " + event.event_id + " (" + erp::subject_of(event) +
                        "), and it is gone");
}

// --- what happens

bool World::tell_next() {
  if (erp_.to_tell().empty()) return false;
  const erp::Event event = erp_.to_tell().front().event;
  history_.add("event " + event.event_id + " " + erp::to_string(event.kind) + " " +
               said(event, erp_));
  qb::outbox::Recorded recorded{};
  const Went went = tried("the hook", [&] { recorded = connector_->record(event); });
  if (went != Went::well) return false; // the host comes again with it
  if (recorded == qb::outbox::Recorded::conflict)
    history_.violated("event " + event.event_id + " is said to be known with other content");
  erp_.accept(event);
  erp_.to_tell().pop_front();
  return true;
}

void World::repeat_an_event() {
  if (erp_.all_accepted().empty()) return;
  const auto count = static_cast<int>(erp_.all_accepted().size());
  const erp::Event event = erp_.all_accepted()[static_cast<std::size_t>(dice_.below(count))];
  history_.add("event " + event.event_id + " comes again");
  qb::outbox::Recorded recorded{};
  if (tried("the hook", [&] { recorded = connector_->record(event); }) == Went::well &&
      recorded != qb::outbox::Recorded::duplicate)
    history_.violated("event " + event.event_id + " came twice and was not known");
}

void World::deliver() {
  host_.use_up_request();
  history_.add("the job runs");
  tried("the job", [this] {
    const qb::delivery::Report report = connector_->deliver(clock_.now + job_lasts_us);
    history_.add("the job ends: " + std::to_string(report.delivered) + " delivered, " +
                 std::to_string(report.blocked) + " blocked, " + std::to_string(report.waiting) +
                 " waiting");
  });
}

void World::connect() {
  tried("connecting", [this] {
    const std::string url = connector_->begin_connecting("https://erp.example.com/callback");
    std::string state;
    for (const auto& [name, value] : qb::http::parse_query(url.substr(url.find('?') + 1)))
      if (name == "state") state = value;
    connector_->complete_connecting("code=" + quickbooks_.consent() + "&state=" + state +
                                        "&realmId=" + QuickBooks::realm,
                                    std::nullopt, false);
    history_.add("connected");
  });
}

void World::person_decides(const char* decision) {
  start_again_if_dead();
  const auto issues = connector_->rooms().inbox.list(true);
  if (issues.empty()) return;
  const auto& issue =
      issues[static_cast<std::size_t>(dice_.below(static_cast<int>(issues.size())))];
  std::vector<std::string> words = {"inbox", decision, std::to_string(issue.id)};
  if (words[1] == "skip") words.insert(words.end(), {"--reason", "not needed"});
  history_.add("a person says: " + words[1] + " " + issue.words.cause);
  tried("the command",
        [&] { connector_->command(words, "bookkeeper", clock_.now + job_lasts_us); });
}

void World::person_acts() {
  const auto status = connector_->connection_status();
  if ((!status.connected || status.reconnect_needed) && dice_.chance(300))
    connect();
  else if (happens(swarm_.reconnects))
    connect();
  if (happens(swarm_.retries)) person_decides("retry");
  if (happens(swarm_.skips)) person_decides("skip");
  if (happens(swarm_.refreshes)) {
    start_again_if_dead();
    history_.add("a person says: refresh");
    tried("the command",
          [&] { connector_->command({"refresh"}, "bookkeeper", clock_.now + job_lasts_us); });
  }
}

void World::step() {
  for (int event = swarm_.burst > 1 && dice_.chance(300) ? swarm_.burst : dice_.below(3); event > 0;
       --event)
    erp_.something_happens(clock_.now);
  if (happens(swarm_.deaths)) disk_.die_in(dice_.between(1, 60));
  if (happens(swarm_.full_disks)) {
    history_.add("the disk is full");
    disk_.fill(true);
  } else if (dice_.chance(300)) {
    disk_.fill(false);
  }
  while (tell_next())
    if (dice_.chance(100)) break;
  start_again_if_dead();
  if (happens(swarm_.repeated_events)) repeat_an_event();
  start_again_if_dead();
  others_act();
  person_acts();
  start_again_if_dead();
  if (const auto due = host_.job_due(); due && *due <= clock_.now) deliver();
  start_again_if_dead();
  if (happens(swarm_.restarts)) {
    history_.add("the process is killed");
    die_and_start_again();
  }
  clock_.pass(dice_.chance(100) ? dice_.between(60, 1800) * second_us
                                : dice_.between(0, 20'000) * 1000);
  network_.deliver_late();
}

// --- the end

void World::heal() {
  history_.add("--- nothing goes wrong any more");
  network_.heal();
  disk_.fill(false);
  disk_.die_in(0);
  start_again_if_dead();
  while (tell_next()) {
  }
  const auto status = connector_->connection_status();
  if (!status.connected || status.reconnect_needed) connect();
}

void World::drain() {
  constexpr int runs_max = 400;
  for (int i = 0; i < runs_max; ++i) {
    if (connector_->rooms().outbox.counts().waiting == 0) return;
    const auto due = host_.job_due();
    if (!due) {
      const auto status = connector_->connection_status();
      if (status.connected && !status.reconnect_needed) {
        history_.violated("something waits, and nobody asked for the job");
        return;
      }
      connect();
      continue;
    }
    clock_.now = std::max(clock_.now, *due);
    deliver();
  }
  history_.violated("the outbox is not drained after " + std::to_string(runs_max) + " runs");
}

// For whoever reads why a run failed.
void World::tell_what_is_open() {
  disk_.start_again();
  tried("the look", [this] {
    if (!connector_) start();
    connector_->rooms().store.read([&](qb::store::Connection& db) {
      qb::store::Query rows(db, "SELECT id, event_id, subject, version, derived, state, waits_for, "
                                "attempts, note FROM outbox ORDER BY id");
      while (rows.step()) {
        std::string line = "  entry";
        for (int column = 0; column < 9; ++column)
          line += " " + (column == 1 && rows.text(1).starts_with("derived") ? std::string("derived")
                                                                            : rows.text(column));
        history_.add(line);
      }
    });
  });
}

void World::run() {
  try {
    go_through();
  } catch (const Stopped&) { // told
  }
  history_.figures.events = static_cast<int>(erp_.all_accepted().size());
  history_.figures.documents = static_cast<int>(erp_.accepted().size());
  if (!history_.violation().empty()) tell_what_is_open();
}

void World::go_through() {
  network_.meanwhile([this] {
    erp_.something_happens(clock_.now);
    tell_next();
  });
  tried("the start", [this] { start(); });
  for (int i = 0; i < steps_ && history_.violation().empty(); ++i)
    step();
  if (!history_.violation().empty()) return;
  heal();
  drain();
  for (const std::string& order : others_.deleted_orders)
    erp_.save_again(order, clock_.now);
  while (tell_next()) {
  }
  drain();
  // A person has everything looked at once more: what is still held up has a reason that lasts.
  tried("the command", [this] {
    connector_->command({"inbox", "retry", "--all"}, "bookkeeper", clock_.now + job_lasts_us);
  });
  drain();
  if (!history_.violation().empty()) return;
  see_nothing_lost();
  Oracle(*this).judge();
}

} // namespace simulation
