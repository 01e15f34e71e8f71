#include "crash/platter.hpp"

#include "process/temporary_folder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace crash {
namespace {

constexpr std::size_t sector_bytes = 512;

bool is_watched(const std::string& path) {
  return path.ends_with(".db") || path.ends_with(".db-wal") || path.ends_with(".db-journal");
}

} // namespace

Platter::Platter(std::filesystem::path folder) : folder_(std::move(folder)) {
  read_all();
}

void Platter::read_all() {
  names_.clear();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
    if (entry.is_regular_file() && is_watched(entry.path().string()))
      names_[entry.path().string()] = {
          std::make_shared<File>(File{process::text_of(entry.path()), {}})};
}

Platter::File& Platter::file(const std::string& path) {
  Name& name = names_[path];
  if (name.empty() || !name.back()) throw std::runtime_error("nobody made " + path);
  return *name.back();
}

void Platter::apply(std::string& content, const Change& change) {
  if (change.truncates) {
    content.resize(change.at);
    return;
  }
  content.resize(std::max(content.size(), change.at + change.bytes.size()));
  content.replace(change.at, change.bytes.size(), change.bytes);
}

Platter::Taken Platter::take_in(const std::filesystem::path& log) {
  const std::string text = process::text_of(log);
  Taken taken;
  for (std::size_t from = 0; from < text.size(); ++taken.changes) {
    std::array<std::uint64_t, 4> head{};
    std::memcpy(head.data(), text.data() + from, sizeof head);
    const auto [what, path_bytes, at, size] = head;
    const std::string path = text.substr(from + sizeof head, path_bytes);
    from += sizeof head + path_bytes;
    switch (static_cast<char>(what)) {
    case 'w':
      file(path).unsafe.push_back({at, text.substr(from, size), false});
      from += size;
      break;
    case 't':
      file(path).unsafe.push_back({at, "", true});
      break;
    case 's':
      ++taken.forced;
      for (const Change& change : file(path).unsafe)
        apply(file(path).safe, change);
      file(path).unsafe.clear();
      break;
    case 'c':
      if (names_[path].empty()) names_[path].push_back(nullptr);
      names_[path].push_back(std::make_shared<File>());
      break;
    case 'u':
      names_[path].push_back(nullptr);
      break;
    case 'd':
      ++taken.forced;
      for (auto& [name, states] : names_)
        if (std::filesystem::path(name).parent_path() == path)
          states.erase(states.begin(), states.end() - 1);
      break;
    default:
      throw std::runtime_error("cannot read " + log.string());
    }
  }
  process::write_text(log, "");
  return taken;
}

// Nothing of what is not safe is there; or any sectors; or all up to some sector.
std::string Platter::torn(const File& file, std::mt19937_64& engine) {
  std::string content = file.safe;
  const auto way = engine() % 4;
  if (way == 0 || file.unsafe.empty()) return content;
  const std::size_t whole = way == 1 ? engine() % (file.unsafe.size() + 1) : 0;
  for (std::size_t i = 0; i < file.unsafe.size(); ++i) {
    const Change& change = file.unsafe[i];
    if (i < whole || (change.truncates && way != 1 && engine() % 2)) {
      apply(content, change);
      continue;
    }
    if (change.truncates || (way == 1 && i > whole)) continue;
    for (std::size_t at = 0; at < change.bytes.size(); at += sector_bytes)
      if (engine() % 2)
        apply(content, {change.at + at, change.bytes.substr(at, sector_bytes), false});
  }
  return content;
}

void Platter::cut(std::mt19937_64& engine) {
  for (const auto& [path, states] : names_) {
    const auto& left = states[engine() % states.size()];
    if (left)
      process::write_text(path, torn(*left, engine));
    else
      std::filesystem::remove(path);
  }
  read_all();
}

std::size_t Platter::unsafe() const {
  std::size_t count = 0;
  for (const auto& [path, states] : names_) {
    count += states.size() - 1;
    if (states.back()) count += states.back()->unsafe.size();
  }
  return count;
}

} // namespace crash
