#pragma once

#include "outcome/problem.hpp"
#include "terminal/cancel.hpp"

#include <string>

namespace host::marketplace {

// Where a marketplace lies: a folder of this computer, or a folder behind https.
class Source {
 public:
  // `location`: "/srv/plugins" or "https://plugins.example.com/erp". `ca_file`: whose certificates
  // are trusted for https; empty: those that the system trusts.
  static Outcome<Source> at(const std::string& location, const std::string& ca_file);
  // One that at() made before, whether or not it can be reached now.
  static Source as_kept(const std::string& location, const std::string& ca_file);

  const std::string& location() const { return location_; } // in its plain form, as it is kept
  const std::string& ca_file() const { return ca_file_; }

  // The whole file of that plain name. ERP_E_NOT_FOUND: there is none; ERP_E_RETRY_LATER: it could
  // not be reached. Blocks, until `cancel` at the latest.
  Outcome<std::string> read(const std::string& name, std::uint64_t length_max_bytes,
                            const terminal::Cancel& cancel) const;

 private:
  Source(std::string location, std::string ca_file, bool is_folder)
      : location_(std::move(location)), ca_file_(std::move(ca_file)), is_folder_(is_folder) {}
  std::string location_, ca_file_;
  bool is_folder_;
};

} // namespace host::marketplace
