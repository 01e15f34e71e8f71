#include "disk.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <new>
#include <sqlite3.h>

namespace simulation {
namespace {

constexpr std::size_t sector_bytes = 512;

Disk* disk = nullptr;
sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs our_vfs;
std::uint64_t random_state = 1;

struct Handle { // SQLite allocates szOsFile bytes for it
  sqlite3_file base;
  Disk::File* file;
};
Disk::File& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->file;
}

int close(sqlite3_file*) {
  return SQLITE_OK;
}

int read(sqlite3_file* handle, void* to, int count, sqlite3_int64 from) {
  if (disk->is_dead()) return SQLITE_IOERR_READ;
  const std::string& bytes = of(handle).bytes;
  const auto at = static_cast<std::size_t>(from), wanted = static_cast<std::size_t>(count);
  const std::size_t there = at >= bytes.size() ? 0 : std::min(wanted, bytes.size() - at);
  if (there > 0) std::memcpy(to, bytes.data() + at, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* handle, const void* from, int count, sqlite3_int64 to) {
  if (disk->refuses()) return SQLITE_IOERR_WRITE;
  if (disk->is_full()) return SQLITE_FULL;
  Disk::File& file = of(handle);
  const auto at = static_cast<std::size_t>(to), end = at + static_cast<std::size_t>(count);
  if (end > file.bytes.size()) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + at, from, end - at);
  file.touch(at, end);
  return SQLITE_OK;
}

int truncate(sqlite3_file* handle, sqlite3_int64 length) {
  if (disk->refuses()) return SQLITE_IOERR_TRUNCATE;
  Disk::File& file = of(handle);
  const auto size = static_cast<std::size_t>(length);
  file.touch(size, std::max(size, file.bytes.size()));
  file.bytes.resize(size);
  return SQLITE_OK;
}

int sync(sqlite3_file* handle, int) {
  if (disk->refuses()) return SQLITE_IOERR_FSYNC;
  Disk::File& file = of(handle);
  file.synced.resize(file.bytes.size());
  for (const std::size_t sector : file.dirty) {
    file.is_dirty[sector] = false;
    const std::size_t at = sector * sector_bytes;
    if (at >= file.bytes.size()) continue;
    std::memcpy(file.synced.data() + at, file.bytes.data() + at,
                std::min(sector_bytes, file.bytes.size() - at));
  }
  file.dirty.clear();
  return SQLITE_OK;
}

int size(sqlite3_file* handle, sqlite3_int64* length) {
  *length = static_cast<sqlite3_int64>(of(handle).bytes.size());
  return SQLITE_OK;
}

int lock(sqlite3_file*, int) { // one process at a time
  return SQLITE_OK;
}
int check_lock(sqlite3_file*, int* out) {
  *out = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(sector_bytes);
}
int traits(sqlite3_file*) {
  return 0; // promises nothing: no atomic writes, no order
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
  m.xUnlock = lock;
  m.xCheckReservedLock = check_lock;
  m.xFileControl = control;
  m.xSectorSize = sector_size;
  m.xDeviceCharacteristics = traits;
  return m;
}
const sqlite3_io_methods methods = methods_of_version_1();

int open(sqlite3_vfs*, const char* path, sqlite3_file* handle, int flags, int* flags_out) {
  handle->pMethods = nullptr;
  if (!path || disk->is_dead()) return SQLITE_CANTOPEN;
  reinterpret_cast<Handle*>(handle)->file = &disk->open(path);
  handle->pMethods = &methods;
  if (flags_out) *flags_out = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int) {
  if (disk->refuses()) return SQLITE_IOERR_DELETE;
  disk->remove(path);
  return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* path, int, int* out) {
  *out = disk->exists(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", path);
  return SQLITE_OK;
}

int random_bytes(sqlite3_vfs*, int count, char* out) {
  Dice dice(random_state++);
  for (int i = 0; i < count; ++i)
    out[i] = static_cast<char>(dice.below(256));
  return count;
}

} // namespace

void Disk::File::touch(std::size_t from, std::size_t to) {
  if (to == 0) return;
  const std::size_t first = from / sector_bytes, last = (to - 1) / sector_bytes;
  if (is_dirty.size() <= last) is_dirty.resize(last + 1);
  for (std::size_t sector = first; sector <= last; ++sector)
    if (!is_dirty[sector]) {
      is_dirty[sector] = true;
      dirty.push_back(sector);
    }
}

Disk::Disk(std::filesystem::path folder, const Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {
  std::filesystem::create_directories(folder_);
  real_vfs = sqlite3_vfs_find(nullptr);
  our_vfs = *real_vfs;
  our_vfs.iVersion = 1;
  our_vfs.zName = "simulated";
  our_vfs.szOsFile = static_cast<int>(sizeof(Handle));
  our_vfs.xOpen = simulation::open;
  our_vfs.xDelete = simulation::remove;
  our_vfs.xAccess = access;
  our_vfs.xFullPathname = full_path;
  our_vfs.xRandomness = random_bytes;
  random_state = 1;
  disk = this;
  sqlite3_vfs_register(&our_vfs, 1);
  sqlite3_randomness(0, nullptr); // what SQLite drew before is forgotten
}

Disk::~Disk() {
  sqlite3_vfs_unregister(&our_vfs);
  sqlite3_vfs_register(real_vfs, 1);
  disk = nullptr;
  drop_all();
}

void Disk::drop_all() {
  while (!files_.empty())
    remove(std::string(files_.begin()->first));
}

Disk::File& Disk::open(const std::string& path) {
  std::unique_ptr<File>& file = files_[path];
  if (!file) {
    file = std::make_unique<File>();
    if (!std::filesystem::exists(path)) std::ofstream(path).flush();
  }
  return *file;
}

void Disk::remove(const std::string& path) {
  files_.erase(path);
  std::filesystem::remove(path);
}

bool Disk::refuses() {
  constexpr int writes_of_an_instant_max = 30'000;
  if (instant_ != clock_.now) {
    instant_ = clock_.now;
    writes_in_instant_ = 0;
  }
  if (++writes_in_instant_ > writes_of_an_instant_max) dead_ = spun_ = true;
  if (!dead_ && dies_in_ > 0 && --dies_in_ == 0) dead_ = true;
  return dead_;
}

void Disk::start_again() {
  dead_ = full_ = spun_ = false;
  writes_in_instant_ = 0;
  dies_in_ = 0;
}

void Disk::start_again_after_power_cut(Dice& dice) {
  start_again();
  for (auto& [path, file] : files_) {
    std::sort(file->dirty.begin(), file->dirty.end());
    const bool new_length = file->bytes.size() == file->synced.size() || dice.chance(500);
    const std::size_t length = new_length ? file->bytes.size() : file->synced.size();
    file->bytes.resize(std::max(file->bytes.size(), length));
    file->synced.resize(std::max(file->bytes.size(), file->synced.size()));
    for (const std::size_t sector : file->dirty) {
      file->is_dirty[sector] = false;
      const std::size_t at = sector * sector_bytes;
      if (at >= file->bytes.size()) continue;
      const std::size_t count = std::min(sector_bytes, file->bytes.size() - at);
      if (dice.chance(500)) std::memcpy(file->synced.data() + at, file->bytes.data() + at, count);
    }
    file->dirty.clear();
    file->synced.resize(length);
    file->bytes = file->synced;
  }
}

} // namespace simulation
