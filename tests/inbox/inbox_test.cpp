#include "inbox/inbox.hpp"
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <doctest/doctest.h>

using qb::inbox::Inbox;
using qb::inbox::State;

namespace {

struct Room {
  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "a.db").string()};
  Inbox inbox{store};

  template <class Step>
  auto write(Step&& step) {
    decltype(step(std::declval<qb::store::Connection&>())) result{};
    store.write([&](qb::store::Connection& connection) { result = step(connection); });
    return result;
  }
  std::int64_t raise(const qb::verdict::IssueWords& words, erp::Instant now,
                     bool standing = false) {
    return write([&](auto& c) { return Inbox::raise(c, words, now, standing); });
  }
  void resolve(std::int64_t id, erp::Instant now) {
    store.write([&](auto& c) { Inbox::resolve(c, id, "the cause is gone", now); });
  }
};

qb::verdict::IssueWords words(const std::string& cause, const std::string& title = "title") {
  qb::verdict::IssueWords w;
  w.cause = cause;
  w.title = title;
  w.quickbooks_says = "says";
  w.meaning = "means";
  w.remedy = "do";
  w.code = "6140";
  w.intuit_tid = "1-a";
  w.curable_in_quickbooks = true;
  return w;
}

} // namespace

TEST_CASE("an issue comes back as it was raised") {
  Room room;
  const auto id = room.raise(words("account_unknown/Shop"), 10);
  const auto issue = room.inbox.find(id);
  REQUIRE(issue);
  CHECK(issue->state == State::open);
  CHECK(issue->words.cause == "account_unknown/Shop");
  CHECK(issue->words.title == "title");
  CHECK(issue->words.quickbooks_says == "says");
  CHECK(issue->words.meaning == "means");
  CHECK(issue->words.remedy == "do");
  CHECK(issue->words.code == "6140");
  CHECK(issue->words.intuit_tid == "1-a");
  CHECK(issue->words.curable_in_quickbooks);
  CHECK(issue->raised_at == 10);
  CHECK(issue->seen_at == 10);
  CHECK(issue->times == 1);
  CHECK_FALSE(issue->standing);
  CHECK_FALSE(room.inbox.find(id + 1));
}

TEST_CASE("one cause has one open issue, with the newest words") {
  Room room;
  const auto id = room.raise(words("a"), 10);
  CHECK(room.raise(words("a", "newer"), 20) == id);
  CHECK(room.raise(words("b"), 20) != id);
  const auto issue = room.inbox.find(id);
  CHECK(issue->words.title == "newer");
  CHECK(issue->raised_at == 10);
  CHECK(issue->seen_at == 20);
  CHECK(issue->times == 2);
  CHECK(room.inbox.list(true).size() == 2);
  CHECK(room.write([](auto& c) { return Inbox::open_issue(c, "a"); }) == id);
}

TEST_CASE("a cause that comes back after its end is a new issue") {
  Room room;
  const auto first = room.raise(words("a"), 10);
  room.resolve(first, 20);
  CHECK(room.inbox.find(first)->state == State::resolved);
  CHECK(room.inbox.find(first)->closed_note == "the cause is gone");
  CHECK_FALSE(room.write([](auto& c) { return Inbox::open_issue(c, "a"); }));
  const auto second = room.raise(words("a"), 30);
  CHECK(second != first);
  CHECK(room.inbox.list(true).size() == 1);
  const auto all = room.inbox.list(false);
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == first);
}

TEST_CASE("a closed issue stays as it was closed") {
  Room room;
  const auto id = room.raise(words("a"), 10);
  room.store.write([&](auto& c) { Inbox::skip(c, id, "not worth it (buyer)", 20); });
  room.resolve(id, 30);
  CHECK(room.inbox.find(id)->state == State::skipped);
  CHECK(room.inbox.find(id)->closed_note == "not worth it (buyer)");
}

TEST_CASE("an issue that no document needs resolves, a standing one does not") {
  Room room;
  const auto of_document = room.raise(words("a"), 10);
  const auto of_check = room.raise(words("b"), 10, true);
  const auto both = room.raise(words("c"), 10);
  CHECK(room.raise(words("c"), 11, true) == both); // met by a check as well
  CHECK(room.raise(words("c"), 12) == both);
  using Ids = std::vector<std::int64_t>;
  CHECK(room.write([](auto& c) { return Inbox::resolve_orphans(c, "gone", 20); }) ==
        Ids{of_document});
  CHECK(room.inbox.find(of_check)->state == State::open);
  CHECK(room.inbox.find(both)->standing);
  CHECK(room.inbox.find(both)->state == State::open);
  CHECK(room.write([](auto& c) { return Inbox::resolve_orphans(c, "gone", 20); }).empty());
}
