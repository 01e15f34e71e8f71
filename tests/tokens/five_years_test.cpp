#include "erp/status.h"
#include "scene.hpp"

#include <doctest/doctest.h>

using fault_matrix::Scene;

namespace {

constexpr std::int64_t day_s = 86'400;
constexpr int five_years_d = 5 * 365;

std::string told(const Scene& scene) {
  std::string all;
  for (const auto& [key, text] : scene.host.notices())
    all += text + "\n";
  return all;
}

bool goes_out(Scene& scene, const std::string& id) {
  scene.host.tell(acceptance::po_ordered("e-" + id, acceptance::order_numbered(id)));
  scene.host.deliver();
  return scene.held("PurchaseOrder", id).size() == 1;
}

} // namespace

TEST_CASE("five years of use end the consent for good, told a month ahead, and one consent later "
          "everything goes out") {
  Scene scene;
  int day = 0;
  for (; day < five_years_d - 40; day += 30) {
    scene.move_s(30 * day_s);
    CAPTURE(day);
    REQUIRE(goes_out(scene, "y" + std::to_string(day)));
    if (day + 30 < five_years_d - 31) CHECK(told(scene).find("for good") == std::string::npos);
  }
  while (told(scene).find("for good") == std::string::npos) {
    REQUIRE(day < five_years_d);
    scene.move_s(day_s);
    ++day;
    scene.host.deliver();
  }
  CHECK(five_years_d - day >= 14);
  CHECK(told(scene).find("for good") != std::string::npos);
  CHECK(goes_out(scene, "y-last"));

  scene.move_s((five_years_d - day + 2) * day_s);
  CHECK_FALSE(goes_out(scene, "y-late"));
  CHECK(scene.host.deliver().said.status == ERP_E_NOT_CONNECTED);
  CHECK(told(scene).find("connect quickbooks") != std::string::npos);
  scene.host.connect(scene.browser);
  CHECK(scene.host.deliver().said.status == ERP_OK);
  CHECK(scene.held("PurchaseOrder", "y-late").size() == 1);
  CHECK(told(scene).empty());
}
