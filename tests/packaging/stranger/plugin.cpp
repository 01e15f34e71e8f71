// A plugin of somebody else's on the SDK: its one command adds two amounts, exactly.
#include <erp/erp.h>
#include <erp/sdk/barrier.hpp>
#include <erp/sdk/borrowed.hpp>
#include <erp/sdk/decimal.hpp>
#include <erp/sdk/service.hpp>

#include <cstring>
#include <string>

struct erp_instance {};

namespace {

erp_status ERP_CALL list(erp_instance*, const erp_sink* out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    erp::write_all(*out, R"([{"name":"add","usage":"add A B","summary":"the sum"}])");
    return ERP_OK;
  });
}

erp_status ERP_CALL run(erp_instance*, const erp_command_call* call, const erp_sink* out,
                        erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    if (call->word_count != 3 || erp::view(call->words[0]) != "add")
      throw erp::Failure{ERP_E_INVALID, "say: add A B"};
    const auto a = erp::Decimal::parse(erp::view(call->words[1]));
    const auto b = erp::Decimal::parse(erp::view(call->words[2]));
    const auto sum = a && b ? a->plus(*b) : std::nullopt;
    if (!sum) throw erp::Failure{ERP_E_INVALID, "these are no amounts"};
    erp::write_all(*out, sum->to_string() + "\n");
    return ERP_OK;
  });
}

constexpr erp_command_v1 command = {list, run};

erp_status ERP_CALL create(const erp_host*, erp_host_ctx*, const erp_instance_config*,
                           erp_instance** out, erp_error* error) noexcept {
  return erp::guarded(error, [&] {
    *out = new erp_instance;
    return ERP_OK;
  });
}

erp_status ERP_CALL activate(erp_instance*, erp_error*) noexcept {
  return ERP_OK;
}

erp_status ERP_CALL stop(erp_instance*, erp_instant, erp_error*) noexcept {
  return ERP_OK;
}

void ERP_CALL deactivate(erp_instance*) noexcept {}

void ERP_CALL destroy(erp_instance* self) noexcept {
  delete self;
}

const void* ERP_CALL get_interface(erp_instance*, const char* id) noexcept {
  return id && std::strcmp(id, ERP_INTERFACE_COMMAND) == 0 ? &command : nullptr;
}

constexpr erp_plugin plugin = {sizeof(erp_plugin),
                               ERP_ABI_MINOR,
                               0,
                               0,
                               {"stranger_cpp", 12},
                               {"Another stranger's plugin", 25},
                               {"1.0.0", 5},
                               create,
                               activate,
                               stop,
                               deactivate,
                               destroy,
                               get_interface};

} // namespace

extern "C" ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host*,
                                                                     erp_error*) noexcept {
  return &plugin;
}
