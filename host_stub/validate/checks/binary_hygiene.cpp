#include "bundle/manifest.hpp"
#include "bundle/version_order.hpp"
#include "validate/checks/checks.hpp"
#include "validate/elf.hpp"
#include "validate/surroundings.hpp"

#include <algorithm>
#include <dlfcn.h>
#include <link.h>
#include <set>

namespace host::validate {
namespace {

// Only beside the library itself: $ORIGIN, $ORIGIN/lib, several of them with a colon between.
bool is_beside(const std::string& paths) {
  constexpr const char* origin = "$ORIGIN";
  for (std::size_t at = 0; at <= paths.size();) {
    const std::size_t end = std::min(paths.find(':', at), paths.size());
    const std::string one = paths.substr(at, end - at);
    const bool begins = one.rfind(origin, 0) == 0 || one.rfind("${ORIGIN}", 0) == 0;
    if (!begins || one.find("..") != std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

// The oldest C library it can be loaded with; empty: any.
std::string glibc_needed(const Elf& elf) {
  constexpr std::string_view prefix = "GLIBC_";
  std::string newest;
  for (const std::string& version : elf.versions) {
    if (version.rfind(prefix, 0) != 0) continue;
    const std::string one = version.substr(prefix.size());
    if (one.find_first_not_of("0123456789.") != std::string::npos) continue; // GLIBC_PRIVATE
    if (bundle::compare_versions(newest, one) < 0) newest = one;
  }
  return newest;
}

// The C and C++ runtimes, which every host has: it is made of them.
bool is_runtime(const std::string& name) {
  static const std::set<std::string> runtimes = {
      "libc.so.6",       "libm.so.6",  "libgcc_s.so.1", "libstdc++.so.6",
      "libpthread.so.0", "libdl.so.2", "librt.so.1"};
  return runtimes.count(name) != 0 || name.rfind("ld-linux", 0) == 0;
}

// Where the system's loader finds it for anybody, whatever the library itself says; empty: nowhere.
std::filesystem::path place_of(const std::string& name) {
  void* const found = dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
  link_map* map = nullptr;
  if (!found || dlinfo(found, RTLD_DI_LINKMAP, &map) != 0) return {};
  std::error_code ignored;
  return std::filesystem::canonical(map->l_name, ignored);
}

bool is_of_the_system(const std::filesystem::path& file) {
  static const std::set<std::string> tops = {"lib", "lib64", "usr/lib", "usr/lib64"};
  auto part = file.begin();
  if (file.empty() || !file.is_absolute()) return false;
  const std::string first = *++part, second = *++part;
  return tops.count(first) != 0 || tops.count(first + "/" + second) != 0;
}

bool has_file(const std::filesystem::path& folder, const std::string& name) {
  for (const std::string& file : files_below(folder))
    if (std::filesystem::path(file).filename() == name) return true;
  return false;
}

// What an administrator's machine must have for the library to be loaded there, in words; empty: it
// has that, or the bundle brings it.
std::string missing(const Subject& subject, const Elf& elf, const std::string& name) {
  if (is_runtime(name)) return "";
  if (name.find('/') != std::string::npos) return "it needs the one file " + name;
  const bool looks_beside = !elf.search_paths.empty();
  if (looks_beside && !subject.folder.empty() && has_file(subject.folder, name)) return "";
  const auto place = place_of(name);
  if (is_of_the_system(place)) return "";
  if (looks_beside && subject.folder.empty() && has_file(subject.library.parent_path(), name))
    return "it needs " + name +
           ", which lies beside it, and a bare library is installed alone: give a folder with "
           "plugin.json or a bundle that has both, or link it in (" +
           name + " as an archive)";
  return "it needs " + name +
         (place.empty() ? ", which this machine does not have"
                        : ", found as " + place.string() + ", which other machines do not have") +
         ": link it in, take it along in the bundle (-rpath $ORIGIN), or name the package of the "
         "system that has it";
}

// A host looks at what plugin.json says before it loads anything.
void compare_with_manifest(const Subject& subject, const Elf& elf,
                           std::vector<std::string>& wrong) {
  const auto manifest = bundle::parse_manifest(text_in(subject.folder / "plugin.json"));
  if (!manifest) return; // not of a bundle, or manifest-valid tells
  const std::string needed = glibc_needed(elf);
  if (bundle::compare_versions(manifest->glibc, needed) < 0)
    wrong.push_back("it needs glibc " + needed + ", and plugin.json says " +
                    (manifest->glibc.empty() ? "nothing of it" : manifest->glibc));
}

void run(const Subject& subject) {
  const Elf elf = read_elf(subject.library);
  std::vector<std::string> wrong;
  if (!elf.is_shared_object) wrong.emplace_back("it is no shared library");
  if (this_machine && elf.machine != this_machine)
    wrong.emplace_back("it is built for another machine");
  if (!elf.has_relro) wrong.emplace_back("no RELRO (-Wl,-z,relro)");
  if (!elf.binds_now) wrong.emplace_back("symbols are bound late (-Wl,-z,now)");
  if (elf.has_executable_stack) wrong.emplace_back("it asks for an executable stack");
  if (elf.has_writable_code) wrong.emplace_back("it has code that can be written to");
  if (elf.has_text_relocations) wrong.emplace_back("its code is patched when loaded (-fPIC)");
  for (const std::string& paths : elf.search_paths)
    if (!is_beside(paths)) wrong.push_back("it looks for libraries in " + paths);
  for (const std::string& name : elf.needed)
    if (const std::string words = missing(subject, elf, name); !words.empty())
      wrong.push_back(words);
  compare_with_manifest(subject, elf, wrong);
  require(wrong.empty(), binary_hygiene.what, joined(wrong, "; "));
  if (!elf.is_nodelete)
    throw Finding{Verdict::warn, "marked as never to be unmapped",
                  "not marked; link with -Wl,-z,nodelete, so that no host can unmap code that a "
                  "thread may still be in"};
}

} // namespace

const Check binary_hygiene = {
    "binary-hygiene",
    "plugin_api/README.md",
    "this machine's code, read-only after loading, without a search path of its author's machine, "
    "for no newer C library than plugin.json says, and needing only libraries that the system has "
    "or "
    "the bundle brings",
    "A plugin runs with the rights of the ERP. A path that only its author's machine has lets "
    "whoever can write there run code in the host; a writable table of functions is what an "
    "attacker looks for.",
    "Build with erp_add_plugin(), or link with -Wl,-z,relro,-z,now,-z,noexecstack,-z,nodelete; "
    "allow only $ORIGIN in -rpath. Beside the C and C++ runtimes need only what a package of the "
    "system has (packaging/bundle writes down which), or bring it along.",
    run,
    "What is linked into the library or loaded by it later; whether the code is free of flaws."};

} // namespace host::validate
