#include "validate/checks/checks.hpp"
#include "validate/instance.hpp"
#include "validate/progress.hpp"

#include <thread>

namespace host::validate {
namespace {

void run(const Subject& subject) {
  TrialHost host(subject, "one", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.create_or_skip(subject);
  std::vector<std::string> strange = {"", "erp", "/1", "com.example.unheard-of/1"};
  for (const std::string& id : interface_ids()) {
    const std::string name = id.substr(0, id.find('/'));
    strange.insert(strange.end(),
                   {name, name + "/", name + "/999", id + "1", id + " ", "x" + id, id + "/1"});
  }
  for (const std::string& id : strange) {
    step("get_interface(\"" + id + "\")");
    require(!instance.table(id), unknown_interface.what, "a table for \"" + id + "\"");
  }
  for (const std::string& id : interface_ids()) {
    step("get_interface(\"" + id + "\") on 8 threads at once");
    const void* const first = instance.table(id);
    std::vector<const void*> answers(8);
    std::vector<std::thread> threads;
    for (auto& answer : answers)
      threads.emplace_back([&answer, &instance, &id] { answer = instance.table(id); });
    for (std::thread& thread : threads)
      thread.join();
    for (const void* const answer : answers)
      require(answer == first, "the same table for the same id, always",
              "another table for \"" + id + "\" at another call");
  }
  instance.end();
}

} // namespace

const Check unknown_interface = {"unknown-interface",
                                 "R4, R8, plugin.h",
                                 "null for every id that is not exactly one of a table it offers",
                                 "A changed table has a changed id. A plugin that answers "
                                 "\"erp.procurement/2\" with the table it "
                                 "has for \"/1\" is called with arguments it does not expect.",
                                 "Compare the whole id with strcmp, and return NULL at the end.",
                                 run,
                                 "An id nobody thought of."};

} // namespace host::validate
