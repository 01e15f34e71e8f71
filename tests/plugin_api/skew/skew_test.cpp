#include "erp/plugin.h"
#include "erp/sdk/borrowed.hpp"
#include "skew_host.h"
#include "skew_structs.h"

#include <csignal>
#include <dlfcn.h>
#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

// A host and a plugin of different ages, in every pairing, with every open struct there is. "Older"
// headers lack the last field of each, "newer" ones have one more than today's.
namespace {

const std::vector<std::string> ages = {"older", "today", "newer"};
#define SKEW_NAME(type, member) #type,
const std::vector<std::string> documents = {SKEW_DOCUMENTS(SKEW_NAME)};
const std::vector<std::string> notices = {SKEW_NOTICES(SKEW_NAME)};

void* library(const std::string& name) {
  void* handle =
      dlopen((std::string(SKEW_FOLDER "/") + name + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  REQUIRE_MESSAGE(handle != nullptr, dlerror());
  return handle;
}

template <class Symbol>
Symbol symbol(const std::string& library_name, const char* name) {
  void* const found = dlsym(library(library_name), name);
  REQUIRE_MESSAGE((found != nullptr), name);
  return reinterpret_cast<Symbol>(found);
}

using Tell = int (*)(void*, char*, unsigned);
using Document = const void* (*)(const char*);

struct Meeting {
  bool went_well;
  std::string said;
};
Meeting meeting(const std::string& plugin_age, const std::string& host_age) {
  char said[4096] = "";
  const auto tell = symbol<Tell>("skew_host_" + host_age, "skew_host_tell");
  void* const entry = symbol<void*>("skew_plugin_" + plugin_age, ERP_PLUGIN_ENTRY_NAME);
  const bool went_well = tell(entry, said, sizeof said) == 0;
  return {went_well, said};
}

// What a side of `reader`'s age must see of a struct that one of `writer`'s age filled.
std::string last_of(std::size_t reader, std::size_t writer) {
  return reader == 0 ? "unknown" : writer >= 1 ? "there" : "absent";
}
std::string later_of(const std::string& type, std::size_t reader, std::size_t writer) {
  return reader < 2 ? "unknown" : writer == 2 ? type + " of 1.1" : "absent";
}

template <class Struct>
const Struct& document_of(const std::string& host_age, const char* type) {
  const auto document = symbol<Document>("skew_host_" + host_age, "skew_host_document");
  return *static_cast<const Struct*>(document(type));
}

int ending_of(const std::string& careless_side, const std::string& type) {
  const std::string plugin = careless_side == "plugin" ? "newer" : "today";
  const std::string host = careless_side == "host" ? "newer" : "today";
  const auto careless = symbol<const char**>(
      careless_side == "host" ? "skew_host_newer" : "skew_plugin_newer", "skew_careless");
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGSEGV, SIG_DFL); // neither doctest nor a sanitizer need report it
    *careless = type.c_str();
    meeting(plugin, host);
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace

TEST_CASE("each side reads of every open struct what the other filled, and nothing beyond (R3)") {
  for (std::size_t plugin = 0; plugin < ages.size(); ++plugin)
    for (std::size_t host = 0; host < ages.size(); ++host) {
      CAPTURE(ages[plugin]);
      CAPTURE(ages[host]);
      const Meeting met = meeting(ages[plugin], ages[host]);
      CHECK(met.went_well);
      const auto says = [&](const std::string& line) {
        CHECK_MESSAGE(met.said.find(line) != std::string::npos, line, "\nin:\n", met.said);
      };
      for (const std::string& type : documents)
        says(type + " last=" + last_of(plugin, host) + " later=" + later_of(type, plugin, host) +
             "\n");
      for (const std::string& type : notices) // the plugin writes, the host reads
        says(type + " last=" + last_of(host, plugin) + " later=" + later_of(type, host, plugin) +
             "\n");
      says("erp_host last=there later=" + later_of("erp_host", plugin, host) + "\n");
      says("erp_plugin last=there later=" + later_of("erp_plugin", host, plugin) + "\n");
    }
}

TEST_CASE("a description that is shorter than that of 1.0 is refused with words (R3)") {
  for (const std::string& age : ages) {
    const Meeting host = meeting(age, "stump");
    CHECK(!host.went_well);
    CHECK(host.said == "the plugin refuses: the host's description is older than 1.0");
    const Meeting plugin = meeting("stump", age);
    CHECK(!plugin.went_well);
    CHECK(plugin.said == "the host refuses: the plugin's description is older than 1.0");
  }
}

TEST_CASE("a side that reads beyond what the other filled does not survive this test") {
  CHECK(ending_of("plugin", "") == 0);
  for (const std::string& type : documents)
    CHECK_MESSAGE(ending_of("plugin", type) == SIGSEGV, type);
  CHECK(ending_of("plugin", "erp_host") == SIGSEGV);
  CHECK(ending_of("host", "") == 0);
  for (const std::string& type : notices)
    CHECK_MESSAGE(ending_of("host", type) == SIGSEGV, type);
  CHECK(ending_of("host", "erp_plugin") == SIGSEGV);
}

TEST_CASE("the SDK's copy takes a newer host's documents and refuses those of before 1.0 (R3)") {
  const auto& newer = document_of<erp_purchase_order>("newer", "erp_purchase_order");
  CHECK(newer.struct_size > sizeof(erp_purchase_order));
  const erp::PurchaseOrder order = erp::copy(newer);
  CHECK(order.fees.size() == 1);
  CHECK(order.lines.at(0).part->active);
  CHECK(erp::copy(document_of<erp_receipt>("newer", "erp_receipt")).lines.size() == 1);
  CHECK(erp::copy(document_of<erp_supplier>("newer", "erp_supplier")).name == "Hicks Hardware");
  CHECK(erp::copy(document_of<erp_event>("newer", "erp_event")).event_id == "e-1");
  const auto refused = [](const auto& document) {
    CHECK_THROWS_AS(erp::copy(document), erp::BrokenContract);
  };
  refused(document_of<erp_event>("older", "erp_event"));
  refused(document_of<erp_part>("older", "erp_part"));
  refused(document_of<erp_supplier>("older", "erp_supplier"));
  refused(document_of<erp_purchase_order>("older", "erp_purchase_order"));
  refused(document_of<erp_receipt>("older", "erp_receipt"));
}
