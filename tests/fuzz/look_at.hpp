#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// What each target defines: takes one input, whatever it is. It may refuse it, but neither crash
// nor throw nor break a property (must.hpp).
void look_at(std::string_view input);
