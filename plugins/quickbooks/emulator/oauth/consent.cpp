#include "oauth/consent.hpp"

#include "server/url.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <strings.h>

namespace emulator::oauth {

namespace {

using server::markup_escaped;
using server::Query;
using server::Reply;

const std::set<std::string> known_scopes{"com.intuit.quickbooks.accounting",
                                         "com.intuit.quickbooks.payment",
                                         "openid",
                                         "profile",
                                         "email",
                                         "phone",
                                         "address"};

std::string field(const Query& query, const char* name) {
  const auto found = query.find(name);
  return found == query.end() ? std::string{} : found->second;
}

Reply html(int status, const std::string& title, const std::string& content) {
  Reply reply;
  reply.status = status;
  reply.content_type = "text/html;charset=UTF-8";
  reply.headers.emplace("Cache-Control", "no-store");
  reply.body = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
               markup_escaped(title) +
               "</title><style>body{font:16px/1.5 sans-serif;max-width:34rem;margin:3rem auto;"
               "padding:0 1rem}button{font:inherit;padding:.5rem 1.2rem;margin:1rem .5rem 0 0}"
               "label{display:block;padding:.3rem 0}</style></head><body><h1>" +
               markup_escaped(title) + "</h1>" + content + "</body></html>\n";
  return reply;
}

Reply redirect(const std::string& uri, const Query& added) {
  Reply reply;
  reply.status = 302;
  reply.headers.emplace("Location", uri + (uri.find('?') == std::string::npos ? "?" : "&") +
                                        server::form_encoded(added));
  reply.headers.emplace("Cache-Control", "no-store");
  return reply;
}

std::string hidden(const Query& asked, const char* name) {
  return std::string("<input type=\"hidden\" name=\"") + name + "\" value=\"" +
         markup_escaped(field(asked, name)) + "\">";
}

bool scopes_known(const std::string& scopes) {
  std::istringstream words(scopes);
  std::string word;
  bool some = false;
  while (words >> word) {
    if (!known_scopes.contains(word)) return false;
    some = true;
  }
  return some;
}

} // namespace

bool redirect_allowed(const App& app, const std::string& uri) {
  if (uri.find('#') != std::string::npos) return false;
  const bool registered =
      std::find(app.redirect_uris.begin(), app.redirect_uris.end(), uri) != app.redirect_uris.end();
  if (app.production) return registered && uri.starts_with("https://");
  if (registered) return true;
  constexpr std::string_view local = "http://localhost";
  if (!uri.starts_with(local)) return false;
  auto rest = std::string_view(uri).substr(local.size());
  if (rest.starts_with(':'))
    rest.remove_prefix(
        std::min(rest.size(), std::max<std::size_t>(2, rest.find_first_not_of("0123456789", 1))));
  return rest.empty() || rest.front() == '/' || rest.front() == '?';
}

std::optional<CompanyChoice> company_meant(const std::vector<CompanyChoice>& companies,
                                           const std::string& text) {
  std::vector<CompanyChoice> begun;
  for (const auto& company : companies) {
    if (company.realm == text || strcasecmp(company.name.c_str(), text.c_str()) == 0)
      return company;
    if (!text.empty() && strncasecmp(company.name.c_str(), text.c_str(), text.size()) == 0)
      begun.push_back(company);
  }
  if (begun.size() == 1) return begun.front();
  return std::nullopt;
}

Consent::Consent(Connections& connections, std::function<std::vector<CompanyChoice>()> companies)
    : connections_(connections), companies_(std::move(companies)) {}

void Consent::decide(const Decision& decision) {
  const std::scoped_lock lock(mutex_);
  decision_ = decision;
}

Decision Consent::decision() const {
  const std::scoped_lock lock(mutex_);
  return decision_;
}

// What is wrong with app or redirect address is shown and never redirected: the address cannot be
// trusted then. Other faults go to the app.
std::optional<Reply> Consent::objection(const Query& asked, std::optional<App>& app) const {
  app = connections_.app(field(asked, "client_id"));
  if (!app)
    return html(400, "Unknown app", "<p>The parameter client_id names no registered app.</p>");
  const std::string uri = field(asked, "redirect_uri"), state = field(asked, "state");
  if (!redirect_allowed(*app, uri))
    return html(400, "Redirect address not registered",
                "<p>The redirect_uri <code>" + markup_escaped(uri) +
                    "</code> is not registered for this app.</p>");
  if (state.empty()) return redirect(uri, {{"error", "invalid_request"}});
  if (field(asked, "response_type") != "code")
    return redirect(uri, {{"error", "unsupported_response_type"}, {"state", state}});
  if (!scopes_known(field(asked, "scope")))
    return redirect(uri, {{"error", "invalid_scope"}, {"state", state}});
  return std::nullopt;
}

Reply Consent::connected(const App& app, const Query& asked, const std::string& realm,
                         Instant now) {
  const std::string uri = field(asked, "redirect_uri");
  const auto code = connections_.issue_code(app, realm, uri, field(asked, "scope"), now);
  return redirect(uri, {{"code", code}, {"state", field(asked, "state")}, {"realmId", realm}});
}

Reply Consent::page(const server::Request& request, Instant now) {
  const Query& asked = request.query;
  std::optional<App> app;
  if (auto refused = objection(asked, app)) return *refused;
  const auto decided = decision();
  const auto companies = companies_();
  if (decided.by == Decision::By::always_refuse)
    return redirect(field(asked, "redirect_uri"),
                    {{"error", "access_denied"}, {"state", field(asked, "state")}});
  if (decided.by == Decision::By::always_connect) {
    if (const auto company = company_meant(companies, decided.company))
      return connected(*app, asked, company->realm, now);
    return html(409, "No such company",
                "<p>No single company is meant by <q>" + markup_escaped(decided.company) +
                    "</q>.</p>");
  }
  std::string form = "<p><strong>" + markup_escaped(app->name) +
                     "</strong> asks to read and change the books of a company. This is an "
                     "emulator; nothing here is real.</p>"
                     "<form method=\"post\" action=\"/connect/oauth2\">";
  for (const char* name : {"client_id", "redirect_uri", "response_type", "scope", "state"})
    form += hidden(asked, name);
  form += "<fieldset><legend>Company</legend>";
  bool first = true;
  for (const auto& company : companies) {
    form += "<label><input type=\"radio\" name=\"realm\" required value=\"" +
            markup_escaped(company.realm) + "\"" + (first ? " checked" : "") + "> " +
            markup_escaped(company.name) + " <small>" + markup_escaped(company.realm) +
            "</small></label>";
    first = false;
  }
  form += "</fieldset><button name=\"decision\" value=\"connect\">Connect</button>"
          "<button name=\"decision\" value=\"cancel\" formnovalidate>Cancel</button></form>";
  return html(200, "Connect to QuickBooks (emulated)", form);
}

Reply Consent::chosen(const server::Request& request, Instant now) {
  const Query asked = server::form_decoded(request.body);
  std::optional<App> app;
  if (auto refused = objection(asked, app)) return *refused;
  if (field(asked, "decision") != "connect")
    return redirect(field(asked, "redirect_uri"),
                    {{"error", "access_denied"}, {"state", field(asked, "state")}});
  const auto companies = companies_();
  const std::string realm = field(asked, "realm");
  if (std::none_of(companies.begin(), companies.end(),
                   [&](const auto& company) { return company.realm == realm; }))
    return html(400, "No such company", "<p>Go back and choose one of the companies.</p>");
  return connected(*app, asked, realm, now);
}

} // namespace emulator::oauth
