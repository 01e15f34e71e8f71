#include "commands/groups.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace qb::commands {
namespace {

using proof::Case;
using proof::Finding;

constexpr std::array all_cases = {
    Case::stands,    Case::held_by_issue, Case::cancelled, Case::skipped, Case::nothing_to_do,
    Case::elsewhere, Case::on_its_way,    Case::differs,   Case::missing, Case::doubled};

std::int64_t count_of(const std::vector<Finding>& findings, Case what) {
  return std::count_if(findings.begin(), findings.end(),
                       [what](const Finding& finding) { return finding.what == what; });
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// Bad news first: what is wrong, then what is only not finished.
std::optional<erp::Failure> failure_of(const std::vector<Finding>& findings) {
  const auto broken = std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return proof::is_broken(finding.what);
  });
  if (broken > 0)
    return erp::Failure{ERP_E_CONFLICT,
                        counted(broken, "document is", "documents are") +
                            " not in QuickBooks as told here; look at each, and let it be "
                            "written anew with: run quickbooks outbox again SUBJECT"};
  if (const auto open = count_of(findings, Case::on_its_way); open > 0)
    return erp::Failure{ERP_E_RETRY_LATER,
                        counted(open, "document is", "documents are") +
                            " still on the way; deliver first: drain quickbooks"};
  return std::nullopt;
}

std::string as_json(const proof::Proof& proof, const std::vector<Finding>& findings,
                    const std::vector<Finding>& shown) {
  qbo::Value documents = qbo::Value::array();
  for (const Finding& finding : shown) {
    qbo::Value one = qbo::Value::object();
    one.set("subject", finding.subject)
        .set("version", number(finding.version))
        .set("case", proof::to_string(finding.what))
        .set("words", text_or_null(finding.words))
        .set("entity", text_or_null(finding.entity))
        .set("entity_id", text_or_null(finding.entity_id));
    documents.push(std::move(one));
  }
  qbo::Value cases = qbo::Value::object();
  for (const Case what : all_cases)
    cases.set(proof::to_string(what), number(count_of(findings, what)));
  qbo::Value out = qbo::Value::object();
  out.set("proven", !failure_of(findings).has_value())
      .set("objects_read", number(proof.objects_read))
      .set("cases", std::move(cases))
      .set("documents", std::move(documents));
  return qbo::write(out) + "\n";
}

std::string as_text(const proof::Proof& proof, const std::vector<Finding>& findings,
                    const std::vector<Finding>& shown) {
  std::vector<std::vector<std::string>> rows = {{"HERE", "CASE", "IN QUICKBOOKS", "WHY"}};
  for (const Finding& finding : shown)
    rows.push_back({finding.subject, proof::in_words(finding.what),
                    finding.entity.empty() ? "-" : finding.entity + " " + finding.entity_id,
                    finding.words});
  std::string out = shown.empty() ? "" : table(rows) + "\n";
  out += counted(static_cast<std::int64_t>(findings.size()), "document", "documents") + " here; " +
         counted(proof.objects_read, "object", "objects") + " read in QuickBooks.\n";
  for (const Case what : all_cases)
    if (const auto count = count_of(findings, what); count > 0)
      out += "  " + std::to_string(count) + "  " + proof::in_words(what) + "\n";
  if (!failure_of(findings)) out += "Nothing is lost, nothing is doubled.\n";
  return out;
}

} // namespace

Answer prove(Workshop& workshop, Words words, erp::Instant deadline) {
  const char* usage = usage_of("prove");
  const bool json = words.flag("--json"), problems = words.flag("--problems");
  const std::vector<std::string> subjects = words.rest(usage);
  proof::Proof proof = workshop.prove(deadline);
  std::vector<Finding> findings = std::move(proof.findings);
  for (const std::string& subject : subjects)
    if (std::none_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.subject == subject; }))
      throw nothing_recorded_of(subject);
  const std::set<std::string> wanted(subjects.begin(), subjects.end());
  if (!wanted.empty())
    std::erase_if(findings,
                  [&](const Finding& finding) { return !wanted.contains(finding.subject); });
  std::vector<Finding> shown = findings;
  if (problems)
    std::erase_if(shown, [](const Finding& finding) { return proof::is_proven(finding.what); });
  return {json ? as_json(proof, findings, shown) : as_text(proof, findings, shown),
          failure_of(findings)};
}

} // namespace qb::commands
