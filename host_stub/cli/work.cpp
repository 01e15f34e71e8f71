#include "cli/session.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/document.hpp"
#include "erp/sdk/service.hpp"
#include "jobs/drain.hpp"
#include "services/clock.hpp"

#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

std::int64_t us_of(double seconds) {
  return static_cast<std::int64_t>(seconds * 1e6);
}

void print(const Session& session, const Drain& command, const jobs::Drained& drained) {
  if (command.json) {
    nlohmann::json json = {{"delivered", drained.delivered},
                           {"blocked", drained.blocked},
                           {"waiting", drained.waiting},
                           {"next_due", nullptr}};
    if (drained.next_due) json["next_due"] = erp::to_rfc3339(*drained.next_due);
    session.terminal.out(json.dump() + "\n");
    return;
  }
  std::string text = std::to_string(drained.delivered) + " delivered, " +
                     std::to_string(drained.blocked) + " blocked, " +
                     std::to_string(drained.waiting) + " waiting";
  if (drained.next_due) text += ", next due " + erp::to_rfc3339(*drained.next_due);
  session.terminal.out(text + "\n");
}

int list_commands(const Session& session, instances::Instance& instance,
                  const erp_command_v1& table) {
  erp::TextSink sink;
  erp_error error{};
  const erp_status status = table.list(instance.c(), sink.c(), &error);
  if (status < ERP_OK)
    return session.fail(problem_of(status, error, instance.id() + " does not list its commands"));
  const auto list = nlohmann::json::parse(sink.text(), nullptr, false);
  std::string text = "Commands of " + instance.id() + ":\n";
  for (const auto& one : list) {
    const auto member = [&](const char* name) {
      const auto found = one.is_object() ? one.find(name) : one.end();
      return one.is_object() && found != one.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
    };
    text +=
        "  " + terminal::shown(member("name")) + "  " + terminal::shown(member("summary")) + "\n";
  }
  session.terminal.out(text + "Run one: run " + instance.id() + " COMMAND ...\n");
  return exit_ok;
}

// Passes what a plugin writes on as it comes.
struct Passing {
  terminal::Terminal& terminal;
  static std::int32_t ERP_CALL write(void* self, const char* data, std::size_t size) noexcept {
    try {
      static_cast<Passing*>(self)->terminal.out({data, size});
      return ERP_OK;
    } catch (...) {
      return ERP_E_INTERNAL;
    }
  }
};

} // namespace

int perform(const Session& session, const Drain& command) {
  const auto instance = session.host.instances.active(command.id);
  if (!instance) {
    const int code = session.fail_delivering(instance.error());
    return instance.error().status == ERP_E_RETRY_LATER ? exit_still_open : code;
  }
  const delivery::Tell tell = [&](const std::string& line) {
    session.complain(terminal::shown(line));
  };
  const auto drained = jobs::drain(**instance, session.host.delivery, session.host.events,
                                   us_of(command.timeout_s), session.cancel, tell);
  if (!drained.message.empty()) session.complain(drained.message);
  print(session, command, drained);
  return drained.exit_code;
}

int perform(const Session& session, const Run& command) {
  const auto instance = session.host.instances.active(command.id);
  if (!instance) return session.fail_delivering(instance.error());
  const auto* const table = (*instance)->table<erp_command_v1>(ERP_INTERFACE_COMMAND);
  if (!table) return session.fail({command.id + " has no commands of its own"});
  const auto entry = (*instance)->enter();
  if (!entry) return session.fail({command.id + " is being stopped"});
  if (command.words.empty()) return list_commands(session, **instance, *table);
  std::vector<erp_str> words;
  for (const std::string& word : command.words)
    words.push_back(erp::borrow(word));
  const erp_command_call call{sizeof(erp_command_call), static_cast<std::uint32_t>(words.size()),
                              words.data(), erp::borrow("command line"),
                              services::now_us() + us_of(command.timeout_s)};
  Passing passing{session.terminal};
  const erp_sink sink{&passing, &Passing::write};
  erp_error error{};
  const erp_status status = table->run((*instance)->c(), &call, &sink, &error);
  if (status >= ERP_OK) return exit_ok;
  return session.fail_delivering(problem_of(status, error, command.id + ": the command failed"));
}

} // namespace host::cli
