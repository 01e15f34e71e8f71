// The tables besides procurement: settings, connect, command, job.
#include "commands/commands.hpp"
#include "erp/sdk/borrowed.hpp"
#include "instance.hpp"
#include "plugin.hpp"

namespace qb {
namespace {

using erp::guarded;

std::string text(const erp_str& str) {
  return std::string(erp::view(str));
}

settings::Settings checked(const erp_str& json) {
  auto settings = settings::parse(erp::view(json));
  if (settings) return std::move(*settings);
  // What is wrong before what is missing: the room for words is limited.
  std::string wrong, missing;
  for (const settings::Problem& problem : settings.error())
    (problem.is_missing ? missing : wrong) += problem.what + "\n";
  std::string words = wrong + missing;
  words.pop_back();
  throw erp::Failure{ERP_E_INVALID, words};
}

// store::Trouble is the disk's; everything else is told by the SDK's fence.
template <class Body>
erp_status working(erp_instance* self, erp_error* error, Body&& body) noexcept {
  return guarded(error, [&]() -> erp_status {
    const auto connector = self->active();
    try {
      body(*connector);
    } catch (const store::Trouble& trouble) {
      throw erp::Failure{ERP_E_STORAGE, trouble.what};
    } catch (const oauth::Unsealable& unsealable) {
      throw erp::Failure{ERP_E_NOT_CONNECTED,
                         "The stored connection cannot be opened: " + unsealable.what +
                             ". Connect again: erp-host connect quickbooks"};
    }
    return ERP_OK;
  });
}

// --- erp.settings/1 ------------------------------------------------------------------------------

erp_status ERP_CALL schema(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return guarded(error, [&] {
    erp::write_all(*out, settings::schema_json());
    return ERP_OK;
  });
}

erp_status ERP_CALL validate(erp_instance*, erp_str json, erp_error* error) noexcept {
  return guarded(error, [&] {
    checked(json);
    return ERP_OK;
  });
}

erp_status ERP_CALL apply(erp_instance* self, erp_str json, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) { connector.apply(checked(json)); });
}

// --- erp.connect/1 -------------------------------------------------------------------------------

erp_status ERP_CALL begin(erp_instance* self, erp_str redirect_uri, const erp_sink* out,
                          erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) {
    erp::write_all(*out, connector.begin_connecting(text(redirect_uri)));
  });
}

erp_status ERP_CALL complete(erp_instance* self, const erp_connect_answer* answer,
                             const erp_sink* out, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) {
    if (!answer || !ERP_HAS(erp_connect_answer, answer, required_company))
      throw erp::Failure{ERP_E_INVALID, "complete() needs an answer."};
    const auto required = erp::view(answer->required_company);
    const auto company = connector.complete_connecting(
        text(answer->query), required.empty() ? std::nullopt : std::optional<std::string>(required),
        answer->switch_company != 0);
    qbo::Value inner = qbo::Value::object();
    inner.set("id", company.id).set("name", company.name);
    erp::write_all(*out, qbo::write(qbo::Value::object().set("company", std::move(inner))));
  });
}

erp_status ERP_CALL status(erp_instance* self, const erp_sink* out, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) {
    const connection::Status status = connector.connection_status();
    qbo::Value company;
    if (status.company) company.set("id", status.company->id).set("name", status.company->name);
    qbo::Value value = qbo::Value::object();
    value.set("connected", status.connected)
        .set("company", std::move(company))
        .set("reconnect_needed", status.reconnect_needed);
    erp::write_all(*out, qbo::write(value));
  });
}

erp_status ERP_CALL disconnect(erp_instance* self, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) { connector.disconnect(); });
}

// --- erp.command/1 -------------------------------------------------------------------------------

erp_status ERP_CALL list_commands(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return guarded(error, [&] {
    erp::write_all(*out, commands::list_json());
    return ERP_OK;
  });
}

erp_status ERP_CALL run_command(erp_instance* self, const erp_command_call* call,
                                const erp_sink* out, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) {
    if (!call || !ERP_HAS(erp_command_call, call, deadline))
      throw erp::Failure{ERP_E_INVALID, "run() needs a call."};
    std::vector<std::string> words;
    for (std::uint32_t i = 0; i < call->word_count; ++i)
      words.push_back(text(call->words[i]));
    const commands::Answer answer = connector.command(words, text(call->actor), call->deadline);
    erp::write_all(*out, answer.text);
    if (answer.failure) throw erp::Failure(*answer.failure);
  });
}

// --- erp.job/1 -----------------------------------------------------------------------------------

erp_status ERP_CALL list_jobs(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return guarded(error, [&] {
    erp::write_all(*out, R"([{"name":"deliver","summary":"sends what is due to QuickBooks"}])");
    return ERP_OK;
  });
}

erp_status ERP_CALL run_job(erp_instance* self, erp_str job, erp_instant deadline,
                            const erp_sink* report, erp_error* error) noexcept {
  return working(self, error, [&](Connector& connector) {
    if (erp::view(job) != ERP_JOB_DELIVER)
      throw erp::Failure{ERP_E_NOT_FOUND, "There is no job \"" + text(job) + "\"."};
    const delivery::Report done = connector.deliver(deadline);
    qbo::Value value = qbo::Value::object();
    value.set("delivered", qbo::Value::Number{std::to_string(done.delivered)})
        .set("blocked", qbo::Value::Number{std::to_string(done.blocked)})
        .set("waiting", qbo::Value::Number{std::to_string(done.waiting)})
        .set("next_due",
             done.next_due ? qbo::Value(erp::to_rfc3339(*done.next_due)) : qbo::Value());
    if (!done.words.empty()) value.set("words", done.words);
    if (report) erp::write_all(*report, qbo::write(value));
  });
}

} // namespace

const erp_settings_v1 settings_table = {schema, validate, apply};
const erp_connect_v1 connect_table = {begin, complete, status, disconnect};
const erp_command_v1 command_table = {list_commands, run_command};
const erp_job_v1 job_table = {list_jobs, run_job};

} // namespace qb
