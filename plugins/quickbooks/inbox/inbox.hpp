#pragma once

#include "core/verdict/words.hpp"
#include "erp/sdk/document.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qb::store {
class Connection;
class Database;
} // namespace qb::store

// What a person must look at. One open issue per cause; which documents it holds up, the outbox
// knows.
namespace qb::inbox {

enum class State { open, resolved, skipped };
const char* to_string(State state);

// The cause of an issue about a document that somebody deleted in QuickBooks: this and its subject.
constexpr const char* gone_prefix = "gone/";

struct Issue {
  std::int64_t id = 0;
  State state = State::open;
  verdict::IssueWords words;
  erp::Instant raised_at = 0;
  erp::Instant seen_at = 0; // last time it was met again
  int times = 1;
  bool standing = false;   // raised by a check, not by a document: only resolve() and skip() end it
  std::string closed_note; // "the cause is gone", the reason of a skip and who
};

// It stands for trouble with the company as a whole, whatever document met it first.
inline bool holds_company(const Issue& issue) {
  return issue.standing && verdict::concerns_company(issue.words);
}

class Inbox {
 public:
  explicit Inbox(store::Database& store) : store_(store) {}
  // The open issue of that cause, new or met again (its words are replaced by the newest); answers
  // its id. `standing`: no entry is blocked by it (an account of the settings that is missing, a
  // connection that must be renewed), so that resolve_orphans() leaves it alone.
  static std::int64_t raise(store::Connection&, const verdict::IssueWords& words, erp::Instant now,
                            bool standing = false);
  // A standing one, and the host's notice of it. The notice comes first: what stands in the way may
  // be the disk, and then the person hears of it all the same.
  void raise_standing(const verdict::IssueWords& words, erp::Instant now,
                      const std::function<void(const verdict::IssueWords&)>& notice) const;
  // The open issue of that cause; nullopt: none.
  static std::optional<std::int64_t> open_issue(store::Connection&, const std::string& cause);
  // The open issues whose cause begins so.
  static std::vector<std::pair<std::int64_t, std::string>> open_below(store::Connection&,
                                                                      const std::string& prefix);
  // Both end an open issue only: one that is closed stays as it was closed.
  static void resolve(store::Connection&, std::int64_t id, const std::string& note,
                      erp::Instant now);
  static void skip(store::Connection&, std::int64_t id, const std::string& note, erp::Instant now);
  // Open issues that no blocked entry needs any more become resolved; answers their ids. Standing
  // ones stay.
  static std::vector<std::int64_t> resolve_orphans(store::Connection&, const std::string& note,
                                                   erp::Instant now);
  std::optional<Issue> find(std::int64_t id) const;
  std::vector<Issue> list(bool open_only) const; // oldest first

 private:
  store::Database& store_;
};

} // namespace qb::inbox
