#pragma once

#include "outcome/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::bundle {

// What a plugin asks for. Services that are not among these are not handed to it; the network hosts
// are a declaration: code in the host's process can do what the host can.
struct Permissions {
  std::vector<std::string> services, network; // "erp.log/1"; "*.example.com:443"
};
Outcome<Permissions> parse_permissions(std::string_view json);
std::string to_json(const Permissions& permissions);

// What plugin.json of a bundle says that this host must know before it loads anything.
struct Manifest {
  std::string id, version, platform;
  std::string library; // relative to the bundle's top folder
  std::uint32_t abi_major = 0, min_host_minor = 0;
  std::string glibc; // "2.34": the oldest C library it runs with; empty: any
  Permissions permissions = {};
  // Those it says it offers; nothing: it does not say.
  std::optional<std::vector<std::string>> interfaces = {};

  // What the trusted comment of its signature must be.
  std::string trusted_comment() const;
};

Outcome<Manifest> parse_manifest(std::string_view json);

constexpr std::size_t words_max = 64;              // services, hosts or interfaces of a plugin
constexpr std::size_t word_length_max_bytes = 200; // of one of them

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
