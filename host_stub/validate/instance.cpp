#include "validate/instance.hpp"

#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "outcome/problem.hpp"
#include "settings/schema.hpp"
#include "validate/progress.hpp"

#include <chrono>
#include <dlfcn.h>

namespace host::validate {

void* open_library(const Subject& subject) {
  void* const library = dlopen(subject.library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) skip("the library cannot be loaded; load-clean says why");
  return library;
}

erp_plugin_entry_v1_fn entry_of(void* library) {
  const auto entry =
      reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(library, ERP_PLUGIN_ENTRY_NAME));
  if (!entry) skip("it has no " ERP_PLUGIN_ENTRY_NAME "; one-export says more");
  return entry;
}

const erp_plugin& plugin_of(const Subject& subject) {
  const auto entry = entry_of(open_library(subject));
  step("entry");
  erp_error error{};
  const erp_plugin* const plugin = entry(&trial_host_table(), &error);
  if (!plugin || plugin->struct_size < sizeof(erp_plugin))
    skip("its entry refuses this host; entry-pure says more");
  return *plugin;
}

std::string words_of(erp_status status, const erp_error& error) {
  const std::size_t size = std::min<std::size_t>(error.message_len, sizeof error.message);
  return std::string(host::name_of(status)) + (size ? ": " + std::string(error.message, size) : "");
}

erp_status Instance::create(erp_error* error, Lent* lent) {
  const std::string data_dir = host_.data_dir().string(), id = host_.instance_id();
  erp_instance_config config = {sizeof config,       0,
                                erp::borrow(id),     erp::borrow("Example Works"),
                                erp::borrow("test"), erp::borrow(data_dir)};
  const erp_instance_config* handed = &config;
  if (lent) {
    for (erp_str* const text :
         {&config.instance_id, &config.company_name, &config.environment, &config.data_dir})
      *text = lent->text(*text);
    handed = lent->open(config);
  }
  erp_status status = ERP_E_INTERNAL;
  host_.enter(Stage::creating);
  step("create");
  host_.inside_quick(
      [&] { status = plugin_.create(&trial_host_table(), host_.ctx(), handed, &raw_, error); });
  host_.enter(Stage::created);
  return status;
}

erp_status Instance::activate(erp_error* error) {
  erp_status status = ERP_E_INTERNAL;
  step("activate");
  host_.inside([&] { status = plugin_.activate(raw_, error); });
  if (status >= 0) host_.enter(Stage::active);
  return status;
}

erp_status Instance::stop(erp_instant deadline, erp_error* error) {
  erp_status status = ERP_E_INTERNAL;
  host_.enter(Stage::stopping);
  step("stop");
  host_.inside([&] { status = plugin_.stop(raw_, deadline, error); });
  return status;
}

void Instance::deactivate() {
  step("deactivate");
  host_.inside([&] { plugin_.deactivate(raw_); });
  host_.enter(Stage::deactivated);
}

void Instance::destroy() {
  step("destroy");
  host_.inside_quick([&] { plugin_.destroy(raw_); });
  host_.enter(Stage::destroyed);
  raw_ = nullptr;
}

void Instance::create_or_skip(const Subject& subject) {
  erp_error error{};
  const erp_status status = create(&error);
  if (status < 0 || !raw_)
    skip("create() fails (" + words_of(status, error) + "); create-is-quiet says more");
  host_.use_settings(subject.settings, secret_settings());
}

void Instance::start_or_skip(const Subject& subject) {
  create_or_skip(subject);
  erp_error error{};
  const erp_status status = activate(&error);
  if (status < 0)
    skip("it declines to be activated (" + words_of(status, error) + ")" +
         (subject.settings.empty() ? "; give it what it needs with --settings FILE.json" : ""));
}

void Instance::end() {
  constexpr std::int64_t patience_ms = 5000;
  if (host_.stage() == Stage::active) {
    stop(in_ms(patience_ms), nullptr);
    deactivate();
  }
  destroy();
}

const void* Instance::table(const std::string& id) const {
  const void* table = nullptr;
  host_.inside_quick([&] { table = plugin_.get_interface(raw_, id.c_str()); });
  return table;
}

std::string Instance::schema() const {
  const auto* const offered = table_of<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  if (!offered) return "";
  erp::TextSink text;
  step("erp.settings/1 schema");
  host_.inside_quick([&] { offered->schema(raw_, text.c(), nullptr); });
  return text.text();
}

std::set<std::string> Instance::secret_settings() const {
  std::set<std::string> secret;
  const auto parsed = settings::Schema::parse(schema());
  if (!parsed) return secret;
  for (const std::string& name : parsed->names())
    if (parsed->is_secret(name)) secret.insert(name);
  return secret;
}

erp_instant in_ms(std::int64_t ms) {
  const auto at = std::chrono::system_clock::now() + std::chrono::milliseconds(ms);
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

const std::vector<std::string>& interface_ids() {
  static const std::vector<std::string> ids = {
      ERP_INTERFACE_PROCUREMENT, ERP_INTERFACE_PROCUREMENT_CHANGES,
      ERP_INTERFACE_SETTINGS,    ERP_INTERFACE_CONNECT,
      ERP_INTERFACE_COMMAND,     ERP_INTERFACE_JOB};
  return ids;
}

} // namespace host::validate
