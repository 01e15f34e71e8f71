#pragma once
#include "company.hpp"
#include "fault.hpp"

namespace emulator::books {

struct WriteOptions {
  bool allow_duplicate_number = false; ///< include=allowduplicatedocnum
};

/// Creates the object, or updates it when the body has an Id: in full (omitted fields become null)
/// or sparsely. Answers the stored object as QuickBooks shows it. On a fault nothing has changed.
Outcome<Value> write_object(Company& company, const EntityInfo& info, const Value& body,
                            const WriteOptions& options, Instant now);

/// Deletes a transaction; answers {"domain","status":"Deleted","Id"}.
Outcome<Value> delete_object(Company& company, const EntityInfo& info, const Value& body,
                             Instant now);

/// The object by its id as it stands in a path.
Outcome<Value> read_object(const Company& company, const EntityInfo& info, std::string_view id);

/// A stored object as QuickBooks answers it.
Value answered(const Company& company, const EntityInfo& info, const Record& record);

} // namespace emulator::books
