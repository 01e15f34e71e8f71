#pragma once
#include "books/books.hpp"
#include "gateway/replays.hpp"
#include "state/journal.hpp"

namespace emulator::gateway {

struct Outcome {
  Answer answer;
  bool replayed = false; // wholly: nothing was done
};

// What of the answers is kept by request id.
struct Memory {
  std::chrono::seconds retention = replay_retention;
  bool of_faults = false; // of good answers always
};

// Does a deed on a company's books, honouring its request id. Depends on its arguments only, so
// that doing the journal's deeds again leads to the same books.
Outcome carry_out(Books& books, Replays& replays, const state::Deed& deed, const Memory& memory);

// True for a call that may change books: those are journaled.
bool may_write(const Call& call);

} // namespace emulator::gateway
