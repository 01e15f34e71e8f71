#pragma once

#include "store/connection.hpp"

// The write-ahead log beside the main file.
namespace qb::store {

// Moves every page of the log to the main file and starts the log anew with length 0.
void move_to_main_file(Connection& connection);
// Moves what can be moved, and leaves the log its length. False: the disk is full, try later.
bool move_at_leisure(Connection& connection);
// Writes the log in its full length with zeros. SQLite takes a log that begins with zeros for an
// empty one. Precondition: move_to_main_file() was just called.
void prepare_log(Connection& connection);
// Overwrites what stands in the log. Precondition: every page of it is in the main file.
void erase_log(Connection& connection);

} // namespace qb::store
