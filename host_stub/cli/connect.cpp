#include "cli/session.hpp"
#include "connect/callback_server.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "services/clock.hpp"
#include "terminal/line_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::cli {
namespace {

using connect::CallbackServer;
using connect::Redirect;
using services::monotonic_us;

class Connecting {
 public:
  Connecting(const Session& session, const Connect& command, instances::Instance& instance,
             const erp_connect_v1& table)
      : session_(session), command_(command), instance_(instance), table_(table),
        deadline_(monotonic_us() + static_cast<std::int64_t>(command.timeout_s * 1e6)) {}

  int run() {
    const auto values = instance_.settings().values();
    const auto environment = values.find("environment");
    const auto redirect = connect::plan_redirect(
        {session_.host.host_settings.value("redirect_url"),
         session_.host.host_settings.value("callback_listen"),
         environment != values.end() && environment->second == "emulator", command_.paste});
    if (!redirect) return session_.fail_delivering(redirect.error());
    std::string url = redirect->url;
    if (!redirect->listen_address.empty()) {
      auto server = CallbackServer::start(*redirect);
      if (!server) return session_.fail(server.error());
      server_ = std::move(*server);
      url = server_->redirect().url;
    }
    const auto address = begin(url);
    if (!address) return session_.fail_delivering(address.error());
    session_.terminal.out(*address + "\n");
    const auto company = server_ ? wait_for_browser(url) : read_pasted(url);
    if (!company) return session_.fail_delivering(company.error());
    session_.terminal.out("connected to " + terminal::shown(*company) + "\n");
    return refresh();
  }

 private:
  Outcome<std::string> begin(const std::string& url) {
    erp::TextSink sink;
    erp_error error{};
    const instances::Turn::Held turn(instance_.serial());
    const erp_status status = table_.begin(instance_.c(), erp::borrow(url), sink.c(), &error);
    if (status < ERP_OK)
      return tl::make_unexpected(problem_of(status, error, "the plugin gives no address"));
    if (sink.text().find_first_of("\r\n") != std::string::npos)
      return problem("the plugin's address holds a line break", ERP_E_INTERNAL);
    return sink.text();
  }

  Outcome<std::string> complete(const std::string& query) {
    erp_connect_answer answer{sizeof(erp_connect_answer), command_.switch_company ? 1u : 0u,
                              erp::borrow(query), erp::borrow_or_absent(command_.company)};
    erp::TextSink sink;
    erp_error error{};
    erp_status status = ERP_OK;
    {
      const instances::Turn::Held turn(instance_.serial());
      status = table_.complete(instance_.c(), &answer, sink.c(), &error);
    }
    if (status < ERP_OK)
      return tl::make_unexpected(problem_of(status, error, "the connection failed"));
    const auto reply = nlohmann::json::parse(sink.text(), nullptr, false);
    const auto text = [&](const char* name) -> std::string {
      const auto company = reply.is_object() ? reply.find("company") : reply.end();
      if (!reply.is_object() || company == reply.end() || !company->is_object()) return "";
      const auto found = company->find(name);
      return found != company->end() && found->is_string() ? found->get<std::string>() : "";
    };
    return text("name") + " (" + text("id") + ")";
  }

  // An answer with a wrong state may come from any page the browser has open: the real one is
  // still waited for.
  Outcome<std::string> wait_for_browser(const std::string& url) {
    session_.terminal.err("Open this address in a browser and allow the access. Waiting at " + url +
                          ".\n");
    while (true) {
      const auto left = std::chrono::milliseconds(
          std::max<std::int64_t>(0, (deadline_ - monotonic_us()) / services::us_per_ms));
      const auto query = server_->wait(left, session_.cancel);
      if (!query && session_.cancel.triggered()) return problem("given up", ERP_E_DENIED);
      if (!query) return problem("no answer came in time; nothing has changed", ERP_E_TIMEOUT);
      auto company = complete(*query);
      if (company || company.error().status != ERP_E_INVALID) return company;
      session_.complain("an answer that does not belong to this attempt was left aside (" +
                        company.error().message + "); still waiting");
    }
  }

  Outcome<std::string> read_pasted(const std::string& url) {
    session_.terminal.err("Open this address in a browser, allow the access, and paste the address "
                          "the browser ends up at (" +
                          url + "?...) here.\n");
    terminal::LineReader reader(session_.terminal.in(), session_.cancel);
    std::string line;
    while (reader.next(line, true) == terminal::LineReader::Got::line) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const auto query = connect::query_of(line);
      if (!query) return problem("that is not the whole address: it has no \"?code=...\"");
      return complete(*query);
    }
    return problem("no address was pasted; nothing has changed");
  }

  bool has_refresh() {
    const auto* const commands = instance_.table<erp_command_v1>(ERP_INTERFACE_COMMAND);
    if (!commands) return false;
    erp::TextSink sink;
    erp_error error{};
    if (commands->list(instance_.c(), sink.c(), &error) < ERP_OK) return false;
    const auto list = nlohmann::json::parse(sink.text(), nullptr, false);
    return list.is_array() && std::any_of(list.begin(), list.end(), [](const auto& one) {
             return one.is_object() && one.value("name", "") == "refresh";
           });
  }

  int refresh() {
    if (!has_refresh()) return exit_ok;
    const int code = perform(session_, Run{command_.id, {"refresh"}, 900});
    if (code != exit_ok)
      session_.complain("connected, but the plugin could not refresh what it knows; run `run " +
                        command_.id + " refresh` later");
    return code;
  }

  const Session& session_;
  const Connect& command_;
  instances::Instance& instance_;
  const erp_connect_v1& table_;
  const std::int64_t deadline_;
  std::unique_ptr<CallbackServer> server_;
};

} // namespace

int perform(const Session& session, const Connect& command) {
  const auto instance = session.host.instances.active(command.id);
  if (!instance) return session.fail_delivering(instance.error());
  const auto* const table = (*instance)->table<erp_connect_v1>(ERP_INTERFACE_CONNECT);
  if (!table) return session.fail({command.id + " connects to nothing"});
  const auto entry = (*instance)->enter();
  if (!entry) return session.fail({command.id + " is being stopped"});
  return Connecting(session, command, **instance, *table).run();
}

int perform(const Session& session, const Disconnect& command) {
  const auto instance = session.host.instances.active(command.id);
  if (!instance) return session.fail_delivering(instance.error());
  const auto* const table = (*instance)->table<erp_connect_v1>(ERP_INTERFACE_CONNECT);
  if (!table) return session.fail({command.id + " connects to nothing"});
  const auto entry = (*instance)->enter();
  if (!entry) return session.fail({command.id + " is being stopped"});
  erp_error error{};
  const instances::Turn::Held turn((*instance)->serial());
  const erp_status status = table->disconnect((*instance)->c(), &error);
  if (status < ERP_OK)
    return session.fail(problem_of(status, error, command.id + " could not be disconnected"));
  session.terminal.out("disconnected " + command.id + "\n");
  return exit_ok;
}

} // namespace host::cli
