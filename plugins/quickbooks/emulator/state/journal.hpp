#pragma once
#include "books/books.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

namespace emulator::state {

// One call that may change books, with all that decides what it does.
struct Deed {
  std::string client_id; // whose request ids these are
  std::string realm;
  std::string request_id; // empty: none
  Call call;
  Instant at;
};

// Deeds since the last snapshot, in the order in which they were done. A record is in the kernel's
// hands before the answer leaves, so killing the emulator loses nothing that was acknowledged; a
// power cut may.
class Journal {
 public:
  // Begins an empty one. Throws std::system_error.
  explicit Journal(const std::filesystem::path& file);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Throws std::system_error when the record is not wholly written. Any thread.
  void append(const Deed& deed);

  // Every whole record of FILE in order; a torn one at the end was never acknowledged and is left
  // out. No file: none. Throws std::runtime_error for a record that cannot be read.
  static void replay(const std::filesystem::path& file,
                     const std::function<void(const Deed&)>& each);

 private:
  std::filesystem::path file_name_;
  std::mutex mutex_;
  int file_;
};

} // namespace emulator::state
