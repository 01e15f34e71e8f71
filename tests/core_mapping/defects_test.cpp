#include "books.hpp"
#include "orders.hpp"

#include "core/mapping/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

using namespace qb::mapping;

namespace {

struct Sample {
  erp::PurchaseOrder order = plain_order();
  qb::qbo::Value books = books_of_everything();
  qb::settings::Settings settings = settings_of_everything();

  void add_class(const std::string& name) {
    auto line = item_line("class " + name, "1", "1");
    line.attributes["Class"] = name;
    order.lines.push_back(std::move(line));
  }
  void add_code(const std::string& name) {
    order.lines.push_back(account_line("code " + name, "1", name));
  }
  void add_part(const std::string& number) {
    auto line = item_line("part " + number, "1", "1");
    line.part->id = number;
    line.part->number = number;
    line.part->revision = "A";
    order.lines.push_back(std::move(line));
  }
};

struct Defect {
  const char* excludes; // of defects with the same word at most one can be seen
  ObstacleKind kind;
  std::function<void(Sample&)> put_in;
};

const std::vector<Defect>& defects() {
  using Kind = ObstacleKind;
  static const std::vector<Defect> all = {
      {"supplier", Kind::supplier_unknown, [](Sample& s) { s.order.supplier.name = "Nobody"; }},
      {"supplier", Kind::supplier_inactive, [](Sample& s) { s.order.supplier.name = "Gone Ltd"; }},
      {"supplier", Kind::supplier_ambiguous, [](Sample& s) { s.order.supplier.name = "twin LTD"; }},
      {"payables", Kind::account_unknown, [](Sample& s) { s.settings.ap_account = "Payables"; }},
      {"payables", Kind::account_wrong_kind, [](Sample& s) { s.settings.ap_account = "6100"; }},
      {"payables", Kind::setting_missing, [](Sample& s) { s.settings.ap_account.clear(); }},
      {"payables", Kind::currency_not_enabled, [](Sample& s) { s.order.currency = "EUR"; }},
      {"number", Kind::number_too_long,
       [](Sample& s) { s.settings.docnumber_format = "{id}-of-a-very-long-kind"; }},
      {"number", Kind::number_refused,
       [](Sample& s) {
         s.settings.docnumber_format = "{number}";
         s.order.number.clear();
       }},
      {"number", Kind::number_taken, [](Sample& s) { s.settings.docnumber_format = "taken"; }},
      {"fees", Kind::account_inactive,
       [](Sample& s) {
         s.settings.fees_account = "Old Tools";
         s.order.fees.push_back({"f1", "Shipping", erp::Decimal(5)});
       }},
      {"memo", Kind::text_too_long, [](Sample& s) { s.order.memo = std::string(4001, 'm'); }},
      {"reference", Kind::text_too_long,
       [](Sample& s) { s.order.reference = std::string(4000, 'r'); }},
      {"description", Kind::text_too_long,
       [](Sample& s) { s.order.lines[0].description = std::string(4001, 'd'); }},
      {"postal code", Kind::text_too_long,
       [](Sample& s) {
         s.order.ship_to.emplace();
         s.order.ship_to->postal_code = std::string(31, '9');
       }},
      {"unknown class", Kind::class_unknown, [](Sample& s) { s.add_class("Nowhere"); }},
      {"inactive class", Kind::class_inactive, [](Sample& s) { s.add_class("Old Plant"); }},
      {"ambiguous class", Kind::class_ambiguous, [](Sample& s) { s.add_class("Press"); }},
      {"unknown code", Kind::account_unknown, [](Sample& s) { s.add_code("Shop Suplies"); }},
      {"ambiguous code", Kind::account_ambiguous, [](Sample& s) { s.add_code("Parking"); }},
      {"inactive item", Kind::item_inactive, [](Sample& s) { s.add_part("Z-9"); }},
      {"ambiguous item", Kind::item_ambiguous, [](Sample& s) { s.add_part("Y-8"); }},
      {"price", Kind::price_does_not_fit,
       [](Sample& s) { s.order.lines.push_back(item_line("price", "3000000", "1")); }},
      {"amount", Kind::amount_too_large,
       [](Sample& s) { s.order.lines.push_back(account_line("amount", "10000000000", "6100")); }},
  };
  return all;
}

std::vector<Obstacle> obstacles_of(const Sample& sample) {
  Plan planned = plan(event_of(sample.order), false, Books(sample.books), sample.settings);
  auto* blocked = std::get_if<Blocked>(&planned);
  return blocked ? std::move(blocked->obstacles) : std::vector<Obstacle>{};
}

} // namespace

TEST_CASE("an order with so many independent defects has so many obstacles") {
  Random random;
  for (int round = 0; round < 800; ++round) {
    Sample sample;
    std::vector<ObstacleKind> expected;
    std::vector<std::string> excluded;
    std::vector<std::size_t> order(defects().size());
    for (std::size_t i = 0; i < order.size(); ++i)
      std::swap(order[i] = i,
                order[static_cast<std::size_t>(random.between(0, static_cast<int>(i)))]);
    std::size_t wanted = static_cast<std::size_t>(random.between(0, 8));
    std::string put_in;
    for (const std::size_t i : order) {
      const Defect& defect = defects()[i];
      if (expected.size() == wanted) break;
      if (std::find(excluded.begin(), excluded.end(), defect.excludes) != excluded.end()) continue;
      excluded.emplace_back(defect.excludes);
      expected.push_back(defect.kind);
      defect.put_in(sample);
      put_in += std::string(defect.excludes) + "; ";
    }
    std::vector<ObstacleKind> found;
    for (const Obstacle& obstacle : obstacles_of(sample))
      found.push_back(obstacle.kind);
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CAPTURE(put_in);
    CHECK(found == expected);
  }
}

TEST_CASE("the same defect on many lines is one obstacle") {
  Sample sample;
  for (int i = 0; i < 5; ++i) {
    sample.add_code("Shop Suplies");
    sample.add_class("Nowhere");
    sample.add_part("Z-9");
  }
  CHECK(obstacles_of(sample).size() == 3);
}

TEST_CASE("an order of a free fee alone lacks lines, and is asked for nothing else") {
  Sample sample;
  sample.order.lines.clear();
  sample.order.fees = {{"f1", "Shipping", erp::Decimal(0)}};
  sample.settings.fees_account.clear();
  const Plan planned = plan(event_of(sample.order), false, Books(sample.books), sample.settings);
  REQUIRE(std::holds_alternative<Blocked>(planned));
  const auto& obstacles = std::get<Blocked>(planned).obstacles;
  REQUIRE(obstacles.size() == 1);
  CHECK(obstacles[0].kind == ObstacleKind::nothing_to_order);
}

TEST_CASE("every obstacle has a title, a meaning and a remedy, and no two of them one cause") {
  for (const Defect& defect : defects()) {
    Sample sample;
    defect.put_in(sample);
    const auto found = obstacles_of(sample);
    CAPTURE(defect.excludes);
    REQUIRE(found.size() == 1);
    const auto words = words_for(found[0], "purchase_order/1042");
    CHECK(words.title.size() > 10);
    CHECK(words.meaning.size() > 10);
    CHECK(words.remedy.size() > 10);
    CHECK(words.cause.find('/') != std::string::npos);
  }
}

TEST_CASE("a name of a megabyte is shown by its beginning") {
  Sample sample;
  sample.order.supplier.name = std::string(1024 * 1024, 'x');
  const auto found = obstacles_of(sample);
  REQUIRE(found.size() == 1);
  CHECK(found[0].name == std::string(200, 'x') + "...");
}
