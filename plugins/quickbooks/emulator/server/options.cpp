#include "server/options.hpp"

#include <CLI/CLI.hpp>
#include <map>

namespace emulator::server {

namespace {

constexpr const char* lesson = R"lesson(
An emulator of QuickBooks Online for tests: OAuth, the Accounting API's purchase side, its limits
and its accidents, over HTTPS on this machine only.

  qbo-emulator --port 8443 --state /tmp/qbo --auto-consent "Larkfield Fabrication (fictional)"

prints "ready https://127.0.0.1:8443" when it listens. Then:

  CA=/tmp/qbo/tls/ca.pem; B=https://localhost:8443
  curl --cacert $CA $B/_emulator/app          the app's client id and secret, redirect addresses
  curl --cacert $CA $B/_emulator/companies    the companies and their ids
  curl --cacert $CA $B/.well-known/openid_configuration
  curl --cacert $CA -X POST "$B/_emulator/token?company=Larkfield"     a token at once, for tests
  curl --cacert $CA $B/_emulator/             every control call with an example

Nothing acknowledged is lost when the program is killed; SIGTERM saves and ends with 0.)lesson";

std::string disputed_help() {
  std::string help = "An answer to what no source settles about Intuit's service; may stand more "
                     "than once. The first of each is assumed:";
  for (const Question& question : disputed_questions()) {
    help.append("\n").append(question.name).append("=");
    for (const std::string_view answer : question.answers)
      help.append(answer == question.answers.front() ? "" : "|").append(answer);
    help.append("  ").append(question.about);
  }
  return help;
}

} // namespace

std::optional<Options> options_from(int argc, char** argv, int& exit_code) {
  Options options;
  std::string throttle = "documented", clock = "real";
  const std::map<std::string, Region> regions{
      {"US", Region::us}, {"CA", Region::ca}, {"UK", Region::uk}, {"AU", Region::au}};
  long latency_ms = 0;

  CLI::App app{"QuickBooks Online, emulated", "qbo-emulator"};
  app.footer(lesson);
  app.add_option("--port", options.port, "Port on 127.0.0.1 and ::1; 0 picks a free one")
      ->required()
      ->check(CLI::Range(0, 65535));
  app.add_option("--state", options.state,
                 "Folder for books, connections and certificates; made if missing")
      ->required();
  auto* certificate = app.add_option("--tls-cert", options.tls_certificate,
                                     "PEM chain to present instead of one of its own");
  auto* key = app.add_option("--tls-key", options.tls_key, "PEM key of --tls-cert");
  certificate->needs(key)->check(CLI::ExistingFile);
  key->needs(certificate)->check(CLI::ExistingFile);
  app.add_option("--latency-ms", latency_ms,
                 "Added to every API and token call, half before its effect, half after")
      ->check(CLI::Range(0, 120'000));
  app.add_option("--region", options.region, "Of the companies made at the first start")
      ->transform(CLI::CheckedTransformer(regions, CLI::ignore_case))
      ->option_text("US|CA|UK|AU");
  app.add_option("--throttle", throttle,
                 "documented: 500 calls a minute, 10 a second, 40 batches a minute; off: none")
      ->check(CLI::IsMember({"documented", "off"}));
  app.add_option("--clock", clock, "real, or virtual: stands still until a control call moves it")
      ->check(CLI::IsMember({"real", "virtual"}));
  app.add_option(
         "--auto-consent", options.auto_consent,
         "Skip the consent page and connect this company; made if there is none of the name")
      ->option_text("COMPANY");
  std::vector<std::string> disputed;
  app.add_option("--disputed", disputed, disputed_help())->option_text("NAME=ANSWER");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& end) {
    exit_code = app.exit(end);
    return std::nullopt;
  }
  for (const std::string& one : disputed)
    if (const auto wrong = options.disputed.settle(one)) {
      exit_code = app.exit(CLI::ValidationError("--disputed", *wrong));
      return std::nullopt;
    }
  options.latency = std::chrono::milliseconds(latency_ms);
  options.throttled = throttle == "documented";
  options.virtual_clock = clock == "virtual";
  return options;
}

} // namespace emulator::server
