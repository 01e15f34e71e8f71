#pragma once

#include "store/connection.hpp"

namespace qb::store {

// Brings the schema up to date, each version in a transaction of its own. Throws Trouble if the
// file is of a newer version or of another program.
void migrate(Connection& connection);

} // namespace qb::store
