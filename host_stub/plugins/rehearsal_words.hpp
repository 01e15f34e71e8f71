#pragma once

// What the two processes of a rehearsal say to each other.
namespace host::plugins {

constexpr const char* rehearse_word = "--rehearse"; // not in the help: nobody types it
constexpr const char* part_begin = "begin";
constexpr const char* part_work = "work";
constexpr const char* part_end = "end";
constexpr const char* part_done = "done";

} // namespace host::plugins
