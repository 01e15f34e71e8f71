#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::cli {

// The commands there are: the ones of a group under its name, nothing under one that is no group.
using CommandNames = std::map<std::string, std::vector<std::string>>;

// "there is no command "plugns"; did you mean plugins?", if the first plain words of the line are
// no command of these.
std::optional<std::string> mistyped_command(const std::vector<std::string>& plain_words,
                                            const CommandNames& there_are);

// An example of a command ("plugins install") as a person would type it.
std::string example_of(const std::string& command);

} // namespace host::cli
