#include "value.hpp"

#include <nlohmann/json.hpp>

namespace emulator::books {
namespace {

constexpr std::size_t depth_max = 64;

/// Builds a Value from nlohmann's events. Its SAX interface hands over the text of a number, which
/// is what keeps amounts exact.
class Builder {
 public:
  bool null() { return put(Value{}); }
  bool boolean(bool flag) { return put(Value{flag}); }
  bool number_integer(std::int64_t number) { return put_number(std::to_string(number)); }
  bool number_unsigned(std::uint64_t number) { return put_number(std::to_string(number)); }
  bool number_float(double, const std::string& text) { return put_number(text); }
  bool string(std::string& text) { return put(Value{std::move(text)}); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Value::object()); }
  bool start_array(std::size_t) { return open(Value::list()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    keys_.back() = std::move(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) {
    const std::string what = error.what();
    const bool encoding = what.find("UTF-8") != std::string::npos;
    bad_ = {encoding ? BadJson::Reason::encoding : BadJson::Reason::syntax, what};
    return false;
  }

  tl::expected<Value, BadJson> result(bool parsed) {
    if (!parsed) return tl::unexpected(std::move(bad_));
    return std::move(root_);
  }

 private:
  bool put_number(const std::string& text) {
    const auto number = Decimal::parse(text);
    if (number) return put(Value{*number});
    bad_ = {BadJson::Reason::number, text};
    return false;
  }
  bool open(Value container) {
    if (open_.size() >= depth_max) {
      bad_ = {BadJson::Reason::depth, "nested too deeply"};
      return false;
    }
    open_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  bool put(Value value) {
    if (open_.empty())
      root_ = std::move(value);
    else if (open_.back().as_list())
      open_.back().append(std::move(value));
    else
      open_.back().set(keys_.back(), std::move(value));
    return true;
  }

  Value root_;
  std::vector<Value> open_;
  std::vector<std::string> keys_;
  BadJson bad_{BadJson::Reason::syntax, "not JSON"};
};

void write_text(const std::string& text, std::string& out) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(const Value& value, std::string& out) {
  if (const auto* flag = value.as_flag()) {
    out += *flag ? "true" : "false";
  } else if (const auto* number = value.as_number()) {
    out += number->text();
  } else if (const auto* text = value.as_text()) {
    write_text(*text, out);
  } else if (const auto* list = value.as_list()) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i) out += ',';
      write((*list)[i], out);
    }
    out += ']';
  } else if (const auto* members = value.as_object()) {
    out += '{';
    for (std::size_t i = 0; i < members->size(); ++i) {
      if (i) out += ',';
      write_text((*members)[i].name, out);
      out += ':';
      write((*members)[i].value, out);
    }
    out += '}';
  } else {
    out += "null";
  }
}

} // namespace

tl::expected<Value, BadJson> parse_json(std::string_view text) {
  Builder builder;
  const bool parsed = nlohmann::json::sax_parse(text, &builder);
  return builder.result(parsed);
}

std::string json_text(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

} // namespace emulator::books
