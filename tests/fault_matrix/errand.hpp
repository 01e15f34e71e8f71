#pragma once

#include "cases.hpp"

#include <string>
#include <vector>

namespace fault_matrix {

// What must stand in QuickBooks in the end, once.
struct Document {
  std::string subject; // "purchase_order/r7-0"
  std::string entity;  // "PurchaseOrder"
  std::string number;  // DocNumber, Name or DisplayName
  std::string total;   // "" of a list entity
};

// What the host asks for in one run, under numbers of its own.
struct Errand {
  std::string beginning;           // of all its numbers
  std::vector<std::string> before; // events that must have gone out already
  std::vector<std::string> events;
  std::vector<Document> documents;
  std::string path; // of the call that the fault is to meet, "purchaseorder" or "batch"
  int nth = 1;      // which of them
};

Errand make_errand(Operation operation, Point point, int run);

} // namespace fault_matrix
