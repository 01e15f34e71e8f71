#include "proof/case.hpp"

namespace qb::proof {

const char* to_string(Case what) {
  switch (what) {
  case Case::stands:
    return "stands";
  case Case::held_by_issue:
    return "held_by_issue";
  case Case::cancelled:
    return "cancelled";
  case Case::skipped:
    return "skipped";
  case Case::nothing_to_do:
    return "nothing_to_do";
  case Case::elsewhere:
    return "elsewhere";
  case Case::on_its_way:
    return "on_its_way";
  case Case::differs:
    return "differs";
  case Case::missing:
    return "missing";
  case Case::doubled:
    return "doubled";
  }
  return "";
}

const char* in_words(Case what) {
  switch (what) {
  case Case::stands:
    return "stands in QuickBooks as it should";
  case Case::held_by_issue:
    return "held up by an open issue";
  case Case::cancelled:
    return "closed or deleted, as cancelled";
  case Case::skipped:
    return "given up by a person";
  case Case::nothing_to_do:
    return "nothing to do in QuickBooks";
  case Case::elsewhere:
    return "in the company connected before";
  case Case::on_its_way:
    return "ON ITS WAY";
  case Case::differs:
    return "DIFFERS in QuickBooks";
  case Case::missing:
    return "MISSING in QuickBooks";
  case Case::doubled:
    return "DOUBLED in QuickBooks";
  }
  return "";
}

} // namespace qb::proof
