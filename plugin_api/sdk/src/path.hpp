#pragma once

#include <string>
#include <string_view>

namespace erp {

// Where in a document a value stands, as a chain on the stack that costs nothing until somebody
// wants its text: "purchase_order.lines[2].total". A parent must outlive its children.
class Path {
 public:
  Path() = default; // the whole document
  explicit Path(std::string_view member) : member_(member) {}
  Path member(std::string_view name) const { return Path(this, name, none); }
  Path element(std::size_t index) const { return Path(this, {}, index); }

  std::string text() const {
    if (parent_ == nullptr) return std::string(member_);
    std::string text = parent_->text();
    if (index_ != none) return text + '[' + std::to_string(index_) + ']';
    if (!text.empty()) text += '.';
    return text.append(member_);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  Path(const Path* parent, std::string_view member, std::size_t index)
      : parent_(parent), member_(member), index_(index) {}

  const Path* parent_ = nullptr;
  std::string_view member_;
  std::size_t index_ = none;
};

} // namespace erp
