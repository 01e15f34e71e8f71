// moody: a plugin that does what the test says. Real in every respect: its own shared library,
// behind the C interface, with files of its own. What its hooks answer stands in the description
// of the part they are told about; what its job reports stands in the setting `deliver`.
#include "erp/erp.h"
#include "erp/sdk/barrier.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

using nlohmann::json;

struct erp_instance {
  const erp_host* host = nullptr;
  erp_host_ctx* ctx = nullptr;
  std::string data_dir;
  std::string environment;
  std::mutex mutex;
  std::map<std::string, std::string> settings;
  std::map<std::string, int> told; // by event id
  std::atomic<bool> stopping{false};
  std::atomic<int> inside{0}; // hooks running now
  std::atomic<int> inside_max{0};
  std::atomic<int> delivered{0};
  std::string state; // of the connection attempt
  std::string company;

  template <class Table>
  const Table& service() const {
    return *erp::service<Table>(*host, ctx);
  }
  std::string setting(const std::string& name) {
    const std::lock_guard lock(mutex);
    return settings.count(name) ? settings[name] : "";
  }
  void write_line(const std::string& line) {
    const std::lock_guard lock(mutex);
    std::ofstream(data_dir + "/told.log", std::ios::app) << line + "\n";
  }
};

namespace {

constexpr const char* schema_text = R"({
  "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
  "properties": {
    "environment": {"type": "string", "enum": ["emulator", "production"], "title": "Environment", "description": "Where to."},
    "client_secret": {"type": "string", "writeOnly": true, "minLength": 3, "title": "Client secret", "description": "From the other side."},
    "ap_account": {"type": "string", "title": "Accounts payable", "description": "An account."},
    "deliver": {"type": "string", "title": "Deliver", "description": "What the job reports."},
    "delay_ms": {"type": "string", "pattern": "^[0-9]+$", "default": "0", "title": "Delay", "description": "Of every hook."}},
  "patternProperties": {"^ap_account\\.[A-Z]{3}$": {"type": "string", "title": "Accounts payable of a currency", "description": "An account."}},
  "additionalProperties": false, "required": ["client_secret"]})";

void read_settings(erp_instance& self, std::string_view text) {
  const auto values = json::parse(text).get<std::map<std::string, std::string>>();
  const std::lock_guard lock(self.mutex);
  self.settings = values;
}

// "retry 2 please" in a description: refuse twice. "when open": refuse while deliver is "closed",
// so that a test decides when it ends, not the clock.
erp_status mood(erp_instance& self, const erp::Envelope& event, const std::string& description,
                erp_error* error) {
  int count = 0;
  {
    const std::lock_guard lock(self.mutex);
    count = ++self.told[event.event_id];
  }
  if (description == "invalid") return erp::report(error, ERP_E_INVALID, "I do not want this part");
  if (description == "full") return erp::report(error, ERP_E_STORAGE, "the disk is full");
  if (description == "when open" && self.setting("deliver") == "closed")
    return erp::report(error, ERP_E_RETRY_LATER, "closed", 200);
  if (description == "broken") return erp::report(error, ERP_E_INTERNAL, "something broke", 10);
  if (description.rfind("retry ", 0) == 0 && count <= std::stoi(description.substr(6)))
    return erp::report(error, ERP_E_RETRY_LATER, "not now", 30);
  return ERP_OK;
}

erp_status tell(erp_instance* self, const erp_event* c_event, const std::string& subject,
                const std::string& description, erp_error* error) {
  const erp::Envelope event = erp::copy(*c_event);
  if (self->stopping) return erp::report(error, ERP_E_SHUTTING_DOWN, "stopping");
  const int inside = ++self->inside;
  int before = self->inside_max;
  while (inside > before && !self->inside_max.compare_exchange_weak(before, inside)) {
  }
  if (const std::string delay = self->setting("delay_ms"); !delay.empty())
    std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(delay)));
  const erp_status status = mood(*self, event, description, error);
  --self->inside;
  self->write_line(std::to_string(event.sequence) + " " + std::to_string(event.attempt) + " " +
                   event.event_id + " " + subject + " " + std::to_string(status));
  return status;
}

erp_status on_part_saved(erp_instance* self, const erp_event* event, const erp_part* part,
                         erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const erp::Part copied = erp::copy(*part);
    return tell(self, event, "part/" + copied.id, copied.description.value_or(""), error);
  });
}
erp_status on_po_ordered(erp_instance* self, const erp_event* event,
                         const erp_purchase_order* order, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    return tell(self, event, "purchase_order/" + erp::copy(*order).id, "", error);
  });
}
erp_status on_po_received(erp_instance* self, const erp_event* event, const erp_receipt* receipt,
                          erp_error* error) noexcept {
  return erp::guarded(
      error, [&] { return tell(self, event, "receipt/" + erp::copy(*receipt).id, "", error); });
}

// --- settings

erp_status schema(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, schema_text);
    return erp_status{ERP_OK};
  });
}
erp_status validate(erp_instance*, erp_str text, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const json values = json::parse(erp::view(text));
    if (values.value("client_secret", "set") != "set")
      return erp::report(error, ERP_E_INTERNAL, "the host handed over a secret");
    if (values.value("ap_account", "") == "Petty Cash")
      return erp::report(error, ERP_E_INVALID, "ap_account: Petty Cash is no such account");
    return erp_status{ERP_OK};
  });
}
erp_status apply(erp_instance* self, erp_str text, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    read_settings(*self, erp::view(text));
    return erp_status{ERP_OK};
  });
}

// --- job

erp_status job_list(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, R"([{"name":"deliver","summary":"what the setting says"}])");
    return erp_status{ERP_OK};
  });
}
erp_status job_run(erp_instance* self, erp_str, erp_instant deadline, const erp_sink* report,
                   erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const std::string mood = self->setting("deliver");
    const erp_instant now = self->service<erp_clock_v1>().now(self->ctx);
    const auto write = [&](int delivered, int blocked, int waiting, const json& due) {
      self->delivered += delivered;
      erp::write_all(*report, json{{"delivered", delivered},
                                   {"blocked", blocked},
                                   {"waiting", waiting},
                                   {"next_due", due}}
                                  .dump());
      return erp_status{ERP_OK};
    };
    if (mood == "not connected") return erp::report(error, ERP_E_NOT_CONNECTED, "connect me first");
    if (mood == "blocked") return write(1, 2, 0, nullptr);
    if (mood == "soon") // two runs, the second 200 ms later
      return self->delivered == 0 ? write(1, 0, 1, erp::to_rfc3339(now + 200'000))
                                  : write(1, 0, 0, nullptr);
    if (mood == "late") return write(0, 0, 1, erp::to_rfc3339(now + 3'600'000'000));
    if (mood == "never idle") return write(0, 0, 1, erp::to_rfc3339(now));
    if (mood == "long") { // runs until it is told to stop
      self->write_line("long run began");
      while (!self->stopping && self->service<erp_clock_v1>().now(self->ctx) < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return write(0, 0, 1, nullptr);
    }
    return write(0, 0, 0, nullptr);
  });
}

// --- commands

erp_status command_list(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, R"([{"name":"echo","usage":"echo WORD...","summary":"says it"},
      {"name":"refresh","usage":"refresh","summary":"says so"}])");
    return erp_status{ERP_OK};
  });
}

// The services, as a plugin sees them.
erp_status use_services(erp_instance* self, const erp_sink* out, erp_error* error) {
  const auto& secrets = self->service<erp_secrets_v1>();
  std::uint64_t version = 0, stale = 0;
  erp_error ignored{};
  secrets.put(self->ctx, erp::borrow("token"), erp::borrow("token-value-4711"), 0, &stale, error);
  secrets.put(self->ctx, erp::borrow("token"), erp::borrow("token-value-4712"), stale, &version,
              error);
  const erp_status lost =
      secrets.put(self->ctx, erp::borrow("token"), erp::borrow("x"), stale, nullptr, &ignored);
  erp::TextSink token;
  secrets.get(self->ctx, erp::borrow("token"), token.c(), &version, error);
  erp::TextSink attribute, settings;
  const auto& attributes = self->service<erp_attributes_v1>();
  attributes.describe(self->ctx, erp::borrow("Expense Code"), attribute.c(), error);
  self->service<erp_settings_host_v1>().read(self->ctx, settings.c(), error);
  self->service<erp_log_v1>().write(self->ctx, ERP_LOG_INFO,
                                    erp::borrow("my token is token-value-4712\nforged line"),
                                    erp_attrs{nullptr, 0});
  const auto& notice = self->service<erp_notice_v1>();
  const auto raise = [&](std::int32_t severity, const char* key, const char* title,
                         const char* text) {
    const erp_notice raised = {sizeof raised, severity, erp::borrow(key), erp::borrow(title),
                               erp::borrow(text)};
    notice.raise(self->ctx, &raised, error);
  };
  raise(ERP_NOTICE_WARNING, "a", "First", "gone soon");
  raise(ERP_NOTICE_ACTION_NEEDED, "a", "Second", "stays");
  raise(ERP_NOTICE_INFO, "b", "Third", "goes");
  erp_notice too_old = {offsetof(erp_notice, text), 0, erp::borrow("c"), {}, {}};
  const erp_status of_too_old = notice.raise(self->ctx, &too_old, nullptr);
  notice.clear(self->ctx, erp::borrow("b"), error);
  erp::write_all(*out, json{{"token", token.text()},
                            {"lost_swap", lost},
                            {"too_old_notice", of_too_old},
                            {"attribute", attribute.text()},
                            {"settings", settings.text()},
                            {"environment", self->environment},
                            {"at_once", self->inside_max.load()}}
                           .dump());
  return ERP_OK;
}

erp_status command_run(erp_instance* self, const erp_command_call* call, const erp_sink* out,
                       erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    std::vector<std::string> words;
    for (std::uint32_t i = 0; i < call->word_count; ++i)
      words.emplace_back(erp::view(call->words[i]));
    if (words.empty() || words[0] == "nonsense")
      return erp::report(error, ERP_E_INVALID, "try: echo, services, refresh");
    if (words[0] == "offline") return erp::report(error, ERP_E_NOT_CONNECTED, "connect me first");
    if (words[0] == "crash") std::abort();
    if (words[0] == "services") return use_services(self, out, error);
    if (words[0] == "at-once") erp::write_all(*out, std::to_string(self->inside_max));
    if (words[0] == "refresh") erp::write_all(*out, "refreshed\n");
    if (words[0] == "echo") erp::write_all(*out, json(words).dump() + "\n");
    if (words[0] == "status") return erp::report(error, ERP_E_UNSUPPORTED, "no status");
    return erp_status{ERP_OK};
  });
}

// --- connect

erp_status begin(erp_instance* self, erp_str redirect, const erp_sink* out,
                 erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    self->state = "state-1";
    erp::write_all(*out, "https://auth.example.com/?state=state-1&redirect_uri=" +
                             std::string(erp::view(redirect)));
    return erp_status{ERP_OK};
  });
}
erp_status complete(erp_instance* self, const erp_connect_answer* answer, const erp_sink* out,
                    erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const std::string query(erp::view(answer->query));
    if (query.find("state=state-1") == std::string::npos)
      return erp::report(error, ERP_E_INVALID, "the state is not ours");
    if (query.find("error=access_denied") != std::string::npos)
      return erp::report(error, ERP_E_DENIED, "the access was refused");
    if (answer->required_company.ptr && erp::view(answer->required_company) != "Example Books")
      return erp::report(error, ERP_E_DENIED, "the answer is for Example Books");
    if (!self->company.empty() && answer->switch_company != 1)
      return erp::report(error, ERP_E_DENIED, "say --switch-company");
    self->write_line("query " + query);
    self->company = "Example Books";
    erp::write_all(*out, R"({"company":{"id":"c-1","name":"Example Books"}})");
    return erp_status{ERP_OK};
  });
}
erp_status connect_status(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, R"({"connected":false,"company":null,"reconnect_needed":false})");
    return erp_status{ERP_OK};
  });
}
erp_status disconnect(erp_instance* self, erp_error*) noexcept {
  self->company.clear();
  return ERP_OK;
}

// --- life

erp_status create(const erp_host* host, erp_host_ctx* ctx, const erp_instance_config* config,
                  erp_instance** out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    auto self = std::make_unique<erp_instance>();
    self->host = host;
    self->ctx = ctx;
    self->data_dir = std::string(erp::view(config->data_dir));
    self->environment = std::string(erp::view(config->environment));
    *out = self.release();
    return erp_status{ERP_OK};
  });
}
erp_status activate(erp_instance* self, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::TextSink sink;
    self->service<erp_settings_host_v1>().read(self->ctx, sink.c(), error);
    read_settings(*self, sink.text());
    if (self->setting("ap_account") == "refuse to start")
      return erp::report(error, ERP_E_CONFIG, "ap_account keeps me from starting");
    return erp_status{ERP_OK};
  });
}
erp_status stop(erp_instance* self, erp_instant, erp_error*) noexcept {
  self->stopping = true;
  return ERP_OK;
}
void deactivate(erp_instance* self) noexcept {
  erp::guarded(nullptr, [&] {
    self->write_line("deactivated");
    return erp_status{ERP_OK};
  });
}
void destroy(erp_instance* self) noexcept {
  delete self;
}

constexpr erp_procurement_v1 procurement{on_part_saved, on_po_ordered, on_po_received};
constexpr erp_settings_v1 settings_table{schema, validate, apply};
constexpr erp_job_v1 job{job_list, job_run};
constexpr erp_command_v1 command{command_list, command_run};
constexpr erp_connect_v1 connect_table{begin, complete, connect_status, disconnect};

const void* get_interface(erp_instance*, const char* id) noexcept {
  const std::string_view wanted = id;
  if (wanted == ERP_INTERFACE_PROCUREMENT) return &procurement;
  if (wanted == ERP_INTERFACE_SETTINGS) return &settings_table;
  if (wanted == ERP_INTERFACE_JOB) return &job;
  if (wanted == ERP_INTERFACE_COMMAND) return &command;
  if (wanted == ERP_INTERFACE_CONNECT) return &connect_table;
  return nullptr;
}

const erp_plugin plugin{
    sizeof(erp_plugin),   ERP_ABI_MINOR, 0,        0,    erp::borrow("moody"), erp::borrow("Moody"),
    erp::borrow("1.0.0"), create,        activate, stop, deactivate,           destroy,
    get_interface};

} // namespace

extern "C" const erp_plugin* erp_plugin_entry_v1(const erp_host*, erp_error*) noexcept {
  return &plugin;
}
