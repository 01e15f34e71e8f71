#pragma once

#include "outcome/problem.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace host::bundle {

// What plugin.json of a bundle says that this host must know before it loads anything.
struct Manifest {
  std::string id, version, platform;
  std::string library; // relative to the bundle's top folder
  std::uint32_t abi_major = 0, min_host_minor = 0;
  std::string glibc; // "2.34": the oldest C library it runs with; empty: any

  // What the trusted comment of its signature must be.
  std::string trusted_comment() const;
};

Outcome<Manifest> parse_manifest(std::string_view json);

// Where a bundle is to run.
struct Place {
  std::string platform; // "x86_64-linux"
  std::uint32_t abi_major, abi_minor;
  std::string glibc;
};
Place this_place();

// A problem: it would not run there, and why.
Outcome<void> fits(const Manifest& manifest, const Place& place);

} // namespace host::bundle
