#pragma once

#include "cases.hpp"
#include "errand.hpp"
#include "scene.hpp"

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace fault_matrix {

// One cell of the table being played. What is not as expected is written down, in words.
class Run {
 public:
  Run(Scene& scene, const Cell& cell, std::uint64_t seed);
  // What must be there first, the row's play, the end of all faults, and the books at the end.
  // Answers the complaints.
  std::vector<std::string> play();

  Scene& scene;
  const Cell cell;
  Errand errand;

  // What was to go in a batch went one by one: the run was safe, and met nothing.
  bool went_singly() const { return went_singly_; }

  // --- what a row's play is made of
  std::uint64_t draw(std::uint64_t below) { return dice_() % below; }
  void expect(bool as_it_is, const std::string& words);
  // The call of the errand meets an accident of the emulator: R"("action":"cut")". At the second
  // try: the first one met a 503.
  void meet(const std::string& accident, int times = 1);
  // The call meets a 503, and is due again: whatever comes now comes at its second try.
  void bring_to_the_second_try();
  // From some connection on the network is so: the first one, the second in the middle and at the
  // second try, where the call is cut or answered 503 on the first.
  void lose_network(int how, int port = 0);
  void tell();                          // the events, each taken by its hook at once
  Delivered step();                     // one job
  Delivered step_when_due();            // the same, when the last one said that something is due
  void work(std::int64_t for_s = 3600); // jobs when they are due, for so long at most
  void settle();                        // till nothing waits
  void retry_issues();                  // as a person who has done what they ask for
  Json open_issues() const;
  // Calls of the errand's path since the run's start.
  std::vector<Json> sends() const { return scene.requests_since(began_after_, errand.path); }
  std::vector<Json> all_calls() const { return scene.requests_since(began_after_); }
  std::vector<Json> calls_since(std::int64_t last) const { return scene.requests_since(last); }
  std::int64_t token_calls() const { return scene.token_calls() - token_calls_before_; }
  // All sends that met an accident went out again as they were: request id and bytes.
  void expect_same_bytes_again();
  // An open issue with words for a person holds up one of the errand's documents.
  void expect_issue(const std::string& what);
  void expect_no_issue();
  // An order that has nothing to do with the run goes out meanwhile.
  void expect_others_flow();
  // The play has looked at what became of it itself: no document is checked afterwards.
  void nothing_was_taken() { errand.documents.clear(); }

 private:
  void check_books();
  std::mt19937_64 dice_;
  std::int64_t began_after_ = 0, token_calls_before_ = 0;
  std::optional<Instant> due_;
  bool went_singly_ = false;
  std::vector<std::string> complaints_;
};

} // namespace fault_matrix
