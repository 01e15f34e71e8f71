#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"
#include "validate/surroundings.hpp"

namespace host::validate {
namespace {

void run(const Subject& subject) {
  TrialHost host(subject, "one", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  const Surroundings before = surroundings();
  erp_error error{};
  const erp_status status = instance.create(&error);
  require(status >= 0 && instance.raw(), "create() succeeds with an empty data_dir",
          words_of(status, error));
  std::vector<std::string> said = changes(before, surroundings());
  for (const Breached& breach : breaches())
    if (breach.kind == Breach::while_created) said.push_back(breach.text);
  for (const std::string& file : files_below(host.data_dir()))
    said.push_back("the file " + file + " in data_dir");
  require(said.empty(), create_is_quiet.what, joined(said));
  instance.destroy();
}

} // namespace

const Check create_is_quiet = {
    "create-is-quiet",
    "plugin.h",
    "create() only allocates: it calls no service, opens no file, starts no thread",
    "A host creates instances to ask for their settings, also of plugins that nobody has enabled, "
    "and before the services of the instance are ready.",
    "Copy what create() is given, and move the rest to activate().",
    run,
    "A file that create() opens and closes again outside data_dir."};

} // namespace host::validate
