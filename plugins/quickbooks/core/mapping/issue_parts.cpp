#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
namespace {

bool from_settings(const Obstacle& o) {
  return o.where.rfind("setting ", 0) == 0;
}

} // namespace

std::string quote(const std::string& text) {
  return "\"" + text + "\"";
}

std::string origin(const Obstacle& o) {
  return from_settings(o)
             ? "The name comes from the " + o.where
             : "The name comes from the attribute " + quote(o.field) + " of a purchase order line";
}

std::string remedy_here(const Obstacle& o) {
  return from_settings(o) ? "correct the " + o.where
                          : "choose another " + quote(o.field) + " on the line";
}

} // namespace qb::mapping
