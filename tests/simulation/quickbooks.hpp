#pragma once

#include "books.hpp"
#include "dice.hpp"
#include "history.hpp"
#include "http/transport.hpp"
#include "swarm.hpp"

#include <deque>
#include <map>
#include <set>
#include <string>

namespace simulation {

// QuickBooks behind https: tokens, one company's calls, its memory of request ids, its limits.
// Takes whole requests and gives whole answers; what gets lost on the way is the network's part.
class QuickBooks {
 public:
  QuickBooks(Clock& clock, Dice& dice, const Swarm& swarm, History& history);

  // Does what the request asks. `times_out`: the caller will never hear the answer.
  qb::http::Response answer(const qb::http::Message& message);
  // A request of the company was sent: the limits count it, whatever becomes of it.
  void count(const qb::http::Message& message);
  static bool is_of_company(const qb::http::Message& message);
  static bool is_batch(const qb::http::Message& message);
  // Does only the first items of a batch.
  void do_part(const qb::http::Message& message, int items);

  // A person consents on Intuit's page; the code that comes back.
  std::string consent();
  void revoke();        // somebody disconnects the app in QuickBooks
  void reject_access(); // the access token ends before its time

  Books& books() { return books_; }
  erp::Instant time() const { return clock_.now + clock_off_us_; }
  static constexpr const char* realm = "9130347";

 private:
  qb::http::Response token_call(const qb::http::Message& message);
  qb::http::Response grant();
  qb::http::Response company_call(const qb::http::Message& message);
  qb::http::Response query(const std::string& statement) const;
  qb::http::Response changes(const std::string& entities, const std::string& since) const;
  qb::http::Response preferences() const;
  Json done(const std::string& entity, const std::string& operation, const Json& body,
            bool allows_double_number);
  Json batch(const Json& request, const std::string& request_id, std::size_t items);
  const Json* remembered(const std::string& key);
  void remember(const std::string& key, const Json& answer);
  void see_same_bytes(const std::string& request_id, const std::string& body);
  void see_window(const char* name, std::deque<erp::Instant>& times, std::size_t most,
                  std::int64_t window_us) const;

  Clock& clock_;
  Dice& dice_;
  const Swarm& swarm_;
  History& history_;
  Books books_;
  const std::int64_t clock_off_us_;

  std::string code_, refresh_token_, old_refresh_token_;
  std::map<std::string, erp::Instant> access_tokens_; // until when
  int token_count_ = 0;

  struct Memory {
    Json answer;
    erp::Instant at = 0;
  };
  std::map<std::string, Memory> memory_;      // by request id, and bId of a batch
  std::map<std::string, std::string> bodies_; // by request id: what was sent with it
  std::deque<erp::Instant> calls_of_second_, calls_of_minute_, batches_of_minute_;
};

} // namespace simulation
