#include "fault.hpp"

namespace emulator::books {

Value fault_value(const Fault& fault) {
  Value error = Value::object();
  error.set("Message", fault.message);
  error.set("Detail", fault.detail);
  error.set("code", fault.code);
  if (fault.element) error.set("element", *fault.element);
  Value body = Value::object();
  body.set("Error", Value::List{std::move(error)});
  body.set("type", "ValidationFault");
  return body;
}

namespace faults {
namespace {

std::string text(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts)
    all += part;
  return all;
}

/// 4006 as "4,006": so do Intuit's length faults.
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

} // namespace

Fault coded(std::string_view code, std::string_view message, std::string_view reason,
            std::optional<std::string> element) {
  return {std::string{code}, std::string{message}, text({message, " : ", reason}),
          std::move(element)};
}

Fault unsupported_operation(std::string_view what) {
  return {"500", "Unsupported Operation", text({"Operation ", what, " is not supported."})};
}

Fault not_found() {
  return coded(
      "610", "Object Not Found",
      "Something you're trying to use has been made inactive. Check the fields with accounts, "
      "customers, items, vendors or employees.");
}

Fault unknown_property(std::string_view detail) {
  return {"2010", "Request has invalid or unsupported property",
          text({"Property Name:", detail, " specified is unsupported or invalid"})};
}

Fault missing(std::string_view element) {
  return {"2020", "Required param missing, need to supply the required value for the API",
          text({"Required parameter ", element, " is missing in the request"}),
          std::string{element}};
}

Fault invalid_id(std::string_view value) {
  return {"2030", "Invalid ID", text({"Id should be a valid number. Supplied value:", value}),
          "Id"};
}

Fault invalid_text(std::string_view element) {
  return {"2040", "Invalid String", text({element, " contains characters that are not allowed"}),
          std::string{element}};
}

Fault length(std::string_view element, std::size_t max, std::size_t supplied) {
  return {"2050", "String length is either shorter or longer than supported by specification",
          text({"String length specified does not match the supported length. Min:0 Max:",
                grouped(max), " supported. Supplied length: ", grouped(supplied)}),
          std::string{element}};
}

Fault date_format(std::string_view element, std::string_view value) {
  return {"2060", "Invalid Date Format",
          text({"Date should be in the format YYYY-MM-DD. Supplied value:", value}),
          std::string{element}};
}

Fault not_a_number(std::string_view element, std::string_view value) {
  return {"2090", "Invalid Number", text({"Invalid Number : ", value}), std::string{element}};
}

Fault number_range(std::string_view element, std::string_view value) {
  return {"2240", "Invalid Number Range", text({"Number is out of range. Supplied value:", value}),
          std::string{element}};
}

Fault enumeration(std::string_view element, std::string_view value) {
  return {"2170", "Invalid Enumeration", text({"Invalid Enumeration : ", value}),
          std::string{element}};
}

Fault dangling(std::string_view word, std::string_view id, std::string_view element) {
  return coded("2500", "Invalid Reference Id", text({word, " element id ", id, " not found"}),
               std::string{element});
}

Fault stale() {
  return coded(
      "5010", "Stale Object Error",
      "You and Sample User were working on this at the same time. Sample User finished before "
      "you did, so your work was not saved.");
}

Fault business(std::string_view reason) {
  return {"6000", "A business validation error has occurred while processing your request",
          text({"Business Validation Error: ", reason}), ""};
}

Fault amount_mismatch(std::string_view amount) {
  return {"6070", "Amount calculation incorrect in the request",
          text({"Amount is not equal to UnitPrice * Qty. Supplied value:", amount}), "Line.Amount"};
}

Fault duplicate_number(std::string_view number, std::string_view txn_type, std::string_view id) {
  return coded(
      "6140", "Duplicate Document Number Error",
      text({"You must specify a different number. This number has already been used. DocNumber=",
            number, " is assigned to TxnType=", txn_type, " with TxnId=", id}));
}

Fault duplicate_name(std::string_view who) {
  return {"6240", "Duplicate Name Exists Error",
          text({"The name supplied already exists. : Another ", who,
                " is already using this \nname. Please use a different name."}),
          ""};
}

Fault account_type(std::string_view reason) {
  return coded("6430", "Invalid account type", reason);
}

Fault query_syntax(std::string_view reason) {
  return {"4000", "Error parsing query", text({"QueryParserError: ", reason})};
}

Fault query_invalid(std::string_view reason) {
  return {"4001", "Invalid query", text({"QueryValidationError: ", reason})};
}

} // namespace faults
} // namespace emulator::books
