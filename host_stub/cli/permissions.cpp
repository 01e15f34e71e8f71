#include "cli/permissions.hpp"

#include "erp/erp.h"

#include <map>

namespace host::cli {
namespace {

std::string meaning_of(const std::string& service) {
  static const std::map<std::string, std::string> meanings = {
      {ERP_SERVICE_LOG, "write into the host's log"},
      {ERP_SERVICE_SECRETS, "keep secrets of its own, sealed"},
      {ERP_SERVICE_CLOCK, "know what time it is"},
      {ERP_SERVICE_SCHEDULE, "ask for a time to work"},
      {ERP_SERVICE_NOTICE, "tell people that something needs them"},
      {ERP_SERVICE_SETTINGS, "read its own settings"},
      {ERP_SERVICE_ATTRIBUTES, "read which fields of their own the users have defined"}};
  const auto found = meanings.find(service);
  return found == meanings.end() ? "a service that this host does not have" : found->second;
}

} // namespace

std::string permission_lines(const bundle::Permissions& permissions) {
  std::string text;
  for (const std::string& service : permissions.services)
    text += "  " + service + ": " + meaning_of(service) + "\n";
  for (const std::string& host : permissions.network)
    text += "  network " + host + ": says that it calls nothing else (told, not enforced)\n";
  return text;
}

} // namespace host::cli
