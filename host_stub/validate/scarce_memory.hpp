#pragma once

#include <functional>

namespace host::validate {

// Memory that is refused to a plugin, and to nobody else. What the library itself calls of
// malloc(), calloc(), realloc(), strdup(), posix_memalign() and operator new goes through here for
// good from begin() on; what other libraries allocate for it does not. One library a process.
namespace scarce_memory {

// `library`: of dlopen() with RTLD_NOW. False: it calls none of these.
bool begin(void* library);

// Refuses the allocation number `which` (from 1) that the library makes on this thread during the
// call. False: it made fewer.
bool refuse(long which, const std::function<void()>& call);

} // namespace scarce_memory
} // namespace host::validate
