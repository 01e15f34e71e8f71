#include "faults.hpp"

#include "failing.h"

#include <algorithm>
#include <cerrno>
#include <random>
#include <sqlite3.h>
#include <stdexcept>

namespace torture {
namespace {

std::size_t possible(const Kind& kind, const Counts& counts) {
  return static_cast<std::size_t>(counts[kind.calls]) * kind.ways.size();
}

Fault fault_at(const Scenario& scenario, const Kind& kind, std::size_t at) {
  return {&scenario, &kind, static_cast<long>(at / kind.ways.size()) + 1,
          &kind.ways[at % kind.ways.size()]};
}

// How many of each kind: what one kind lacks is shared by those that have more.
std::vector<std::size_t> shares(const Counts& counts, std::size_t wanted) {
  std::vector<std::size_t> given(kinds().size(), 0);
  for (bool more = true; more && wanted > 0;) {
    more = false;
    for (std::size_t i = 0; i < given.size() && wanted > 0; ++i)
      if (given[i] < possible(kinds()[i], counts)) {
        ++given[i];
        --wanted;
        more = true;
      }
  }
  return given;
}

} // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"memory", call_memory, {{"none", ENOMEM}}},
      {"file", call_file, {{"eio", EIO}, {"full", ENOSPC}}},
      {"store",
       call_store,
       {{"ioerr", SQLITE_IOERR},
        {"full", SQLITE_FULL},
        {"nomem", SQLITE_NOMEM},
        {"late", store_late}}},
      {"curl", call_curl, {{"nomem", ENOMEM}}},
      {"socket", call_socket, {{"reset", ECONNRESET}, {"nomem", ENOMEM}}},
  };
  return all;
}

const Kind& kind_named(const std::string& name) {
  const auto found = std::find_if(kinds().begin(), kinds().end(),
                                  [&](const Kind& kind) { return kind.name == name; });
  if (found == kinds().end()) throw std::invalid_argument("no kind of calls is named " + name);
  return *found;
}

std::string name_of(const Fault& fault) {
  return std::string(fault.scenario->name) + "/" + fault.kind->name + "/" +
         std::to_string(fault.nth) + "/" + fault.way->name;
}

std::vector<Fault> drawn(const Scenario& scenario, const Counts& counts, std::size_t wanted,
                         std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  const std::vector<std::size_t> share = shares(counts, wanted);
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < share.size(); ++i) {
    const Kind& kind = kinds()[i];
    const std::size_t all = possible(kind, counts);
    for (std::size_t j = 0; j < share[i]; ++j) { // one of each of so many pieces of equal length
      const std::size_t from = j * all / share[i], to = (j + 1) * all / share[i];
      faults.push_back(fault_at(scenario, kind, from + dice() % (to - from)));
    }
  }
  return faults;
}

std::vector<Fault> all_of(const Scenario& scenario, const Counts& counts) {
  std::vector<Fault> faults;
  for (const Kind& kind : kinds())
    for (std::size_t at = 0; at < possible(kind, counts); ++at)
      faults.push_back(fault_at(scenario, kind, at));
  return faults;
}

std::vector<Fault> last_of(const Scenario& scenario, const Kind& kind, const Counts& counts,
                           std::size_t calls) {
  const std::size_t all = possible(kind, counts), wanted = calls * kind.ways.size();
  std::vector<Fault> faults;
  for (std::size_t at = all - std::min(all, wanted); at < all; ++at)
    faults.push_back(fault_at(scenario, kind, at));
  return faults;
}

} // namespace torture
