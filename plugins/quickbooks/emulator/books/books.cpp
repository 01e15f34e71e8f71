#include "books.hpp"
#include "batch.hpp"
#include "query.hpp"
#include "saved.hpp"
#include "seed.hpp"
#include "text.hpp"
#include "writing.hpp"

#include <nlohmann/json.hpp>
#include <vector>

namespace emulator {

struct Books::State {
  books::Company company;
};

namespace {

using namespace books;

std::string parameter(const Call& call, const std::string& name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Fault no_such_resource(const Company& company, const Call& call) {
  const auto resource = "/v3/company/" + company.realm + "/" + call.path;
  return faults::unsupported_operation("Could not find resource for relative : " + resource +
                                       " of full path: https://qbo.example.com" + resource);
}

bool has_type(const Call& call, std::string_view type) {
  return lower(call.content_type).starts_with(type);
}

Fault wrong_type(const Call& call) {
  return faults::coded("1050", "Content type is not supported", call.content_type);
}

Outcome<Value> json_body(const Call& call) {
  if (!has_type(call, "application/json")) return tl::unexpected(wrong_type(call));
  auto body = parse_json(call.body);
  if (body) return std::move(*body);
  const auto& bad = body.error();
  if (bad.reason == BadJson::Reason::encoding)
    return tl::unexpected(
        faults::unsupported_operation("com.sun.org.apache.xerces.internal.impl.io."
                                      "MalformedByteSequenceException: Invalid UTF-8"));
  if (bad.reason == BadJson::Reason::number)
    return tl::unexpected(faults::not_a_number("", bad.detail));
  return tl::unexpected(
      faults::unknown_property("Unexpected character in the JSON body: " + bad.detail + "\n"));
}

/// {"Vendor":{...}}, ready to be answered.
Outcome<Value> wrapped(const EntityInfo& info, Outcome<Value> object) {
  if (!object) return object;
  Value answer = Value::object();
  answer.set(info.name, std::move(*object));
  return answer;
}

Outcome<Value> serve_query(const Company& company, const Call& call) {
  if (call.method == "POST" && !has_type(call, "application/text"))
    return tl::unexpected(wrong_type(call));
  auto rows = run_query(company, call.method == "POST" ? call.body : parameter(call, "query"));
  if (!rows) return rows;
  Value answer = Value::object();
  answer.set("QueryResponse", std::move(*rows));
  return answer;
}

Outcome<Value> serve_write(Company& company, const EntityInfo& info, const Call& call,
                           Instant now) {
  const auto operation = parameter(call, "operation");
  const auto body = json_body(call);
  if (!body) return body;
  if (operation == "delete") return wrapped(info, delete_object(company, info, *body, now));
  if (!operation.empty() && operation != "update" && operation != "create")
    return tl::unexpected(faults::unsupported_operation(operation));
  WriteOptions options;
  const auto [first, last] = call.query.equal_range("include");
  for (auto include = first; include != last; ++include)
    if (lower(include->second).find("allowduplicatedocnum") != std::string::npos)
      options.allow_duplicate_number = true;
  return wrapped(info, write_object(company, info, *body, options, now));
}

Outcome<Value> serve_read(const Company& company, const EntityInfo& info, std::string id) {
  // The company reads itself by its realm; the object's own Id is "1".
  if (info.family == Family::singleton && (id.empty() || id == company.realm)) id = "1";
  return wrapped(info, read_object(company, info, id));
}

Outcome<Value> serve(Company& company, const Call& call, Instant now) {
  const auto path = segments(call.path);
  const bool get = call.method == "GET", post = call.method == "POST";
  if (path.size() == 1 && path[0] == "query" && (get || post)) return serve_query(company, call);
  if (path.size() == 1 && path[0] == "cdc" && get)
    return run_cdc(company, parameter(call, "entities"), parameter(call, "changedSince"), now);
  if (path.size() == 1 && path[0] == "batch" && post) {
    const auto body = json_body(call);
    return body ? run_batch(company, *body, now) : body;
  }
  const auto* info = path.empty() ? nullptr : entity_at_path(path[0]);
  if (info && post && path.size() == 1) return serve_write(company, *info, call, now);
  if (info && get && path.size() == 2) return serve_read(company, *info, path[1]);
  if (info && get && path.size() == 1 && info->family == Family::singleton)
    return serve_read(company, *info, {});
  return tl::unexpected(no_such_resource(company, call));
}

} // namespace

Books::Books(std::unique_ptr<State> state) : state_(std::move(state)) {}
Books::Books(Books&&) noexcept = default;
Books& Books::operator=(Books&&) noexcept = default;
Books::~Books() = default;

Books Books::seeded(Region region, std::string realm, std::string company_name,
                    const SeedOptions& options) {
  auto company = seeded_company(region, std::move(realm), company_name, options);
  return Books{std::make_unique<State>(State{std::move(company)})};
}

Books Books::load(const nlohmann::json& document) {
  return Books{std::make_unique<State>(State{restored(document)})};
}

nlohmann::json Books::save() const {
  return saved(state_->company);
}

void Books::assume(const Disputed& disputed) {
  state_->company.disputed = disputed;
}

Answer Books::handle(const Call& call, Instant now) {
  auto done = serve(state_->company, call, now);
  Value answer = Value::object();
  if (done)
    answer = std::move(*done);
  else
    answer.set("Fault", fault_value(done.error()));
  answer.set("time", pacific_millis(now));
  return {done ? 200 : 400, json_text(answer)};
}

const std::string& Books::realm() const {
  return state_->company.realm;
}
const std::string& Books::company_name() const {
  return state_->company.name();
}

} // namespace emulator
