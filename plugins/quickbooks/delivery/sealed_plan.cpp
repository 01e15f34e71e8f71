#include "delivery/sealed_plan.hpp"

#include "core/mapping/line_ids.hpp"

#include <charconv>

namespace qb::delivery {
namespace {

std::int64_t integer(const std::string& digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool says(const qbo::Value& value, const char* member) {
  const qbo::Value* const flag = value.find(member);
  return flag && flag->boolean() && *flag->boolean();
}

qbo::Value json_of(const verdict::IssueWords& words) {
  qbo::Value out = qbo::Value::object();
  out.set("cause", words.cause)
      .set("title", words.title)
      .set("meaning", words.meaning)
      .set("remedy", words.remedy)
      .set("curable", words.curable_in_quickbooks);
  return out;
}

verdict::IssueWords words_from(const qbo::Value& value) {
  verdict::IssueWords words;
  words.cause = value.text_of("cause");
  words.title = value.text_of("title");
  words.meaning = value.text_of("meaning");
  words.remedy = value.text_of("remedy");
  words.curable_in_quickbooks = says(value, "curable");
  return words;
}

} // namespace

links::Link link_to(const qbo::Value& object, const outbox::Seal& seal, const SealedPlan& plan,
                    erp::Instant now) {
  links::Link link;
  link.subject = plan.subject;
  link.entity = seal.entity;
  link.entity_id = object.text_of("Id");
  link.sync_token = object.text_of("SyncToken");
  link.doc_number = object.text_of("DocNumber");
  link.host_name = plan.host_name;
  link.answer = qbo::write(object);
  if (const auto sent = qbo::read(seal.body); sent && !plan.line_ids.empty())
    link.line_ids_json = mapping::line_ids_from(object, plan.line_ids, *sent);
  link.version = plan.version;
  link.host_total = plan.host_total;
  link.document_total = plan.document_total;
  link.order_subject = plan.order_subject;
  link.billing_json = plan.billing_json;
  link.written_at = now;
  return link;
}

std::string to_json(const SealedPlan& plan) {
  qbo::Value lines = qbo::Value::array();
  for (const std::string& id : plan.line_ids)
    lines.push(id);
  qbo::Value out = qbo::Value::object();
  out.set("fingerprint", plan.fingerprint);
  out.set("doc_number", plan.doc_number);
  out.set("host_name", plan.host_name);
  out.set("line_ids", std::move(lines));
  out.set("host_total", plan.host_total);
  out.set("document_total", plan.document_total);
  out.set("subject", plan.subject);
  out.set("order_subject", plan.order_subject);
  out.set("billing", plan.billing_json);
  out.set("note", plan.note);
  out.set("allows_double_number", plan.allows_double_number);
  out.set("version", plan.version);
  out.set("batch_size", plan.batch_size);
  if (plan.remove) out.set("remove", true);
  if (!plan.host_tax.empty()) out.set("host_tax", plan.host_tax);
  qbo::Value warnings = qbo::Value::array();
  for (const verdict::IssueWords& words : plan.warnings)
    warnings.push(json_of(words));
  if (!plan.warnings.empty()) out.set("warnings", std::move(warnings));
  return qbo::write(out);
}

SealedPlan sealed_plan_from(const std::string& json) {
  SealedPlan plan;
  const auto value = qbo::read(json);
  if (!value) return plan;
  plan.fingerprint = value->text_of("fingerprint");
  plan.doc_number = value->text_of("doc_number");
  plan.host_name = value->text_of("host_name");
  plan.host_total = value->text_of("host_total");
  plan.document_total = value->text_of("document_total");
  plan.subject = value->text_of("subject");
  plan.order_subject = value->text_of("order_subject");
  plan.billing_json = value->text_of("billing");
  plan.note = value->text_of("note");
  plan.allows_double_number = says(*value, "allows_double_number");
  plan.version = integer(value->text_of("version"));
  plan.batch_size = integer(value->text_of("batch_size"));
  plan.host_tax = value->text_of("host_tax");
  plan.remove = says(*value, "remove");
  if (const qbo::Value* warnings = value->find("warnings"); warnings && warnings->items())
    for (const qbo::Value& words : *warnings->items())
      plan.warnings.push_back(words_from(words));
  if (const qbo::Value* lines = value->find("line_ids"); lines && lines->items())
    for (const qbo::Value& id : *lines->items())
      if (id.text()) plan.line_ids.push_back(*id.text());
  return plan;
}

} // namespace qb::delivery
