#pragma once
#include "books.hpp"
#include "company.hpp"

namespace emulator::books {

/// The fictional manufacturer that a new emulator starts with. Built through the same rules as
/// clients' requests, at a fixed moment, so ids and contents are the same every time.
Company seeded_company(Region region, std::string realm, const std::string& name,
                       const SeedOptions& options);

} // namespace emulator::books
