#include "orders.hpp"

#include "core/mapping/line_ids.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace qb::mapping;
using qb::qbo::Value;

namespace {

Value account_line_of(const std::string& account, int amount) {
  return json(R"({"Amount":)" + std::to_string(amount) +
              R"(,"DetailType":"AccountBasedExpenseLineDetail","AccountBasedExpenseLineDetail":)" +
              R"({"AccountRef":{"value":")" + account + R"("}}})");
}

Value item_line_of(const std::string& item, int amount) {
  return json(R"({"Amount":)" + std::to_string(amount) +
              R"(,"DetailType":"ItemBasedExpenseLineDetail","ItemBasedExpenseLineDetail":)" +
              R"({"ItemRef":{"value":")" + item + R"("},"Qty":1,"UnitPrice":)" +
              std::to_string(amount) + "}}");
}

Value document(Value::Array lines) {
  return Value::object().set("Line", std::move(lines));
}

// What QuickBooks does with the lines of an update: those with an Id that it has keep it.
class Standing {
 public:
  void write(const Value::Array& sent) {
    std::set<std::string> had;
    for (const Value& line : lines_)
      had.insert(line.text_of("Id"));
    lines_.clear();
    int position = 0;
    for (Value line : sent) {
      if (!had.contains(line.text_of("Id"))) line.set("Id", std::to_string(next_++));
      line.set("LineNum", ++position);
      lines_.push_back(std::move(line));
    }
  }
  // A person adds a line somewhere, or removes one.
  void add(std::size_t at, Value line) {
    line.set("Id", std::to_string(next_++));
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(at), std::move(line));
  }
  void remove(std::size_t at) { lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(at)); }
  const Value::Array& lines() const { return lines_; }
  Value answer() const { return document(lines_); }

 private:
  Value::Array lines_;
  int next_ = 1;
};

std::map<std::string, Value> by_id(const Value::Array& lines) {
  std::map<std::string, Value> out;
  for (const Value& line : lines)
    out.emplace(line.text_of("Id"), line);
  return out;
}

} // namespace

TEST_CASE("no line of others is lost and none of ours is doubled, whatever happens to an order") {
  Random random;
  for (int round = 0; round < 150; ++round) {
    Standing quickbooks;
    std::string ids;
    std::map<std::string, Value> ours; // of the host, by its line id
    std::set<std::string> theirs;      // Ids
    int next_host_line = 1, next_amount = 1;
    for (int step = 0; step < 12; ++step) {
      for (int i = random.between(step == 0 ? 1 : 0, 3); i > 0; --i)
        ours["h" + std::to_string(next_host_line++)] = random.one_in(2)
                                                           ? item_line_of("31", next_amount++)
                                                           : account_line_of("78", next_amount++);
      if (ours.size() > 1 && random.one_in(2)) ours.erase(ours.begin());
      if (random.one_in(3))
        ours.begin()->second = random.one_in(2) ? item_line_of("32", next_amount++)
                                                : account_line_of("80", next_amount++);
      if (step > 0 && random.one_in(3)) {
        const auto at = static_cast<std::size_t>(
            random.between(0, static_cast<int>(quickbooks.lines().size())));
        quickbooks.add(at, account_line_of("99", next_amount++));
        theirs.insert(quickbooks.lines()[at].text_of("Id"));
      }
      if (!quickbooks.lines().empty() && random.one_in(4)) {
        const auto at = static_cast<std::size_t>(
            random.between(0, static_cast<int>(quickbooks.lines().size()) - 1));
        theirs.erase(quickbooks.lines()[at].text_of("Id"));
        quickbooks.remove(at);
      }

      Value::Array lines;
      std::vector<std::string> host_ids;
      for (const auto& [host_id, line] : ours) {
        host_ids.push_back(host_id);
        lines.push_back(line);
      }
      auto sent =
          step == 0 ? lines : merged_lines(lines, host_ids, quickbooks.answer(), ids, true).lines;
      if (step > 0 && random.one_in(3)) { // the answer is lost; then it is looked at and sent anew
        if (random.one_in(2)) quickbooks.write(sent);
        if (random.one_in(3)) {
          quickbooks.add(0, account_line_of("99", next_amount++));
          theirs.insert(quickbooks.lines()[0].text_of("Id"));
        }
        ids = line_ids_after_lost_answer(ids, host_ids, document(sent), quickbooks.answer());
        sent = merged_lines(lines, host_ids, quickbooks.answer(), ids, true).lines;
      }
      quickbooks.write(sent);
      ids = line_ids_from(quickbooks.answer(), host_ids, document(sent));

      REQUIRE(!ids.empty());
      const auto standing = by_id(quickbooks.lines());
      REQUIRE(quickbooks.lines().size() == ours.size() + theirs.size());
      REQUIRE(standing.size() == quickbooks.lines().size());
      for (const std::string& id : theirs) {
        REQUIRE(standing.contains(id));
        CHECK(
            standing.at(id).find("AccountBasedExpenseLineDetail", "AccountRef")->text_of("value") ==
            "99");
      }
      const Value known = json(ids);
      for (const auto& [host_id, line] : ours) {
        const std::string id = known.text_of(host_id);
        REQUIRE(standing.contains(id));
        CHECK(*standing.at(id).decimal_of("Amount") == *line.decimal_of("Amount"));
        CHECK(standing.at(id).text_of("DetailType") == line.text_of("DetailType"));
      }
    }
  }
}

TEST_CASE("an answer whose lines are not those that were sent gives no line ids") {
  const Value sent = document({item_line_of("31", 5), account_line_of("78", 5)});
  Value answered =
      document({item_line_of("31", 5).set("Id", "1"), account_line_of("78", 5).set("Id", "2")});
  CHECK(line_ids_from(answered, {"a", "b"}, sent) == R"({"a":"1","b":"2"})");

  SUBCASE("another number of lines") {
    answered = document({item_line_of("31", 5).set("Id", "1")});
  }
  SUBCASE("another order") {
    answered =
        document({account_line_of("78", 5).set("Id", "2"), item_line_of("31", 5).set("Id", "1")});
  }
  SUBCASE("another item of the same amount") {
    answered =
        document({item_line_of("32", 5).set("Id", "1"), account_line_of("78", 5).set("Id", "2")});
  }
  SUBCASE("another amount") {
    answered =
        document({item_line_of("31", 6).set("Id", "1"), account_line_of("78", 5).set("Id", "2")});
  }
  SUBCASE("a line without Id") {
    answered = document({item_line_of("31", 5), account_line_of("78", 5).set("Id", "2")});
  }
  CHECK(line_ids_from(answered, {"a", "b"}, sent).empty());
}

TEST_CASE("a line that a lost change added is known by what it says, others' lines are not") {
  const Value first = account_line_of("78", 1).set("Id", "1");
  const Value theirs = account_line_of("78", 7).set("Id", "5"); // as ours, but there before
  const Value sent = document({first, account_line_of("78", 7), account_line_of("78", 7), theirs});
  const Value done = document({first, account_line_of("78", 7).set("Id", "8"),
                               account_line_of("78", 7).set("Id", "9"), theirs});
  const auto ids = [&](const Value& standing) {
    return line_ids_after_lost_answer(R"({"a":"1"})", {"a", "b", "c"}, sent, standing);
  };
  CHECK(ids(done) == R"({"a":"1","b":"8","c":"9"})");
  CHECK(ids(document({first, theirs})) == R"({"a":"1"})"); // it was not done
  CHECK(line_ids_after_lost_answer("", {"a", "b", "c"}, sent, done).empty());
}

TEST_CASE("what QuickBooks itself keeps of a line is not sent back") {
  const Value standing = document({json(
      R"({"Id":"9","LineNum":3,"Received":4,"Future":1,"Amount":7,"DetailType":"ItemBasedExpenseLineDetail",
          "ItemBasedExpenseLineDetail":{"ItemRef":{"value":"31"},"Qty":1,"UnitPrice":7,"Future":2}})")});
  const auto lines =
      merged_lines({account_line_of("78", 1)}, {"a"}, standing, R"({"a":"1"})", true).lines;
  REQUIRE(lines.size() == 2);
  CHECK(qb::qbo::write(lines[1]) ==
        R"({"Id":"9","Amount":7,"DetailType":"ItemBasedExpenseLineDetail",)"
        R"("ItemBasedExpenseLineDetail":{"ItemRef":{"value":"31"},"Qty":1,"UnitPrice":7}})");
}

TEST_CASE("lines that stand are told apart into ours and theirs, ours first") {
  const Value standing =
      document({account_line_of("78", 1).set("Id", "9"), item_line_of("31", 2).set("Id", "1"),
                account_line_of("78", 3).set("Id", "2")});
  const StandingLines lines = standing_lines(standing, R"({"fee:f1":"2","1":"1","gone":"7"})");
  CHECK(lines.host_ids == std::vector<std::string>{"1", "fee:f1"});
  REQUIRE(lines.lines.size() == 3);
  CHECK(lines.lines[0].text_of("Id") == "1");
  CHECK(lines.lines[1].text_of("Id") == "2");
  CHECK(lines.lines[2].text_of("Id") == "9");
}

TEST_CASE("lines of ours are told although somebody put others among them, or not at all") {
  const Value sent = document({item_line_of("31", 10), account_line_of("82", 5)});
  Standing standing;
  standing.write({item_line_of("31", 10), account_line_of("82", 5)});
  standing.add(1, account_line_of("78", 3));
  CHECK(line_ids_from(standing.answer(), {"1", "2"}, sent) == R"({"1":"1","2":"2"})");
  standing.remove(0);
  CHECK(line_ids_from(standing.answer(), {"1", "2"}, sent).empty());
}
