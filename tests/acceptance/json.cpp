#include "acceptance/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace acceptance {

// Takes nlohmann's events and keeps each number's digits as they stand.
class JsonReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  Json root;

  bool null() override { return put(Json()); }
  bool boolean(bool value) override {
    Json out(Json::Kind::boolean);
    out.text_ = value ? "true" : "false";
    return put(std::move(out));
  }
  bool number_integer(std::int64_t value) override {
    return put(Json::number(std::to_string(value)));
  }
  bool number_unsigned(std::uint64_t value) override {
    return put(Json::number(std::to_string(value)));
  }
  bool number_float(double, const std::string& digits) override {
    return put(Json::number(digits));
  }
  bool string(std::string& value) override { return put(Json(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(std::string& name) override {
    keys_.back() = name;
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool open(Json container) {
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  bool put(Json value) {
    if (open_.empty())
      root = std::move(value);
    else if (open_.back().kind() == Json::Kind::array)
      open_.back().items_.push_back(std::move(value));
    else
      open_.back().members_.emplace_back(keys_.back(), std::move(value));
    return true;
  }

  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

Json::Json(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
Json::Json(const char* text) : Json(std::string(text)) {}

Json Json::number(std::string digits) {
  Json out(Kind::number);
  out.text_ = std::move(digits);
  return out;
}

Json Json::parse(std::string_view json) {
  JsonReader reader;
  if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader))
    throw std::runtime_error("this is no JSON: " + std::string(json.substr(0, 2000)));
  return std::move(reader.root);
}

const Json& Json::operator[](std::string_view key) const {
  static const Json none;
  for (const auto& [name, value] : members_)
    if (name == key) return value;
  return none;
}

const Json& Json::at(std::size_t index) const {
  static const Json none;
  return index < items_.size() ? items_[index] : none;
}

std::int64_t Json::integer() const {
  std::size_t used = 0;
  const std::int64_t value = std::stoll(text_, &used);
  if (used != text_.size()) throw std::runtime_error("no whole number: " + text_);
  return value;
}

Json& Json::member(std::string_view key) {
  for (auto& [name, value] : members_)
    if (name == key) return value;
  throw std::runtime_error("no member " + std::string(key) + " in " + dump());
}

Json& Json::set(std::string_view key, Json value) {
  kind_ = Kind::object;
  for (auto& [name, old] : members_)
    if (name == key) {
      old = std::move(value);
      return *this;
    }
  members_.emplace_back(std::string(key), std::move(value));
  return *this;
}

void Json::erase(std::string_view key) {
  std::erase_if(members_, [&](const Member& member) { return member.first == key; });
}

void Json::push(Json item) {
  kind_ = Kind::array;
  items_.push_back(std::move(item));
}

std::string Json::dump() const {
  switch (kind_) {
  case Kind::null:
    return "null";
  case Kind::boolean:
  case Kind::number:
    return text_;
  case Kind::text:
    return nlohmann::json(text_).dump();
  case Kind::array: {
    std::string out = "[";
    for (const Json& item : items_)
      out += (out.size() > 1 ? "," : "") + item.dump();
    return out + "]";
  }
  case Kind::object: {
    std::string out = "{";
    for (const auto& [name, value] : members_)
      out += (out.size() > 1 ? "," : "") + nlohmann::json(name).dump() + ":" + value.dump();
    return out + "}";
  }
  }
  return {};
}

} // namespace acceptance
