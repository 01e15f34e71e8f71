#include "packed.hpp"

#include "loader/library.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <stdexcept>

namespace packed {
namespace {

namespace fs = std::filesystem;

void must(bool is_so, const std::string& what) {
  if (!is_so) throw std::runtime_error(what);
}

mode_t type_of(Kind kind) {
  switch (kind) {
  case Kind::folder:
    return AE_IFDIR;
  case Kind::symbolic_link:
    return AE_IFLNK;
  case Kind::fifo:
    return AE_IFIFO;
  case Kind::device:
    return AE_IFCHR;
  default:
    return AE_IFREG;
  }
}

} // namespace

fs::path ship_1_0() {
  return SHIP_1_0;
}
fs::path ship_1_0_rebuilt() {
  return SHIP_1_0_REBUILT;
}
fs::path ship_1_1() {
  return SHIP_1_1;
}

void write_archive(const fs::path& file, const std::vector<Entry>& entries) {
  const std::unique_ptr<archive, decltype(&archive_write_free)> out(archive_write_new(),
                                                                    &archive_write_free);
  archive_write_add_filter_gzip(out.get());
  archive_write_set_format_gnutar(out.get());
  must(archive_write_open_filename(out.get(), file.c_str()) == ARCHIVE_OK, "cannot write");
  for (const Entry& one : entries) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              &archive_entry_free);
    archive_entry_set_pathname(entry.get(), one.path.c_str());
    archive_entry_set_filetype(entry.get(), type_of(one.kind));
    archive_entry_set_perm(entry.get(), 0644);
    if (one.kind == Kind::symbolic_link)
      archive_entry_set_symlink(entry.get(), one.content.c_str());
    if (one.kind == Kind::hard_link) archive_entry_set_hardlink(entry.get(), one.content.c_str());
    const bool has_content = one.kind == Kind::file;
    archive_entry_set_size(entry.get(), has_content ? la_int64_t(one.content.size()) : 0);
    must(archive_write_header(out.get(), entry.get()) >= ARCHIVE_WARN,
         "cannot write the head of " + one.path);
    if (has_content)
      must(archive_write_data(out.get(), one.content.data(), one.content.size()) ==
               la_ssize_t(one.content.size()),
           "cannot write " + one.path);
  }
  must(archive_write_close(out.get()) == ARCHIVE_OK, "cannot end the archive");
}

Content::Content(const fs::path& library, const std::string& version) : top("ship-" + version) {
  const std::string inside = "lib/x86_64-linux/ship.so";
  manifest = {{"id", "ship"},
              {"version", version},
              {"platform", "x86_64-linux"},
              {"library", inside},
              {"abi", {{"major", 1}, {"built_minor", 0}, {"min_host_minor", 0}}},
              {"runtime", {{"glibc", "2.17"}, {"glibcxx", nullptr}}}};
  files = {{inside, process::text_of(library)}, {"licenses/LICENSE", "for the test\n"}};
}

std::vector<Entry> Content::entries() const {
  auto all = files;
  all["plugin.json"] = manifest.dump(2);
  std::vector<Entry> result;
  std::string sums;
  const process::TemporaryFolder folder;
  for (const auto& [path, content] : all) {
    result.push_back({top + "/" + path, content});
    process::write_text(folder / "one", content);
    if (path != without_sum_of)
      sums += *host::loader::digest_of(folder / "one") + "  " + path + "\n";
  }
  result.push_back({top + "/SHA256SUMS", sums + more_sums});
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

KeyPair::KeyPair(const host_test::Home& home, const std::string& name)
    : public_key(home.scratch(name + ".pub")), secret_key(home.scratch(name + ".key")) {
  const auto made =
      process::run("minisign", {"-G", "-W", "-p", public_key.string(), "-s", secret_key.string()});
  must(made.exit_code == 0, "minisign -G: " + made.err + made.out);
}

std::string trusted_comment(const nlohmann::json& manifest) {
  return "id=" + manifest.at("id").get<std::string>() +
         " version=" + manifest.at("version").get<std::string>() +
         " platform=" + manifest.at("platform").get<std::string>() +
         " abi=" + manifest.at("abi").at("major").dump() + "." +
         manifest.at("abi").at("min_host_minor").dump();
}

void sign(const fs::path& file, const KeyPair& keys, const std::string& comment,
          const std::vector<std::string>& words) {
  std::vector<std::string> all = {"-S", "-s",   keys.secret_key.string(), "-m", file.string(),
                                  "-t", comment};
  all.insert(all.end(), words.begin(), words.end());
  const auto signed_it = process::run("minisign", all);
  must(signed_it.exit_code == 0, "minisign -S: " + signed_it.err + signed_it.out);
}

fs::path signed_bundle(const host_test::Home& home, const Content& content, const KeyPair& keys) {
  const fs::path file = home.scratch(content.top + "-x86_64-linux.tar.gz");
  write_archive(file, content.entries());
  sign(file, keys, trusted_comment(content.manifest));
  return file;
}

} // namespace packed
