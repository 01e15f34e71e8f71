#pragma once

namespace host {

constexpr const char* program_version = "0.1.0";

} // namespace host
