#include "validate/elf.hpp"

#include "validate/finding.hpp"

#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>

namespace host::validate {
namespace {

constexpr const char* expected = "a 64-bit ELF shared library";

// The bytes of the file; every access is checked, since nobody has vouched for it.
class File {
 public:
  explicit File(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(stream), {});
  }
  template <class T>
  T at(std::uint64_t offset) const {
    T value;
    require(offset <= bytes_.size() && sizeof value <= bytes_.size() - offset, expected,
            "the file is cut short, or points beyond its end");
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }
  std::string text(std::uint64_t offset) const {
    const std::size_t end = offset < bytes_.size() ? bytes_.find('\0', offset) : std::string::npos;
    require(end != std::string::npos, expected, "a name in it points beyond its end");
    return bytes_.substr(offset, end - offset);
  }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(path) {
    header_ = file_.at<Elf64_Ehdr>(0);
    require(std::memcmp(header_.e_ident, ELFMAG, SELFMAG) == 0 &&
                header_.e_ident[EI_CLASS] == ELFCLASS64 && header_.e_ident[EI_DATA] == ELFDATA2LSB,
            expected, path.string() + " is something else");
    elf_.machine = header_.e_machine;
    elf_.is_shared_object = header_.e_type == ET_DYN;
  }
  Elf read() {
    read_segments();
    read_dynamic();
    read_symbols();
    read_versions();
    return elf_;
  }

 private:
  void read_segments() {
    elf_.has_executable_stack = true;
    for (std::uint64_t i = 0; i < header_.e_phnum; ++i) {
      const auto segment = file_.at<Elf64_Phdr>(header_.e_phoff + i * sizeof(Elf64_Phdr));
      segments_.push_back(segment);
      if (segment.p_type == PT_GNU_RELRO) elf_.has_relro = true;
      if (segment.p_type == PT_GNU_STACK) elf_.has_executable_stack = segment.p_flags & PF_X;
      if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) && (segment.p_flags & PF_W))
        elf_.has_writable_code = true;
    }
  }

  std::uint64_t offset_of(std::uint64_t address) const {
    for (const Elf64_Phdr& one : segments_)
      if (one.p_type == PT_LOAD && address >= one.p_vaddr && address - one.p_vaddr < one.p_filesz)
        return one.p_offset + (address - one.p_vaddr);
    fail(expected, "an address in it belongs to no segment");
  }

  void read_dynamic() {
    std::vector<Elf64_Dyn> entries;
    for (const Elf64_Phdr& segment : segments_)
      for (std::uint64_t at = 0;
           segment.p_type == PT_DYNAMIC && at + sizeof(Elf64_Dyn) <= segment.p_filesz;
           at += sizeof(Elf64_Dyn)) {
        entries.push_back(file_.at<Elf64_Dyn>(segment.p_offset + at));
        if (entries.back().d_tag == DT_NULL) break;
      }
    for (const Elf64_Dyn& one : entries)
      if (one.d_tag == DT_STRTAB) strings_ = offset_of(one.d_un.d_ptr);
    for (const Elf64_Dyn& one : entries)
      take(one);
  }

  void take(const Elf64_Dyn& entry) {
    const std::uint64_t value = entry.d_un.d_val;
    switch (entry.d_tag) {
    case DT_NEEDED:
      elf_.needed.push_back(file_.text(strings_ + value));
      break;
    case DT_RPATH:
    case DT_RUNPATH:
      elf_.search_paths.push_back(file_.text(strings_ + value));
      break;
    case DT_TEXTREL:
      elf_.has_text_relocations = true;
      break;
    case DT_BIND_NOW:
      elf_.binds_now = true;
      break;
    case DT_FLAGS:
      elf_.binds_now |= (value & DF_BIND_NOW) != 0;
      elf_.has_text_relocations |= (value & DF_TEXTREL) != 0;
      break;
    case DT_FLAGS_1:
      elf_.binds_now |= (value & DF_1_NOW) != 0;
      elf_.is_nodelete = (value & DF_1_NODELETE) != 0;
      break;
    }
  }

  // By the section of dynamic symbols: linkers write it, and nothing else says how many there are.
  void read_symbols() {
    for (std::uint64_t i = 0; i < header_.e_shnum; ++i) {
      const auto section = file_.at<Elf64_Shdr>(header_.e_shoff + i * sizeof(Elf64_Shdr));
      if (section.sh_type != SHT_DYNSYM) continue;
      for (std::uint64_t at = sizeof(Elf64_Sym); at + sizeof(Elf64_Sym) <= section.sh_size;
           at += sizeof(Elf64_Sym))
        take(file_.at<Elf64_Sym>(section.sh_offset + at));
    }
  }

  void read_versions() {
    for (std::uint64_t i = 0; i < header_.e_shnum; ++i) {
      const auto section = file_.at<Elf64_Shdr>(header_.e_shoff + i * sizeof(Elf64_Shdr));
      if (section.sh_type != SHT_GNU_verneed) continue;
      std::uint64_t at = section.sh_offset;
      for (std::uint64_t library = 0; library < section.sh_info; ++library) {
        const auto need = file_.at<Elf64_Verneed>(at);
        std::uint64_t one = at + need.vn_aux;
        for (unsigned count = 0; count < need.vn_cnt; ++count) {
          const auto version = file_.at<Elf64_Vernaux>(one);
          elf_.versions.push_back(file_.text(strings_ + version.vna_name));
          one += version.vna_next;
        }
        at += need.vn_next;
        if (need.vn_next == 0) break;
      }
    }
  }

  void take(const Elf64_Sym& symbol) {
    const unsigned binding = ELF64_ST_BIND(symbol.st_info);
    const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
    const bool is_visible = visibility == STV_DEFAULT || visibility == STV_PROTECTED;
    if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL || !is_visible) return;
    const std::string name = file_.text(strings_ + symbol.st_name);
    elf_.exports.push_back(name);
    if (binding == STB_GNU_UNIQUE) elf_.unique.push_back(name);
  }

  File file_;
  Elf64_Ehdr header_{};
  std::vector<Elf64_Phdr> segments_;
  std::uint64_t strings_ = 0;
  Elf elf_;
};

} // namespace

Elf read_elf(const std::filesystem::path& file) {
  return Reader(file).read();
}

} // namespace host::validate
