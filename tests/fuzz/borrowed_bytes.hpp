#pragma once

#include "bytes.hpp"

#include "erp/sdk/borrowed.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace fuzz {

// C documents as a broken host might hand them over: null, too short or too long a struct_size,
// counts without arrays, texts that are none. Every block is exactly as large as it says (or as
// large as a lie about more leaves it), so that a byte read beyond it is seen by the sanitizer.
class BorrowedBytes {
 public:
  explicit BorrowedBytes(std::string_view input) : bytes_(input) {}

  const erp_part* part();
  const erp_address* address();
  const erp_supplier* supplier();
  const erp_purchase_order* order();
  const erp_receipt* receipt();
  const erp_event* event();
  erp_str text();
  unsigned choice(unsigned bound) { return bytes_.below(bound); }

 private:
  const erp_po_line* line(const char (&currency)[4]);
  const erp_fee* fee(const char (&currency)[4]);
  const erp_receipt_line* receipt_line();
  erp_decimal decimal();
  erp_money money(const char (&currency)[4]);
  erp_date date();
  erp_value value();
  erp_attrs attributes();
  void currency(char (&code)[4]);

  void* block(std::size_t size) {
    blocks_.push_back(std::make_unique<char[]>(size));
    return blocks_.back().get();
  }
  template <class Struct>
  const Struct* lent(Struct filled) {
    std::size_t held = sizeof(Struct);
    filled.struct_size = sizeof(Struct);
    switch (bytes_.below(24)) {
    case 1:
      return nullptr;
    case 2: // shorter than ever
      held = 4 + bytes_.below(sizeof(Struct) - 4);
      filled.struct_size = static_cast<std::uint32_t>(held);
      break;
    case 3: // of a later version
      held += 64;
      filled.struct_size = static_cast<std::uint32_t>(held);
      break;
    case 4: // a lie
      filled.struct_size = UINT32_MAX;
      break;
    default:
      break;
    }
    auto* const place = static_cast<char*>(block(held));
    std::memcpy(place, &filled, std::min(held, sizeof filled));
    return reinterpret_cast<const Struct*>(place);
  }
  template <class Struct, class Make>
  const Struct* const* list(std::size_t& count, Make make) {
    count = bytes_.below(5);
    if (count == 4) { // so many, and no array
      count = SIZE_MAX >> bytes_.below(64);
      return nullptr;
    }
    auto** const items = static_cast<const Struct**>(block(count * sizeof(Struct*)));
    for (std::size_t i = 0; i < count; ++i)
      items[i] = make();
    return items;
  }

  Bytes bytes_;
  std::vector<std::unique_ptr<char[]>> blocks_;
};

} // namespace fuzz
