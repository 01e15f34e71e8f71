#include "validate/lent.hpp"

#include "validate/progress.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <sys/mman.h>

namespace host::validate {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t areas_max = 16 * 1024;

// All that was ever lent, for the signal handler: it may not take a lock or allocate.
struct Area {
  std::atomic<std::uintptr_t> begin{0};
  std::uintptr_t end = 0; // of the guard page
  std::atomic<bool> is_revoked{false};
};
std::array<Area, areas_max> areas;
std::atomic<std::size_t> area_count{0};

constexpr char touched_late[] =
    "note memory was touched that had been lent for a call which was over\n";
constexpr char touched_beyond[] =
    "note memory was touched behind the end of a text or struct that the call was given\n";

void on_bad_access(int signal_number, siginfo_t* info, void*) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (std::size_t i = 0; i < area_count && i < areas_max; ++i) {
    if (address < areas[i].begin || address >= areas[i].end) continue;
    if (areas[i].is_revoked)
      note_from_handler(touched_late, sizeof touched_late - 1);
    else
      note_from_handler(touched_beyond, sizeof touched_beyond - 1);
    break;
  }
  std::signal(signal_number, SIG_DFL); // the same again, and for good
}

std::size_t whole_pages(std::size_t size) {
  return (size + page_bytes - 1) / page_bytes * page_bytes;
}

} // namespace

void Lent::watch() {
  struct sigaction action {};
  action.sa_sigaction = on_bad_access;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
}

void* Lent::place(const void* original, std::size_t size, std::size_t readable_after) {
  const std::size_t readable = whole_pages(size + readable_after + 1); // also of nothing a page
  void* const mapped = mmap(nullptr, readable + page_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const std::size_t index = area_count++;
  if (mapped == MAP_FAILED || index >= areas_max)
    throw std::runtime_error("there is no memory left to lend");
  char* const begin = static_cast<char*>(mapped);
  mprotect(begin + readable, page_bytes, PROT_NONE);
  areas[index].begin = reinterpret_cast<std::uintptr_t>(begin);
  areas[index].end = areas[index].begin + readable + page_bytes;
  pages_.emplace_back(begin, index);
  char* const at = begin + readable - readable_after - size;
  if (size) std::memcpy(at, original, size);
  return at;
}

void* Lent::grown(const void* original, std::size_t size) {
  std::vector<char> content(size + layout_.growth_bytes, '\xA5');
  std::memcpy(content.data(), original, size);
  const auto struct_size = static_cast<std::uint32_t>(content.size());
  std::memcpy(content.data(), &struct_size, sizeof struct_size);
  return place(content.data(), content.size(), layout_.after_struct_bytes);
}

erp_str Lent::text(const erp_str& original) {
  if (!original.ptr) return original;
  return {static_cast<const char*>(place(original.ptr, original.len, layout_.after_text_bytes)),
          original.len};
}

void Lent::revoke() {
  for (const auto& [begin, index] : pages_) {
    areas[index].is_revoked = true;
    mprotect(begin, areas[index].end - areas[index].begin, PROT_NONE);
  }
  pages_.clear();
}

} // namespace host::validate
