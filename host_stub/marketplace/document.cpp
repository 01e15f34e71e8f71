#include "marketplace/document.hpp"

#include "erp/sdk/document.hpp"
#include "terminal/terminal.hpp"

#include <nlohmann/json.hpp>

namespace host::marketplace {

using nlohmann::json;

Outcome<json> verified(const Document& document, const std::string& name,
                       const std::vector<bundle::PublicKey>& keys, const std::string& whose) {
  const auto signature = bundle::verify(document.content, document.signature, keys);
  if (!signature && signature.error().status == ERP_E_NOT_FOUND)
    return problem("the marketplace's " + name + " is not signed with " + whose + ": " +
                       signature.error().message +
                       ". Somebody else may stand in for the marketplace; ask its operator",
                   ERP_E_DENIED);
  if (!signature)
    return problem("the marketplace's " + name + " was refused: " + signature.error().message,
                   ERP_E_DENIED);
  json content = json::parse(document.content, nullptr, false);
  if (!content.is_object()) return problem("the marketplace's " + name + " is no JSON object");
  const auto serial = content.find("serial");
  const std::string meant =
      name + " serial=" + (serial == content.end() ? "?" : serial->dump(-1, ' ', true));
  if (signature->comment != meant) // one document does not pass for another
    return problem("the marketplace's " + name + " was refused: its signature is for \"" +
                       terminal::shown(signature->comment) + "\"",
                   ERP_E_DENIED);
  return content;
}

Outcome<void> check_time(const Standing& standing, const std::string& name, std::int64_t now) {
  if (now < standing.expires_at) return {};
  const std::string when = erp::is_representable(standing.expires_at)
                               ? erp::to_rfc3339(standing.expires_at)
                               : "long ago";
  return problem("the marketplace's " + name + " expired (" + when +
                     "): an old one could hide what was withdrawn since. Run `marketplace "
                     "refresh`; if that says the same, ask the operator of the marketplace for a "
                     "new one, and look whether this computer's clock is right",
                 ERP_E_DENIED);
}

} // namespace host::marketplace
