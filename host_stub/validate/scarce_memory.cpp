#include "validate/scarce_memory.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <new>
#include <sys/mman.h>
#include <unistd.h>

namespace host::validate::scarce_memory {
namespace {

thread_local long left = 0; // until one is refused; 0: none is

bool is_refused() {
  if (left == 0) return false;
  return --left == 0;
}

void* refused() {
  errno = ENOMEM;
  return nullptr;
}

void* scarce_malloc(std::size_t size) {
  return is_refused() ? refused() : std::malloc(size);
}
void* scarce_calloc(std::size_t count, std::size_t size) {
  return is_refused() ? refused() : std::calloc(count, size);
}
void* scarce_realloc(void* before, std::size_t size) {
  return is_refused() ? refused() : std::realloc(before, size);
}
char* scarce_strdup(const char* text) {
  return is_refused() ? static_cast<char*>(refused()) : strdup(text);
}
char* scarce_strndup(const char* text, std::size_t size_max) {
  return is_refused() ? static_cast<char*>(refused()) : strndup(text, size_max);
}
int scarce_posix_memalign(void** made, std::size_t alignment, std::size_t size) {
  return is_refused() ? ENOMEM : posix_memalign(made, alignment, size);
}
void* scarce_new(std::size_t size) {
  if (is_refused()) throw std::bad_alloc();
  return ::operator new(size);
}
void* scarce_new_array(std::size_t size) {
  if (is_refused()) throw std::bad_alloc();
  return ::operator new[](size);
}
void* scarce_new_nothrow(std::size_t size, const std::nothrow_t& tag) noexcept {
  return is_refused() ? nullptr : ::operator new(size, tag);
}

template <class Function>
void* address(Function* function) {
  return reinterpret_cast<void*>(function);
}

struct Replaced {
  const char* name;
  void* by;
};
const Replaced all_replaced[] = {{"malloc", address(scarce_malloc)},
                                 {"calloc", address(scarce_calloc)},
                                 {"realloc", address(scarce_realloc)},
                                 {"strdup", address(scarce_strdup)},
                                 {"strndup", address(scarce_strndup)},
                                 {"posix_memalign", address(scarce_posix_memalign)},
                                 {"_Znwm", address(scarce_new)},
                                 {"_Znam", address(scarce_new_array)},
                                 {"_ZnwmRKSt9nothrow_t", address(scarce_new_nothrow)}};

// What the dynamic linker filled in when it bound the library; read-only since.
struct Bindings {
  const Elf64_Rela* entries = nullptr;
  std::size_t count = 0;
};

bool rebind(const link_map& library, const Bindings& bindings, const Elf64_Sym* symbols,
            const char* names) {
  bool is_any = false;
  for (std::size_t i = 0; i < bindings.count; ++i) {
    const Elf64_Rela& entry = bindings.entries[i];
    const std::size_t symbol = ELF64_R_SYM(entry.r_info);
    if (symbol == 0 || symbols[symbol].st_shndx != SHN_UNDEF) continue;
    const char* const name = names + symbols[symbol].st_name;
    for (const Replaced& one : all_replaced) {
      auto* const slot = reinterpret_cast<void**>(library.l_addr + entry.r_offset);
      if (std::strcmp(name, one.name) != 0 || *slot != dlsym(RTLD_DEFAULT, name)) continue;
      const auto page_size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
      auto* const page =
          reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(slot) & ~(page_size - 1));
      if (mprotect(page, page_size, PROT_READ | PROT_WRITE) != 0) continue;
      *slot = one.by;
      is_any = true;
    }
  }
  return is_any;
}

} // namespace

bool begin(void* library) {
  link_map* map = nullptr;
  if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) return false;
  const Elf64_Sym* symbols = nullptr;
  const char* names = nullptr;
  Bindings data, functions;
  for (const ElfW(Dyn)* entry = map->l_ld; entry->d_tag != DT_NULL; ++entry) {
    const auto* const there = reinterpret_cast<const void*>(entry->d_un.d_ptr);
    if (entry->d_tag == DT_SYMTAB) symbols = static_cast<const Elf64_Sym*>(there);
    if (entry->d_tag == DT_STRTAB) names = static_cast<const char*>(there);
    if (entry->d_tag == DT_RELA) data.entries = static_cast<const Elf64_Rela*>(there);
    if (entry->d_tag == DT_RELASZ) data.count = entry->d_un.d_val / sizeof(Elf64_Rela);
    if (entry->d_tag == DT_JMPREL) functions.entries = static_cast<const Elf64_Rela*>(there);
    if (entry->d_tag == DT_PLTRELSZ) functions.count = entry->d_un.d_val / sizeof(Elf64_Rela);
  }
  if (!symbols || !names) return false;
  const bool is_in_data = rebind(*map, data, symbols, names);
  return rebind(*map, functions, symbols, names) || is_in_data;
}

bool refuse(long which, const std::function<void()>& call) {
  left = which;
  call();
  const bool was_refused = left == 0;
  left = 0;
  return was_refused;
}

} // namespace host::validate::scarce_memory
