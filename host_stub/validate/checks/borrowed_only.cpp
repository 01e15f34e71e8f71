#include "erp/sdk/service.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

namespace host::validate {
namespace {

// Texts end at a guard page: whoever looks for a terminating zero runs into it.
constexpr Layout texts_at_the_edge{64, 0, 0};

void tell_hooks(const Instance& instance) {
  constexpr int rounds = 3; // what was kept of one round is touched in the next
  for (int round = 0; round < rounds; ++round)
    for (const Hook* const hook : hooks_of(instance)) {
      const std::string number = "B-" + std::to_string(round);
      Sample sample(number);
      const Documents documents = sample.documents();
      Event event(number + hook->name);
      Lent lent(texts_at_the_edge);
      step(hook->name + std::string(", event ") + std::to_string(round + 1));
      hook->call_lent(instance, lent, *event.c(), documents, nullptr);
      lent.revoke();
    }
}

void ask_the_rest(const Instance& instance) {
  const auto with_text = [&](const std::string& text, const auto& call) {
    Lent lent(texts_at_the_edge);
    const erp_str lent_text = lent.text(erp::borrow(text));
    instance.host().inside([&] { call(lent, lent_text); });
    lent.revoke();
  };
  erp::TextSink out;
  if (const auto* const it = instance.table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS)) {
    step("erp.settings/1 validate and apply");
    const std::string json = instance.host().settings_json();
    with_text(json, [&](Lent&, erp_str text) { it->validate(instance.raw(), text, nullptr); });
    with_text(json, [&](Lent&, erp_str text) { it->apply(instance.raw(), text, nullptr); });
  }
  if (const auto* const it = instance.table_of<erp_command_v1>(ERP_INTERFACE_COMMAND)) {
    step("erp.command/1 run(\"status\")");
    with_text("status", [&](Lent& lent, erp_str text) {
      const erp_command_call call = {
          sizeof call, 1, lent.array(&text, 1), {nullptr, 0}, in_ms(2000)};
      it->run(instance.raw(), lent.open(call), out.c(), nullptr);
    });
  }
  if (const auto* const it = instance.table_of<erp_job_v1>(ERP_INTERFACE_JOB)) {
    step("erp.job/1 run(\"deliver\")");
    with_text(ERP_JOB_DELIVER, [&](Lent&, erp_str text) {
      it->run(instance.raw(), text, in_ms(2000), out.c(), nullptr);
    });
  }
}

void run(const Subject& subject) {
  Lent::watch();
  TrialHost host(subject, "borrowing", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  Lent lent(texts_at_the_edge);
  erp_error error{};
  if (instance.create(&error, &lent) < 0) skip("create() fails; create-is-quiet says more");
  lent.revoke();
  host.use_settings(subject.settings, instance.secret_settings());
  const erp_status status = instance.activate(&error);
  if (status >= 0) {
    tell_hooks(instance);
    ask_the_rest(instance);
    tell_hooks(instance);
  }
  instance.end();
  if (status < 0) skip("it declines to be activated (" + words_of(status, error) + ")");
}

} // namespace

const Check borrowed_only = {
    "borrowed-only",
    "R5, R7",
    "what a call is handed is read within its length, and never after the call",
    "Text has no terminating zero, and the host uses the memory for something else as soon as the "
    "call returns. A plugin that keeps a pointer reads another customer's order.",
    "Copy what you keep (erp::copy in the SDK). Use text.ptr with text.len; never strlen, strcmp "
    "or "
    "%s on it.",
    run,
    "A pointer that is kept and not touched within the next two rounds of events; pointers handed "
    "to erp.connect/1."};

} // namespace host::validate
