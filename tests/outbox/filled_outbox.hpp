#pragma once

#include "outbox/outbox.hpp"
#include "outbox/pages.hpp"
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

// All that is wanted of an outbox, oldest first; without their snapshots.
inline std::vector<qb::outbox::Entry> all_entries(qb::store::Database& store,
                                                  const qb::outbox::Wanted& wanted = {}) {
  using qb::outbox::Pages;
  const Pages pages(store);
  std::vector<qb::outbox::Entry> entries;
  for (std::int64_t before = Pages::newest; before != 0;) {
    auto page = pages.before(wanted, before);
    for (auto& row : page.rows)
      entries.push_back(std::move(row.entry));
    before = page.next_before;
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

// An outbox in a fresh folder, and short words for what a test does with it.
struct FilledOutbox {
  using Outbox = qb::outbox::Outbox;
  using Entry = qb::outbox::Entry;
  using State = qb::outbox::State;
  static constexpr erp::Instant noon = 1'800'000'000'000'000;
  static constexpr erp::Instant minute = 60'000'000;

  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "a.db").string()};
  Outbox outbox{store};

  static Entry event(const std::string& id, const std::string& subject, std::int64_t version = 0,
                     const std::string& amount = "") {
    Entry entry;
    entry.event_id = id;
    entry.kind = "po_ordered";
    entry.subject = subject;
    entry.version = version;
    entry.snapshot = "{\"event_id\":\"" + id + "\"}";
    entry.due_at = entry.recorded_at = noon;
    entry.currency = amount.empty() ? "" : "USD";
    entry.amount = amount;
    return entry;
  }

  // The number of the new entry.
  std::int64_t record(const Entry& entry, bool supersedes = true) {
    REQUIRE(outbox.record(entry, supersedes) == qb::outbox::Recorded::fresh);
    return qb::outbox::Pages(store).before({}, qb::outbox::Pages::newest).rows.front().entry.id;
  }
  // Which entries an issue blocks.
  std::vector<std::int64_t> blocked_by(std::int64_t issue_id) {
    return qb::outbox::Pages(store).blocked_by(issue_id, 0);
  }
  template <class Step>
  auto write(Step&& step) {
    decltype(step(std::declval<qb::store::Connection&>())) result{};
    store.write([&](qb::store::Connection& connection) { result = step(connection); });
    return result;
  }
  std::int64_t record_ahead(const Entry& entry, std::int64_t of) {
    return write([&](auto& c) { return Outbox::record_ahead(c, entry, of); });
  }
  std::vector<std::int64_t> claim(erp::Instant now = noon, int count = 10) {
    std::vector<std::int64_t> ids;
    for (const Entry& entry :
         write([&](auto& c) { return Outbox::claim(c, now, now + 5 * minute, count); }))
      ids.push_back(entry.id);
    return ids;
  }
  bool settle(std::int64_t id) {
    return write([&](auto& c) { return Outbox::settle(c, id, "", noon); });
  }
  bool block(std::int64_t id, const std::vector<std::int64_t>& issues) {
    return write([&](auto& c) { return Outbox::block(c, id, issues); });
  }
  bool wait_for(std::int64_t id, std::int64_t other) {
    return write([&](auto& c) { return Outbox::wait_for(c, id, other, noon); });
  }
  // Sealed and on its way: nobody knows whether it arrived.
  qb::outbox::Seal send(std::int64_t id, const std::string& request = "r",
                        const std::string& company = "") {
    qb::outbox::Seal seal;
    seal.entry_id = id;
    seal.company = company;
    seal.request_id = request + std::to_string(id);
    seal.body = "{}";
    seal.sealed_at = noon;
    REQUIRE(write(
        [&](auto& c) { return Outbox::seal(c, seal) && Outbox::mark_sent(c, seal.id, noon); }));
    return seal;
  }
  Entry entry(std::int64_t id) {
    const auto found = outbox.find(id);
    REQUIRE(found);
    return *found;
  }
  State state(std::int64_t id) { return entry(id).state; }
};

using Ids = std::vector<std::int64_t>;
