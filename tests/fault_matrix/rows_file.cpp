#include "machine.h"
#include "rows.hpp"
#include "run.hpp"

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fault_matrix {
namespace {

namespace fs = std::filesystem;

fs::path folder(const Run& run) {
  return run.scene.world.scratch("embedded");
}
fs::path file(const Run& run) {
  return folder(run) / "quickbooks.db";
}

// While `spoilt` the file is refused in words and left as it is; put right, all of it goes on.
template <class Spoil, class Mend>
void is_refused_until_mended(Run& run, Spoil&& spoil, Mend&& mend) {
  run.tell();
  run.scene.host.end();
  spoil();
  const auto size = fs::exists(file(run)) ? fs::file_size(file(run)) : 0;
  const Said said = run.scene.host.start();
  run.expect(said.status == ERP_E_STORAGE,
             "it starts with " + std::to_string(said.status) + " instead of refusing the file");
  run.expect(said.words.size() > 20, "without words: " + said.words);
  run.expect(!fs::exists(file(run)) || fs::file_size(file(run)) == size, "the file was changed");
  if (said.status >= 0) run.scene.host.end();
  mend();
  const Said again = run.scene.host.start();
  run.expect(again.status == ERP_OK, "mended it starts with " + again.words);
}

// Another process holds the file's lock.
void d2(Run& run) {
  int ready[2], done[2];
  if (pipe(ready) != 0 || pipe(done) != 0) throw std::runtime_error("no pipe");
  pid_t holder = 0;
  is_refused_until_mended(
      run,
      [&] {
        holder = fork();
        if (holder == 0) {
          struct flock all {};
          all.l_type = F_WRLCK;
          const int fd = open(file(run).c_str(), O_RDWR);
          char byte = fcntl(fd, F_SETLK, &all) == 0 ? 1 : 0;
          (void)!::write(ready[1], &byte, 1);
          (void)!::read(done[0], &byte, 1);
          _exit(0);
        }
        char byte = 0;
        run.expect(::read(ready[0], &byte, 1) == 1 && byte == 1, "the file is not held");
      },
      [&] {
        (void)!::write(done[1], "x", 1);
        waitpid(holder, nullptr, 0);
      });
  for (const int fd : {ready[0], ready[1], done[0], done[1]})
    close(fd);
}

void overwrite(const fs::path& path, std::uintmax_t at, std::size_t size) {
  std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(at));
  stream << std::string(size, '\x5a');
}

void d4(Run& run) {
  const fs::path kept = run.scene.world.scratch("kept");
  const auto kind = run.draw(3);
  is_refused_until_mended(
      run,
      [&] {
        fs::remove_all(kept);
        fs::copy(folder(run), kept, fs::copy_options::recursive);
        if (kind == 0) overwrite(file(run), 0, 100);     // its header
        if (kind == 1) overwrite(file(run), 4096, 4096); // a page
        if (kind == 2) fs::resize_file(file(run), 4096); // all but the first page is gone
      },
      [&] {
        fs::remove_all(folder(run));
        fs::copy(kept, folder(run), fs::copy_options::recursive);
      });
}

// The file goes away, or another one takes its place, while it is open.
void d5(Run& run) {
  const fs::path kept = run.scene.world.scratch("kept.db");
  const auto spoil = [&](bool replace) {
    fs::remove(kept);
    fs::rename(file(run), kept);
    if (replace) fs::copy(kept, file(run));
  };
  const auto mend = [&] {
    fs::remove(file(run));
    fs::rename(kept, file(run));
  };
  const bool replace = run.draw(2) == 0;
  if (run.cell.point == Point::open) {
    is_refused_until_mended(
        run,
        [&] { // a link in its place
          fs::rename(file(run), kept);
          fs::create_symlink(kept, file(run));
        },
        mend);
    return;
  }
  if (run.cell.point == Point::worker) run.tell();
  spoil(replace);
  const auto size = fs::exists(file(run)) ? fs::file_size(file(run)) : 0;
  if (run.cell.point == Point::hook)
    for (const std::string& line : run.errand.events)
      run.expect(run.scene.host.tell(line).status == ERP_E_STORAGE,
                 "a hook without its file takes an event");
  else
    run.expect(run.step().said.status == ERP_E_STORAGE, "the job works without its file");
  run.expect(replace ? fs::file_size(file(run)) == size : !fs::exists(file(run)),
             "a file was made in its place");
  mend();
  run.scene.move_s(61);
  if (run.cell.point == Point::hook)
    for (const std::string& line : run.errand.events) {
      const Said said = run.scene.host.tell(line);
      run.expect(said.status == ERP_OK || said.status == ERP_DUPLICATE,
                 "with its file again the hook answers " + std::to_string(said.status));
    }
}

void d6(Run& run) {
  constexpr long types[] = {0x6969, 0xFF534D42};
  is_refused_until_mended(
      run, [&] { machine_file_system(types[run.draw(2)]); }, [] { machine_is_well(); });
}

void set_version(const fs::path& path, const std::string& by) {
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) == SQLITE_OK) {
    std::string version;
    sqlite3_exec(
        database, "PRAGMA user_version",
        [](void* into, int, char** values, char**) {
          *static_cast<std::string*>(into) = values[0];
          return 0;
        },
        &version, nullptr);
    sqlite3_exec(
        database,
        ("PRAGMA user_version = " + std::to_string(std::stoi(version) + std::stoi(by))).c_str(),
        nullptr, nullptr, nullptr);
  }
  sqlite3_close(database);
}

void d7(Run& run) {
  is_refused_until_mended(
      run, [&] { set_version(file(run), "7"); }, [&] { set_version(file(run), "-7"); });
}

} // namespace

std::vector<Row> file_rows() {
  return {
      {"D2",
       "somebody else holds the file",
       "a lock of another process",
       "refused in words at once; later it starts",
       {Point::open},
       all_operations,
       d2},
      {"D4",
       "a damaged file",
       "its header, a page, all but the first page",
       "refused in words and left as it is; mended, it goes on",
       {Point::open},
       all_operations,
       d4},
      {"D5", "the file goes away or is replaced", "renamed, copied, a link in its place",
       "ERP_E_STORAGE, no new file; back again, it goes on", storing, all_operations, d5},
      {"D6",
       "a network file system",
       "statfs says NFS or CIFS",
       "refused in words",
       {Point::open},
       all_operations,
       d6},
      {"D7",
       "the file of a newer version",
       "user_version",
       "refused in words, left as it is",
       {Point::open},
       all_operations,
       d7},
  };
}

} // namespace fault_matrix
