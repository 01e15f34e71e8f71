#include "preflight/trial.hpp"

#include "loader/library.hpp"
#include "validate/instance.hpp"

#include <algorithm>
#include <set>

namespace host::preflight {

Outcome<Described> tried(const Flight& flight) {
  const auto loaded = loader::load(flight.library, validate::trial_host_table());
  if (!loaded) return tl::make_unexpected(loaded.error());
  validate::TrialHost host({flight.library, {}, {}, flight.scratch}, loaded->id,
                           flight.scratch / "data");
  for (const std::string& service : validate::trial_services())
    if (flight.services &&
        std::count(flight.services->begin(), flight.services->end(), service) == 0)
      host.withhold(service);
  validate::Instance instance(*loaded->plugin, host);
  erp_error error{};
  const erp_status status = instance.create(&error);
  if (status < ERP_OK || !instance.raw())
    return problem(flight.library.string() + " makes no instance of its plugin (" +
                       validate::words_of(status, error) + "); it was not installed",
                   ERP_E_UNSUPPORTED);
  std::set<std::string> asked(validate::interface_ids().begin(), validate::interface_ids().end());
  asked.insert(flight.interfaces.begin(), flight.interfaces.end());
  Described described{loaded->id, loaded->name, loaded->version, {}};
  for (const std::string& one : asked)
    if (instance.table(one)) described.interfaces.push_back(one);
  instance.destroy();
  return described;
}

} // namespace host::preflight
