#pragma once

#include "core/mapping/plan.hpp"
#include "core/verdict/words.hpp"
#include "links/links.hpp"
#include "outbox/entry.hpp"

#include <string>
#include <vector>

namespace qb::delivery {

// What settling must know of a plan once its request is sealed; kept beside the sealed bytes as
// JSON.
struct SealedPlan {
  std::string fingerprint;
  std::string doc_number;
  std::string host_name;
  std::vector<std::string> line_ids;
  std::string host_total, document_total;
  std::string subject;       // whose link it is
  std::string order_subject; // of a bill
  std::string billing_json;  // of a bill
  std::string note;
  bool allows_double_number = false;
  std::int64_t version = 0;
  bool remove = false;                       // the object is deleted
  std::string host_tax;                      // what the host says of the tax QuickBooks reckons
  std::vector<verdict::IssueWords> warnings; // told once it is written
  std::int64_t batch_size = 0;               // of the batch it was sealed with; 0: alone
};

// The link to `object`, which QuickBooks holds of what was sealed. Without fingerprint: whether it
// still says what was sent is for the caller to know.
links::Link link_to(const qbo::Value& object, const outbox::Seal& seal, const SealedPlan& plan,
                    erp::Instant now);

std::string to_json(const SealedPlan& plan);
SealedPlan sealed_plan_from(const std::string& json);

} // namespace qb::delivery
