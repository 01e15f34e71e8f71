#include "erp/sdk/borrowed.hpp"
#include "home/folders.hpp"
#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"

#include <array>
#include <thread>

namespace host::validate {
namespace {

constexpr std::uint32_t struct_size_max = 64 * 1024;

void look_at(const erp_plugin& plugin) {
  require(plugin.struct_size >= sizeof(erp_plugin) && plugin.struct_size <= struct_size_max,
          "struct_size is sizeof(erp_plugin) (R3)", std::to_string(plugin.struct_size));
  for (const auto& [name, text] :
       {std::pair<const char*, erp_str>{"id", plugin.id}, {"version", plugin.version}})
    require(home::is_plain_name(std::string(erp::view(text))),
            "id and version are made of letters, digits, '.', '-' and '_'",
            std::string(name) + " is \"" + std::string(erp::view(text)) + "\"");
  require(plugin.name.ptr && plugin.name.len, "a name that can be shown", "there is none");
  require(plugin.min_host_minor <= plugin.abi_minor,
          "min_host_minor is at most the abi_minor it was built with",
          std::to_string(plugin.min_host_minor) + " > " + std::to_string(plugin.abi_minor));
  require(plugin.reserved == 0, "reserved members are 0", std::to_string(plugin.reserved));
}

void run(const Subject& subject) {
  const auto entry = entry_of(open_library(subject));
  erp_error error{};
  step("entry");
  const erp_plugin* const first = entry(&trial_host_table(), &error);
  if (!first) {
    const std::string words = words_of(ERP_E_UNSUPPORTED, error);
    fail("it takes a host of interface 1." + std::to_string(ERP_ABI_MINOR), "refused, " + words);
  }
  look_at(*first);
  step("entry, a second time and without a place for the words of a failure");
  require(entry(&trial_host_table(), nullptr) == first, entry_pure.what,
          "another pointer at the second call");
  step("entry on 8 threads at once");
  std::array<const erp_plugin*, 8> answers{};
  std::vector<std::thread> threads;
  for (auto& answer : answers)
    threads.emplace_back([&answer, entry] { answer = entry(&trial_host_table(), nullptr); });
  for (std::thread& thread : threads)
    thread.join();
  for (const erp_plugin* const answer : answers)
    require(answer == first, entry_pure.what, "another pointer on another thread");
}

} // namespace

const Check entry_pure = {
    "entry-pure",
    "R1, R3, R8, plugin.h",
    "the entry answers the same description at every call, on any thread",
    "The entry is asked by whoever wants to know what the library is: an installer, a list, the "
    "host itself, at any moment. It may build nothing.",
    "Return the address of one `static const erp_plugin`.",
    run,
    "State that the entry keeps without showing it."};

} // namespace host::validate
