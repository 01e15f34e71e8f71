#pragma once

#include "erp/values.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace host::validate {

// How memory is laid out that is lent to a plugin.
struct Layout {
  std::size_t after_struct_bytes = 0; // readable zeros behind each struct, before its guard page
  std::size_t after_text_bytes = 0;   // ... and behind each text
  std::size_t growth_bytes = 0;       // garbage that each struct's struct_size counts as its own
};

// Memory for one call. Each piece lies on pages of its own and ends, after what the layout leaves
// readable, at a page that is unreadable. After revoke() all of it is unreadable, and stays so: an
// address is never used again. One thread.
class Lent {
 public:
  explicit Lent(Layout layout = {}) : layout_(layout) {}
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  erp_str text(const erp_str& original); // absent stays absent
  // A struct that begins with its struct_size.
  template <class Open>
  Open* open(const Open& original) {
    return static_cast<Open*>(grown(&original, sizeof original));
  }
  // Elements of frozen types, and pointers.
  template <class T>
  T* array(const T* items, std::size_t count) {
    return static_cast<T*>(place(items, count * sizeof(T), layout_.after_struct_bytes));
  }
  void revoke();

  // From now on a touch of memory that is not (any more) lent is told apart from other crashes.
  static void watch();

 private:
  void* grown(const void* original, std::size_t size);
  void* place(const void* original, std::size_t size, std::size_t readable_after);
  Layout layout_;
  std::vector<std::pair<void*, std::size_t>> pages_;
};

} // namespace host::validate
