#pragma once

#include "erp/sdk/borrowed.hpp"

#include "path.hpp"

// How to get at a borrowed open struct (rule R3) without trusting it.
namespace erp {

// Sizes of 1.0; these numbers never change, whatever the structs grow to.
template <class Struct>
struct SizeOf1_0;
template <>
struct SizeOf1_0<erp_event> {
  static constexpr std::uint32_t bytes = 56;
};
template <>
struct SizeOf1_0<erp_part> {
  static constexpr std::uint32_t bytes = 80;
};
template <>
struct SizeOf1_0<erp_address> {
  static constexpr std::uint32_t bytes = 120;
};
template <>
struct SizeOf1_0<erp_supplier> {
  static constexpr std::uint32_t bytes = 64;
};
template <>
struct SizeOf1_0<erp_po_line> {
  static constexpr std::uint32_t bytes = 128;
};
template <>
struct SizeOf1_0<erp_fee> {
  static constexpr std::uint32_t bytes = 64;
};
template <>
struct SizeOf1_0<erp_purchase_order> {
  static constexpr std::uint32_t bytes = 168;
};
template <>
struct SizeOf1_0<erp_receipt_line> {
  static constexpr std::uint32_t bytes = 40;
};
template <>
struct SizeOf1_0<erp_receipt> {
  static constexpr std::uint32_t bytes = 72;
};

[[noreturn]] inline void broken(const Path& path, const char* what) {
  throw BrokenContract{path.text() + ' ' + what};
}

template <class Struct>
const Struct& checked(const Struct* document, const Path& path) {
  if (document == nullptr) broken(path, "is null");
  if (document->struct_size < SizeOf1_0<Struct>::bytes)
    broken(path, "has a struct_size below that of 1.0");
  return *document;
}

// Calls take(item, path of the item) for each of an array of pointers.
template <class Struct, class Take>
void each(const Struct* const* items, std::size_t count, const Path& path, Take take) {
  if (count != 0 && items == nullptr) broken(path, "is null");
  for (std::size_t i = 0; i < count; ++i) {
    const Path here = path.element(i);
    take(checked(items[i], here), here);
  }
}

} // namespace erp
