#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace host::validate {

// What an ELF shared library of this machine's word size says of itself, read from the file.
struct Elf {
  std::uint16_t machine = 0; // EM_X86_64
  bool is_shared_object = false;
  bool has_relro = false;
  bool has_executable_stack = false; // or does not say, which is taken for the same
  bool has_writable_code = false;    // a segment that is both
  bool binds_now = false;
  bool has_text_relocations = false;
  bool is_nodelete = false;
  std::vector<std::string> search_paths; // RPATH and RUNPATH
  std::vector<std::string> needed;
  std::vector<std::string> versions; // of symbols of other libraries: "GLIBC_2.34"
  std::vector<std::string> exports;  // what others can bind to
  std::vector<std::string> unique;   // of these, GNU_UNIQUE: shared by all copies of the library
};

constexpr std::uint16_t this_machine =
#if defined(__x86_64__)
    62;
#elif defined(__aarch64__)
    183;
#elif defined(__riscv)
    243;
#else
    0;
#endif

// Fails the check if the file is no 64-bit little-endian ELF, or contradicts itself.
Elf read_elf(const std::filesystem::path& file);

} // namespace host::validate
