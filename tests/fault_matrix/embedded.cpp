#include "embedded.hpp"

#include "embedded_services.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "erp/sdk/service.hpp"
#include "machine.h"

#include <chrono>
#include <dlfcn.h>
#include <stdexcept>

namespace fault_matrix {
namespace {

constexpr Instant second_us = 1'000'000;
constexpr const char* redirect = "http://localhost:1/callback";

// Whoever is in here is inside the plugin.
class Visit {
 public:
  Visit() { machine_enter(); }
  ~Visit() { machine_leave(); }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
};

Said said(erp_status status, const erp_error& error, std::string out = "") {
  return {status, std::string(error.message, error.message_len), std::move(out)};
}

const erp_plugin* entry(const std::filesystem::path& library) {
  void* const loaded = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!loaded) throw std::runtime_error(dlerror());
  const auto enter = reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(loaded, ERP_PLUGIN_ENTRY_NAME));
  erp_error error{};
  const erp_plugin* const plugin = enter ? enter(&host_table(), &error) : nullptr;
  if (!plugin) throw std::runtime_error("no plugin in " + library.string());
  return plugin;
}

} // namespace

struct Embedded::Inside {
  Place place;
  std::string data_folder;
  erp_host_ctx services;
  const erp_plugin* plugin = nullptr;
  erp_instance* instance = nullptr;
  std::atomic<std::int64_t> moved_us{0}, wrong_us{0};

  template <class Table>
  const Table* table() const {
    return erp::interface_of<Table>(*plugin, instance);
  }
  Said make(erp_instance*& into) {
    erp_error error{};
    const erp_status status = create_and_activate(into, error);
    return said(status, error);
  }
  // No text of ours is made in here: what fails inside is the plugin's.
  erp_status create_and_activate(erp_instance*& into, erp_error& error) {
    const erp_instance_config config{sizeof config,
                                     0,
                                     erp::borrow("quickbooks"),
                                     erp::borrow("Larkfield Works"),
                                     erp::borrow("test"),
                                     erp::borrow(data_folder)};
    const Visit visit;
    if (const auto status = plugin->create(&host_table(), &services, &config, &into, &error);
        status < 0)
      return status;
    const erp_status status = plugin->activate(into, &error);
    if (status < 0) {
      plugin->destroy(into);
      into = nullptr;
    }
    return status;
  }
};

Embedded::Embedded(Place place) : inside_(std::make_unique<Inside>()) {
  inside_->place = std::move(place);
  inside_->data_folder = inside_->place.data_folder.string();
  std::filesystem::create_directories(inside_->place.data_folder);
  inside_->services.settings = inside_->place.settings;
  inside_->services.settings["client_secret"] = "set";
  inside_->services.secrets["setting/client_secret"] = {inside_->place.client_secret, 1};
  inside_->services.now = [this] { return now(); };
  inside_->plugin = entry(inside_->place.library);
}

Embedded::~Embedded() {
  machine_is_well();
  end();
}

Instant Embedded::now() const {
  const auto machines = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  return machines.count() + machine_moved_us() + inside_->wrong_us;
}

void Embedded::move_s(std::int64_t by) {
  machine_move_us(by * second_us);
}

void Embedded::set_wrong_s(std::int64_t by) {
  inside_->wrong_us = by * second_us;
}

bool Embedded::runs() const {
  return inside_->instance != nullptr;
}

Said Embedded::start() {
  return inside_->make(inside_->instance);
}

Said Embedded::start_another() const {
  erp_instance* other = nullptr;
  Said ended = inside_->make(other);
  if (!other) return ended;
  erp_error error{};
  inside_->plugin->stop(other, now() + second_us, &error);
  inside_->plugin->deactivate(other);
  inside_->plugin->destroy(other);
  return ended;
}

void Embedded::ask_to_stop() {
  const Visit visit;
  erp_error error{};
  inside_->plugin->stop(inside_->instance, now() + 2 * second_us, &error);
}

void Embedded::end() {
  if (!runs()) return;
  ask_to_stop();
  const Visit visit;
  inside_->plugin->deactivate(inside_->instance);
  inside_->plugin->destroy(inside_->instance);
  inside_->instance = nullptr;
}

Said Embedded::tell(const std::string& line) const {
  const auto event = erp::event_from_json(line);
  if (!event) throw std::runtime_error("no event: " + event.error().field + event.error().what);
  const auto* const hooks = inside_->table<erp_procurement_v1>();
  const erp_event envelope{sizeof envelope,
                           1,
                           1,
                           erp::borrow(event->event_id),
                           event->occurred_at,
                           erp::borrow_or_absent(event->actor)};
  erp::Borrowing borrowing;
  erp_error error{};
  erp_instance* const to = inside_->instance;
  const auto inside = [&](auto* hook, const auto* document) {
    erp_status status = ERP_OK;
    {
      const Visit visit;
      status = hook(to, &envelope, document, &error);
    }
    return said(status, error);
  };
  if (const auto* part = std::get_if<erp::Part>(&event->document))
    return inside(hooks->onPartSaved, borrowing.part(*part));
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event->document))
    return inside(hooks->onPoOrdered, borrowing.purchase_order(*order));
  if (const auto* receipt = std::get_if<erp::Receipt>(&event->document))
    return inside(hooks->onPoReceived, borrowing.receipt(*receipt));
  throw std::runtime_error("the matrix has no such event");
}

Said Embedded::tell_nonsense() const {
  const auto* const hooks = inside_->table<erp_procurement_v1>();
  const erp_event envelope{};
  const erp_purchase_order order{};
  erp_error error{};
  const Visit visit;
  return said(hooks->onPoOrdered(inside_->instance, &envelope, &order, &error), error);
}

Delivered Embedded::deliver(std::int64_t for_s) {
  const auto* const jobs = inside_->table<erp_job_v1>();
  erp::TextSink report;
  erp_error error{};
  Delivered done;
  {
    const Visit visit;
    done.said.status = jobs->run(inside_->instance, erp::borrow(ERP_JOB_DELIVER),
                                 now() + for_s * second_us, report.c(), &error);
  }
  done.said.words.assign(error.message, error.message_len);
  if (done.said.status < 0) return done;
  const Json json = Json::parse(report.text());
  done.said.words = json["words"].text();
  done.delivered = json["delivered"].integer();
  done.blocked = json["blocked"].integer();
  done.waiting = json["waiting"].integer();
  if (json.has("next_due")) done.next_due = erp::parse_instant(json["next_due"].text());
  return done;
}

Said Embedded::command(const std::vector<std::string>& words) const {
  std::vector<erp_str> borrowed;
  for (const std::string& word : words)
    borrowed.push_back(erp::borrow(word));
  const erp_command_call call{sizeof call, static_cast<std::uint32_t>(borrowed.size()),
                              borrowed.data(), erp::borrow("tester"), now() + 60 * second_us};
  erp::TextSink out;
  erp_error error{};
  erp_status status = ERP_OK;
  {
    const Visit visit;
    status = inside_->table<erp_command_v1>()->run(inside_->instance, &call, out.c(), &error);
  }
  return said(status, error, out.text());
}

Json Embedded::asked(const std::vector<std::string>& words) const {
  std::vector<std::string> all = words;
  all.push_back("--json");
  const Said done = command(all);
  if (done.status < 0) throw std::runtime_error(words.front() + ": " + done.words);
  return Json::parse(done.out);
}

void Embedded::connect(acceptance::Client& browser) {
  if (const Said done = try_to_connect(browser); done.status < 0)
    throw std::runtime_error("connect: " + done.words);
}

Said Embedded::try_to_connect(acceptance::Client& browser) {
  const auto* const connecting = inside_->table<erp_connect_v1>();
  erp::TextSink address, company;
  erp_error error{};
  erp_status status = ERP_OK;
  {
    const Visit visit;
    status = connecting->begin(inside_->instance, erp::borrow(redirect), address.c(), &error);
  }
  if (status < 0) return said(status, error);
  std::string next = address.text();
  for (int i = 0; i < 5 && !next.starts_with(redirect); ++i)
    next = browser.call("GET", next).location;
  if (!next.starts_with(redirect)) throw std::runtime_error("no consent: " + next);
  const std::string query = next.substr(next.find('?') + 1);
  const erp_connect_answer answer{sizeof answer, 0, erp::borrow(query), erp_str{nullptr, 0}};
  {
    const Visit visit;
    status = connecting->complete(inside_->instance, &answer, company.c(), &error);
  }
  return said(status, error);
}

std::map<std::string, std::string> Embedded::notices() const {
  const std::lock_guard lock(inside_->services.mutex);
  return inside_->services.notices;
}

std::optional<Instant> Embedded::job_due() const {
  const std::lock_guard lock(inside_->services.mutex);
  return inside_->services.job_due;
}

void Embedded::refuse_secrets(std::int32_t status) {
  inside_->services.secrets_status = status;
}

} // namespace fault_matrix
