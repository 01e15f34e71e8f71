#include "process/process.hpp"
#include "process/temporary_folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

// `erp-host plugins validate` with plugins that are sick in one way each: the check that is for it
// must find it, and no other may.
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

process::Result validate(std::vector<std::string> words) {
  words.insert(words.begin(), {"plugins", "validate"});
  process::Options options;
  // Most of the time goes into waiting for the disk, and none of the checks is about that.
  if (std::filesystem::is_directory("/dev/shm")) options.extra["TMPDIR"] = "/dev/shm";
  return process::run(ERP_HOST, words, options, std::chrono::minutes(3));
}

std::string animal(const std::string& name) {
  return std::string(ZOO "/") + name + ".so";
}

struct Result {
  int exit_code;
  json verdicts;
  // The checks with one of these verdicts.
  Names with(const Names& wanted) const {
    Names names;
    for (const json& one : verdicts)
      for (const std::string& verdict : wanted)
        if (one["verdict"] == verdict) names.push_back(one["check"]);
    return names;
  }
  Names failed() const { return with({"fail", "crash", "hang"}); }
  json of(const std::string& check) const {
    for (const json& one : verdicts)
      if (one["check"] == check) return one;
    return json();
  }
};

Result looked_at(const std::string& library, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {library, "--json"});
  const auto ended = validate(more);
  REQUIRE_MESSAGE(ended.err.empty(), ended.err);
  return {ended.exit_code, json::parse(ended.out)};
}

// All checks on one animal.
void only(const std::string& check, const std::string& name, const std::string& verdict = "fail") {
  const Result result = looked_at(animal(name));
  const json found = result.of(check);
  INFO(name << ": " << found.dump(2));
  CHECK(result.failed() == Names{check});
  CHECK(found["verdict"] == verdict);
  CHECK(!found["seen"].get<std::string>().empty());
  CHECK(result.exit_code == 2);
  CHECK(result.verdicts.size() == 23);
}

bool has(const json& found, const std::string& words) {
  return found["seen"].get<std::string>().find(words) != std::string::npos;
}

} // namespace

TEST_CASE("load-clean alone catches a library that opens a file when it is loaded") {
  only("load-clean", "opens_a_file_when_loaded");
}
TEST_CASE("entry-pure alone catches an entry that builds a description per call") {
  only("entry-pure", "builds_a_description_per_call");
}
TEST_CASE("one-export alone catches a library that exports more") {
  only("one-export", "exports_more");
}
TEST_CASE("binary-hygiene alone catches a search path of the author's machine") {
  only("binary-hygiene", "knows_its_authors_machine");
}
TEST_CASE("refuses-old-host alone catches an entry that trusts any host") {
  only("refuses-old-host", "trusts_any_host");
}
TEST_CASE("accepts-newer-host alone catches an entry that wants its own host") {
  only("accepts-newer-host", "wants_its_own_host");
}
TEST_CASE("unknown-interface alone catches a plugin that answers by prefix") {
  only("unknown-interface", "answers_by_prefix");
}
TEST_CASE("tables-complete alone catches a table with a hole") {
  only("tables-complete", "leaves_a_function_out");
}
TEST_CASE("create-is-quiet alone catches a plugin that calls the host in create") {
  only("create-is-quiet", "talks_in_create");
}
TEST_CASE("service-starvation alone catches a plugin that needs every service") {
  only("service-starvation", "needs_every_service", "crash");
}
TEST_CASE("settings-and-state alone catches a default that is none of the choices") {
  only("settings-and-state", "has_an_impossible_default");
}
TEST_CASE("cycle-100 alone catches a cache that is never freed") {
  only("cycle-100", "leaks_its_cache");
}
TEST_CASE("two-instances alone catches a host_ctx that serves for all") {
  only("two-instances", "has_one_host_for_all");
}
TEST_CASE("hook-quick alone catches a hook that dawdles") {
  only("hook-quick", "dawdles");
}
TEST_CASE("hook-quick alone catches a hook that asks for the network") {
  only("hook-quick", "phones_home");
}
TEST_CASE("hook-durable alone catches a plugin that remembers until it is killed") {
  only("hook-durable", "remembers_until_it_is_killed");
}
TEST_CASE("idempotent alone catches a plugin that takes everything twice") {
  only("idempotent", "takes_everything_twice");
}
TEST_CASE("borrowed-only alone catches a pointer that was kept") {
  only("borrowed-only", "keeps_what_was_lent", "crash");
}
TEST_CASE("borrowed-only alone catches a text that is taken for terminated") {
  only("borrowed-only", "looks_for_a_zero", "crash");
}
TEST_CASE("short-and-long-documents alone catches a read past the end") {
  only("short-and-long-documents", "reads_past_the_end", "crash");
}
TEST_CASE("short-and-long-documents alone catches a plugin that refuses longer documents") {
  only("short-and-long-documents", "refuses_longer_documents");
}
TEST_CASE("hostile-values alone catches a plugin that counts on small orders") {
  only("hostile-values", "counts_on_small_orders", "crash");
}
TEST_CASE("error-contract alone catches a message in Latin-1") {
  only("error-contract", "writes_latin_1");
}
TEST_CASE("no-secret-leak alone catches a key in the log") {
  only("no-secret-leak", "logs_its_key");
}
TEST_CASE("stop alone catches a hook that is deaf to it") {
  only("stop", "is_deaf_to_stop");
}
TEST_CASE("stop alone catches a call of the host after the end") {
  only("stop", "speaks_after_its_end");
}
TEST_CASE("stop alone catches a job that works on") {
  only("stop", "works_on_and_on");
}

TEST_CASE("manifest-valid alone catches a plugin.json that says something else") {
  const process::TemporaryFolder folder;
  std::filesystem::copy_file(TEMPLATE, folder / "template.so");
  process::write_text(folder / "plugin.json",
                      R"({"id":"template","version":"1.0.0","library":"template.so"})");
  const Result good = looked_at(folder.path());
  CHECK(good.failed() == Names{});
  CHECK(good.of("manifest-valid")["verdict"] == "pass");
  process::write_text(folder / "plugin.json",
                      R"({"id":"template","version":"2.0.0","library":"template.so"})");
  const Result lies = looked_at(folder.path());
  CHECK(lies.failed() == Names{"manifest-valid"});
  CHECK(lies.of("manifest-valid")["seen"] ==
        "plugin.json says version 2.0.0, the library says 1.0.0");
}

TEST_CASE("a crash is told with the call it happened in, and what was touched") {
  const Result kept = looked_at(animal("keeps_what_was_lent"), {"--only", "borrowed-only"});
  CHECK(has(kept.of("borrowed-only"), "onPoOrdered, event 2"));
  CHECK(has(kept.of("borrowed-only"), "lent for a call which was over"));
  const Result past = looked_at(animal("reads_past_the_end"), {"--only", "short-and-long"});
  CHECK(has(past.of("short-and-long-documents"), "behind the end"));
  const Result phones = looked_at(animal("phones_home"), {"--only", "hook-quick"});
  CHECK(has(phones.of("hook-quick"), "it asked for an internet socket"));
}

TEST_CASE("what is no library at all fails to load and nothing else is said of it") {
  const process::TemporaryFolder folder;
  process::write_text(folder / "note.so", "a text that was renamed");
  const Result result = looked_at(folder / "note.so", {"--skip", "one-export|binary-hygiene"});
  CHECK(result.failed() == Names{"load-clean"});
  CHECK(result.with({"pass"}) == Names{});
}

TEST_CASE("the template passes every check that there is something to check for") {
  const Result result = looked_at(TEMPLATE);
  INFO(result.verdicts.dump(2));
  CHECK(result.exit_code == 0);
  CHECK(result.failed() == Names{});
  CHECK(result.with({"skip"}) == Names{"manifest-valid", "no-secret-leak"});
}

TEST_CASE("the QuickBooks plugin passes every check") {
  const Result result = looked_at(QUICKBOOKS, {"--settings", SETTINGS});
  INFO(result.verdicts.dump(2));
  CHECK(result.exit_code == 0);
  CHECK(result.failed() == Names{});
  CHECK(result.with({"skip"}) == Names{"manifest-valid"});
}

TEST_CASE("a plugin that declines without its settings has not failed, and the reason is told") {
  const Result result = looked_at(QUICKBOOKS, {"--only", "^(idempotent|entry-pure)$"});
  CHECK(result.exit_code == 0);
  CHECK(result.of("entry-pure")["verdict"] == "pass");
  CHECK(result.of("idempotent")["verdict"] == "skip");
  CHECK(has(result.of("idempotent"), "--settings FILE.json"));
}

TEST_CASE("the table says what was expected, what was seen and what to do next") {
  const auto ended = validate({animal("exports_more"), "--only", "one-export"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.out.find("! fail  one-export") != std::string::npos);
  CHECK(ended.out.find("expected  the library exports erp_plugin_entry_v1") != std::string::npos);
  CHECK(ended.out.find("company_count") != std::string::npos);
  CHECK(ended.out.find("next      Build with erp_add_plugin()") != std::string::npos);
  CHECK(ended.out.find("0 passed, 1 failed") != std::string::npos);
}

TEST_CASE("a build server gets a JUnit file, and explain and list know every check") {
  const process::TemporaryFolder folder;
  const std::string file = folder / "result.xml";
  CHECK(validate({animal("exports_more"), "--only", "one-export", "--junit", file}).exit_code == 2);
  const std::string text = process::text_of(file);
  CHECK(text.find("tests=\"1\" failures=\"1\" skipped=\"0\"") != std::string::npos);
  CHECK(text.find("<failure type=\"fail\" message=\"it exports ") != std::string::npos);
  std::istringstream lines(validate({"--list"}).out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto told =
        process::run(ERP_HOST, {"plugins", "explain", line.substr(0, line.find(' '))});
    CHECK(told.exit_code == 0);
    CHECK(told.out.find("\nHow to fix: ") != std::string::npos);
  }
  CHECK(count == 23);
}

TEST_CASE("in this process, for a debugger, the answer is the same") {
  const Result result = looked_at(animal("writes_latin_1"),
                                  {"--in-process", "--only", "^(error-contract|tables-complete)$"});
  CHECK(result.failed() == Names{"error-contract"});
  CHECK(result.of("tables-complete")["verdict"] == "pass");
}

TEST_CASE("wrong usage is told and ends with 1") {
  CHECK(validate({}).exit_code == 1);
  CHECK(validate({"/nonexistent/plugin.so"}).exit_code == 1);
  CHECK(validate({TEMPLATE, "--only", "("}).exit_code == 1);
  CHECK(validate({TEMPLATE, "--only", "no-such-check"}).exit_code == 1);
  CHECK(validate({TEMPLATE, "--settings", "/nonexistent.json"}).exit_code == 1);
  const auto mistyped = process::run(ERP_HOST, {"plugins", "explain", "entry-pore"});
  CHECK(mistyped.exit_code == 1);
  CHECK(mistyped.err.find("did you mean entry-pure?") != std::string::npos);
}

TEST_CASE("a check that does not come back in its time is ended and told as a hang") {
  const Result result = looked_at(animal("hangs_when_it_is_created"),
                                  {"--only", "create-is-quiet", "--timeout", "2"});
  CHECK(result.of("create-is-quiet")["verdict"] == "hang");
  CHECK(has(result.of("create-is-quiet"), "2 seconds in: create"));
}
