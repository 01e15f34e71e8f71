#include "rendering.hpp"

#include "core/mapping/words.hpp"
#include "erp/sdk/canonical_json.hpp"

#include <variant>

using namespace qb::mapping;
using qb::qbo::Value;

namespace {

constexpr std::size_t line_length_max = 100;

std::string wrapped(const std::string& label, const std::string& text) {
  std::string out = "   " + label, line = out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (line.size() + 1 + word.size() > line_length_max) {
      out += "\n     ";
      line = "     ";
    }
    out += " " + word;
    line += " " + word;
    at = end + 1;
  }
  return out + "\n";
}

std::string told(const std::vector<Obstacle>& obstacles, const std::string& subject) {
  std::string out;
  for (const Obstacle& obstacle : obstacles) {
    const auto words = words_for(obstacle, subject);
    out += (out.empty() ? "" : "\n") + words.title + "\n";
    out += wrapped("What it means:", words.meaning);
    out += wrapped("What to do:", words.remedy);
    out += wrapped("Cause:", words.cause + (words.curable_in_quickbooks
                                                ? " (goes away when QuickBooks is put right)"
                                                : ""));
  }
  return out;
}

struct Renderer {
  std::string subject;

  Rendered operator()(const Nothing& nothing) const {
    return {"nothing.txt", "Nothing is written: " + nothing.reason + ".\n"};
  }
  Rendered operator()(const Known& known) const {
    return {"known.txt", "It is " + std::string(qb::qbo::json_name(known.known.entity)) + " " +
                             known.known.id + ", \"" + known.known.name +
                             "\"; nothing of it is changed.\n"};
  }
  Rendered operator()(const Send& send) const {
    Value out = Value::object();
    out.set(send.remove              ? "delete"
            : send.entity_id.empty() ? "create"
                                     : "update",
            qb::qbo::json_name(send.entity));
    if (!send.host_name.empty()) out.set("name", send.host_name);
    if (!send.document_total.empty()) {
      out.set("total in the ERP", send.host_total);
      out.set("total in QuickBooks", send.document_total);
      Value lines = Value::array();
      for (const std::string& id : send.line_ids)
        lines.push(id);
      out.set("lines of the ERP", std::move(lines));
    }
    if (!send.host_tax.empty()) out.set("tax in the ERP", send.host_tax);
    out.set("body", send.body);
    if (!send.warnings.empty()) {
      Value told_too = Value::array();
      for (const Obstacle& warning : send.warnings) {
        const auto words = words_for(warning, subject);
        told_too.push(words.title);
        told_too.push(words.meaning);
        told_too.push(words.remedy);
        told_too.push("Cause: " + words.cause);
      }
      out.set("a person is told", std::move(told_too));
    }
    return {"request.json", indented(out) + "\n"};
  }
  Rendered operator()(const First& first) const {
    std::string out = "These must be in QuickBooks first:\n";
    for (const erp::Event& event : first.events)
      out += erp::to_json(event) + "\n";
    return {"first.txt", out};
  }
  Rendered operator()(const ReadFirst& read) const {
    return {"read.txt",
            "Its content must be read first: " + std::string(qb::qbo::json_name(read.entity)) +
                " " + read.entity_id + ".\n"};
  }
  Rendered operator()(const Blocked& blocked) const {
    return {"obstacles.txt", told(blocked.obstacles, subject)};
  }
};

} // namespace

Rendered rendered(const Plan& plan, const std::string& subject) {
  return std::visit(Renderer{subject}, plan);
}

std::string indented(const Value& value, std::size_t depth) {
  const std::string flat = qb::qbo::write(value);
  const bool is_container = value.items() || value.members();
  if (!is_container || (depth > 0 && flat.size() + 2 * depth <= 60)) return flat;
  const std::string margin(2 * (depth + 1), ' ');
  const bool is_array = value.items() != nullptr;
  std::string out = is_array ? "[" : "{";
  bool is_first = true;
  const auto add = [&](const std::string& text) {
    out += (is_first ? "\n" : ",\n") + margin + text;
    is_first = false;
  };
  if (is_array)
    for (const Value& item : *value.items())
      add(indented(item, depth + 1));
  else
    for (const auto& [name, member] : *value.members())
      add(qb::qbo::write(Value(name)) + ": " + indented(member, depth + 1));
  return out + "\n" + std::string(2 * depth, ' ') + (is_array ? "]" : "}");
}
