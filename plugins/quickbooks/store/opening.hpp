#pragma once

#include "store/connection.hpp"

#include <memory>
#include <string>

namespace qb::store {

// Opens the file as docs/adr/0014 wants it, with an empty, prepared log and the newest schema.
// Throws Trouble. What an earlier process, or an earlier connection after a failed fsync, left in
// the log is moved to the main file first: nothing is ever appended behind bytes that may not be
// durable.
std::unique_ptr<Connection> open_connection(const std::string& path);

// Closes it without touching the log: it is in doubt.
void abandon(std::unique_ptr<Connection> connection);

} // namespace qb::store
