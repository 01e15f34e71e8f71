#include "core/qbo/answer.hpp"
#include "core/qbo/fault.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace qb::qbo;

namespace {

const std::filesystem::path folder =
    std::filesystem::path(LEDGERHOOK_REFERENCE_DIR) / "recorded-responses";

bool is_here() {
  if (std::filesystem::is_directory(folder)) return true;
  MESSAGE("skipped: no recorded responses beside the repository");
  return false;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

Value recorded(const char* name) {
  auto value = read(text_of(folder / name));
  REQUIRE_MESSAGE(value, name);
  return *value;
}

std::string without_blanks(const std::string& json) {
  std::string out;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (in_text && json[i] == '\\') {
      out += json[i++];
      out += json[i];
      continue;
    }
    in_text ^= json[i] == '"';
    if (in_text || (json[i] != ' ' && json[i] != '\n' && json[i] != '\r' && json[i] != '\t'))
      out += json[i];
  }
  return out;
}

} // namespace

TEST_CASE("every recorded answer is read and written back as it was") {
  if (!is_here()) return;
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    CAPTURE(file.path().filename().string());
    const std::string text = text_of(file.path());
    const auto value = read(text);
    REQUIRE(value);
    if (text.find("\\/") == std::string::npos && text.find("\\u") == std::string::npos)
      CHECK(write(*value) == without_blanks(text));
    ++count;
  }
  CHECK(count > 40);
}

TEST_CASE("every recorded fault is recognised by its code") {
  if (!is_here()) return;
  struct Row {
    const char* file;
    const char* code;
  };
  for (const Row& row :
       {Row{"fault-2010-unsupported-property.json", "2010"},
        Row{"fault-2020-required-param.json", "2020"}, Row{"fault-2030-invalid-id.json", "2030"},
        Row{"fault-4000-query-parse.json", "4000"}, Row{"fault-4001-invalid-query.json", "4001"},
        Row{"fault-401-token-expired.json", "3200"},
        Row{"fault-500-unsupported-operation.json", "500"},
        Row{"fault-5010-stale-object.json", "5010"}, Row{"fault-610-object-not-found.json", "610"},
        Row{"fault-6190-in-attachableresponse.json", "6190"},
        Row{"fault-6240-duplicate-name-customer.json", "6240"},
        Row{"fault-6240-duplicate-tax-rate.json", "6240"}, Row{"fault-item-update.json", "5010"},
        Row{"fault-salesreceipt-create.json", "2020"}}) {
    CAPTURE(row.file);
    const auto found = fault_in(recorded(row.file));
    REQUIRE(found);
    REQUIRE(found->first());
    CHECK(found->first()->code == row.code);
    CHECK(found->first()->detail.find("REDACTED") == std::string::npos);
    CHECK(found->first()->detail.find("Sample User") == std::string::npos);
  }
  CHECK(fault_in(recorded("fault-salesreceipt-create.json"))->first()->element ==
        "Line.DetailType");
}

TEST_CASE("a recorded good answer holds no fault") {
  if (!is_here()) return;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() != ".json" || name.starts_with("fault-")) continue;
    CAPTURE(name);
    CHECK_FALSE(fault_in(*read(text_of(file.path()))));
  }
}

TEST_CASE("a recorded batch has its faults in its parts") {
  if (!is_here()) return;
  const Value batch = recorded("batch-mixed-success-and-fault.json");
  const auto* parts = batch.find("BatchItemResponse")->items();
  REQUIRE(parts);
  REQUIRE(parts->size() == 4);
  CHECK(known_from(Entity::vendor, *object_in((*parts)[0], Entity::vendor))->name ==
        "Boraski Family Store");
  CHECK(fault_in((*parts)[1])->first()->code == "610");
  CHECK(fault_in((*parts)[2])->first()->code == "5010");
  CHECK_FALSE(fault_in((*parts)[3]));
}

TEST_CASE("recorded objects are known") {
  if (!is_here()) return;
  const auto account =
      known_from(Entity::account,
                 *object_in(recorded("account-deactivated-name-suffix.json"), Entity::account));
  REQUIRE(account);
  CHECK(account->name == "Fees Billed (deleted)");
  CHECK_FALSE(account->active);
  CHECK(account->kind == "Income");

  const Value vendors = recorded("query-vendors-inactive.json");
  CHECK(rows_in(vendors, Entity::vendor).size() == 5);

  const auto order = known_from(
      Entity::purchase_order,
      *object_in(recorded("purchaseorder-documented-create.json"), Entity::purchase_order));
  REQUIRE(order);
  CHECK_FALSE(order->vendor_id.empty());
  const auto deleted = known_from(
      Entity::purchase_order,
      *object_in(recorded("purchaseorder-documented-deleted.json"), Entity::purchase_order));
  REQUIRE(deleted);
  CHECK(deleted->deleted);
}
