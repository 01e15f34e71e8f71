#include "schema.hpp"

#include <algorithm>
#include <array>

namespace emulator::books {

Shape::Shape(std::string_view type, std::vector<Property> kept, std::vector<std::string_view> known)
    : type_name(type), properties(std::move(kept)), tolerated(std::move(known)) {
  for (std::size_t i = 0; i < properties.size(); ++i)
    index_.emplace(properties[i].name, i);
}

const Property* Shape::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &properties[found->second];
}

bool Shape::tolerates(std::string_view name) const {
  static constexpr std::array common = {
      std::string_view{"Id"},           std::string_view{"SyncToken"}, std::string_view{"MetaData"},
      std::string_view{"domain"},       std::string_view{"sparse"},    std::string_view{"status"},
      std::string_view{"AttachableRef"}};
  return std::find(common.begin(), common.end(), name) != common.end() ||
         std::find(tolerated.begin(), tolerated.end(), name) != tolerated.end();
}

} // namespace emulator::books
