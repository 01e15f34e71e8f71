#include "proof/prove.hpp"

#include "core/mapping/difference.hpp"
#include "core/mapping/plan.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "outbox/pages.hpp"
#include "proof/fresh_references.hpp"

#include <map>
#include <stdexcept>
#include <string_view>
#include <variant>

namespace qb::proof {
namespace {

using mapping::Difference;
using outbox::Entry;
using outbox::State;

constexpr std::size_t differences_told = 3;
constexpr std::string_view nothing_to_do = "nothing to do: "; // as settling notes it

// The entry of each subject that says how the document stands.
std::map<std::string, Entry> newest_of_each(store::Database& store) {
  std::map<std::string, Entry> newest;
  const outbox::Pages pages(store);
  for (std::int64_t before = outbox::Pages::newest; before != 0;) {
    outbox::Page page = pages.before({}, before);
    for (outbox::Row& row : page.rows) {
      const auto [place, fresh] = newest.try_emplace(row.entry.subject, row.entry);
      if (!fresh && outbox::counts_more(row.entry, place->second))
        place->second = std::move(row.entry);
    }
    before = page.next_before;
  }
  return newest;
}

class Judge {
 public:
  explicit Judge(const Evidence& evidence)
      : evidence_(evidence), references_(evidence.directory, evidence.links, evidence.books) {
    for (const inbox::Issue& issue : evidence.inbox.list(true)) {
      if (inbox::holds_company(issue)) company_issue_ = issue;
      for (const std::string& subject : evidence.outbox.subjects_of_issue(issue.id))
        issues_.try_emplace(subject, issue);
    }
  }

  Finding judge(const Entry& newest) {
    finding_ = {};
    finding_.subject = newest.subject;
    finding_.version = newest.version;
    // What we make of a document once more, after it was settled, says how it stands.
    const auto standing = evidence_.outbox.open_entry_of(newest.subject);
    if (standing)
      open(*standing);
    else if (newest.state == State::discarded)
      say(Case::skipped, newest.note);
    else
      closed(newest);
    return finding_;
  }

 private:
  void say(Case what, std::string words) {
    finding_.what = what;
    finding_.words = std::move(words);
  }

  void open(const Entry& entry) {
    const auto held = issues_.find(entry.subject);
    const inbox::Issue* const issue = held != issues_.end()        ? &held->second
                                      : company_issue_.has_value() ? &*company_issue_
                                                                   : nullptr;
    if (issue)
      say(Case::held_by_issue, "issue " + std::to_string(issue->id) + ": " + issue->words.title);
    else
      say(Case::on_its_way, "due " + erp::to_rfc3339(entry.due_at));
  }

  // Delivered. What was written may since have been changed or deleted by others.
  void closed(const Entry& without_snapshot) {
    const Entry entry = evidence_.outbox.find(without_snapshot.id).value();
    const auto event = erp::event_from_json(entry.snapshot);
    if (!event)
      throw std::runtime_error("the snapshot of entry " + std::to_string(entry.id) +
                               " cannot be read");
    const auto link = link_of(entry);
    if (link) {
      finding_.entity = link->entity;
      finding_.entity_id = link->entity_id;
    } else if (const std::string company = evidence_.outbox.last_company_of(entry.id);
               !company.empty() && company != evidence_.company) {
      return say(Case::elsewhere, "");
    }
    standing_ = link ? evidence_.books.object(link->entity, link->entity_id) : std::nullopt;
    is_cancelled_ = event->kind == erp::EventKind::po_cancelled;
    const mapping::Plan plan =
        mapping::plan(*event, entry.derived, references_, evidence_.settings);
    std::visit([&](const auto& what) { follow(entry, link, what); }, plan);
  }

  // A receipt's bill may be that of the whole order; or it closed the order, and has none.
  std::optional<links::Link> link_of(const Entry& entry) const {
    for (const links::Link& bill : evidence_.links.of_order(entry.ordering_key))
      if (mapping::billing_from(bill.billing_json).receipts.contains(entry.subject)) return bill;
    auto link = evidence_.links.find(entry.subject);
    if (!link && !was_nothing(entry)) link = evidence_.links.find(entry.ordering_key);
    if (link && link->entity_id.empty()) link.reset();
    return link;
  }

  static bool was_nothing(const Entry& entry) { return entry.note.starts_with(nothing_to_do); }

  // Nothing is linked to it, although planning it now does not say that nothing is to be done.
  void unlinked(const Entry& entry) {
    if (was_nothing(entry))
      say(Case::nothing_to_do, entry.note.substr(nothing_to_do.size()));
    else
      say(Case::missing, "it was settled (" + entry.note + "), and nothing is linked to it now");
  }

  void follow(const Entry& entry, const std::optional<links::Link>& link,
              const mapping::Nothing& nothing) {
    if (link && !standing_) return missing(*link);
    if (!link) {
      const bool was_written =
          entry.note.starts_with("created") || entry.note.starts_with("updated");
      if (was_written && !is_cancelled_)
        return say(Case::missing, "it was " + entry.note + ", and nothing is linked to it now");
      return say(is_cancelled_ ? Case::cancelled : Case::nothing_to_do, nothing.reason);
    }
    if (is_cancelled_) return say(Case::cancelled, nothing.reason);
    compared(mapping::differences(mapping::billing_from(link->billing_json), link->line_ids_json,
                                  *standing_),
             nothing.reason);
  }

  void follow(const Entry&, const std::optional<links::Link>& link, const mapping::Known&) {
    if (link && !standing_) return missing(*link);
    say(Case::stands, link ? "" : "found in QuickBooks");
  }

  void follow(const Entry& entry, const std::optional<links::Link>& link,
              const mapping::Send& send) {
    if (!link) return unlinked(entry);
    if (send.remove) return say(Case::differs, "it should be deleted");
    if (!standing_) return missing(*link);
    compared(mapping::differences(send.body, *standing_), "");
    if (is_cancelled_ && finding_.what == Case::stands) finding_.what = Case::cancelled;
  }

  // It cannot be planned with what is known today; what was answered to our last writing holds as
  // long as nobody wrote since.
  template <class Undecided>
  void follow(const Entry& entry, const std::optional<links::Link>& link, const Undecided&) {
    if (!link) return unlinked(entry);
    if (!standing_) return missing(*link);
    if (standing_->text_of("SyncToken") == link->sync_token)
      return say(is_cancelled_ ? Case::cancelled : Case::stands,
                 "as QuickBooks answered our last writing");
    const auto answer = qbo::read(link->answer);
    if (!answer) return say(Case::differs, "somebody changed it in QuickBooks since we wrote it");
    compared(mapping::differences(*answer, *standing_), "");
  }

  void missing(const links::Link& link) {
    say(Case::missing, link.entity + " " + link.entity_id + " is not in QuickBooks any more");
  }

  void compared(const std::vector<Difference>& differences, const std::string& reason) {
    if (differences.empty()) return say(Case::stands, reason);
    say(Case::differs, mapping::told(differences, differences_told));
  }

  const Evidence& evidence_;
  FreshReferences references_;
  std::map<std::string, inbox::Issue> issues_; // by the subjects they hold up
  std::optional<inbox::Issue> company_issue_;
  Finding finding_;
  std::optional<qbo::Value> standing_;
  bool is_cancelled_ = false;
};

// Marks of subjects that this outbox never saw are another system's, or another home's.
void find_doubles(const Evidence& evidence, std::map<std::string, Finding>& findings) {
  for (const auto& [subject, ids] : evidence.books.marked()) {
    const auto link = evidence.links.find(subject);
    const auto known = findings.find(subject);
    if (known == findings.end() && !link) continue;
    const bool linked = link && !link->entity_id.empty();
    if (linked ? ids == std::set{link->entity_id} : ids.size() == 1) continue;
    Finding& finding = findings[subject];
    finding.subject = subject;
    finding.what = Case::doubled;
    finding.words = "these carry its mark: Id";
    for (const std::string& id : ids)
      finding.words += " " + id;
    if (linked) finding.words += "; linked is Id " + link->entity_id;
  }
}

} // namespace

Proof prove(const Evidence& evidence) {
  std::map<std::string, Finding> findings;
  Judge judge(evidence);
  for (const auto& [subject, entry] : newest_of_each(evidence.store))
    findings.emplace(subject, judge.judge(entry));
  find_doubles(evidence, findings);
  Proof proof;
  proof.objects_read = evidence.books.objects_read();
  for (auto& [subject, finding] : findings)
    proof.findings.push_back(std::move(finding));
  return proof;
}

} // namespace qb::proof
