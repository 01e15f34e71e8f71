#pragma once

#include <cstdint>
#include <string>
#include <vector>

// What became of each host document, read from the outbox, the links and QuickBooks itself.
namespace qb::proof {

// The first five are the promise; a document is in exactly one of them once faults have stopped and
// nothing is on its way any more.
enum class Case {
  stands,        // one live document with what its newest version says
  held_by_issue, // an open issue holds it up, and a person knows
  cancelled,     // closed or deleted, as its cancellation asks
  skipped,       // a person gave it up, by name and with a reason
  nothing_to_do, // a setting, or the document itself, asks for nothing in QuickBooks
  elsewhere,     // written to the company that was connected before
  on_its_way,    // not delivered yet
  differs,       // it stands there and says something else
  missing,       // it should stand there and does not
  doubled,       // more than one live document carries its mark
};

const char* to_string(Case what); // "held_by_issue"
const char* in_words(Case what);  // "held up by an open issue"

// It is as it should be, and stays so without anybody's doing.
constexpr bool is_proven(Case what) {
  return what <= Case::elsewhere;
}
// It is not as it should be.
constexpr bool is_broken(Case what) {
  return what >= Case::differs;
}

struct Finding {
  std::string subject; // "purchase_order/1042"
  std::int64_t version = 0;
  Case what = Case::stands;
  std::string words;     // why, for a person; "" if there is nothing to say
  std::string entity;    // "PurchaseOrder"; "" : none
  std::string entity_id; // in QuickBooks
};

struct Proof {
  std::vector<Finding> findings; // of every host document, by subject
  std::int64_t objects_read = 0; // in QuickBooks
};

} // namespace qb::proof
