#include "references.hpp"
#include "change.hpp"

#include <set>

namespace emulator::books {

Objection check_references(const Company& company, const Change& change) {
  std::set<std::pair<Entity, std::string>> already;
  if (change.before)
    for_each_reference(*change.info.shape, change.before->body,
                       [&](const Property& property, const Value& reference, const std::string&) {
                         already.emplace(property.target, reference.text_of("value"));
                       });
  Objection objection;
  for_each_reference(
      *change.info.shape, change.body,
      [&](const Property& property, const Value& reference, const std::string& path) {
        if (objection || property.kind != Kind::reference) return;
        const auto id = reference.text_of("value");
        const auto* target = company.find(property.target, id);
        if (!target)
          objection = faults::dangling(info_of(property.target).fault_word, id, path);
        else if (!is_active(target->body) && !already.contains({property.target, id}))
          objection = company.disputed.is("inactive_reference", "2500")
                          ? faults::dangling(info_of(property.target).fault_word, id, path)
                          : faults::not_found();
        else if (property.name == "ItemRef" && target->body.text_of("Type") == "Category")
          objection = faults::coded("2500", "Invalid Reference Id",
                                    "Categories cannot be used in transactions.", path);
      });
  return objection;
}

} // namespace emulator::books
