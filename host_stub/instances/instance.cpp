#include "instances/instance.hpp"

#include "erp/sdk/borrowed.hpp"
#include "services/clock.hpp"

#include <chrono>

namespace host::instances {

Instance::Instance(const loader::Loaded& loaded, std::shared_ptr<Belongings> belongings,
                   const erp_host_ctx& services)
    : loaded_(loaded), belongings_(std::move(belongings)), ctx_(services) {
  ctx_.plugin = loaded_.id;
  ctx_.agenda = &agenda_;
  ctx_.secrets = belongings_->secrets.get();
  ctx_.settings = belongings_->settings.get();
}

Outcome<std::shared_ptr<Instance>> Instance::create(const loader::Loaded& loaded,
                                                    const Identity& identity,
                                                    std::shared_ptr<Belongings> belongings,
                                                    const erp_host_ctx& services) {
  std::shared_ptr<Instance> made(new Instance(loaded, std::move(belongings), services));
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

Outcome<void> Instance::activate() {
  erp_error error{};
  erp_status status = ERP_OK;
  {
    const Turn::Held turn(serial_);
    status = loaded_.plugin->activate(instance_, &error);
  }
  if (status < ERP_OK)
    return tl::make_unexpected(problem_of(status, error, loaded_.id + " could not be activated"));
  const std::lock_guard lock(mutex_);
  active_ = true;
  return {};
}

Instance::Entry Instance::enter() {
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
  erp_error error{};
  loaded_.plugin->stop(instance_, deadline, &error); // a timeout is seen by end()
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
  loaded_.plugin->deactivate(instance_);
  return true;
}

} // namespace host::instances
