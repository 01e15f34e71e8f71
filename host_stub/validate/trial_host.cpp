#include "validate/trial_host.hpp"

#include "settings/schema.hpp"

#include <sys/mman.h>
#include <tuple>

namespace host::validate {
namespace {

// The hosts of this process, for ever: a late call must find out whose it is.
struct Known {
  std::mutex mutex;
  std::map<erp_host_ctx*, TrialHost*> hosts;
  std::vector<Breached> breaches;
};
Known& known() {
  static auto* const all = new Known;
  return *all;
}

thread_local TrialHost* current = nullptr; // whose call this thread is in
thread_local bool is_quick = false;        // and whether that is one of a [quick] function

// An address of its own that nobody can read: a host_ctx is the host's, and opaque.
erp_host_ctx* unreadable_address() {
  void* const page = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return static_cast<erp_host_ctx*>(page);
}

void breach(Breach kind, const std::string& text) {
  const std::lock_guard lock(known().mutex);
  known().breaches.push_back({kind, text});
}

} // namespace

TrialHost::TrialHost(const Subject& subject, std::string instance_id,
                     std::filesystem::path data_dir)
    : instance_id_(std::move(instance_id)), data_dir_(std::move(data_dir)),
      ctx_(unreadable_address()), settings_(subject.settings) {
  std::filesystem::create_directories(data_dir_);
  const std::lock_guard lock(known().mutex);
  known().hosts[ctx_] = this;
}

void TrialHost::inside(const std::function<void()>& call) {
  const auto before = std::pair(current, is_quick);
  current = this;
  is_quick = false;
  call();
  std::tie(current, is_quick) = before;
}

void TrialHost::inside_quick(const std::function<void()>& call) {
  inside([&] {
    is_quick = true;
    call();
  });
}

void TrialHost::use_settings(std::map<std::string, std::string> settings,
                             const std::set<std::string>& secret_names) {
  const std::lock_guard lock(mutex_);
  for (const std::string& name : secret_names) {
    const auto found = settings.find(name);
    if (found == settings.end()) continue;
    secrets["setting/" + name] = {found->second, 1};
    keep_secret(found->second);
    found->second = "set";
  }
  settings_ = std::move(settings);
}

std::string TrialHost::settings_json() const {
  const std::lock_guard lock(mutex_);
  return settings::to_json(settings_);
}

void TrialHost::answer_every_secret(const std::string& value) {
  const std::lock_guard lock(mutex_);
  any_secret = Secret{value, 1};
  keep_secret(value);
}

void TrialHost::hear(const std::string& text) {
  const std::lock_guard lock(mutex_);
  said_ += text + "\n";
}

std::string TrialHost::said() const {
  const std::lock_guard lock(mutex_);
  return said_;
}

void TrialHost::keep_secret(const std::string& value) {
  constexpr std::size_t recognisable_bytes = 8; // shorter ones occur by chance
  if (value.size() >= recognisable_bytes && value.find('\0') == std::string::npos)
    kept_secret_.insert(value);
}

std::vector<std::string> TrialHost::secret_values() const {
  const std::lock_guard lock(mutex_);
  return {kept_secret_.begin(), kept_secret_.end()};
}

TrialHost* host_of(erp_host_ctx* ctx, const char* what, Lasts lasts) {
  TrialHost* host = nullptr;
  {
    const std::lock_guard lock(known().mutex);
    const auto found = known().hosts.find(ctx);
    if (found != known().hosts.end()) host = found->second;
  }
  if (!host) {
    breach(Breach::unknown_ctx, std::string(what) + " with a host_ctx that no host handed out");
    return nullptr;
  }
  host->count_call();
  const std::string whose = std::string(what) + " of instance " + host->instance_id();
  if (host->stage() == Stage::creating) breach(Breach::while_created, whose + " in create()");
  if (host->stage() >= Stage::deactivated)
    breach(Breach::after_end, whose + " after deactivate() had returned");
  if (!current)
    breach(Breach::outside_call, whose + " from a thread that is in no call of the plugin");
  else if (current != host)
    breach(Breach::foreign_ctx, whose + " in a call of instance " + current->instance_id());
  if (is_quick && lasts == Lasts::may_block)
    breach(Breach::in_quick_call, whose + " in a [quick] function; that service may block");
  return host;
}

std::vector<Breached> breaches() {
  const std::lock_guard lock(known().mutex);
  return known().breaches;
}

} // namespace host::validate
