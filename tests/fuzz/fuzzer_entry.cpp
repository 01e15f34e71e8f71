#include "look_at.hpp"

// How libFuzzer calls a target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  look_at({reinterpret_cast<const char*>(data), size});
  return 0;
}
