#include "looked_at.hpp"
#include "process/process.hpp"
#include "process/temporary_folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// `erp-host plugins validate` with plugins that are sick in one way each: the check that is for it
// must find it, and no other may. Those that are bundles: bundles_test.cpp.

using namespace zoo;
using nlohmann::json;

CAUGHT_BY("load-clean", "opens_a_file_when_loaded", "a library that opens a file when it is loaded")
CAUGHT_BY("entry-pure", "builds_a_description_per_call",
          "an entry that builds a description per call")
CAUGHT_BY("one-export", "exports_more", "a library that exports more")
CAUGHT_BY("binary-hygiene", "knows_its_authors_machine", "a search path of the author's machine")
CAUGHT_BY("binary-hygiene", "needs_a_neighbour", "a library that needs another one beside it")
CAUGHT_BY("refuses-old-host", "trusts_any_host", "an entry that trusts any host")
CAUGHT_BY("accepts-newer-host", "wants_its_own_host", "an entry that wants its own host")
CAUGHT_BY("unknown-interface", "answers_by_prefix", "a plugin that answers by prefix")
CAUGHT_BY("tables-complete", "leaves_a_function_out", "a table with a hole")
CAUGHT_BY("create-is-quiet", "talks_in_create", "a plugin that calls the host in create")
CAUGHT_BY("service-starvation", "needs_every_service", "a plugin that needs every service", "crash")
CAUGHT_BY("settings-and-state", "has_an_impossible_default",
          "a default that is none of the choices")
CAUGHT_BY("cycle-100", "leaks_its_cache", "a cache that is never freed")
CAUGHT_BY("two-instances", "has_one_host_for_all", "a host_ctx that serves for all")
CAUGHT_BY("hook-quick", "dawdles", "a hook that dawdles")
CAUGHT_BY("hook-quick", "phones_home", "a hook that asks for the network")
CAUGHT_BY("hook-quick", "asks_for_a_secret_in_a_hook", "a hook that asks for a secret")
CAUGHT_BY("hook-durable", "remembers_until_it_is_killed",
          "a plugin that remembers until it is killed")
CAUGHT_BY("idempotent", "takes_everything_twice", "a plugin that takes everything twice")
CAUGHT_BY("idempotent", "races_with_itself", "an event that is taken on two threads at once")
CAUGHT_BY("borrowed-only", "keeps_what_was_lent", "a pointer that was kept", "crash")
CAUGHT_BY("borrowed-only", "looks_for_a_zero", "a text that is taken for terminated", "crash")
CAUGHT_BY("short-and-long-documents", "reads_past_the_end", "a read past the end", "crash")
CAUGHT_BY("short-and-long-documents", "refuses_longer_documents",
          "a plugin that refuses longer documents")
CAUGHT_BY("hostile-values", "counts_on_small_orders", "a plugin that counts on small orders",
          "crash")
CAUGHT_BY("error-contract", "writes_latin_1", "a message in Latin-1")
CAUGHT_BY("error-contract", "believes_in_the_disk", "an event that is taken and was not written")
CAUGHT_BY("error-contract", "believes_in_memory", "an event that is taken without memory for it")
CAUGHT_BY("error-contract", "never_looks_at_malloc", "memory that is used and was not there",
          "crash")
CAUGHT_BY("no-secret-leak", "logs_its_key", "a key in the log")
CAUGHT_BY("no-secret-leak", "logs_all_its_settings", "settings that are logged as a whole")
CAUGHT_BY("load-clean", "prints_when_loaded", "a library that prints when it is loaded")
CAUGHT_BY("load-clean", "exchanges_a_file", "a file of the host's that is another one afterwards")
CAUGHT_BY("load-clean", "takes_a_signal", "a library that takes a signal for itself")
CAUGHT_BY("load-clean", "blocks_signals", "a library that blocks a signal")
CAUGHT_BY("load-clean", "changes_the_environment", "a library that changes the environment")
CAUGHT_BY("load-clean", "changes_the_folder", "a library that changes the current folder")
CAUGHT_BY("load-clean", "changes_the_locale", "a library that changes the locale")
CAUGHT_BY("load-clean", "changes_the_umask", "a library that changes the umask")
CAUGHT_BY("settings-and-state", "never_activates", "a plugin that can never be activated")
CAUGHT_BY("two-instances", "prints_in_a_hook", "a hook that prints, be it into a buffer")
CAUGHT_BY("two-instances", "writes_beside", "a plugin that writes beside its folder")
CAUGHT_BY("hook-quick", "takes_no_event", "hooks that take no event at all")
CAUGHT_BY("hook-durable", "believes_the_attempt", "a second try that is taken for a known event")
CAUGHT_BY("no-secret-leak", "prints_its_key", "a key that is printed, be it into a buffer")
CAUGHT_BY("stop", "starts_a_thread", "a thread between activate and deactivate")
CAUGHT_BY("stop", "asks_through_a_thread", "a call of the host on a thread of its own")
CAUGHT_BY("stop", "speaks_when_a_thread_ends", "a call of the host in no call of the plugin")
CAUGHT_BY("stop", "is_deaf_to_stop", "a hook that is deaf to it")
CAUGHT_BY("stop", "speaks_after_its_end", "a call of the host after the end")
CAUGHT_BY("stop", "works_on_and_on", "a job that works on")

static const zoo::Known a_folder_that_lies("manifest-valid", "a folder");
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

TEST_CASE("a library that this machine does not have is named, with what to do") {
  const Result result = looked_at(animal("needs_what_nobody_has"), {"--only", "binary-hygiene"});
  CHECK(result.failed() == Names{"binary-hygiene"});
  CHECK(has(result.of("binary-hygiene"),
            "libnobodys.so, which this machine does not have: link it in"));
}

TEST_CASE("a library that lies beside it in a folder is brought along") {
  const process::TemporaryFolder folder;
  for (const char* const file : {"needs_a_neighbour.so", "libneighbour.so"})
    std::filesystem::copy_file(std::filesystem::path(ZOO) / file, folder / file);
  process::write_text(folder / "plugin.json",
                      R"({"id":"animal","version":"1.0.0","library":"needs_a_neighbour.so"})");
  CHECK(looked_at(folder.path()).failed() == Names{});
}

TEST_CASE("the template passes every check that there is something to check for") {
  const Result result = looked_at(TEMPLATE);
  INFO(result.verdicts.dump(2));
  CHECK(result.exit_code == 0);
  CHECK(result.failed() == Names{});
  CHECK(result.with({"skip"}) == Names{"bundle-shape", "bundle-signed", "manifest-valid"});
  CHECK(has(result.of("no-secret-leak"), "no secret of its own"));
  CHECK(has(result.of("bundle-shape"), "not a bundle"));
}

TEST_CASE("the QuickBooks plugin passes every check") {
  const Result result = looked_at(QUICKBOOKS, {"--settings", SETTINGS});
  INFO(result.verdicts.dump(2));
  CHECK(result.exit_code == 0);
  CHECK(result.failed() == Names{});
  CHECK(result.with({"skip"}) == Names{"bundle-shape", "bundle-signed", "manifest-valid"});
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
  CHECK(ended.out.find("0 passed, 1 failed, 0 warned, 0 skipped; ") != std::string::npos);
}

TEST_CASE("a build server gets a JUnit file") {
  const process::TemporaryFolder folder;
  const std::string file = folder / "result.xml";
  CHECK(validate({animal("exports_more"), "--only", "one-export", "--junit", file}).exit_code == 2);
  const std::string text = process::text_of(file);
  CHECK(text.find("tests=\"1\" failures=\"1\" skipped=\"0\"") != std::string::npos);
  CHECK(text.find("<failure type=\"fail\" message=\"it exports ") != std::string::npos);
}

TEST_CASE("every check and every rule is listed with the other, explained, and in the guide") {
  const std::string guide = process::text_of(GUIDE);
  std::istringstream lines(validate({"--list"}).out);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    ++count;
    const std::string name = line.substr(0, line.find(' '));
    INFO(name);
    const auto told = process::run(ERP_HOST, {"plugins", "explain", name});
    CHECK(told.exit_code == 0);
    const bool is_rule = name.find_first_not_of("R0123456789") == std::string::npos;
    CHECK(told.out.find(is_rule ? "\nWhat no check sees: " : "\nWhat it does not see: ") !=
          std::string::npos);
    CHECK(is_rule != (told.out.find("\nHow to fix: ") != std::string::npos));
    // A row of a table: | `check` | rules | ..., and | R5 | checks | ...
    CHECK(guide.find("\n| " + (is_rule ? name : "`" + name + "`") + " | ") != std::string::npos);
  }
  CHECK(count == check_count + 10);
}

TEST_CASE("the guide says of each check the rules that the program says") {
  const std::string guide = process::text_of(GUIDE);
  const json listed = json::parse(validate({"--list", "--json"}).out);
  REQUIRE(listed.size() == check_count);
  for (const json& one : listed) {
    const std::string row = "\n| `" + one["check"].get<std::string>() + "` | " +
                            one["stands_in"].get<std::string>() + " | ";
    CHECK_MESSAGE(guide.find(row) != std::string::npos, row);
    for (const std::string rule : one["rules"])
      CHECK_MESSAGE(process::run(ERP_HOST, {"plugins", "explain", rule})
                            .out.find(one["check"].get<std::string>()) != std::string::npos,
                    rule);
  }
}

TEST_CASE("every check has an animal that it alone catches, and every animal its check") {
  std::set<std::string> caught, animals, checks;
  for (const auto& [check, name] : zoo::all_known()) {
    caught.insert(check);
    animals.insert(name);
  }
  for (const json& one : json::parse(validate({"--list", "--json"}).out))
    checks.insert(one["check"].get<std::string>());
  CHECK(caught == checks);
  std::istringstream sick(SICK);
  for (std::string name; std::getline(sick, name, ',');) {
    CHECK_MESSAGE(animals.count(name) == 1, name);
    CHECK_MESSAGE(std::filesystem::exists(zoo::animal(name)), name);
  }
}

TEST_CASE("what a plugin says reaches a report as text, whatever it holds") {
  const process::TemporaryFolder folder;
  const std::string file = folder / "result.xml";
  const auto ended =
      validate({animal("declines_in_colour"), "--only", "settings-and-state", "--junit", file});
  CHECK(ended.exit_code == 2);
  for (const std::string& text : {ended.out, process::text_of(file)}) {
    CHECK_NOTHROW(static_cast<void>(json(text).dump())); // it is UTF-8
    CHECK(text.find_first_of("\x1b\x07") == std::string::npos);
    CHECK(text.find("\xef\xbf\xbf") == std::string::npos); // U+FFFF, which XML forbids
    CHECK(text.find("no\xef\xbf\xbd ") != std::string::npos);
  }
  CHECK(process::text_of(file).find("&lt;caf") != std::string::npos);
}

TEST_CASE("an instance is activated once in its life") {
  const Result result = looked_at(animal("lives_once"));
  INFO(result.verdicts.dump(2));
  CHECK(result.failed() == Names{});
  CHECK(result.exit_code == 0);
}

TEST_CASE("what could not be seen is not passed") {
  const Result result = looked_at(animal("ignores_every_event"));
  CHECK(result.exit_code == 0);
  CHECK(result.of("hook-durable")["verdict"] == "skip");
  CHECK(has(result.of("hook-durable"), "nothing to keep"));
  CHECK(result.of("idempotent")["verdict"] == "skip");
  const Result beside = looked_at(animal("writes_beside"), {"--only", "hook-durable"});
  CHECK(beside.of("hook-durable")["verdict"] == "skip");
  CHECK(has(beside.of("hook-durable"), "nothing lies in data_dir"));
}

TEST_CASE(
    "where no fence against the network can be had, hook-quick does not say that all is well") {
  const auto ended = process::run(WITHOUT_SECCOMP, {ERP_HOST, "plugins", "validate", TEMPLATE,
                                                    "--json", "--only", "hook-quick"});
  CHECK(ended.exit_code == 0);
  const json found = json::parse(ended.out).at(0);
  CHECK(found["verdict"] == "warn");
  CHECK(has(found, "seccomp"));
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
