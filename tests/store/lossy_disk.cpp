#include "lossy_disk.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <new>
#include <sqlite3.h>

namespace lossy {
namespace {

constexpr std::size_t sector_bytes = 512;

Disk* disk = nullptr;
sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs our_vfs;

// SQLite allocates szOsFile bytes; the real file's own object follows ours.
struct Handle {
  sqlite3_file base;
  std::string* path;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
Handle* of(sqlite3_file* file) {
  return reinterpret_cast<Handle*>(file);
}

int close(sqlite3_file* file) {
  const int result = of(file)->real()->pMethods->xClose(of(file)->real());
  delete of(file)->path;
  return result;
}
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  return of(file)->real()->pMethods->xRead(of(file)->real(), to, count, at);
}
int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  disk->observe();
  if (disk->is_full()) return SQLITE_FULL;
  const int result = of(file)->real()->pMethods->xWrite(of(file)->real(), from, count, at);
  if (result == SQLITE_OK)
    disk->wrote(*of(file)->path, static_cast<std::size_t>(at),
                std::string(static_cast<const char*>(from), static_cast<std::size_t>(count)));
  return result;
}
int truncate(sqlite3_file* file, sqlite3_int64 length) {
  disk->observe();
  disk->truncated(*of(file)->path, static_cast<std::size_t>(length));
  return of(file)->real()->pMethods->xTruncate(of(file)->real(), length);
}
int sync(sqlite3_file* file, int) {
  disk->observe();
  return disk->synced(*of(file)->path) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}
int size(sqlite3_file* file, sqlite3_int64* length) {
  return of(file)->real()->pMethods->xFileSize(of(file)->real(), length);
}
int lock(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xLock(of(file)->real(), level);
}
int unlock(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xUnlock(of(file)->real(), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), out);
}
int control(sqlite3_file* file, int what, void* argument) {
  return of(file)->real()->pMethods->xFileControl(of(file)->real(), what, argument);
}
int sector(sqlite3_file* file) {
  return of(file)->real()->pMethods->xSectorSize(of(file)->real());
}
int traits(sqlite3_file* file) {
  return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
}

sqlite3_io_methods methods_of_version_1() {
  sqlite3_io_methods m{};
  m.iVersion = 1;
  m.xClose = close;
  m.xRead = read;
  m.xWrite = write;
  m.xTruncate = truncate;
  m.xSync = sync;
  m.xFileSize = size;
  m.xLock = lock;
  m.xUnlock = unlock;
  m.xCheckReservedLock = check_lock;
  m.xFileControl = control;
  m.xSectorSize = sector;
  m.xDeviceCharacteristics = traits;
  return m;
}
const sqlite3_io_methods methods = methods_of_version_1();

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  of(file)->base.pMethods = nullptr;
  const int result = real_vfs->xOpen(real_vfs, path, of(file)->real(), flags, flags_out);
  if (result != SQLITE_OK) return result;
  of(file)->path = new std::string(path ? path : "");
  of(file)->base.pMethods = &methods;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
  disk->removed(path);
  return real_vfs->xDelete(real_vfs, path, sync_folder);
}

void apply(std::string& content, const Pending& change) {
  if (change.truncates) {
    content.resize(std::min(content.size(), change.at));
    return;
  }
  content.resize(std::max(content.size(), change.at + change.bytes.size()));
  content.replace(change.at, change.bytes.size(), change.bytes);
}

} // namespace

Disk::Disk() {
  real_vfs = sqlite3_vfs_find(nullptr);
  our_vfs = *real_vfs;
  our_vfs.zName = "lossy";
  our_vfs.szOsFile = static_cast<int>(sizeof(Handle)) + real_vfs->szOsFile;
  our_vfs.xOpen = open;
  our_vfs.xDelete = remove;
  disk = this;
  sqlite3_vfs_register(&our_vfs, 1);
}

Disk::~Disk() {
  sqlite3_vfs_unregister(&our_vfs);
  sqlite3_vfs_register(real_vfs, 1);
  disk = nullptr;
}

void Disk::observe() {
  if (observer_) observer_();
}

void Disk::wrote(const std::string& path, std::size_t at, std::string bytes) {
  files_[path].pending.push_back({at, std::move(bytes), false});
}

void Disk::truncated(const std::string& path, std::size_t length) {
  files_[path].pending.push_back({length, "", true});
}

bool Disk::synced(const std::string& path) {
  ++syncs_;
  File& file = files_[path];
  const bool fails = fail_sync_in_ > 0 && --fail_sync_in_ == 0;
  if (!fails)
    for (const Pending& change : file.pending)
      apply(file.durable, change);
  file.pending.clear();
  return !fails;
}

void power_cut(const Image& image, const std::filesystem::path& folder, std::mt19937& random) {
  std::filesystem::create_directories(folder);
  for (const auto& [path, file] : image) {
    std::string content = file.durable;
    for (const Pending& change : file.pending) {
      if (change.truncates) {
        if (random() % 2) apply(content, change);
        continue;
      }
      for (std::size_t at = 0; at < change.bytes.size(); at += sector_bytes)
        if (random() % 2)
          apply(content, {change.at + at, change.bytes.substr(at, sector_bytes), false});
    }
    std::ofstream out(folder / std::filesystem::path(path).filename(), std::ios::binary);
    out << content;
  }
}

} // namespace lossy
