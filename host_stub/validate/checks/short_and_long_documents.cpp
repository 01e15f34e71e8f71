#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

namespace host::validate {
namespace {

// Structs that end where version 1.0 ends, at a guard page; and longer ones, of a host that has
// more to tell. Behind texts there is room, so that only structs are at stake.
constexpr Layout short_structs{0, 64, 0};
constexpr Layout long_structs{0, 64, 64};

erp_status tell_with(const Layout& layout, const std::string& name, const Instance& instance,
                     const Hook& hook) {
  Sample sample(name);
  const Documents documents = sample.documents();
  Event event(name + hook.name);
  Lent lent(layout);
  step(hook.name + std::string(" with ") + name + " structs");
  return hook.call_lent(instance, lent, *event.c(), documents, nullptr);
}

void run(const Subject& subject) {
  Lent::watch();
  TrialHost host(subject, "sizes", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  for (const Hook* const hook : hooks_or_skip(instance)) {
    Sample sample("plain");
    const erp_status plain =
        tell(*hook, instance, std::string("plain") + hook->name, sample.documents());
    for (const auto& [name, layout] :
         {std::pair<const char*, Layout>{"short", short_structs}, {"longer", long_structs}}) {
      const erp_status status = tell_with(layout, name, instance, *hook);
      require(status == plain, short_and_long_documents.what,
              std::string(hook->name) + " answers " + host::name_of(status) + " to " + name +
                  " structs, and " + host::name_of(plain) + " otherwise");
    }
  }
  instance.end();
}

} // namespace

const Check short_and_long_documents = {
    "short-and-long-documents",
    "R3",
    "documents of an older and of a newer host are taken alike; nothing is read beyond struct_size",
    "Documents gain fields at their end every few months. An older host fills fewer, a newer one "
    "more than the plugin was built with, and both are right.",
    "Read a field that came after 1.0 only behind ERP_HAS; never compare struct_size with ==; "
    "never "
    "copy *p by value.",
    run,
    "Fields that are read beyond struct_size of what the host gives in other calls."};

} // namespace host::validate
