#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

namespace host::validate {
namespace {

void live_without(const Subject& subject, const std::vector<std::string>& services,
                  const std::string& which) {
  TrialHost host(subject, "without",
                 subject.scratch / ("data-" + std::to_string(services.size()) +
                                    which.substr(which.find('.') + 1, 8)));
  for (const std::string& service : services)
    host.withhold(service);
  const erp_plugin& plugin = plugin_of(subject);
  Instance instance(plugin, host);
  instance.create_or_skip(subject);
  erp_error error{};
  step("activate without " + which);
  erp_status status = ERP_E_INTERNAL;
  host.inside([&] { status = plugin.activate(instance.raw(), &error); });
  if (status < 0) {
    require(error.message_len > 0, "what cannot do without a service says so in words",
            "activate() without " + which + " fails with no message");
    step("destroy without " + which);
    instance.destroy();
    return;
  }
  host.enter(Stage::active);
  Sample sample;
  const Documents documents = sample.documents();
  for (const Hook* const hook : hooks_of(instance)) {
    step(std::string(hook->name) + " without " + which);
    tell(*hook, instance, std::string("starving-") + hook->name, documents);
  }
  instance.end();
}

void run(const Subject& subject) {
  for (const std::string& service : trial_services())
    live_without(subject, {service}, service);
  live_without(subject, trial_services(), "any service");
}

} // namespace

const Check service_starvation = {
    "service-starvation",
    "plugin.h",
    "without a service activate() fails with words, or the plugin does without; it never crashes",
    "No host offers all services, and a permission may take one away.",
    "Look at what get_service() answers before you call through it. If you cannot do without, "
    "answer "
    "ERP_E_UNSUPPORTED in activate() and name the service.",
    run,
    "A service that is there and always fails."};

} // namespace host::validate
