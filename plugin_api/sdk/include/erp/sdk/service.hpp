#pragma once

#include "erp/erp.h"

#include <string>
#include <string_view>

// Typed lookup of tables by their id, and the host's services without raw pointers.
namespace erp {

template <class Table>
struct TableId; // the string id that belongs to a table
#define ERP_SDK_TABLE(table, string_id)                                                            \
  template <>                                                                                      \
  struct TableId<table> {                                                                          \
    static constexpr const char* value = string_id;                                                \
  }
ERP_SDK_TABLE(erp_procurement_v1, ERP_INTERFACE_PROCUREMENT);
ERP_SDK_TABLE(erp_procurement_changes_v1, ERP_INTERFACE_PROCUREMENT_CHANGES);
ERP_SDK_TABLE(erp_settings_v1, ERP_INTERFACE_SETTINGS);
ERP_SDK_TABLE(erp_connect_v1, ERP_INTERFACE_CONNECT);
ERP_SDK_TABLE(erp_command_v1, ERP_INTERFACE_COMMAND);
ERP_SDK_TABLE(erp_job_v1, ERP_INTERFACE_JOB);
ERP_SDK_TABLE(erp_log_v1, ERP_SERVICE_LOG);
ERP_SDK_TABLE(erp_secrets_v1, ERP_SERVICE_SECRETS);
ERP_SDK_TABLE(erp_clock_v1, ERP_SERVICE_CLOCK);
ERP_SDK_TABLE(erp_schedule_v1, ERP_SERVICE_SCHEDULE);
ERP_SDK_TABLE(erp_notice_v1, ERP_SERVICE_NOTICE);
ERP_SDK_TABLE(erp_settings_host_v1, ERP_SERVICE_SETTINGS);
ERP_SDK_TABLE(erp_attributes_v1, ERP_SERVICE_ATTRIBUTES);
#undef ERP_SDK_TABLE

// Null: the host does not offer it.
template <class Table>
const Table* service(const erp_host& host, erp_host_ctx* ctx) {
  return static_cast<const Table*>(host.get_service(ctx, TableId<Table>::value));
}
// Null: the plugin does not offer it.
template <class Table>
const Table* interface_of(const erp_plugin& plugin, erp_instance* instance) {
  return static_cast<const Table*>(plugin.get_interface(instance, TableId<Table>::value));
}

// A sink that collects into a string. Borrow its c() for one call.
class TextSink {
 public:
  TextSink() : sink_{this, &TextSink::write} {}
  TextSink(const TextSink&) = delete;
  TextSink& operator=(const TextSink&) = delete;
  const erp_sink* c() const { return &sink_; }
  const std::string& text() const { return text_; }

 private:
  static std::int32_t ERP_CALL write(void* self, const char* data, std::size_t size) noexcept;
  std::string text_;
  erp_sink sink_;
};

// Writes all of `text`, or throws Failure with the sink's status.
void write_all(const erp_sink& sink, std::string_view text);

} // namespace erp
