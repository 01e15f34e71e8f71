#pragma once
#include "books/instant.hpp"
#include "server/exchange.hpp"

#include <string>

// Bodies in which Intuit says no. Shapes as recorded.
namespace emulator::gateway {

// {"fault":{"error":[...],"type":...},...,"time":epoch ms}: from the front of the service, before
// a company is asked (401, 403, 429).
server::Reply gateway_fault(int status, const std::string& type, const std::string& name,
                            const std::string& code, const std::string& detail, Instant now);

// {"Fault":{"Error":[...],"type":...},"time":...}: from the service itself.
std::string service_fault(const std::string& code, const std::string& message,
                          const std::string& detail, const std::string& type, Instant now);

// A JSON fault as the XML that a client gets which did not ask for JSON. Other bodies stay.
void as_xml(server::Reply& reply);

} // namespace emulator::gateway
