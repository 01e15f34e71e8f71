#include "core/qbo/fault.hpp"
#include "core/qbo/fault_text.hpp"

#include <algorithm>
#include <charconv>

// Gateways answer some refusals as XML whatever was asked for. A fault is three fixed elements
// deep, so it is picked out by name; this reads no other XML.
namespace qb::qbo {
namespace {

constexpr std::size_t xml_size_max_bytes = 256u * 1024;

struct Element {
  std::string_view attributes;
  std::string_view content;
  std::size_t end = 0; // behind it, in the text searched
};

bool ends_name(char c) {
  return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The next <name ...> or <prefix:name ...> from `from` on.
std::optional<Element> element(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = text.find('<', from); at != std::string_view::npos;
       at = text.find('<', at + 1)) {
    const std::size_t tag_end = text.find('>', at);
    if (tag_end == std::string_view::npos) return std::nullopt;
    const std::string_view tag = text.substr(at + 1, tag_end - at - 1);
    const auto name_size =
        static_cast<std::size_t>(std::find_if(tag.begin(), tag.end(), ends_name) - tag.begin());
    const std::string_view full_name = tag.substr(0, name_size);
    const std::size_t colon = full_name.find(':');
    if (full_name.substr(colon == std::string_view::npos ? 0 : colon + 1) != name) continue;
    Element found;
    found.attributes = tag.substr(name_size);
    found.end = tag_end + 1;
    if (tag.ends_with('/')) return found;
    const std::string closing = "</" + std::string(full_name) + ">";
    const std::size_t close = text.find(closing, found.end);
    if (close == std::string_view::npos) return std::nullopt;
    found.content = text.substr(found.end, close - found.end);
    found.end = close + closing.size();
    return found;
  }
  return std::nullopt;
}

void append_utf8(std::string& out, unsigned code) {
  const auto byte = [&out](unsigned value) { out += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0U | (code >> 6U));
    byte(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    byte(0xE0U | (code >> 12U));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  } else {
    byte(0xF0U | (code >> 18U));
    byte(0x80U | ((code >> 12U) & 0x3FU));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  }
}

// "&amp;" -> "&"; false: what stands between & and ; is no reference.
bool append_reference(std::string& out, std::string_view name) {
  constexpr std::pair<std::string_view, char> named[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [word, c] : named)
    if (name == word) {
      out += c;
      return true;
    }
  if (name.size() < 2 || name.front() != '#') return false;
  name.remove_prefix(1);
  const bool hexadecimal = name.front() == 'x';
  if (hexadecimal) name.remove_prefix(1);
  unsigned code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  const bool whole = !name.empty() && error == std::errc() && end == name.data() + name.size();
  if (!whole || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
  append_utf8(out, code);
  return true;
}

std::string unescaped(std::string_view text) {
  constexpr std::size_t reference_size_max = 10;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '&') {
      const std::size_t end = text.find(';', at);
      if (end != std::string_view::npos && end - at <= reference_size_max &&
          append_reference(out, text.substr(at + 1, end - at - 1))) {
        at = end;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  for (const char quote : {'"', '\''}) {
    const std::string mark = " " + std::string(name) + "=" + quote;
    const std::size_t at = attributes.find(mark);
    if (at == std::string_view::npos) continue;
    const std::size_t begin = at + mark.size();
    const std::size_t end = attributes.find(quote, begin);
    if (end != std::string_view::npos) return unescaped(attributes.substr(begin, end - begin));
  }
  return {};
}

std::string text_in(std::string_view error, std::string_view name) {
  const auto found = element(error, name, 0);
  return found ? unescaped(found->content) : std::string();
}

FaultError error_from(const Element& element_error) {
  const std::string message = text_in(element_error.content, "Message");
  const std::string detail = text_in(element_error.content, "Detail");
  FaultError error;
  error.code = code_from(attribute(element_error.attributes, "code"), message, detail);
  error.message = without_secrets(message);
  error.detail = without_secrets(detail);
  error.element = without_secrets(attribute(element_error.attributes, "element"));
  return error;
}

} // namespace

std::optional<Fault> fault_in_xml(std::string_view body) {
  body = body.substr(0, xml_size_max_bytes);
  const auto outer = element(body, "Fault", 0);
  if (!outer) return std::nullopt;
  Fault fault;
  fault.type = attribute(outer->attributes, "type");
  std::size_t from = 0;
  while (fault.errors.size() < fault_errors_max) {
    const auto error = element(outer->content, "Error", from);
    if (!error) break;
    fault.errors.push_back(error_from(*error));
    from = error->end;
  }
  order_by_restriction(fault);
  return fault;
}

} // namespace qb::qbo
