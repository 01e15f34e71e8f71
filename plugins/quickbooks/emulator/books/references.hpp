#pragma once
#include "schema.hpp"
#include "value.hpp"

#include <string>

namespace emulator::books {

/// Calls visit(property, reference, path) for every reference or code in a body, lines included.
/// The path is written as Intuit's faults do: "Line.ItemBasedExpenseLineDetail.ItemRef".
template <class AnyValue, class Visit>
void for_each_reference(const Shape& shape, AnyValue& body, const Visit& visit,
                        const std::string& path = {}) {
  auto* members = body.as_object();
  if (!members) return;
  for (auto& member : *members) {
    const auto* property = shape.find(member.name);
    if (!property) continue;
    const std::string here = path.empty() ? member.name : path + "." + member.name;
    switch (property->kind) {
    case Kind::reference:
    case Kind::code:
      visit(*property, member.value, here);
      break;
    case Kind::object:
      for_each_reference(*property->shape, member.value, visit, here);
      break;
    case Kind::list:
      if (auto* items = member.value.as_list())
        for (auto& item : *items)
          for_each_reference(*property->shape, item, visit, here);
      break;
    default:
      break;
    }
  }
}

} // namespace emulator::books
