#pragma once
#include "books.hpp"
#include "company.hpp"

namespace emulator::books {

/// Adds what no client can create: company information, preferences, tax rates and tax codes.
void add_company_objects(Company& company, const std::string& name, const SeedOptions& options,
                         Instant now);

} // namespace emulator::books
