#include "core/settings/flat_json.hpp"

#include <nlohmann/json.hpp>

namespace qb::settings {
namespace {

class FlatReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::map<std::string, std::string> values;
  std::vector<Problem> problems;

  bool null() override { return other(); }
  bool boolean(bool) override { return other(); }
  bool number_integer(number_integer_t) override { return other(); }
  bool number_unsigned(number_unsigned_t) override { return other(); }
  bool number_float(number_float_t, const string_t&) override { return other(); }
  bool binary(binary_t&) override { return other(); }
  bool string(string_t& text) override {
    if (depth_ != 1) return depth_ != 0 || no_object();
    if (text.size() > setting_text_max_bytes)
      problems.push_back({key_, key_ + " is longer than " + std::to_string(setting_text_max_bytes) +
                                    " bytes; shorten it."});
    else if (!values.emplace(key_, text).second)
      problems.push_back({key_, key_ + " stands twice; keep one of them."});
    return true;
  }
  bool start_object(std::size_t) override {
    if (depth_ == 1) not_text();
    return ++depth_ <= depth_max;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 0) return no_object();
    return start_object(0);
  }
  bool end_array() override { return end_object(); }
  bool key(string_t& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return no_object();
  }

 private:
  static constexpr int depth_max = 16;

  bool no_object() {
    problems.push_back({"", "The settings must be one JSON object of texts; check the file for a "
                            "missing quote or comma."});
    return false;
  }
  void not_text() {
    problems.push_back(
        {key_, key_ + " must be text in quotes, for example \"" + key_ + "\": \"...\"."});
  }
  bool other() {
    if (depth_ == 0) return no_object();
    if (depth_ == 1) not_text();
    return true;
  }

  int depth_ = 0;
  std::string key_;
};

} // namespace

tl::expected<std::map<std::string, std::string>, std::vector<Problem>>
read_flat(std::string_view json) {
  FlatReader reader;
  if (json.size() > settings_size_max_bytes)
    reader.problems.push_back({"", "The settings are larger than " +
                                       std::to_string(settings_size_max_bytes / 1024) +
                                       " KiB; shorten them."});
  else if (!nlohmann::json::sax_parse(json, &reader) && reader.problems.empty())
    reader.problems.push_back({"", "The settings must be one JSON object of texts."});
  if (!reader.problems.empty()) return tl::make_unexpected(std::move(reader.problems));
  return std::move(reader.values);
}

} // namespace qb::settings
