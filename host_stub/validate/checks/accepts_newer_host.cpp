#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/lent.hpp"
#include "validate/progress.hpp"

#include "erp/sdk/borrowed.hpp"

namespace host::validate {
namespace {

constexpr std::uint32_t far_minor = 1000;

void run(const Subject& subject) {
  const auto entry = entry_of(open_library(subject));
  plugin_of(subject); // skips if it takes not even this host
  Lent lent(Layout{0, 0, 64});
  erp_host description = trial_host_table();
  description.abi_minor = far_minor;
  const erp_host* const newer = lent.open(description);
  step("entry with a newer host");
  erp_error error{};
  const erp_plugin* const plugin = entry(newer, &error);
  require(plugin, accepts_newer_host.what,
          "the entry refuses it: " + words_of(ERP_E_UNSUPPORTED, error));
  TrialHost host(subject, "newer", subject.scratch / "data");
  const std::string data_dir = host.data_dir().string(), id = host.instance_id();
  const erp_instance_config config = {0,
                                      0,
                                      erp::borrow(id),
                                      erp::borrow("Example Works"),
                                      erp::borrow("test"),
                                      erp::borrow(data_dir)};
  step("create with a newer host's description and configuration");
  erp_instance* instance = nullptr;
  const erp_status status = plugin->create(newer, host.ctx(), lent.open(config), &instance, &error);
  require(status >= 0 && instance, accepts_newer_host.what,
          "create() refuses it: " + words_of(status, error));
  plugin->destroy(instance);
}

} // namespace

const Check accepts_newer_host = {
    "accepts-newer-host",
    "R3, R10",
    "a host of a later minor version, whose structs are longer, is taken as it is",
    "Hosts are updated without their plugins. Within version 1 structs only grow at the end, so a "
    "newer host is one that offers more.",
    "Never compare struct_size with == or sizeof; ask ERP_HAS for the field you need. Do not look "
    "at host->abi_minor for an upper bound.",
    run,
    "What the plugin does with a newer host after create()."};

} // namespace host::validate
