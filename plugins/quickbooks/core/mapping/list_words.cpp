#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
namespace {

using verdict::IssueWords;

std::string listed(const char* introduction, const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::string text = introduction;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i ? ", " : " ") + quote(names[i]);
  return text + ".";
}

std::string near_misses(const Obstacle& o) {
  return listed(" The nearest names there are:", o.candidates);
}

std::string hits(const Obstacle& o) {
  return listed(" It could be:", o.candidates);
}

} // namespace

void account_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::account_unknown:
    w.title = "QuickBooks has no account called " + quote(o.name);
    w.meaning =
        origin(o) + ". Documents that need it wait; nothing is booked to another account instead.";
    w.remedy = "Add the account " + quote(o.name) + " in QuickBooks, or " + remedy_here(o) +
               "; then run refresh or retry." + near_misses(o);
    return;
  case ObstacleKind::account_inactive:
    w.title = "The account " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = origin(o) + ". QuickBooks takes no new document for an inactive account.";
    w.remedy = "Make the account active again in QuickBooks (Chart of accounts), or " +
               remedy_here(o) + ".";
    return;
  case ObstacleKind::account_ambiguous:
    w.title = "Several accounts in QuickBooks could be " + quote(o.name);
    w.meaning = origin(o) + " and fits more than one account.";
    w.remedy = "Use the account's number or its full name, Parent:Child, instead." + hits(o);
    return;
  default:
    w.title = "The account " + quote(o.name) + " is of the wrong kind";
    w.meaning = "The " + o.where + " needs an account of the kind " + quote(o.limit) + ".";
    w.remedy = "Choose another account in the " + o.where + ".";
    return;
  }
}

void class_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::class_unknown:
    w.title = "QuickBooks has no class called " + quote(o.name);
    w.meaning = origin(o) + ". Documents that need it wait.";
    w.remedy = "Add the class in QuickBooks, or " + remedy_here(o) +
               "; then run refresh or retry." + near_misses(o);
    return;
  case ObstacleKind::class_inactive:
    w.title = "The class " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = origin(o) + ". QuickBooks takes no new document for an inactive class.";
    w.remedy = "Make the class active again in QuickBooks, or " + remedy_here(o) + ".";
    return;
  case ObstacleKind::classes_differ:
    w.title = "The lines name different classes: " +
              quote(o.candidates.empty() ? "" : o.candidates.front()) + " and " + quote(o.name);
    w.meaning =
        "The company in QuickBooks keeps one class for a whole order (Account and settings, "
        "Advanced, Categories), so the order waits; no class is left out.";
    w.remedy = "Give all lines the same " + quote(o.field) +
               ", split the order, or let QuickBooks assign classes to each row; then run refresh.";
    return;
  default:
    w.title = "Several classes in QuickBooks could be " + quote(o.name);
    w.meaning = origin(o) + " and fits more than one class.";
    w.remedy = "Use the full name, Parent:Child." + hits(o);
    return;
  }
}

void supplier_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::supplier_unknown:
    w.title = "QuickBooks has no supplier called " + quote(o.name);
    w.meaning = "A purchase order can only go to a supplier that QuickBooks knows.";
    w.remedy = "Add the supplier " + quote(o.name) +
               " in QuickBooks under exactly this name and run refresh, or set "
               "missing_supplier=create to have suppliers added by themselves. If it has another "
               "name there, pick it: inbox fix ID --use NAME." +
               near_misses(o);
    return;
  case ObstacleKind::supplier_inactive:
    w.title = "The supplier " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = "QuickBooks takes no new purchase order for an inactive supplier.";
    w.remedy =
        "Make the supplier active again (inbox fix ID reactivate, or in QuickBooks under Expenses, "
        "Suppliers and refresh), or pick another (inbox fix ID --use NAME).";
    return;
  case ObstacleKind::supplier_ambiguous:
    w.title = "Several suppliers in QuickBooks could be " + quote(o.name);
    w.meaning = "Their names differ only in blanks, capitals or apostrophes.";
    w.remedy = "Pick one (inbox fix ID --use NAME), or merge or rename the suppliers in QuickBooks "
               "so that one fits." +
               hits(o);
    return;
  case ObstacleKind::supplier_name_refused:
    w.title = o.name.empty() ? "A supplier without a name cannot be added to QuickBooks"
                             : "QuickBooks takes no supplier called " + quote(o.name);
    w.meaning = "What QuickBooks takes as a supplier's name: " + o.limit + ".";
    w.remedy =
        "Add the supplier in QuickBooks by hand under a name it takes, and pick it: inbox fix "
        "ID --use NAME. Or change the supplier's name and save the order again.";
    return;
  default:
    w.title = "The supplier " + quote(o.name) + " has another currency in QuickBooks";
    w.meaning = "QuickBooks fixes a supplier's currency when the supplier is added, and takes "
                "orders in that currency only: " +
                o.limit + ".";
    w.remedy = "QuickBooks wants one supplier for each currency. Add one there in the order's "
               "currency, under a name of its own, and use a supplier of that name on the order; "
               "or change the order's currency.";
    return;
  }
}

void item_words(const Obstacle& o, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::item_inactive:
    w.title = "The item " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning =
        "QuickBooks takes no new document for an inactive item, and no second item of its name.";
    w.remedy =
        "Make the item active again (inbox fix ID reactivate, or in QuickBooks under Products and "
        "services and refresh); or have a new one made (inbox fix ID create), or pick another "
        "(inbox fix ID --use NAME).";
    return;
  case ObstacleKind::item_ambiguous:
    w.title = "Several items in QuickBooks could be " + quote(o.name);
    w.meaning = "The part's number and revision stand in the names of more than one item.";
    w.remedy =
        "Pick one (inbox fix ID --use NAME), or have a new one made (inbox fix ID create); or name "
        "exactly one of them " +
        quote(o.name) + " in QuickBooks, then run refresh." + hits(o);
    return;
  default:
    w.title = o.name.empty() ? "A part without a number cannot be an item in QuickBooks"
                             : "QuickBooks takes no item called " + quote(o.name);
    w.meaning = "What QuickBooks takes as an item's name: " + o.limit + ".";
    w.remedy = "Change the part's number or revision, and save the part again.";
    return;
  }
}

} // namespace qb::mapping
