// coaster: a plugin that brings parts to a place outside, in many versions, most of them sick in
// one way each (version.c says which). Its hooks write event ids into the file `cargo`, its job
// brings what is in there to the file that COASTER_OUTSIDE names, once each; but only where it
// could open an internet socket. Its data have a form, 1 or 2, in the file `form`.
#include "erp/erp.h"
#include "erp/sdk/barrier.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <sys/socket.h>
#include <unistd.h>

extern "C" const char coaster_version[];
extern "C" const char coaster_way[];

struct erp_instance {
  const erp_host* host = nullptr;
  erp_host_ctx* ctx = nullptr;
  std::string data_dir;
  std::mutex mutex;
  std::atomic<bool> stopping{false};
};

namespace {

bool goes(const char* way) {
  return std::string_view(coaster_way).find(way) != std::string_view::npos;
}

bool is_rehearsing(const erp_instance& self) {
  return self.data_dir.find("/rehearsal/") != std::string::npos;
}

// Durable, whole lines only.
void append(const std::string& file, const std::string& line) {
  const int fd = open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  const std::string text = line + "\n";
  if (fd < 0 || write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      fsync(fd) != 0)
    throw std::runtime_error("cannot write " + file);
  close(fd);
}

std::set<std::string> lines_of(const std::string& file) {
  std::ifstream stream(file);
  std::set<std::string> lines;
  for (std::string line; std::getline(stream, line);)
    lines.insert(line);
  return lines;
}

bool has_network() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

erp_status take(erp_instance* self, const erp_event* event, const std::string& description,
                erp_error* error) {
  if (self->stopping) return erp::report(error, ERP_E_SHUTTING_DOWN, "stopping");
  if (goes("all hooks fail")) return erp::report(error, ERP_E_INTERNAL, "my hooks are broken", 10);
  if (goes("new hooks fail") && description == "new")
    return erp::report(error, ERP_E_INTERNAL, "what is this?", 10);
  if (goes("new hooks refuse") && description == "new")
    return erp::report(error, ERP_E_INVALID, "I do not take new parts");
  if (goes("new hooks crash") && description == "new") raise(SIGSEGV);
  const std::string id(erp::view(event->event_id));
  const std::lock_guard lock(self->mutex);
  if (lines_of(self->data_dir + "/cargo").count(id)) return ERP_DUPLICATE;
  append(self->data_dir + "/cargo", id);
  append(self->data_dir + "/taken_by", std::string(coaster_version) + " " + id);
  return ERP_OK;
}

erp_status on_part_saved(erp_instance* self, const erp_event* event, const erp_part* part,
                         erp_error* error) noexcept {
  return erp::guarded(
      error, [&] { return take(self, event, std::string(erp::view(part->description)), error); });
}
erp_status on_po_ordered(erp_instance* self, const erp_event* event, const erp_purchase_order*,
                         erp_error* error) noexcept {
  return erp::guarded(error, [&] { return take(self, event, "", error); });
}
erp_status on_po_received(erp_instance* self, const erp_event* event, const erp_receipt*,
                          erp_error* error) noexcept {
  return erp::guarded(error, [&] { return take(self, event, "", error); });
}

// --- settings

erp_status schema(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    const auto setting = [](const std::string& name, const std::string& more) {
      return "\"" + name + R"(": {"type": "string", "title": "A setting", "description": "Any.")" +
             more + "}";
    };
    erp::write_all(*out, R"({"$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object", "properties": {)" +
                             setting("color", "") + "," + setting("key", R"(, "writeOnly": true)") +
                             "," + setting("harbor", "") +
                             R"(}, "additionalProperties": false, "required": [)" +
                             (goes("needs a harbor") ? R"("harbor")" : "") + "]}");
    return erp_status{ERP_OK};
  });
}
erp_status validate(erp_instance*, erp_str, erp_error*) noexcept {
  return ERP_OK;
}
erp_status apply(erp_instance*, erp_str, erp_error*) noexcept {
  return ERP_OK;
}

// --- job

erp_status job_list(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, R"([{"name":"deliver","summary":"brings the cargo"}])");
    return erp_status{ERP_OK};
  });
}
erp_status job_run(erp_instance* self, erp_str, erp_instant, const erp_sink* report,
                   erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    if (goes("job fails")) return erp::report(error, ERP_E_INTERNAL, "my engine is broken");
    const std::lock_guard lock(self->mutex);
    const auto brought = lines_of(self->data_dir + "/brought");
    int count = 0;
    for (const std::string& id : lines_of(self->data_dir + "/cargo")) {
      if (brought.count(id)) continue;
      if (!has_network()) return erp::report(error, ERP_E_RETRY_LATER, "nobody can be reached");
      if (const char* const outside = std::getenv("COASTER_OUTSIDE")) append(outside, id);
      append(self->data_dir + "/brought", id);
      ++count;
    }
    erp::write_all(*report, "{\"delivered\":" + std::to_string(count) +
                                ",\"blocked\":0,\"waiting\":0,\"next_due\":null}");
    return erp_status{ERP_OK};
  });
}

// --- life

erp_status create(const erp_host* host, erp_host_ctx* ctx, const erp_instance_config* config,
                  erp_instance** out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    auto self = std::make_unique<erp_instance>();
    self->host = host;
    self->ctx = ctx;
    self->data_dir = std::string(erp::view(config->data_dir));
    *out = self.release();
    return erp_status{ERP_OK};
  });
}

erp_status bring_to_form(erp_instance* self, erp_error* error) {
  const std::string mine = goes("form 2") ? "2" : "1";
  const auto there = lines_of(self->data_dir + "/form");
  if (there.count("2") && mine == "1")
    return erp::report(error, ERP_E_STORAGE, "my data are of a newer version");
  if (!there.count(mine)) append(self->data_dir + "/form", mine);
  return ERP_OK;
}

erp_status activate(erp_instance* self, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    append(self->data_dir + "/begun",
           std::string(coaster_version) + " with" + (has_network() ? "" : "out") + " network");
    if (const erp_status form = bring_to_form(self, error); form < ERP_OK) return form;
    const auto& secrets = *erp::service<erp_secrets_v1>(*self->host, self->ctx);
    erp::TextSink secret;
    std::uint64_t version = 0;
    if (secrets.get(self->ctx, erp::borrow("begun by"), secret.c(), &version, error) < ERP_OK)
      version = 0;
    const erp_status kept = secrets.put(self->ctx, erp::borrow("begun by"),
                                        erp::borrow(coaster_version), version, nullptr, error);
    if (kept < ERP_OK) return kept;
    const bool now = goes("in the host") ? !is_rehearsing(*self) : true;
    if (now && goes("does not activate"))
      return erp::report(error, ERP_E_INTERNAL, "my tables do not fit");
    if (now && goes("crashes")) raise(SIGSEGV);
    while (now && goes("hangs"))
      pause();
    return erp_status{ERP_OK};
  });
}
erp_status stop(erp_instance* self, erp_instant, erp_error*) noexcept {
  self->stopping = true;
  return ERP_OK;
}
void deactivate(erp_instance*) noexcept {}
void destroy(erp_instance* self) noexcept {
  delete self;
}

constexpr erp_procurement_v1 procurement{on_part_saved, on_po_ordered, on_po_received};
constexpr erp_settings_v1 settings_table{schema, validate, apply};
constexpr erp_job_v1 job{job_list, job_run};

const void* get_interface(erp_instance*, const char* id) noexcept {
  const std::string_view wanted = id;
  if (wanted == ERP_INTERFACE_PROCUREMENT) return &procurement;
  if (wanted == ERP_INTERFACE_SETTINGS) return &settings_table;
  if (wanted == ERP_INTERFACE_JOB) return &job;
  return nullptr;
}

} // namespace

extern "C" const erp_plugin* erp_plugin_entry_v1(const erp_host*, erp_error*) noexcept {
  static const erp_plugin plugin{sizeof(erp_plugin),
                                 ERP_ABI_MINOR,
                                 0,
                                 0,
                                 erp::borrow("coaster"),
                                 erp::borrow("Coaster"),
                                 erp::borrow(coaster_version),
                                 create,
                                 activate,
                                 stop,
                                 deactivate,
                                 destroy,
                                 get_interface};
  return &plugin;
}
