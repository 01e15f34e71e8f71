#include "acceptance/world.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace acceptance {
namespace {

[[noreturn]] void fail(const std::string& what, const process::Result& result) {
  throw std::runtime_error(what + " ended with " + std::to_string(result.exit_code) +
                           (result.signal ? ", signal " + std::to_string(result.signal) : "") +
                           "\n" + result.out + result.err);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out = "erp-host";
  for (const std::string& word : words)
    out += " " + word;
  return out;
}

} // namespace

World::World(WorldOptions options) : options_(std::move(options)), quickbooks_(folder_ / "qbo") {
  start_emulator();
  install();
  if (options_.connected) connect();
}

World::World(const World& first, WorldOptions options)
    : options_(std::move(options)), quickbooks_(first.quickbooks_),
      client_(std::make_unique<Client>(first.ca_file())), url_(first.url_), realm_(first.realm_) {
  install();
  connect();
}

World::~World() = default;

void World::start_emulator() {
  const std::string port = url_.empty() ? "0" : url_.substr(url_.rfind(':') + 1);
  std::vector<std::string> words{"--port",         port,
                                 "--state",        quickbooks_.string(),
                                 "--region",       options_.region,
                                 "--throttle",     options_.throttled ? "documented" : "off",
                                 "--clock",        options_.virtual_clock ? "virtual" : "real",
                                 "--auto-consent", options_.company};
  if (options_.latency_ms > 0) {
    words.push_back("--latency-ms");
    words.push_back(std::to_string(options_.latency_ms));
  }
  for (const std::string& answer : options_.disputed) {
    words.push_back("--disputed");
    words.push_back(answer);
  }
  emulator_ = std::make_unique<process::Running>(QBO_EMULATOR, words);
  const auto line = emulator_->next_line();
  if (!line || !line->starts_with("ready ")) fail("qbo-emulator", emulator_->wait());
  url_ = line->substr(6);
  client_ = std::make_unique<Client>(ca_file());
  for (const Json& company : control("GET", "companies"))
    if (company["name"].text() == options_.company) realm_ = company["realm"].text();
}

void World::stop_emulator() {
  emulator_->send(SIGTERM);
  if (const auto result = emulator_->wait(); result.exit_code != 0) fail("qbo-emulator", result);
}

void World::kill_emulator() {
  emulator_->kill_hard();
  emulator_->wait();
}

std::map<std::string, std::string> World::company_settings() const {
  const Json app = control("GET", "app");
  return {{"environment", "emulator"},
          {"discovery_url", app["discovery_url"].text()},
          {"ca_file", ca_file()},
          {"client_id", app["client_id"].text()},
          {"ap_account", "Accounts Payable (A/P)"},
          {"income_account", "Sales of Product Income"},
          {"inventory_asset_account", "Inventory Asset"},
          {"inventory_expense_account", "Cost of Goods Sold"},
          {"fees_account", "Shipping and Delivery"}};
}

std::string World::client_secret() const {
  return control("GET", "app")["client_secret"].text();
}

void World::install() {
  must({"plugins", "install", options_.library.empty() ? QUICKBOOKS : options_.library.string()});
  std::map<std::string, std::string> settings = company_settings();
  settings.insert(
      {{"class_attribute", "Class"}, {"expense_attribute", "Expense Code"}, {"pace", "off"}});
  for (const auto& [name, value] : options_.settings)
    settings[name] = value;
  std::vector<std::string> words{"settings", "set", "quickbooks", "client_secret=-"};
  for (const auto& [name, value] : settings)
    if (!value.empty()) words.push_back(name + "=" + value);
  must(words, client_secret() + "\n");
  must({"plugins", "enable", "quickbooks"});
}

void World::connect(const std::vector<std::string>& options) {
  std::vector<std::string> words{"connect", "quickbooks", "--timeout", "30"};
  words.insert(words.end(), options.begin(), options.end());
  process::Running connecting = start_host(words);
  const auto address = connecting.next_line();
  if (!address) fail(joined(words), connecting.wait());
  const Answer page = client_->browse(*address);
  const process::Result result = connecting.wait();
  if (result.exit_code != 0) fail(joined(words) + " (" + page.trouble + page.body + ")", result);
}

void World::set(const std::map<std::string, std::string>& settings) const {
  std::vector<std::string> words{"settings", "set", "quickbooks"};
  for (const auto& [name, value] : settings)
    words.push_back(name + "=" + value);
  must(words);
}

process::Running World::start_host(const std::vector<std::string>& words) const {
  std::vector<std::string> all{"--home", home().string()};
  all.insert(all.end(), words.begin(), words.end());
  return process::Running(ERP_HOST, all, {.folder = folder_.path()});
}

process::Result World::host(const std::vector<std::string>& words, const std::string& input) const {
  process::Running running = start_host(words);
  running.write(input);
  return running.wait(std::chrono::minutes(30)); // ctest ends what takes too long
}

process::Result World::must(const std::vector<std::string>& words, const std::string& input,
                            int exit_code) const {
  process::Result result = host(words, input);
  if (result.exit_code != exit_code) fail(joined(words), result);
  return result;
}

process::Result World::emit(const std::string& lines) const {
  return host({"emit", "-"}, lines);
}

process::Result World::drain(int timeout_s) const {
  return host({"drain", "quickbooks", "--timeout", std::to_string(timeout_s)});
}

void World::deliver(const std::string& lines) const {
  must({"emit", "-"}, lines);
  if (const auto result = drain(); result.exit_code != 0) {
    const auto issues = host({"run", "quickbooks", "inbox", "list"});
    process::Result said = result;
    said.err += issues.out + issues.err;
    fail("erp-host drain quickbooks", said);
  }
}

Json World::run_json(std::vector<std::string> words) const {
  words.insert(words.begin(), {"run", "quickbooks"});
  words.push_back("--json");
  return Json::parse(must(words).out);
}

Json World::open_issues() const {
  Json open = Json::array();
  for (const Json& issue : run_json({"inbox", "list"}))
    if (issue["state"].text() == "open") open.push(issue);
  return open;
}

Json World::control(const std::string& method, const std::string& path,
                    const std::string& body) const {
  const Answer answer = client_->call(method, url_ + "/_emulator/" + path, body);
  if (answer.status != 200)
    throw std::runtime_error(method + " " + path + ": " + std::to_string(answer.status) + " " +
                             answer.trouble + answer.body);
  return answer.json();
}

Json World::objects(const std::string& entity) const {
  return control("GET", "companies/" + realm_ + "/objects?entity=" + entity);
}

Json World::purchase_order(const std::string& doc_number) const {
  std::vector<Json> found;
  for (const Json& order : objects("PurchaseOrder"))
    if (order["DocNumber"].text() == doc_number) found.push_back(order);
  if (found.size() != 1)
    throw std::runtime_error(std::to_string(found.size()) + " purchase orders are numbered " +
                             doc_number);
  return found.front();
}

std::int64_t World::counted(const std::string& what) const {
  const Json counts = control("GET", "counts");
  const Json& ours = counts["companies"][realm_];
  return ours.has(what) ? ours[what].integer() : 0;
}

void World::reset_counts() const {
  control("DELETE", "counts");
}

void World::fault(const std::string& rules) const {
  control("POST", "faults", rules);
}

std::size_t World::faults_fired() const {
  std::size_t fired = 0;
  for (const Json& rule : control("GET", "faults"))
    fired += static_cast<std::size_t>(rule["fired"].integer());
  return fired;
}

std::vector<Json> World::requests(const std::string& path) const {
  std::vector<Json> ours;
  const std::string prefix = "/v3/company/" + realm_ + "/" + path;
  for (const Json& request : control("GET", "requests"))
    if (request["path"].text().starts_with(prefix)) ours.push_back(request);
  return ours;
}

Answer World::admin(const std::string& method, const std::string& path,
                    const std::string& body) const {
  const Json token = control("POST", "token?company=" + realm_);
  return client_->call(method, url_ + "/v3/company/" + realm_ + "/" + path, body,
                       token["access_token"].text());
}

Json World::admin_read(const std::string& path) const {
  const Answer answer = admin("GET", path);
  if (answer.status != 200)
    throw std::runtime_error(path + ": " + std::to_string(answer.status) + answer.body);
  return answer.json();
}

Json World::admin_write(const std::string& path, const Json& body) const {
  const Answer answer = admin("POST", path, body.dump());
  if (answer.status != 200)
    throw std::runtime_error(path + ": " + std::to_string(answer.status) + answer.body);
  return answer.json();
}

std::string plain(std::string number) {
  if (number.find_first_of("eE") != std::string::npos)
    throw std::runtime_error("an exponent: " + number);
  if (number.find('.') == std::string::npos) return number;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.back() == '.') number.pop_back();
  return number;
}

} // namespace acceptance
