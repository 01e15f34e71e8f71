#include "erp/sdk/service.hpp"
#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/readable.hpp"
#include "validate/scarce_memory.hpp"
#include "validate/surroundings.hpp"

#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <sys/resource.h>

namespace host::validate {
namespace {

using Call = std::function<erp_status(erp_error*)>;

void look_at(const std::string& what, erp_status status, const erp_error& error) {
  if (status >= 0) return;
  require(status >= ERP_E_NOT_CONNECTED, "one of the statuses of erp/status.h",
          what + " answers " + std::to_string(status));
  require(error.message_len <= sizeof error.message, "a message of at most 496 bytes",
          what + " says that its message has " + std::to_string(error.message_len));
  require(error.message_len > 0, "words for a person with each failure", what + " fails silently");
  require(is_utf8(error.message, error.message_len), "a message in UTF-8, cut at a character",
          what + " writes a message that is not UTF-8");
}

// Once with a place for the words, full of rubbish as a stack is, and once without.
void provoke(const Instance& instance, const std::string& what, const Call& call) {
  step(what);
  erp_error error;
  std::memset(&error, 0xA5, sizeof error);
  erp_status status = ERP_OK;
  instance.host().inside([&] { status = call(&error); });
  look_at(what, status, error);
  step(what + ", without a place for words");
  instance.host().inside([&] { call(nullptr); });
}

void provoke_hooks(const Instance& instance, const std::string& when) {
  for (const Hook* const hook : hooks_of(instance)) {
    Sample sample("E-1");
    const Documents documents = sample.documents();
    provoke(instance, hook->name + (" " + when), [&](erp_error* error) {
      return tell(*hook, instance, "E-" + when + hook->name, documents, 1, error);
    });
  }
}

// As long as it lives no file of this process can be written to, as on a full disk.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN); // else the limit is a signal, and not an error
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none = {0, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path()] = text_in(entry.path());
  return files;
}

// An event that could not be kept is not taken: the host forgets what it was told ERP_OK for.
void provoke_full_disk(const Instance& instance) {
  for (const Hook* const hook : hooks_of(instance)) {
    Sample sample("E-2");
    const Documents documents = sample.documents();
    const std::string what = hook->name + std::string(" on a full disk");
    step(what);
    const auto empty = files_in(instance.host().data_dir());
    tell(*hook, instance, std::string("E-room-") + hook->name, documents);
    const auto before = files_in(instance.host().data_dir());
    if (before == empty) continue; // it writes later, or elsewhere: hook-durable's to judge
    erp_error error;
    std::memset(&error, 0xA5, sizeof error);
    erp_status status = ERP_OK;
    {
      const FullDisk full;
      status = tell(*hook, instance, std::string("E-full-") + hook->name, documents, 1, &error);
    }
    look_at(what, status, error);
    // What lies in mapped memory may be kept all the same.
    if (status == ERP_OK && files_in(instance.host().data_dir()) == before)
      fail("ERP_E_STORAGE for what cannot be written",
           what + " answers ERP_OK, and no file in data_dir has changed");
  }
}

constexpr long allocations_max = 25; // of a hook, that are refused one after the other

// What the plugin answers while one allocation of its hook is refused is a failure with words; or
// the event is taken, and then it must be known afterwards. It goes on when there is memory again.
void provoke_without_memory(const Instance& instance) {
  for (const Hook* const hook : hooks_of(instance)) {
    Sample sample("E-3");
    const Documents documents = sample.documents();
    const std::string id = std::string("E-memory-") + hook->name;
    if (tell(*hook, instance, id, documents) < 0) continue; // takes none: hook-quick's to tell
    const bool is_known_again = tell(*hook, instance, id, documents, 2) == ERP_DUPLICATE;
    for (long which = 1; which <= allocations_max; ++which) {
      const std::string what = hook->name + std::string(", whose allocation number ") +
                               std::to_string(which) + " is refused";
      const std::string event_id = id + "-" + std::to_string(which);
      step(what);
      erp_error error;
      std::memset(&error, 0xA5, sizeof error);
      erp_status status = ERP_OK;
      const bool is_refused = scarce_memory::refuse(
          which, [&] { status = tell(*hook, instance, event_id, documents, 1, &error); });
      look_at(what, status, error);
      const erp_status again = tell(*hook, instance, event_id, documents, 2);
      require(again >= 0, "the event is taken when it comes again and there is memory",
              what + "; then it is told " + host::name_of(again));
      if (status == ERP_OK && is_known_again)
        require(again == ERP_DUPLICATE, "a failure for what could not be kept",
                what + ", answers ERP_OK, and does not know the event when it comes again");
      if (!is_refused) break; // it makes no more than these
    }
  }
}

void provoke_tables(const Instance& instance) {
  erp::TextSink out;
  erp_instance* const raw = instance.raw();
  const auto text = [](const std::string& it) { return erp::borrow(it); };
  const std::string odd = "\xC3\xBC\xE2\x82\xAC" + std::string(600, 'x'); // long, and not ASCII
  if (const auto* const it = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS))
    for (const std::string& json : {std::string("{"), std::string("[]"), "{\"" + odd + "\":\"1\"}"})
      provoke(instance, "erp.settings/1 validate(" + json.substr(0, 8) + "...)",
              [&](erp_error* error) { return it->validate(raw, text(json), error); });
  if (const auto* const it = instance.table_of<erp_job_v1>(ERP_INTERFACE_JOB))
    provoke(instance, "erp.job/1 run of a job that there is not",
            [&](erp_error* error) { return it->run(raw, text(odd), in_ms(1000), out.c(), error); });
  if (const auto* const it = instance.table_of<erp_command_v1>(ERP_INTERFACE_COMMAND))
    provoke(instance, "erp.command/1 run of a command that there is not", [&](erp_error* error) {
      const erp_str word = text(odd);
      const erp_command_call call = {sizeof call, 1, &word, {nullptr, 0}, in_ms(1000)};
      return it->run(raw, &call, out.c(), error);
    });
  if (const auto* const it = instance.table_of<erp_connect_v1>(ERP_INTERFACE_CONNECT))
    provoke(instance, "erp.connect/1 complete with an answer nobody asked for",
            [&](erp_error* error) {
              const erp_connect_answer answer = {
                  sizeof answer, 0, text("code=1&state=" + odd), {nullptr, 0}};
              return it->complete(raw, &answer, out.c(), error);
            });
}

erp_status activated(Instance& instance, const std::string& what) {
  erp_error error;
  std::memset(&error, 0xA5, sizeof error);
  const erp_status status = instance.activate(&error);
  look_at(what, status, error);
  return status;
}

// An instance is activated once in its life; after a failure destroy() is all that follows.
void live_without_folder(const Subject& subject) {
  TrialHost host(subject, "homeless", subject.scratch / "gone");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  std::filesystem::remove_all(host.data_dir());
  activated(instance, "activate() without its data_dir");
  instance.end();
}

void run(const Subject& subject) {
  live_without_folder(subject);
  TrialHost host(subject, "errors", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  provoke_hooks(instance, "before activate()");
  if (activated(instance, "activate()") >= 0) {
    provoke_tables(instance);
    provoke_full_disk(instance);
    if (scarce_memory::begin(open_library(subject))) provoke_without_memory(instance);
    instance.stop(in_ms(2000), nullptr);
    provoke_hooks(instance, "after stop()");
    instance.deactivate();
  }
  instance.destroy();
}

} // namespace

const Check error_contract = {
    "error-contract",
    "R6, R9, status.h, ext/procurement.h",
    "each failure is a known status with a message in UTF-8 of at most 496 bytes, and so it is "
    "when the disk is full or memory runs out",
    "The message is what the administrator reads at night. A status that nobody knows becomes "
    "\"internal error\", and bytes that are no text become rubbish on the page.",
    "Fill all of *error when you fail, and only if it is not null; cut the message at a character. "
    "In C++ let erp::guarded do it. What could not be written gets ERP_E_STORAGE, and comes again. "
    "Look at what malloc() answers.",
    run,
    "Failures that only a remote system would cause; a full disk or no memory in anything but "
    "hooks, "
    "and memory that is refused to a library which the plugin needs."};

} // namespace host::validate
