#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/lent.hpp"
#include "validate/progress.hpp"

#include <cstddef>
#include <cstring>

namespace host::validate {
namespace {

void expect_refusal(erp_plugin_entry_v1_fn entry, const erp_host* host, const std::string& which) {
  step("entry with " + which);
  erp_error error{};
  const erp_plugin* const answer = entry(host, &error);
  require(!answer, refuses_old_host.what, "took " + which);
  require(error.message_len > 0, "a refusal comes with words for a person",
          "no message for " + which);
  step("entry with " + which + " and no place for words");
  require(!entry(host, nullptr), refuses_old_host.what, "took " + which);
}

void run(const Subject& subject) {
  Lent::watch();
  const erp_plugin& plugin = plugin_of(subject);
  const auto entry = entry_of(open_library(subject));
  Lent lent;
  erp_host host = trial_host_table();
  host.struct_size = offsetof(erp_host, get_service);
  char bytes[sizeof host];
  std::memcpy(bytes, &host, sizeof host);
  const char* const cut = lent.array(bytes, host.struct_size);
  expect_refusal(entry, reinterpret_cast<const erp_host*>(cut),
                 "a host whose description ends before get_service");
  if (plugin.min_host_minor == 0) return; // there is no older one
  host = trial_host_table();
  host.abi_minor = plugin.min_host_minor - 1;
  expect_refusal(entry, lent.open(host), "a host of interface 1." + std::to_string(host.abi_minor));
}

} // namespace

const Check refuses_old_host = {
    "refuses-old-host",
    "R3, conventions.md",
    "the entry refuses a host that is too old, with words, and reads nothing that is not there",
    "Plugin and host are of different ages. What an old host did not fill is memory of somebody "
    "else, and a function pointer read from there is a crash in production.",
    "In the entry: if (host == NULL || !ERP_HAS(erp_host, host, get_service)) fill *error and "
    "return NULL; the same if host->abi_minor < min_host_minor.",
    run,
    "A host that is older in its services or documents only; service-starvation and "
    "short-and-long-documents look there."};

} // namespace host::validate
