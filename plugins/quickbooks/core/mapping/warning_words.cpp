#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {

using verdict::IssueWords;

void warning_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::class_tracking_off:
    w.title = "Classes are switched off in QuickBooks, so orders go there without them";
    w.meaning = "The attribute " + quote(o.name) +
                " names classes, and QuickBooks would drop them without a word. Orders are sent "
                "all the same.";
    w.remedy = "Switch class tracking on in QuickBooks (Account and settings, Advanced, "
               "Categories), run refresh, and send the orders again that should have one (outbox "
               "again SUBJECT); or empty the setting class_attribute.";
    return;
  case ObstacleKind::billed_line_kept:
    w.title = "A line of " + document + " was removed here and stays in QuickBooks";
    w.meaning = quote(o.name) + " (" + o.where +
                ") has been billed there, and a bill must not lose the line it stands on. "
                "Everything else of the order was changed.";
    w.remedy = "If the bill is right, put the line back here. If it is wrong, delete the bill in "
               "QuickBooks and save the order here once more. Skip this issue when it is settled.";
    return;
  case ObstacleKind::order_not_deleted:
    w.title = "The cancelled " + document + " was not deleted in QuickBooks";
    w.meaning = "It was closed instead: " + o.limit + ".";
    w.remedy = "Look at it in QuickBooks and delete what should go. Skip this issue when it is "
               "settled.";
    return;
  default:
    w.title = "QuickBooks reckons another tax for " + document;
    w.meaning = "The fees here say " + o.name + ", and QuickBooks worked out " + o.limit +
                " from the tax codes of the lines. The order stands there with its own tax.";
    w.remedy = "Compare the tax codes of the lines (setting tax_code, tax_attribute) with the "
               "order. Skip this issue when it is settled.";
    return;
  }
}

} // namespace qb::mapping
