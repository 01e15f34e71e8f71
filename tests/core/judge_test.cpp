#include "core/verdict/verdict.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

using namespace qb::verdict;

namespace {

constexpr erp::Instant now = 1'800'000'000'000'000;
const std::string subject = "purchase_order/1042";

Outcome outcome(OutcomeKind kind, const std::string& code = "", const std::string& detail = "",
                int http_status = 400) {
  Outcome made;
  made.kind = kind;
  made.http_status = http_status;
  made.intuit_tid = "1-abc";
  if (!code.empty()) {
    made.fault.emplace();
    made.fault->errors.push_back({code, "Message of " + code, detail, ""});
  }
  return made;
}

// A verdict in one word, so that tables can be read.
std::string word(const Verdict& verdict) {
  return std::visit(
      [](const auto& v) -> std::string {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, Settle>)
          return "settle";
        else if constexpr (std::is_same_v<T, Wait>)
          return std::string("wait") + (v.counts ? "" : " uncounted") +
                 (v.whole_company ? " company" : "");
        else if constexpr (std::is_same_v<T, Reseal>)
          return "reseal";
        else if constexpr (std::is_same_v<T, Adopt>)
          return "adopt";
        else if constexpr (std::is_same_v<T, Reconnect>)
          return "reconnect";
        else
          return "block " + v.issue.cause;
      },
      verdict);
}

std::string judged(const Outcome& made, int attempts = 0) {
  return word(judge(made, subject, attempts, now, 0));
}

std::int64_t waits_ms(const Verdict& verdict) {
  return (std::get<Wait>(verdict).until - now) / 1000;
}

} // namespace

TEST_CASE(
    "of a QuickBooks that cannot be reached a person is told after some minutes, not at once") {
  const auto told = [](int rounds) {
    return std::get<Wait>(judge(outcome(OutcomeKind::unreachable), subject, rounds, now, 0)).told;
  };
  CHECK(!told(0));
  CHECK(!told(unreachable_rounds_max - 1));
  REQUIRE(told(unreachable_rounds_max));
  CHECK(told(unreachable_rounds_max)->cause == "company/unreachable");
}

TEST_CASE("every kind of outcome has its verdict, whatever code came with it") {
  struct Row {
    OutcomeKind kind;
    const char* verdict;
  };
  for (const Row& row :
       {Row{OutcomeKind::accepted, "settle"}, Row{OutcomeKind::stale, "reseal"},
        Row{OutcomeKind::throttled, "wait uncounted company"},
        Row{OutcomeKind::unauthorised, "reconnect"}, Row{OutcomeKind::not_connected, "reconnect"},
        Row{OutcomeKind::server_trouble, "wait"},
        Row{OutcomeKind::unreachable, "wait uncounted company"}, Row{OutcomeKind::lost, "wait"},
        Row{OutcomeKind::unreadable, "wait"}}) {
    for (const char* code :
         {"", "2010", "3200", "6140", "6240", "610", "6190", "5010", "10000", "987654"}) {
      CAPTURE(to_string(row.kind));
      CAPTURE(code);
      CHECK(judged(outcome(row.kind, code)) == row.verdict);
      if (row.kind != OutcomeKind::stale)
        CHECK(judged(outcome(row.kind, code), 100) == row.verdict);
    }
  }
}

TEST_CASE("every class of code has its verdict when QuickBooks refuses for certain") {
  struct Row {
    const char* codes;
    const char* verdict; // # stands for the code
  };
  const Row rows[] = {
      {"100 110 270 3200 3202", "reconnect"},
      {"120 140 3100 5020 5030 6190 10200", "block company/#"},
      {"130 150", "wait company"},
      {"10000 10001", "wait"},
      {"3001", "wait uncounted company"},
      {"500 1000 1010 1020 4002", "wait"},
      {"600 630 6140 6240", "adopt"},
      {"5010", "reseal"},
      {"610 620 2500 6250", "block #/purchase_order/1042"},
      {"2000 2010 2020 2030 2040 2050 2060 2170 2210 2220 2290 2600 3000 4000 4001",
       "block #/purchase_order/1042"},
      {"6000 6010 6070 6130 6200 6210 6220 6270 6400 6430 6440 6480 6540",
       "block #/purchase_order/1042"},
      {"6100 6160 6170 6230 6470", "block company/#"},
      {"2310 5040 6550 6560 6640 987654", "block #/purchase_order/1042"},
  };
  for (const Row& row : rows) {
    const std::string codes = row.codes;
    for (std::size_t begin = 0; begin < codes.size();) {
      const std::size_t end = std::min(codes.find(' ', begin), codes.size());
      const std::string code = codes.substr(begin, end - begin);
      begin = end + 1;
      std::string wanted = row.verdict;
      if (const std::size_t at = wanted.find('#'); at != std::string::npos)
        wanted.replace(at, 1, code);
      CAPTURE(code);
      CHECK(judged(outcome(OutcomeKind::rejected, code)) == wanted);
    }
  }
}

TEST_CASE("a passing disturbance under a code that elsewhere means no is waited for") {
  const auto with = [](const char* code, const char* detail,
                       OutcomeKind kind = OutcomeKind::rejected) {
    return judged(outcome(kind, code, detail));
  };
  CHECK(with("120", "message=x; errorCode=000120; statusCode=500") == "wait");
  CHECK(with("120", "message=x; errorCode=000120; statusCode=401") == "block company/120");
  CHECK(with("3100", "errorCode=003100; statusCode=500") == "wait");
  CHECK(with("3100", "errorCode=003100; statusCode=403") == "block company/3100");
  CHECK(with("120", "statusCode=500", OutcomeKind::unauthorised) == "wait");
  CHECK(with("120", "statusCode=401", OutcomeKind::unauthorised) == "block company/120");
  CHECK(with("3100", "statusCode=403", OutcomeKind::unauthorised) == "block company/3100");
  CHECK(with("6000", "You can only add or edit one name at a time.") == "wait");
  CHECK(with("6000", "An unexpected error occurred while accessing or saving your data.") ==
        "wait");
  CHECK(with("6000", "Set a transaction amount.") == "block 6000/purchase_order/1042");
  CHECK(with("150", "", OutcomeKind::server_trouble) == "wait company");
  CHECK(with("130", "", OutcomeKind::server_trouble) == "wait company");
  CHECK(with("610", "", OutcomeKind::server_trouble) == "wait");
}

TEST_CASE("a duplicate number is recognised by its words where the code is another") {
  CHECK(judged(outcome(OutcomeKind::rejected, "6999", "Duplicate Document Number Error")) ==
        "adopt");
  Outcome in_the_message = outcome(OutcomeKind::rejected, "6999");
  in_the_message.fault->errors[0].message = "Duplicate document number Error";
  CHECK(judged(in_the_message) == "adopt");
}

TEST_CASE("what nobody knows is judged by its status") {
  CHECK(judged(outcome(OutcomeKind::rejected, "987654", "", 500)) == "wait");
  CHECK(judged(outcome(OutcomeKind::rejected, "987654", "errorCode=9; statusCode=500", 400)) ==
        "wait");
  CHECK(judged(outcome(OutcomeKind::rejected, "", "", 404)) == "block refused/purchase_order/1042");
}

TEST_CASE("failures without a reason are tried once more, then a person is asked") {
  for (const char* code : {"500", "1000", "1010", "1020", "4002"}) {
    CHECK(judged(outcome(OutcomeKind::rejected, code), 0) == "wait");
    CHECK(judged(outcome(OutcomeKind::rejected, code), 1) ==
          "block " + std::string(code) + "/purchase_order/1042");
  }
}

TEST_CASE("a document that changes under our hands is read again a few times only") {
  for (int attempts = 0; attempts < reseal_attempts_max; ++attempts)
    CHECK(judged(outcome(OutcomeKind::stale, "5010"), attempts) == "reseal");
  CHECK(judged(outcome(OutcomeKind::stale, "5010"), reseal_attempts_max) ==
        "block 5010/purchase_order/1042");
}

TEST_CASE("after 429 the company rests a minute, longer if QuickBooks says so") {
  Outcome throttled = outcome(OutcomeKind::throttled, "3001", "", 429);
  CHECK(waits_ms(judge(throttled, subject, 0, now, 0)) == 60'000);
  CHECK(waits_ms(judge(throttled, subject, 9, now, 999)) == 60'999);
  throttled.retry_after_s = 5;
  CHECK(waits_ms(judge(throttled, subject, 0, now, 0)) == 60'000);
  throttled.retry_after_s = 300;
  CHECK(waits_ms(judge(throttled, subject, 0, now, 0)) == 300'000);
  throttled.retry_after_s = 1'000'000'000;
  CHECK(waits_ms(judge(throttled, subject, 0, now, 0)) == throttle_wait_s_max * 1000);
  throttled.retry_after_s = -7;
  CHECK(waits_ms(judge(throttled, subject, 0, now, 0)) == 60'000);
}

TEST_CASE("waits double from two seconds to five minutes, less up to a quarter") {
  CHECK(backoff_ms(0, 0) == 2'000);
  CHECK(backoff_ms(1, 0) == 4'000);
  CHECK(backoff_ms(5, 0) == 64'000);
  CHECK(backoff_ms(8, 0) == 300'000);
  CHECK(backoff_ms(1'000'000, 0) == 300'000);
  CHECK(backoff_ms(-3, 0) == 2'000);
  CHECK(backoff_ms(0, 999) == 1'501);
  for (int attempts = 0; attempts < 30; ++attempts)
    for (int jitter : {-5, 0, 1, 500, 999, 5000}) {
      CHECK(backoff_ms(attempts, jitter) <= backoff_ms(attempts, 0));
      CHECK(backoff_ms(attempts, jitter) > backoff_ms(attempts, 0) * 3 / 4 - 1);
    }
  CHECK(waits_ms(judge(outcome(OutcomeKind::lost), subject, 3, now, 0)) == 16'000);
  CHECK(waits_ms(judge(outcome(OutcomeKind::unreachable), subject, 3, now, 0)) == 16'000);
}

TEST_CASE("after a long trouble a person is told, and it still goes on") {
  const auto told = [](int attempts) {
    return std::get<Wait>(
               judge(outcome(OutcomeKind::server_trouble, "", "", 503), subject, attempts, now, 0))
        .told;
  };
  CHECK_FALSE(told(server_trouble_attempts_max - 1));
  const auto words = told(server_trouble_attempts_max);
  REQUIRE(words);
  CHECK(words->cause == "company/no_answer");
  CHECK(words->meaning.find("Purchase order 1042 was sent 25 times") == 0);
  CHECK(words->remedy.find("do not enter purchase order 1042 by hand") != std::string::npos);
}

TEST_CASE("only what may have taken effect is in doubt") {
  for (const OutcomeKind kind :
       {OutcomeKind::server_trouble, OutcomeKind::lost, OutcomeKind::unreadable})
    CHECK(in_doubt(kind));
  for (const OutcomeKind kind :
       {OutcomeKind::accepted, OutcomeKind::rejected, OutcomeKind::stale, OutcomeKind::throttled,
        OutcomeKind::unauthorised, OutcomeKind::not_connected, OutcomeKind::unreachable})
    CHECK_FALSE(in_doubt(kind));
}

TEST_CASE("an answer that is no object is sorted by status and code") {
  const auto kind = [](int status, const char* code) {
    return std::string(to_string(kind_of_refusal(status, outcome(OutcomeKind::lost, code).fault)));
  };
  CHECK(kind(400, "6240") == "rejected");
  CHECK(kind(200, "2500") == "rejected"); // an item of a batch
  CHECK(kind(200, "5010") == "stale");
  CHECK(kind(200, "3001") == "throttled");
  CHECK(kind(403, "3001") == "throttled");
  CHECK(kind(429, "") == "throttled");
  CHECK(kind(401, "3200") == "unauthorised");
  CHECK(kind(401, "") == "unauthorised");
  CHECK(kind(403, "3100") == "rejected");
  CHECK(kind(500, "6000") == "server_trouble");
  CHECK(kind(503, "") == "server_trouble");
  CHECK(kind(200, "") == "unreadable");
  CHECK(kind(404, "") == "unreadable");
  CHECK(kind(302, "") == "unreadable");
}
