// The words for tax codes, and for what goes out although a person should know of it.
#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
namespace {

using verdict::IssueWords;

std::string quote(const std::string& text) {
  return "\"" + text + "\"";
}

bool from_settings(const Obstacle& o) {
  return o.where.rfind("setting ", 0) == 0;
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

} // namespace

void tax_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::tax_code_inactive:
    w.title = "The tax code " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = origin(o) + ". Documents that need it wait.";
    w.remedy = "Make the tax code active again in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh.";
    return;
  case ObstacleKind::tax_code_for_sales:
    w.title = "The tax code " + quote(o.name) + " is for sales only";
    w.meaning = origin(o) + ", and the code has no rate for purchases in QuickBooks.";
    w.remedy = "Give the code a purchase rate in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh.";
    return;
  default:
    w.title = "QuickBooks has no tax code called " + quote(o.name);
    w.meaning = origin(o) + ". Documents that need it wait; no other tax is taken instead.";
    w.remedy = "Add the tax code in QuickBooks (Taxes), or " + remedy_here(o) +
               "; then run refresh. A company in the United States knows only TAX and NON.";
    for (const std::string& name : o.candidates)
      w.remedy += (&name == &o.candidates.front() ? " There are: " : ", ") + quote(name);
    if (!o.candidates.empty()) w.remedy += ".";
    return;
  }
}

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
