#include "commands/groups.hpp"

namespace qb::commands {

std::string links(Workshop& workshop, Words words) {
  const char* usage = usage_of("links");
  const bool json = words.flag("--json");
  const auto rest = words.rest(usage);
  if (rest.size() != 1 || rest[0] != "list")
    throw erp::Failure{ERP_E_INVALID, not_understood(rest, {"list"}, usage)};
  auto list = workshop.rooms().links.list();
  // A new item that a person asked for is linked once it is made.
  std::erase_if(list, [](const links::Link& link) { return link.entity_id.empty(); });
  if (json) {
    qbo::Value out = qbo::Value::array();
    for (const links::Link& link : list) {
      qbo::Value row = qbo::Value::object();
      row.set("subject", link.subject)
          .set("entity", link.entity)
          .set("entity_id", link.entity_id)
          .set("sync_token", link.sync_token)
          .set("doc_number", text_or_null(link.doc_number))
          .set("host_total", text_or_null(link.host_total))
          .set("document_total", text_or_null(link.document_total));
      out.push(std::move(row));
    }
    return qbo::write(out) + "\n";
  }
  if (list.empty()) return "Nothing is linked yet.\n";
  std::vector<std::vector<std::string>> rows = {{"HERE", "IN QUICKBOOKS", "ID", "NUMBER OR NAME"}};
  for (const links::Link& link : list)
    rows.push_back({link.subject, link.entity, link.entity_id,
                    link.doc_number.empty() ? link.host_name : link.doc_number});
  return table(rows);
}

} // namespace qb::commands
