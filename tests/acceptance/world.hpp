#pragma once

#include "acceptance/client.hpp"
#include "acceptance/json.hpp"
#include "acceptance/orders.hpp"
#include "process/process.hpp"
#include "process/temporary_folder.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

// Runs the real programs together: qbo-emulator over TLS, erp-host, the plugin's library. Whatever
// the machine refuses throws std::runtime_error with the program's own words.
namespace acceptance {

struct WorldOptions {
  std::string company = "Larkfield Fabrication (fictional)";
  std::string region = "US";
  bool throttled = false;     // Intuit's documented limits
  int latency_ms = 0;         // of each call
  bool virtual_clock = false; // of the emulator; the host has its own
  // On top of the usual ones; "" leaves a setting out.
  std::map<std::string, std::string> settings = {};
  // Of questions that nobody has settled, how this QuickBooks answers: "inactive_reference=2500".
  std::vector<std::string> disputed = {};
  bool connected = true;              // else: installed, set and enabled only
  std::filesystem::path library = {}; // of the plugin; empty: as it was built
};

// A host with the plugin and a company of QuickBooks, in a folder that goes away.
class World {
 public:
  explicit World(WorldOptions options = {});
  // Another host, connected to the same company; that world must outlive it.
  World(const World& first, WorldOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // --- the host
  process::Result host(const std::vector<std::string>& words, const std::string& input = "") const;
  process::Running start_host(const std::vector<std::string>& words) const;
  // As host(), and throws unless it ends with `exit_code`.
  process::Result must(const std::vector<std::string>& words, const std::string& input = "",
                       int exit_code = 0) const;
  process::Result emit(const std::string& lines) const;
  process::Result drain(int timeout_s = 60) const; // 0 nothing open, 2 blocked, 3 time ran out
  // Emits and drains, and throws unless everything was delivered.
  void deliver(const std::string& lines) const;
  // Of the plugin's own commands: run_json({"inbox", "list"}).
  Json run_json(std::vector<std::string> words) const;
  Json open_issues() const;
  void install();                                             // and set up, and enable
  void connect(const std::vector<std::string>& options = {}); // as a person with a browser
  void set(const std::map<std::string, std::string>& settings) const;
  // What a plugin must be told of this QuickBooks and its seeded company.
  std::map<std::string, std::string> company_settings() const;
  std::string client_secret() const;
  std::filesystem::path home() const { return folder_ / "home"; }
  std::filesystem::path plugin_data() const { return home() / "data" / "quickbooks"; }
  std::filesystem::path scratch(const std::string& name) const { return folder_ / name; }

  // --- QuickBooks
  const std::string& url() const { return url_; }
  std::string ca_file() const { return (quickbooks_ / "tls/ca.pem").string(); }
  const std::string& realm() const { return realm_; }
  // A control call, GET /_emulator/ lists them; throws unless it is done.
  Json control(const std::string& method, const std::string& path,
               const std::string& body = "") const;
  // All of an entity as the books hold them, inactive ones too; numbers are exact.
  Json objects(const std::string& entity) const;
  // The one purchase order with that number; throws if there is none or a second one.
  Json purchase_order(const std::string& doc_number) const;
  std::size_t count(const std::string& entity) const { return objects(entity).size(); }
  // What our company was asked: calls, metered, writes, replays, throttled ...
  std::int64_t counted(const std::string& what) const;
  void reset_counts() const;
  void fault(const std::string& rules) const; // POST faults
  std::size_t faults_fired() const;
  // What arrived for the company, oldest first: method, path, body, status, accident ...
  std::vector<Json> requests(const std::string& path = "") const;
  // What another user of QuickBooks does; `path` after the company: "purchaseorder/101".
  Answer admin(const std::string& method, const std::string& path,
               const std::string& body = "") const;
  Json admin_read(const std::string& path) const;                    // throws unless 200
  Json admin_write(const std::string& path, const Json& body) const; // throws unless 200

  void kill_emulator();  // -9
  void stop_emulator();  // SIGTERM
  void start_emulator(); // at the same address, with what it had kept

 private:
  WorldOptions options_;
  process::TemporaryFolder folder_;
  std::filesystem::path quickbooks_;           // what the emulator keeps
  std::unique_ptr<process::Running> emulator_; // nullptr: it is of another world
  std::unique_ptr<Client> client_;
  std::string url_, realm_;
};

// "2.50" and "2.5" are the same amount: no exponent, no trailing zeros.
std::string plain(std::string number);

} // namespace acceptance
