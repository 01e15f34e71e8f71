#pragma once

#include "validate/documents.hpp"
#include "validate/instance.hpp"

namespace host::validate {

// The hooks that a plugin offers, called as a host would.
struct Hook {
  const char* name; // "onPoOrdered"
  // Which function of which table; `documents` are borrowed for the call.
  erp_status (*call)(const Instance&, const erp_event*, const Documents&, erp_error*);
  // The same with copies in lent memory.
  erp_status (*call_lent)(const Instance&, Lent&, const erp_event&, const Documents&, erp_error*);
};

// Skips the check if there is none.
std::vector<const Hook*> hooks_or_skip(const Instance& instance);
std::vector<const Hook*> hooks_of(const Instance& instance);

// An event of this instance; owns its texts. Converts to the borrowed struct.
class Event {
 public:
  explicit Event(std::string id, std::uint32_t attempt = 1);
  const erp_event* c();

 private:
  std::string id_;
  erp_event event_{};
};

// One event of one hook, told in plain memory.
erp_status tell(const Hook& hook, const Instance& instance, const std::string& event_id,
                const Documents& documents, std::uint32_t attempt = 1, erp_error* error = nullptr);
// Whether the host may forget the event: ERP_OK, ERP_IGNORED, ERP_DUPLICATE.
inline bool is_taken(erp_status status) {
  return status >= 0;
}

} // namespace host::validate
