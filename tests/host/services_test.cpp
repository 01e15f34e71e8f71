#include "host/home.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace host_test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a plugin finds secrets, attributes, settings, notices and the log as promised") {
  const Home home;
  home.enable_moody({"ap_account.EUR=2001"});
  CHECK(home.run({"attributes", "set", "Expense Code", "--options", "6140,6150"}).exit_code == 0);
  const json seen = home.json({"run", "moody", "services"});
  CHECK(seen.at("token") == "token-value-4712");
  CHECK(seen.at("lost_swap") == -6); // ERP_E_CONFLICT
  CHECK(json::parse(seen.at("attribute").get<std::string>()) ==
        json{{"key", "Expense Code"}, {"kind", "select"}, {"options", {"6140", "6150"}}});
  CHECK(json::parse(seen.at("settings").get<std::string>()) ==
        json{{"ap_account.EUR", "2001"}, {"client_secret", "set"}});
  CHECK(seen.at("environment") == "test");
  CHECK(seen.at("too_old_notice") == -2); // ERP_E_INVALID: shorter than that of 1.0
  const json notices = home.json({"notices", "--json"});
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].at("title") == "Second");
  CHECK(notices[0].at("severity") == "action_needed");
  CHECK(has(home.run({"notices"}).out, "[action_needed] moody: Second\n    stays\n"));
  const std::string log = process::text_of(home.path() / "logs" / "host.log");
  CHECK(has(log, "my token is ***\\x0aforged line")); // neither the secret nor a second line
}

TEST_CASE("attributes are listed, changed and removed") {
  const Home home;
  CHECK(home.run({"attributes", "set", "Class", "--kind", "select", "--options", "R&D,Ops"})
            .exit_code == 0);
  CHECK(home.run({"attributes", "set", "Note", "--kind", "text"}).exit_code == 0);
  CHECK(home.run({"attributes", "set", "Note", "--kind", "colour"}).exit_code == 1);
  CHECK(home.run({"attributes", "set", "Note", "--kind", "text", "--options", "a"}).exit_code == 1);
  CHECK(home.json({"attributes", "list", "--json"}) ==
        json::parse(R"([{"key":"Class","kind":"select","options":["R&D","Ops"]},
                        {"key":"Note","kind":"text","options":[]}])"));
  CHECK(home.run({"attributes", "remove", "Note"}).exit_code == 0);
  CHECK(home.run({"attributes", "remove", "note"}).exit_code == 1);
  process::write_text(home.path() / "attributes.json", "[]");
  CHECK(home.run({"attributes", "list"}).exit_code == 1);
}
