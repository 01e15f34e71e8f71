#pragma once
#include "fault.hpp"
#include "schema.hpp"

namespace emulator::books {

/// Holds a request body against Intuit's schema. The result has only properties that are stored,
/// with read-only ones and null dropped, references cut to their value, and scalars in their own
/// kind.
///
/// Intuit's service reads bodies with Jackson, which takes "12.5" for a number and 7 for a text; so
/// do we. An empty text stays, as the way of clearing a field in a sparse update.
Outcome<Value> conform(const Shape& shape, const Value& body);

} // namespace emulator::books
