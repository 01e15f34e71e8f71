#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

namespace SQLite {
class Statement;
}

namespace qb::store {

class Connection;

// Bytes that are no text, for a BLOB column.
struct Blob {
  std::string_view bytes;
};

// A prepared statement with its values, taken from the connection's cache and given back on
// destruction. Lives no longer than the work it is used in.
class Query {
 public:
  // Binds `values` to ?1, ?2, ...; they are copied.
  template <class... Values>
  Query(Connection& connection, std::string_view sql, const Values&... values)
      : Query(connection, sql) {
    int index = 0;
    (bind(++index, values), ...);
  }
  Query(Connection& connection, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool step(); // to the next row; false: there is none
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;
  bool flag(int column) const { return integer(column) != 0; }

 private:
  template <class Value>
  void bind(int index, const Value& value) {
    if constexpr (std::is_integral_v<Value>)
      bind_integer(index, static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<Value, Blob>)
      bind_blob(index, value.bytes);
    else
      bind_text(index, value);
  }
  void bind_integer(int index, std::int64_t value);
  void bind_text(int index, std::string_view value);
  void bind_blob(int index, std::string_view value);

  SQLite::Statement* statement_;
  bool* in_use_ = nullptr;                 // of the cached statement; null: `own_`
  std::unique_ptr<SQLite::Statement> own_; // the cached one is busy further up the stack
};

// The one connection, as the rooms see it inside Database::write() and read(): SQLite's with a
// cache of prepared statements. Only the thread that was handed it may use it, and only until its
// work returns.
class Connection : public SQLite::Database {
 public:
  Connection(const std::string& path, int flags, int busy_timeout_ms);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Pages the write-ahead log held after the last commit, moved to the main file or not.
  int log_pages() const { return log_pages_; }

  // Runs a statement that answers no rows; how many rows it changed.
  template <class... Values>
  int run(std::string_view sql, const Values&... values) {
    Query query(*this, sql, values...);
    query.step();
    return changes();
  }

 private:
  friend class Query;
  struct Cached {
    std::unique_ptr<SQLite::Statement> statement;
    bool in_use = false;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  int changes() const;
  int log_pages_ = 0;
  std::unordered_map<std::string, Cached, TextHash, std::equal_to<>> cache_;
};

} // namespace qb::store
