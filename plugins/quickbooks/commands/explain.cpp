#include "commands/groups.hpp"

#include "core/mapping/explanation.hpp"
#include "core/mapping/words.hpp"
#include "delivery/stored_references.hpp"
#include "erp/sdk/canonical_json.hpp"

namespace qb::commands {
namespace {

using mapping::Explanation;
using mapping::Reason;

std::string text_of(const Reason& reason) {
  return reason.role + " " +
         (reason.name.empty() ? "Id " + reason.id : reason.name + " (Id " + reason.id + ")") +
         ": " + reason.because;
}

qbo::Value json_of(const std::vector<Reason>& reasons) {
  qbo::Value out = qbo::Value::array();
  for (const Reason& reason : reasons) {
    qbo::Value one = qbo::Value::object();
    one.set("role", reason.role)
        .set("id", reason.id)
        .set("name", text_or_null(reason.name))
        .set("because", reason.because);
    out.push(std::move(one));
  }
  return out;
}

std::string as_json(const outbox::Entry& entry, const Explanation& explanation) {
  qbo::Value lines = qbo::Value::array();
  for (const mapping::ExplainedLine& line : explanation.lines) {
    qbo::Value one = qbo::Value::object();
    one.set("where", line.where)
        .set("said", line.said)
        .set("amount", text_or_null(line.amount))
        .set("reasons", json_of(line.reasons));
    lines.push(std::move(one));
  }
  qbo::Value held_by = qbo::Value::array();
  for (const mapping::Obstacle& obstacle : explanation.obstacles)
    held_by.push(mapping::words_for(obstacle, entry.subject).title);
  qbo::Value first = qbo::Value::array();
  for (const std::string& subject : explanation.goes_first)
    first.push(subject);
  qbo::Value out = qbo::Value::object();
  out.set("subject", entry.subject)
      .set("version", number(entry.version))
      .set("state", outbox::to_string(entry.state))
      .set("outcome", explanation.outcome)
      .set("held_by", std::move(held_by))
      .set("goes_first", std::move(first))
      .set("reasons", json_of(explanation.reasons))
      .set("lines", std::move(lines));
  return qbo::write(out) + "\n";
}

std::string as_text(const outbox::Entry& entry, const Explanation& explanation) {
  std::string out = verdict::host_words_capital(entry.subject) + ": " + explanation.outcome + "\n";
  for (const mapping::Obstacle& obstacle : explanation.obstacles) {
    const verdict::IssueWords words = mapping::words_for(obstacle, entry.subject);
    out += wrapped(words.title + ". " + words.remedy, "  ");
  }
  for (const std::string& subject : explanation.goes_first)
    out += "  " + subject + "\n";
  for (const Reason& reason : explanation.reasons)
    out += wrapped(text_of(reason), "  ");
  for (const mapping::ExplainedLine& line : explanation.lines) {
    out += "  " + line.where + ": " + line.said +
           (line.amount.empty() ? "" : "; stands there as " + line.amount) + "\n";
    for (const Reason& reason : line.reasons)
      out += wrapped(text_of(reason), "    ");
  }
  return out;
}

} // namespace

std::string explain(Workshop& workshop, Words words) {
  const char* usage = usage_of("explain");
  const bool json = words.flag("--json");
  const std::vector<std::string> rest = words.rest(usage);
  if (rest.size() != 1) throw erp::Failure{ERP_E_INVALID, std::string("Usage: ") + usage};
  const Rooms rooms = workshop.rooms();
  const auto entries = rooms.outbox.of_subject(rest.front());
  if (entries.empty()) throw nothing_recorded_of(rest.front());
  const outbox::Entry& entry = *outbox::newest_of(entries);
  const auto event = erp::event_from_json(entry.snapshot);
  if (!event)
    throw erp::Failure{ERP_E_INTERNAL, "What was recorded of " + rest.front() +
                                           " cannot be read: " + event.error().what};
  const settings::Settings settings = workshop.settings();
  const mapping::NotedReferences<delivery::StoredReferences> references(rooms.directory,
                                                                        rooms.links);
  const mapping::Plan plan = mapping::plan(*event, entry.derived, references, settings);
  const Explanation explanation = mapping::explain(*event, plan, references.lookups(), settings);
  return json ? as_json(entry, explanation) : as_text(entry, explanation);
}

} // namespace qb::commands
