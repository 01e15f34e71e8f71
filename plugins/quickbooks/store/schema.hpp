#pragma once

// The schema, one text a version. A version that was released is never changed; the next one adds
// to it.
//
// House rules: STRICT tables, NOT NULL and no DEFAULT everywhere, unique indexes, no foreign keys.
// 0 stands for "none" in numbers, '' in texts. Times are microseconds since 1970.
namespace qb::store {

extern const char* const schema_1;

} // namespace qb::store
