#pragma once

#include <cstddef>
#include <new>
#include <string>

namespace qb::secret {

// Overwrites memory before it gives it back.
template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) noexcept {} // NOLINT(google-explicit-constructor)
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) noexcept {
    volatile auto* bytes = reinterpret_cast<volatile unsigned char*>(memory);
    for (std::size_t i = 0; i < count * sizeof(T); ++i) // volatile: not optimised away
      bytes[i] = 0;
    ::operator delete(memory);
  }
  bool operator==(const WipingAllocator&) const = default;
};

// A text that leaves nothing behind in memory, however it grows, is copied or goes away. For texts
// of more than 15 bytes, as keys and tokens are: shorter ones lie in the object itself.
using SecretString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

} // namespace qb::secret
