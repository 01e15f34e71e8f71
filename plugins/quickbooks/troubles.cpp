#include "troubles.hpp"

#include "connection/words.hpp"
#include "core/verdict/verdict.hpp"

namespace qb {
namespace {

constexpr const char* revoke_notice = "revoke";
constexpr const char* consent_end_notice = "consent_end";

} // namespace

void Troubles::raised(const verdict::IssueWords& words) const {
  services_.raise_notice("issue/" + words.cause, ERP_NOTICE_ACTION_NEEDED, words.title,
                         words.meaning + " " + words.remedy);
}

void Troubles::closed(const std::string& cause) const {
  services_.clear_notice("issue/" + cause);
}

void Troubles::close_issue(const std::string& cause, const std::string& note) const {
  store_.write([&](store::Connection& db) {
    if (const auto issue = inbox::Inbox::open_issue(db, cause))
      inbox::Inbox::resolve(db, *issue, note, services_.now());
  });
  closed(cause);
}

void Troubles::tell_of_company(const verdict::IssueWords& words) const {
  inbox_.raise_standing(words, services_.now(),
                        [this](const verdict::IssueWords& told) { raised(told); });
}

// What is wrong is told before what is over: the disk may take neither.
void Troubles::tell_of_connection(const std::optional<verdict::IssueWords>& trouble) {
  const std::lock_guard lock(mutex_);
  if (!trouble && connection_sound_) return;
  connection_sound_ = false;
  if (trouble) tell_of_company(*trouble);
  for (const char* cause : connection::own_causes)
    if (!trouble || trouble->cause != cause) close_issue(cause, "the cause is gone");
  connection_sound_ = !trouble;
}

bool Troubles::tell_of_unsaved() noexcept {
  bool unsaved = false;
  try {
    unsaved = vault_.has_unsaved();
    tell_of_connection(unsaved ? std::optional(connection::unsaved_words()) : std::nullopt);
  } catch (...) {
  }
  return unsaved;
}

void Troubles::connected_again() {
  {
    const std::lock_guard lock(mutex_);
    connection_sound_ = false; // also what an earlier process told of
  }
  services_.clear_notice(revoke_notice);
  tell_of_unsaved();
  close_issue(verdict::reconnect_words({}).cause, "connected again");
  close_issue(verdict::keys_refused_words("").cause, "Intuit accepted the keys");
}

void Troubles::disconnected() {
  close_issue(verdict::reconnect_words({}).cause, "disconnected");
  tell_of_connection(std::nullopt);
}

void Troubles::tell_of_consent_end(const std::optional<connection::ConsentEnd>& end) {
  const std::lock_guard lock(mutex_);
  const std::string title = end ? end->title : std::string();
  if (consent_end_told_ == title) return;
  if (end)
    services_.raise_notice(consent_end_notice,
                           end->is_urgent ? ERP_NOTICE_ACTION_NEEDED : ERP_NOTICE_WARNING,
                           end->title, end->text);
  else
    services_.clear_notice(consent_end_notice);
  consent_end_told_ = title;
}

void Troubles::tell_of_revoking(const std::string& trouble) const {
  services_.raise_notice(revoke_notice, ERP_NOTICE_WARNING,
                         "Intuit could not be told of the disconnection",
                         "The tokens are wiped here. To be sure, remove the app in QuickBooks "
                         "under Settings, Apps. " +
                             trouble);
}

} // namespace qb
