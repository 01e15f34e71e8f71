#include "json_tree.hpp"

#include "utf8.hpp"

#include <nlohmann/json.hpp>

namespace erp {
namespace {

using nlohmann::json;

class TreeBuilder final : public nlohmann::json_sax<json> {
 public:
  TreeBuilder(std::string_view text, json& tree) : text_(text), tree_(tree) {}

  std::optional<JsonProblem> problem;

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return is_short(value) && add(std::move(value)); }
  bool binary(binary_t&) override { return false; } // not a thing of JSON text

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    level.key = name;
    if (level.node->contains(name)) return refuse("stands twice");
    return is_short(name);
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return refuse(is_utf8(text_) ? "is not valid JSON near byte " + std::to_string(position)
                                 : "is not valid UTF-8");
  }

 private:
  struct Level {
    json* node;
    std::string key; // of the member that is being read
  };

  // Where the value goes that comes next.
  json& place(json&& value) {
    if (levels_.empty()) return tree_ = std::move(value);
    Level& level = levels_.back();
    if (level.node->is_array()) return level.node->emplace_back(std::move(value));
    return (*level.node)[level.key] = std::move(value);
  }

  bool add(json&& value) {
    place(std::move(value));
    finish_member();
    return true;
  }

  bool open(json&& container) {
    if (levels_.size() == json_depth_max) return refuse("is nested too deeply");
    levels_.push_back(Level{&place(std::move(container)), {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    finish_member();
    return true;
  }

  void finish_member() {
    if (!levels_.empty()) levels_.back().key.clear();
  }

  bool is_short(const std::string& text) {
    return text.size() <= text_length_max_bytes || refuse("is longer than 1 MiB");
  }

  bool refuse(std::string what) {
    problem = JsonProblem{{}, path(), std::move(what)};
    return false;
  }

  std::string path() const {
    std::string path;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const Level& level = levels_[i];
      const bool is_last = i + 1 == levels_.size();
      if (level.node->is_array()) {
        // The element being read: already placed if it is a container that was opened.
        path += '[' + std::to_string(level.node->size() - (is_last ? 0 : 1)) + ']';
      } else if (!level.key.empty()) {
        path += (path.empty() ? "" : ".");
        path += utf8_prefix(level.key, 200); // a hostile key need not fill the screen
      }
    }
    return path;
  }

  std::string_view text_;
  json& tree_;
  std::vector<Level> levels_;
};

} // namespace

std::optional<JsonProblem> parse_json_tree(std::string_view text, json& tree) {
  TreeBuilder builder(text, tree);
  json::sax_parse(text.begin(), text.end(), &builder);
  return builder.problem;
}

} // namespace erp
