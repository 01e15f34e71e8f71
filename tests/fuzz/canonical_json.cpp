#include "look_at.hpp"
#include "must.hpp"

#include "erp/sdk/canonical_json.hpp"

// A line of the event log is no event, and the reason is told; or it is one, and its canonical form
// says the same and is a single line.
void look_at(std::string_view input) {
  const auto event = erp::event_from_json(input);
  if (!event) {
    fuzz::must(!event.error().what.empty(), "a refusal says why");
    return;
  }
  const std::string text = erp::to_json(*event);
  fuzz::must(text.find_first_of("\r\n") == std::string::npos, "the canonical form is one line");
  const auto again = erp::event_from_json(text);
  fuzz::must(again.has_value(), "the canonical form is an event");
  fuzz::must(erp::to_json(*again) == text, "the canonical form of it is itself");
  fuzz::must(erp::subject_of(*again) == erp::subject_of(*event), "its subject is the same");
  fuzz::must(!erp::ordering_key_of(*event).empty(), "it has an ordering key");
}
