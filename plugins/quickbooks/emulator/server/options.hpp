#pragma once
#include "books/books.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace emulator::server {

// What the command line says.
struct Options {
  int port = 0;
  std::filesystem::path state;
  std::optional<std::filesystem::path> tls_certificate, tls_key;
  std::chrono::milliseconds latency{0};
  Region region = Region::us;
  bool throttled = true;
  bool virtual_clock = false;
  Disputed disputed;
  std::optional<std::string> auto_consent; // a company's name
};

// Empty means: help or an error was printed and the program ends with `exit_code`.
std::optional<Options> options_from(int argc, char** argv, int& exit_code);

} // namespace emulator::server
