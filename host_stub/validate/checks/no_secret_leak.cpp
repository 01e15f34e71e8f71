#include "erp/sdk/service.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

#include <cstdlib>

namespace host::validate {
namespace {

// All that the plugin writes into sinks and errors.
class Answers {
 public:
  template <class Call>
  void of(const Instance& instance, const std::string& what, const Call& call) {
    step(what);
    erp::TextSink out;
    erp_error error{};
    instance.host().inside([&] { call(out.c(), &error); });
    const std::size_t size = std::min<std::size_t>(error.message_len, sizeof error.message);
    said_[what] += out.text() + std::string(error.message, size);
  }
  const std::map<std::string, std::string>& said() const { return said_; }

 private:
  std::map<std::string, std::string> said_;
};

void talk(const Instance& instance, Answers& answers) {
  erp_instance* const raw = instance.raw();
  if (const auto* const it = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS)) {
    const std::string json = instance.host().settings_json();
    answers.of(instance, "erp.settings/1 apply", [&](const erp_sink*, erp_error* error) {
      it->apply(raw, erp::borrow(json), error);
    });
  }
  Sample sample("L-1");
  const Documents documents = sample.documents();
  for (const Hook* const hook : hooks_of(instance))
    answers.of(instance, hook->name, [&](const erp_sink*, erp_error* error) {
      tell(*hook, instance, std::string("L-1") + hook->name, documents, 1, error);
    });
  if (const auto* const it = instance.table_of<erp_connect_v1>(ERP_INTERFACE_CONNECT)) {
    answers.of(instance, "erp.connect/1 begin", [&](const erp_sink* out, erp_error* error) {
      it->begin(raw, erp::borrow("http://127.0.0.1:9/back"), out, error);
    });
    answers.of(instance, "erp.connect/1 status",
               [&](const erp_sink* out, erp_error* error) { it->status(raw, out, error); });
  }
  if (const auto* const it = instance.table_of<erp_job_v1>(ERP_INTERFACE_JOB))
    answers.of(instance, "erp.job/1 run(\"deliver\")", [&](const erp_sink* out, erp_error* error) {
      it->run(raw, erp::borrow(ERP_JOB_DELIVER), in_ms(2000), out, error);
    });
  if (const auto* const it = instance.table_of<erp_command_v1>(ERP_INTERFACE_COMMAND))
    answers.of(instance, "erp.command/1 run(\"status\")",
               [&](const erp_sink* out, erp_error* error) {
                 const erp_str word = erp::borrow("status");
                 const erp_command_call call = {sizeof call, 1, &word, {nullptr, 0}, in_ms(2000)};
                 it->run(raw, &call, out, error);
               });
}

std::string printed(const Subject& subject) {
  printed_bytes(); // out of the buffers
  return text_in(subject.scratch / "output");
}

void look_for(const std::string& secret, const Subject& subject, const TrialHost& host,
              const Answers& answers) {
  require(host.said().find(secret) == std::string::npos, no_secret_leak.what,
          "in the log or a notice");
  for (const auto& [what, said] : answers.said())
    require(said.find(secret) == std::string::npos, no_secret_leak.what,
            "in what " + what + " answers");
  const std::string file = file_with(host.data_dir(), secret);
  require(file.empty(), no_secret_leak.what, "in the file " + file + " of data_dir");
  require(printed(subject).find(secret) == std::string::npos, no_secret_leak.what,
          "on standard output or standard error");
}

// From activate() to the end, and a look for the secrets there are then.
void live(const Subject& subject, Instance& instance,
          const std::function<std::vector<std::string>()>& secrets) {
  erp_error error{};
  const erp_status status = instance.activate(&error);
  Answers answers;
  answers.of(instance, "activate", [&](const erp_sink*, erp_error* into) { *into = error; });
  if (status >= 0) talk(instance, answers);
  instance.end();
  for (const std::string& secret : secrets())
    look_for(secret, subject, instance.host(), answers);
  if (status < 0) skip("it declines to be activated (" + words_of(status, error) + ")");
}

std::string canary(const std::string& name) {
  return "canary-" + name + "-5d0e81b7c2";
}

// A life with the secrets that the plugin has; answers whether it has any.
bool has_kept_its_own(const Subject& subject) {
  TrialHost host(subject, "secrets", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  auto settings = subject.settings;
  const auto names = instance.secret_settings();
  for (const std::string& name : names)
    settings[name] = canary(name);
  host.use_settings(settings, names);
  live(subject, instance, [&] { return host.secret_values(); });
  return !host.secret_values().empty();
}

// One that has none is left alone with secrets of others: a setting that it does not know, the
// environment, and any name that it may ask the host for.
void has_kept_those_of_others(const Subject& subject) {
  TrialHost host(subject, "others", subject.scratch / "others");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  auto settings = subject.settings;
  settings["api_key_of_another"] = canary("setting");
  host.use_settings(settings, {});
  host.answer_every_secret(canary("any"));
  setenv("API_KEY_OF_ANOTHER", canary("environment").c_str(), 1);
  live(subject, instance, [&] {
    auto secrets = host.secret_values();
    secrets.insert(secrets.end(), {canary("setting"), canary("environment")});
    return secrets;
  });
  unsetenv("API_KEY_OF_ANOTHER");
}

void run(const Subject& subject) {
  if (has_kept_its_own(subject)) return;
  has_kept_those_of_others(subject);
  throw Finding{Verdict::pass, "",
                "it has no secret of its own: no setting with \"writeOnly\", nothing put into "
                "erp.secrets/1; of the secrets of others that it could find, none appeared"};
}

} // namespace

const Check no_secret_leak = {
    "no-secret-leak",
    "services/log.h, services/secrets.h",
    "a secret, its own or one that lies about, appears in no log, message, notice, answer, address "
    "or file",
    "Logs are mailed to support, messages are photographed, data_dir is backed up without being "
    "encrypted. A key that stands there once is no key any more.",
    "Log ids and codes, never requests or settings as a whole. Keep secrets with erp.secrets/1 "
    "only.",
    run,
    "A secret that is encoded or cut before it is written, and what goes to a remote system."};

} // namespace host::validate
