#pragma once

#include "acceptance/people.hpp"

#include <string>

// The plugin's files, while no program has them open.
namespace acceptance {

// Runs SQL on the plugin's database.
void change_outbox_file(const World& world, const std::string& sql);
// The one value that the SQL answers.
std::string read_outbox_file(const World& world, const std::string& sql);

} // namespace acceptance
