// The address sanitizer has an operator new of its own, which never asks malloc.
#ifdef __SANITIZE_ADDRESS__

#include "machine.h"

#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  void* const block = machine_fails(call_memory) ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (!block) throw std::bad_alloc();
  return block;
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete[](void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  std::free(block);
}

#endif
