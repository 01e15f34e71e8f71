#include "outcome/problem.hpp"

#include <algorithm>

namespace host {

int exit_code_of(const Problem& problem) {
  const bool person_must_act =
      problem.status == ERP_E_NOT_CONNECTED || problem.status == ERP_E_CONFIG;
  return person_must_act ? exit_cannot_deliver : exit_failed;
}

const char* name_of(erp_status status) {
  switch (status) {
  case ERP_OK:
    return "ERP_OK";
  case ERP_IGNORED:
    return "ERP_IGNORED";
  case ERP_DUPLICATE:
    return "ERP_DUPLICATE";
  case ERP_E_INVALID:
    return "ERP_E_INVALID";
  case ERP_E_UNSUPPORTED:
    return "ERP_E_UNSUPPORTED";
  case ERP_E_NOT_FOUND:
    return "ERP_E_NOT_FOUND";
  case ERP_E_DENIED:
    return "ERP_E_DENIED";
  case ERP_E_CONFLICT:
    return "ERP_E_CONFLICT";
  case ERP_E_RETRY_LATER:
    return "ERP_E_RETRY_LATER";
  case ERP_E_TIMEOUT:
    return "ERP_E_TIMEOUT";
  case ERP_E_SHUTTING_DOWN:
    return "ERP_E_SHUTTING_DOWN";
  case ERP_E_CONFIG:
    return "ERP_E_CONFIG";
  case ERP_E_STORAGE:
    return "ERP_E_STORAGE";
  case ERP_E_NOT_CONNECTED:
    return "ERP_E_NOT_CONNECTED";
  default:
    return "ERP_E_INTERNAL"; // rule R9
  }
}

Problem problem_of(erp_status status, const erp_error& error, const std::string& what_failed) {
  // The callee may lie about the length; never read past its buffer.
  const std::size_t length = std::min<std::size_t>(error.message_len, sizeof error.message);
  const std::string words(error.message, length);
  return Problem{words.empty() ? what_failed + " (" + name_of(status) + ")" : words, status};
}

} // namespace host
