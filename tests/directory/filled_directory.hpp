#pragma once

#include "directory/directory.hpp"
#include "process/temporary_folder.hpp"
#include "store/database.hpp"

#include <doctest/doctest.h>

// A directory in a fresh folder.
struct FilledDirectory {
  process::TemporaryFolder folder;
  qb::store::Database store{(folder / "a.db").string()};
  qb::directory::Directory directory{store};
  int next_id = 1;

  template <class Step>
  void write(Step&& step) {
    store.write([&](qb::store::Connection& connection) { step(connection); });
  }
  qb::qbo::Known put(qb::qbo::Known known) {
    if (known.id.empty()) known.id = std::to_string(next_id++);
    if (known.full_name.empty()) known.full_name = known.name;
    write([&](auto& c) { qb::directory::Directory::put(c, known); });
    return known;
  }
  // "Parent:Child" gives the leaf and the path.
  std::string account(const std::string& path, const std::string& number = "", bool active = true) {
    return put(with_parents(qb::qbo::Entity::account, path, number, active)).id;
  }
  std::string klass(const std::string& path, bool active = true) {
    return put(with_parents(qb::qbo::Entity::klass, path, "", active)).id;
  }
  std::string vendor(const std::string& name, bool active = true) {
    qb::qbo::Known known;
    known.entity = qb::qbo::Entity::vendor;
    known.name = name;
    known.active = active;
    return put(known).id;
  }
  std::string item(const std::string& name, bool active = true,
                   const std::string& kind = "Inventory") {
    qb::qbo::Known known;
    known.entity = qb::qbo::Entity::item;
    known.name = name;
    known.active = active;
    known.kind = kind;
    return put(known).id;
  }

 private:
  static qb::qbo::Known with_parents(qb::qbo::Entity entity, const std::string& path,
                                     const std::string& number, bool active) {
    qb::qbo::Known known;
    known.entity = entity;
    known.full_name = path;
    known.name = path.substr(path.rfind(':') + 1);
    known.account_number = number;
    known.active = active;
    return known;
  }
};
