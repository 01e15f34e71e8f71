#pragma once

#include "commands/commands.hpp"
#include "company/pacer.hpp"
#include "company/traced.hpp"
#include "company/turns.hpp"
#include "connection/connecting.hpp"
#include "core/settings/settings.hpp"
#include "delivery/run.hpp"
#include "directory/directory.hpp"
#include "host/services.hpp"
#include "inbox/inbox.hpp"
#include "links/links.hpp"
#include "oauth/token_source.hpp"
#include "oauth/vault.hpp"
#include "outbox/outbox.hpp"
#include "store/database.hpp"

#include <atomic>
#include <condition_variable>
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
  Connector(const erp_host& host, erp_host_ctx* ctx, const std::string& data_dir);

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
  std::string command(const std::vector<std::string>& words, const std::string& actor,
                      erp::Instant deadline);

  // commands::Workshop
  commands::Rooms rooms() override;
  connection::Status connection_status() override;
  settings::Settings settings() const override;
  delivery::Refreshed refresh(bool full, erp::Instant deadline) override;
  void deliver_soon() override;
  void issue_closed(const std::string& cause) override;

 private:
  std::unique_ptr<company::Company> open_company(const settings::Settings& settings,
                                                 http::Transport& transport,
                                                 oauth::TokenSource& tokens,
                                                 const std::string& realm, erp::Instant deadline,
                                                 const std::function<void()>& give_way);
  oauth::Connection held_connection(const settings::Settings& settings);
  void remember_call(const company::Trace& trace);
  delivery::Surroundings surroundings(const std::string& company);
  void look_anew();
  void check_accounts(const settings::Settings& settings);
  void close_issue(const std::string& cause, const std::string& note);
  void tell_of_connection(const std::optional<verdict::IssueWords>& trouble);
  void tell_of_unsaved() noexcept;
  bool wait_until(erp::Instant until, erp::Instant deadline, const std::function<void()>& give_way);
  void tell_of_reconnect(const delivery::Report& report);
  company::Pacer& pacer(const settings::Settings& settings);
  template <class Turn, class Work>
  auto with_company(Turn& turn, erp::Instant deadline, Work&& work);

  host::Services services_;
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

  company::Turns turns_; // whoever has one talks to QuickBooks, and uses what follows
  std::unique_ptr<company::Pacer> pacer_;
  bool keys_refused_ = false;     // Intuit refused the app's keys just now
  bool connection_sound_ = false; // no trouble with it is told of any more
  std::mutex wake_mutex_;
  std::condition_variable wake_;
};

} // namespace qb
