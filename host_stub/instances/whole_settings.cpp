#include "instances/whole_settings.hpp"

#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <sstream>

namespace host::instances {
namespace {

Outcome<void> plugin_judges(Instance& instance, const settings::Values& values) {
  const auto* const table = instance.table<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  erp_error error{};
  const std::string text = settings::to_json(values);
  const erp_status status = table->validate(instance.c(), erp::borrow(text), &error);
  if (status >= ERP_OK) return {};
  return tl::make_unexpected(problem_of(status, error, "the plugin does not take these settings"));
}

} // namespace

Outcome<settings::Schema> schema_of(Instance& instance) {
  const auto* const table = instance.table<erp_settings_v1>(ERP_INTERFACE_SETTINGS);
  if (!table) return problem(instance.id() + " has no settings", ERP_E_UNSUPPORTED);
  erp::TextSink sink;
  erp_error error{};
  const erp_status status = table->schema(instance.c(), sink.c(), &error);
  if (status < ERP_OK)
    return tl::make_unexpected(problem_of(status, error, "the plugin gives no settings schema"));
  return settings::Schema::parse(sink.text());
}

Outcome<void> check_whole(Instance& instance, const settings::Schema& schema,
                          const settings::Values& values) {
  const auto checked = schema.check_whole(values);
  const auto missing = schema.missing_in(values);
  if (!checked && missing.empty()) return checked;
  const auto judged = plugin_judges(instance, values);
  if (checked) return judged;
  // What is missing is told by its names; the plugin may know more of what is there.
  std::string words;
  std::istringstream lines(judged ? "" : judged.error().message);
  for (std::string line; std::getline(lines, line);) {
    const std::string about = line.substr(0, line.find_first_of(" :"));
    if (values.count(about)) words += line + "\n";
  }
  return problem(words + checked.error().message, ERP_E_CONFIG);
}

} // namespace host::instances
