#include "core/qbo/value.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace qb::qbo {
namespace {

// Builds the tree while nlohmann's parser walks the text. Its DOM would make doubles of the numbers
// and keep the last of two equal keys.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Value root;
  std::string problem;

  bool null() override { return place(Value()) != nullptr; }
  bool boolean(bool value) override { return place(Value(value)) != nullptr; }
  bool number_integer(number_integer_t value) override { return place(Value(value)) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return place(Value(value)) != nullptr; }
  // Also what does not fit 64 bits; `digits` is the text as it stands.
  bool number_float(number_float_t, const string_t& digits) override {
    return place(Value(Value::Number{digits})) != nullptr;
  }
  bool string(string_t& text) override { return place(Value(std::move(text))) != nullptr; }
  bool binary(binary_t&) override { return refuse("binary data"); }
  bool start_object(std::size_t) override { return open(Value::object()); }
  bool start_array(std::size_t) override { return open(Value::array()); }
  bool key(string_t& name) override {
    open_.back()->members()->emplace_back(std::move(name), Value());
    return true;
  }
  bool end_object() override {
    const bool doubled = has_doubled_key(*open_.back()->members());
    open_.pop_back();
    return !doubled || refuse("a key stands twice in one object");
  }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return refuse("malformed JSON or invalid UTF-8 at byte " + std::to_string(position));
  }

 private:
  bool refuse(std::string why) {
    problem = std::move(why);
    return false;
  }

  // Where the value came to stand; null if there are too many. Pointers to open containers stay
  // good: nothing is added to a container while one inside it is open.
  Value* place(Value value) {
    if (++count_ > answer_values_max) {
      problem = "more values than an answer may hold";
      return nullptr;
    }
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    if (auto* const members = open_.back()->members()) {
      members->back().second = std::move(value);
      return &members->back().second;
    }
    open_.back()->push(std::move(value));
    return &open_.back()->items()->back();
  }

  bool open(Value container) {
    if (open_.size() >= static_cast<std::size_t>(answer_depth_max))
      return refuse("nested deeper than an answer may be");
    Value* const placed = place(std::move(container));
    if (placed == nullptr) return false;
    open_.push_back(placed);
    return true;
  }

  static bool has_doubled_key(const Value::Object& members) {
    std::vector<std::string_view> names;
    names.reserve(members.size());
    for (const auto& [name, value] : members)
      names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  std::vector<Value*> open_;
  std::size_t count_ = 0;
};

} // namespace

tl::expected<Value, std::string> read(std::string_view json) {
  if (json.size() > answer_size_max_bytes)
    return tl::make_unexpected(std::string("larger than an answer may be"));
  TreeBuilder builder;
  if (!nlohmann::json::sax_parse(json, &builder))
    return tl::make_unexpected(builder.problem.empty() ? std::string("malformed JSON")
                                                       : std::move(builder.problem));
  return std::move(builder.root);
}

} // namespace qb::qbo
