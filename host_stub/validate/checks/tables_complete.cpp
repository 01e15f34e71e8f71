#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"

#include <cstring>
#include <fstream>
#include <sstream>

namespace host::validate {
namespace {

struct Table {
  const char* id;
  std::vector<const char*> functions;
};
const Table tables[] = {
    {ERP_INTERFACE_PROCUREMENT, {"onPartSaved", "onPoOrdered", "onPoReceived"}},
    {ERP_INTERFACE_PROCUREMENT_CHANGES, {"onPoCancelled", "onReceiptCorrected", "onSupplierSaved"}},
    {ERP_INTERFACE_SETTINGS, {"schema", "validate", "apply"}},
    {ERP_INTERFACE_CONNECT, {"begin", "complete", "status", "disconnect"}},
    {ERP_INTERFACE_COMMAND, {"list", "run"}},
    {ERP_INTERFACE_JOB, {"list", "run"}}};

// Whether code lies there that can be run.
bool is_code(const void* function) {
  std::ifstream maps("/proc/self/maps");
  const auto address = reinterpret_cast<std::uintptr_t>(function);
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> begin >> dash >> end >> rights;
    if (address >= begin && address < end) return rights.find('x') != std::string::npos;
  }
  return false;
}

void look_at(const char* of, const std::vector<const char*>& names, const void* first) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const void* function = nullptr;
    std::memcpy(&function, static_cast<const char*>(first) + i * sizeof function, sizeof function);
    const std::string name = std::string(of) + " " + names[i];
    require(function, tables_complete.what, name + " is null");
    require(is_code(function), tables_complete.what, name + " points to no code");
  }
}

void run(const Subject& subject) {
  const erp_plugin& plugin = plugin_of(subject);
  const std::vector<const char*> own = {"create",     "activate", "stop",
                                        "deactivate", "destroy",  "get_interface"};
  look_at("erp_plugin", own, &plugin.create);
  TrialHost host(subject, "one", subject.scratch / "data");
  Instance instance(plugin, host);
  instance.create_or_skip(subject);
  for (const Table& table : tables) {
    step(table.id);
    if (const void* const offered = instance.table(table.id))
      look_at(table.id, table.functions, offered);
  }
  instance.end();
}

} // namespace

const Check tables_complete = {
    "tables-complete",
    "R4",
    "every function of a table that is offered is there",
    "A table is offered whole or not at all, so that no host needs to ask before each call.",
    "Write the function that is missing, if only to answer ERP_IGNORED or ERP_E_UNSUPPORTED, or do "
    "not offer the table.",
    run,
    "Whether the functions do what their header says."};

} // namespace host::validate
