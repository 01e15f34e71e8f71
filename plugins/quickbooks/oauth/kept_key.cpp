#include "oauth/kept_key.hpp"

#include <new>
#include <sys/mman.h>
#include <unistd.h>

namespace qb::oauth {
namespace {

std::size_t page_size_bytes() {
  return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

KeptKey::KeptKey(const Key& key) {
  const std::size_t size = page_size_bytes();
  void* const page =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::bad_alloc();
  // Best effort: a limit on locked memory is no reason not to run.
  static_cast<void>(::mlock(page, size));
  static_cast<void>(::madvise(page, size, MADV_DONTDUMP));
  static_cast<void>(::madvise(page, size, MADV_WIPEONFORK));
  page_.reset(new (page) Key(key));
}

void KeptKey::Free::operator()(Key* page) const {
  page->~Key();
  ::munmap(page, page_size_bytes());
}

} // namespace qb::oauth
