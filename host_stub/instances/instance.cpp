#include "instances/instance.hpp"

#include "erp/sdk/borrowed.hpp"
#include "instances/without_network.hpp"
#include "services/clock.hpp"

#include <chrono>

namespace host::instances {
namespace {

// The interface allows activate() and deactivate() ten seconds.
constexpr std::chrono::seconds quiet_call_time_max{15};

} // namespace

Instance::Instance(const loader::Loaded& loaded, std::shared_ptr<Belongings> belongings,
                   const erp_host_ctx& services, BeforeUse before_use)
    : loaded_(loaded), belongings_(std::move(belongings)), ctx_(services),
      before_use_(std::move(before_use)) {
  ctx_.plugin = loaded_.id;
  ctx_.agenda = &agenda_;
  ctx_.secrets = belongings_->secrets.get();
  ctx_.settings = belongings_->settings.get();
}

Outcome<std::shared_ptr<Instance>> Instance::create(const loader::Loaded& loaded,
                                                    const Identity& identity,
                                                    std::shared_ptr<Belongings> belongings,
                                                    const erp_host_ctx& services,
                                                    BeforeUse before_use) {
  std::shared_ptr<Instance> made(
      new Instance(loaded, std::move(belongings), services, std::move(before_use)));
  const erp_instance_config config{sizeof(erp_instance_config),
                                   0,
                                   erp::borrow(loaded.id),
                                   erp::borrow(identity.company_name),
                                   erp::borrow(identity.environment),
                                   erp::borrow(identity.data_folder)};
  erp_error error{};
  const erp_status status = loaded.plugin->create(&services::host_table(), &made->ctx_, &config,
                                                  &made->instance_, &error);
  if (status >= ERP_OK && made->instance_) return made;
  made->instance_ = nullptr;
  return tl::make_unexpected(
      problem_of(status < 0 ? status : ERP_E_INTERNAL, error, loaded.id + " could not be created"));
}

Instance::~Instance() {
  if (instance_ && !abandoned_) loaded_.plugin->destroy(instance_);
}

bool Instance::call_quietly(std::function<void()> call) {
  bool quiet = false;
  {
    const std::lock_guard lock(use_mutex_);
    quiet = before_use_ && !used_;
  }
  if (!quiet) {
    call();
    return true;
  }
  if (without_network(std::move(call), quiet_call_time_max) == Worked::done) return true;
  abandoned_ = true;
  return false;
}

Outcome<void> Instance::activate() {
  struct Answer {
    erp_error error{};
    erp_status status = ERP_E_INTERNAL;
  };
  const auto answer = std::make_shared<Answer>(); // of a call that may outlive this one
  {
    const Turn::Held turn(serial_);
    if (!call_quietly([self = shared_from_this(), answer] {
          answer->status = self->loaded_.plugin->activate(self->instance_, &answer->error);
        }))
      return problem(loaded_.id + " did not come back from its activation", ERP_E_TIMEOUT);
  }
  if (answer->status < ERP_OK)
    return tl::make_unexpected(
        problem_of(answer->status, answer->error, loaded_.id + " could not be activated"));
  const std::lock_guard lock(mutex_);
  active_ = true;
  return {};
}

bool Instance::is_active() {
  const std::lock_guard lock(mutex_);
  return active_ && !stopping_;
}

bool Instance::may_be_used() {
  const std::lock_guard lock(use_mutex_);
  if (before_use_ && !used_) used_ = before_use_();
  return !before_use_ || used_;
}

Outcome<void> Instance::change_settings(const settings::Values& plain,
                                        const settings::Values& secret_changes) {
  if (!may_be_used()) return problem(loaded_.id + " is being upgraded", ERP_E_RETRY_LATER);
  return belongings_->settings->replace(plain, secret_changes);
}

Instance::Entry Instance::enter() {
  if (!is_active() || !may_be_used()) return Entry();
  const std::lock_guard lock(mutex_);
  if (!active_ || stopping_) return Entry();
  ++inside_;
  return Entry(this);
}

Instance::Entry::~Entry() {
  if (!instance_) return;
  const std::lock_guard lock(instance_->mutex_);
  --instance_->inside_;
  instance_->left_.notify_all();
}

void Instance::ask_to_stop(erp_instant deadline) {
  {
    const std::lock_guard lock(mutex_);
    if (!active_ || stopping_) return;
    stopping_ = true;
    ++inside_; // so that end() in another thread does not deactivate under us
  }
  call_quietly([self = shared_from_this(), deadline] {
    erp_error error{};
    self->loaded_.plugin->stop(self->instance_, deadline, &error); // a timeout is seen by end()
  });
  const std::lock_guard lock(mutex_);
  --inside_;
  left_.notify_all();
}

bool Instance::end(erp_instant deadline) {
  ask_to_stop(deadline);
  {
    std::unique_lock lock(mutex_);
    if (!active_) return true;
    const auto patience =
        std::chrono::microseconds(std::max<std::int64_t>(0, deadline - services::now_us()));
    if (!left_.wait_for(lock, patience, [&] { return inside_ == 0; })) {
      abandoned_ = true;
      return false;
    }
    active_ = false;
  }
  const Turn::Held turn(serial_);
  return !abandoned_ && call_quietly([self = shared_from_this()] {
    self->loaded_.plugin->deactivate(self->instance_);
  });
}

} // namespace host::instances
