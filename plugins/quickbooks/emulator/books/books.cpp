#include "books.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace emulator {

struct Books::State {
  Region region = Region::us;
  std::string realm;
  std::string company_name;
};

Books::Books(std::unique_ptr<State> state) : state_(std::move(state)) {}
Books::Books(Books&&) noexcept = default;
Books& Books::operator=(Books&&) noexcept = default;
Books::~Books() = default;

Books Books::seeded(Region region, std::string realm, std::string company_name,
                    const SeedOptions&) {
  auto state = std::make_unique<State>();
  state->region = region;
  state->realm = std::move(realm);
  state->company_name = std::move(company_name);
  return Books{std::move(state)};
}

Books Books::load(const nlohmann::json& saved) {
  if (!saved.is_object()) throw std::runtime_error("the saved books are no JSON object");
  auto state = std::make_unique<State>();
  state->realm = saved.at("realm").get<std::string>();
  state->company_name = saved.at("company_name").get<std::string>();
  return Books{std::move(state)};
}

nlohmann::json Books::save() const {
  return {{"realm", state_->realm}, {"company_name", state_->company_name}};
}

Answer Books::handle(const Call& call, Instant now) {
  nlohmann::ordered_json answer;
  if (call.path.starts_with("companyinfo")) {
    answer["CompanyInfo"] = {{"CompanyName", state_->company_name}, {"Id", "1"}};
    answer["time"] = pacific_millis(now);
    return {200, answer.dump()};
  }
  answer["Fault"]["Error"] =
      nlohmann::ordered_json::array({{{"Message", "Unsupported Operation"},
                                      {"Detail", "Operation is not supported."},
                                      {"code", "500"}}});
  answer["Fault"]["type"] = "ValidationFault";
  answer["time"] = pacific_millis(now);
  return {400, answer.dump()};
}

const std::string& Books::realm() const {
  return state_->realm;
}
const std::string& Books::company_name() const {
  return state_->company_name;
}

Tally tally(const Call& call) {
  if (call.method == "GET" || call.path == "query") return {true, 0, 1, false};
  return {false, 1, 0, call.path == "batch"};
}

} // namespace emulator
