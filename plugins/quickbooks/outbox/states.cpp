#include "outbox/entry.hpp"

#include <stdexcept>

namespace qb::outbox {

const char* to_string(State state) {
  switch (state) {
  case State::queued:
    return "queued";
  case State::claimed:
    return "claimed";
  case State::blocked:
    return "blocked";
  case State::delivered:
    return "delivered";
  case State::superseded:
    return "superseded";
  case State::discarded:
    return "discarded";
  }
  throw std::logic_error("no such state");
}

State state_from(std::string_view text) {
  for (const State state : all_states)
    if (text == to_string(state)) return state;
  throw std::logic_error("no such state: " + std::string(text));
}

const char* to_string(Cause cause) {
  switch (cause) {
  case Cause::event:
    return "event";
  case Cause::derived:
    return "derived";
  case Cause::retry:
    return "retry";
  case Cause::person:
    return "person";
  case Cause::change:
    return "change";
  case Cause::backfill:
    return "backfill";
  }
  throw std::logic_error("no such cause");
}

Cause cause_from(std::string_view text) {
  for (const Cause cause :
       {Cause::event, Cause::derived, Cause::retry, Cause::person, Cause::change, Cause::backfill})
    if (text == to_string(cause)) return cause;
  throw std::logic_error("no such cause: " + std::string(text));
}

bool is_open(State state) {
  return state == State::queued || state == State::claimed || state == State::blocked;
}

} // namespace qb::outbox
