#pragma once

#include "store/database.hpp"

namespace SQLite {
class Exception;
}

namespace qb::store {

// What an error of SQLite means for the file.
enum class Damage {
  none,     // the statement was wrong, the file is well
  refused,  // the disk did not take it; what was there before is well
  in_doubt, // a failed fsync, an unreadable page: the connection must not be used any more
};

Damage damage_of(const SQLite::Exception& error, Connection& connection);
Trouble trouble_of(const SQLite::Exception& error, Connection* connection);

} // namespace qb::store
