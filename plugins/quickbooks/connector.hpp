#pragma once

#include "calls.hpp"
#include "commands/commands.hpp"
#include "company/turns.hpp"
#include "connection/connecting.hpp"
#include "core/settings/settings.hpp"
#include "delivery/check_attributes.hpp"
#include "delivery/run.hpp"
#include "directory/directory.hpp"
#include "host/services.hpp"
#include "inbox/inbox.hpp"
#include "links/links.hpp"
#include "oauth/token_source.hpp"
#include "oauth/vault.hpp"
#include "outbox/outbox.hpp"
#include "outside.hpp"
#include "store/database.hpp"
#include "troubles.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace qb {

// Builds the rooms and joins them. Lives from activate to deactivate. Start reading here.
class Connector final : public commands::Workshop {
 public:
  // Opens the store in `data_dir`, the vault's key, the settings; asks for the job if something
  // waits.
  // `environment`: what the host calls itself.
  Connector(const erp_host& host, erp_host_ctx* ctx, const std::string& data_dir,
            const std::string& environment, Outside outside = {});

  // The hooks. Durable when it returns. Threads: any.
  outbox::Recorded record(const erp::Event& event);
  // The job "deliver".
  delivery::Report deliver(erp::Instant deadline);
  // Makes whatever runs return soon; hooks are refused from now on.
  void stop(erp::Instant deadline);
  bool stopping() const { return stopping_.load(); }

  void apply(const settings::Settings& settings);
  std::string begin_connecting(const std::string& redirect_uri);
  connection::ConnectedCompany
  complete_connecting(const std::string& query, const std::optional<std::string>& required_company,
                      bool switch_company);
  void disconnect();
  commands::Answer command(const std::vector<std::string>& words, const std::string& actor,
                           erp::Instant deadline);

  // commands::Workshop
  commands::Rooms rooms() override;
  connection::Status connection_status() override;
  settings::Settings settings() const override;
  delivery::Refreshed refresh(bool full, erp::Instant deadline) override;
  void reactivate(qbo::Entity entity, const std::string& id, erp::Instant deadline) override;
  proof::Proof prove(erp::Instant deadline) override;
  void deliver_soon() override;
  void issue_closed(const std::string& cause) override;

 private:
  delivery::Report deliver_once(erp::Instant deadline);
  oauth::Connection held_connection(const settings::Settings& settings);
  delivery::Surroundings surroundings(const std::string& company);
  void look_anew();
  void refresh_daily();
  delivery::HostAttributes host_attributes() const;
  void check_accounts(const settings::Settings& settings);
  std::optional<oauth::Connection> standing_connection() const;
  void look_at_consent();
  void tell_of_unsaved() noexcept;
  [[noreturn]] void tell_of_reconnect(const delivery::Report& report, bool keys_refused);
  std::chrono::microseconds time_until(erp::Instant deadline) const;
  void let_in(const company::Turns::Person& turn) const;
  template <class Turn, class Work>
  auto with_company(Turn& turn, erp::Instant deadline, bool& keys_refused, Work&& work);
  // The same in a person's turn, between two documents of a job that runs.
  template <class Work>
  auto for_person(erp::Instant deadline, Work&& work);

  host::Services services_;
  const std::string environment_; // the host's
  const Outside outside_;
  store::Database store_;
  outbox::Outbox outbox_;
  links::Links links_;
  inbox::Inbox inbox_;
  directory::Directory directory_;
  mutable std::mutex settings_mutex_;
  settings::Settings settings_;
  oauth::Vault vault_;
  std::atomic<bool> stopping_{false};
  connection::Connecting connecting_;
  Troubles troubles_;
  Calls calls_;

  company::Turns turns_; // whoever has one talks to QuickBooks
};

} // namespace qb
