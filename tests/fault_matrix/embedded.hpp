#pragma once

#include "acceptance/client.hpp"
#include "erp/sdk/document.hpp"
#include "erp/status.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// A host that has the real plugin in its own process, so that thousands of runs cost no program
// each and the clock can be moved. Its services live in memory; the plugin's file is on the disk.
namespace fault_matrix {

using acceptance::Json;
using erp::Instant;

struct Place {
  std::filesystem::path library, data_folder;
  std::map<std::string, std::string> settings;
  std::string client_secret;
};

struct Said { // how a call of the plugin ended
  std::int32_t status = 0;
  std::string words;
  std::string out;
};

struct Delivered {
  Said said;
  std::int64_t delivered = 0, blocked = 0, waiting = 0;
  std::optional<Instant> next_due;
};

class Embedded {
 public:
  explicit Embedded(Place place);
  ~Embedded();
  Embedded(const Embedded&) = delete;
  Embedded& operator=(const Embedded&) = delete;

  // The civil time of the plugin: the machine's, and how far it was moved.
  Instant now() const;
  void move_s(std::int64_t by);      // with the clocks that measure spans
  void set_wrong_s(std::int64_t by); // a civil clock that is wrong by so much; 0: right again

  Said start(); // create, activate
  void end();   // stop, deactivate, destroy; nothing if it does not run
  void ask_to_stop();
  bool runs() const;
  // A second instance on the same folder, as a second program would be.
  Said start_another() const;
  // Takes an event in canonical JSON to its hook. Any thread.
  Said tell(const std::string& line) const;
  // The same, with an envelope and a document whose sizes are 0.
  Said tell_nonsense() const;
  Delivered deliver(std::int64_t for_s = 300);
  Said command(const std::vector<std::string>& words) const;
  Json asked(const std::vector<std::string>& words) const; // with --json; throws unless it is done
  void connect(acceptance::Client& browser);               // throws with the plugin's words
  Said try_to_connect(acceptance::Client& browser);

  std::map<std::string, std::string> notices() const; // key: title and text
  std::optional<Instant> job_due() const;             // when the job was asked for last, if it was
  // While this is set the secrets answer with that status.
  void refuse_secrets(std::int32_t status);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

} // namespace fault_matrix
