#include "core/mapping/words.hpp"

namespace qb::mapping {
namespace {

using verdict::IssueWords;

std::string quote(const std::string& text) {
  return "\"" + text + "\"";
}

std::string near_misses(const Obstacle& obstacle) {
  if (obstacle.candidates.empty()) return {};
  std::string text = " The nearest names there are: ";
  for (std::size_t i = 0; i < obstacle.candidates.size(); ++i)
    text += (i ? ", " : "") + quote(obstacle.candidates[i]);
  return text + ".";
}

bool from_settings(const Obstacle& obstacle) {
  return obstacle.where.rfind("setting ", 0) == 0;
}

// Where the host's people have to look: the setting, or the field of the document.
std::string origin(const Obstacle& obstacle) {
  return from_settings(obstacle)
             ? "the " + obstacle.where
             : "the attribute " + quote(obstacle.field) + " of a purchase order line";
}

void account_words(const Obstacle& o, IssueWords& w) {
  const std::string fix_host = from_settings(o)
                                   ? "correct the " + o.where
                                   : "choose another " + quote(o.field) + " on the line";
  switch (o.kind) {
  case ObstacleKind::account_unknown:
    w.title = "QuickBooks has no account called " + quote(o.name);
    w.meaning = "The name comes from " + origin(o) +
                ". Documents that need it wait; nothing is booked to another account instead.";
    w.remedy = "Add the account " + quote(o.name) + " in QuickBooks, or " + fix_host +
               "; then run refresh or retry." + near_misses(o);
    return;
  case ObstacleKind::account_inactive:
    w.title = "The account " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = "QuickBooks takes no new document for an inactive account.";
    w.remedy =
        "Make the account active again in QuickBooks (Chart of accounts), or " + fix_host + ".";
    return;
  case ObstacleKind::account_ambiguous:
    w.title = "Several accounts in QuickBooks could be " + quote(o.name);
    w.meaning = "The name comes from " + origin(o) + " and fits more than one account.";
    w.remedy = "Use the account's number or its full name, Parent:Child, instead." + near_misses(o);
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
    w.meaning = "The name comes from " + origin(o) + ".";
    w.remedy = "Add the class in QuickBooks, or choose another " + quote(o.field) +
               " on the line; then run refresh or retry." + near_misses(o);
    return;
  case ObstacleKind::class_inactive:
    w.title = "The class " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = "QuickBooks takes no new document for an inactive class.";
    w.remedy = "Make the class active again in QuickBooks, or choose another " + quote(o.field) +
               " on the line.";
    return;
  default:
    w.title = "Several classes in QuickBooks could be " + quote(o.name);
    w.meaning = "The name fits more than one class.";
    w.remedy = "Use the full name, Parent:Child." + near_misses(o);
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
               "missing_supplier=create to have suppliers added by themselves." +
               near_misses(o);
    return;
  case ObstacleKind::supplier_inactive:
    w.title = "The supplier " + quote(o.name) + " is inactive in QuickBooks";
    w.meaning = "QuickBooks takes no new purchase order for an inactive supplier.";
    w.remedy =
        "Make the supplier active again in QuickBooks (Expenses, Suppliers), then run refresh.";
    return;
  case ObstacleKind::supplier_ambiguous:
    w.title = "Several suppliers in QuickBooks could be " + quote(o.name);
    w.meaning = "The names differ only in blanks, capitals or apostrophes.";
    w.remedy = "Merge or rename the suppliers in QuickBooks so that one fits." + near_misses(o);
    return;
  default:
    w.title = "The supplier " + quote(o.name) + " has another currency in QuickBooks";
    w.meaning = "QuickBooks fixes a supplier's currency when it is added, and takes orders in that "
                "currency only: " +
                o.limit + ".";
    w.remedy = "Add the supplier a second time in QuickBooks with the order's currency, under the "
               "name the order uses, or change the order's currency.";
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
        "Make the item active again in QuickBooks (Products and services), then run refresh.";
    return;
  case ObstacleKind::item_ambiguous:
    w.title = "Several items in QuickBooks could be " + quote(o.name);
    w.meaning = "The part's number and revision stand in the names of more than one item.";
    w.remedy = "Name exactly one of them " + quote(o.name) + " in QuickBooks, then run refresh." +
               near_misses(o);
    return;
  default:
    w.title = "QuickBooks takes no item called " + quote(o.name);
    w.meaning =
        o.limit == "characters"
            ? "A colon, a quotation mark, a tab or a line break may not stand in an item's name."
            : "An item's name may have at most " + o.limit + ".";
    w.remedy = "Change the part's number or revision, and save the part again.";
    return;
  }
}

void document_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  const std::string where = o.where.empty() ? "" : " (" + o.where + ")";
  switch (o.kind) {
  case ObstacleKind::number_too_long:
    w.title = "The document number " + quote(o.name) + " is too long for QuickBooks";
    w.meaning = "QuickBooks takes at most " + o.limit + " in the field number; nothing is cut.";
    w.remedy =
        "Shorten the order's number, or the setting docnumber_format, and save the order again.";
    return;
  case ObstacleKind::number_taken:
    w.title = "Another purchase order in QuickBooks carries the number " + quote(o.name);
    w.meaning = "It is not the one that was sent for " + document + ": it has " + o.limit +
                ". It is left alone.";
    w.remedy =
        "Look at that purchase order in QuickBooks; renumber or delete it, then run refresh, or "
        "give this order another number.";
    return;
  case ObstacleKind::text_too_long:
    w.title = "A text of " + document + " is too long for QuickBooks";
    w.meaning = "The field " + quote(o.field) + where + " may have at most " + o.limit + ": " +
                quote(o.name + "...") + ". Nothing is cut.";
    w.remedy = "Shorten the text and save the document again.";
    return;
  case ObstacleKind::too_many_lines:
    w.title = "Too many lines in " + document;
    w.meaning = "It has " + o.name + " lines and fees; QuickBooks takes at most " + o.limit + ".";
    w.remedy = "Split the order.";
    return;
  case ObstacleKind::nothing_to_order:
    w.title = "There is nothing to order in " + document;
    w.meaning =
        "QuickBooks takes a purchase order only with at least one line (field lines), or a fee "
        "above zero.";
    w.remedy = "Add a line to the order and save it again.";
    return;
  case ObstacleKind::price_does_not_fit:
    w.title = "A price of " + document + " does not fit QuickBooks" + where;
    w.meaning =
        "The field " + quote(o.field) + " is " + o.name +
        ". QuickBooks wants amount = quantity x unit price, and no unit price of at most seven "
        "decimals gives this amount.";
    w.remedy = "Correct quantity, unit cost or total of the line and save the order again.";
    return;
  case ObstacleKind::currency_unknown:
    w.title = quote(o.name) + " is no currency";
    w.meaning = "The field currency must be an ISO 4217 code such as USD.";
    w.remedy = "Correct the currency of the order and save it again.";
    return;
  case ObstacleKind::currency_not_enabled:
    w.title = "The company in QuickBooks does not use " + o.name;
    w.meaning = "Its home currency is " + o.limit + ", and multicurrency is off there.";
    w.remedy = "Turn multicurrency on in QuickBooks (it cannot be turned off again; ask your "
               "accountant), then run refresh; or change the order's currency.";
    return;
  default:
    w.title = "The setting " + o.name + " is missing";
    w.meaning = "Without it " + document + " cannot be written.";
    w.remedy = "Set it: erp-host settings set quickbooks " + o.name + "=\"name of the account\"";
    return;
  }
}

} // namespace

verdict::IssueWords words_for(const Obstacle& obstacle, const std::string& subject) {
  IssueWords words;
  words.cause = cause_key(obstacle, subject);
  words.curable_in_quickbooks = curable_in_quickbooks(obstacle.kind);
  switch (obstacle.kind) {
  case ObstacleKind::account_unknown:
  case ObstacleKind::account_ambiguous:
  case ObstacleKind::account_inactive:
  case ObstacleKind::account_wrong_kind:
    account_words(obstacle, words);
    break;
  case ObstacleKind::class_unknown:
  case ObstacleKind::class_ambiguous:
  case ObstacleKind::class_inactive:
    class_words(obstacle, words);
    break;
  case ObstacleKind::supplier_unknown:
  case ObstacleKind::supplier_ambiguous:
  case ObstacleKind::supplier_inactive:
  case ObstacleKind::supplier_currency:
    supplier_words(obstacle, words);
    break;
  case ObstacleKind::item_ambiguous:
  case ObstacleKind::item_inactive:
  case ObstacleKind::item_name_refused:
    item_words(obstacle, words);
    break;
  default:
    document_words(obstacle, verdict::host_words(subject), words);
    break;
  }
  return words;
}

} // namespace qb::mapping
