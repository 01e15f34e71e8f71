#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
namespace {

using verdict::IssueWords;

void number_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  const bool of_receipt = document.starts_with("receipt ");
  switch (o.kind) {
  case ObstacleKind::number_refused:
    w.title = "QuickBooks cannot take the number of " + document;
    w.meaning = "The field " + quote(o.field) + " is " + quote(o.name) +
                ". What QuickBooks takes there: " + o.limit + ".";
    w.remedy = of_receipt ? "Correct the receipt's number and save the receipt again."
                          : "Correct the order's number, or the setting docnumber_format, and "
                            "save the order again.";
    return;
  case ObstacleKind::number_too_long:
    w.title = "The document number " + quote(o.name) + " is too long for QuickBooks";
    w.meaning = "QuickBooks takes at most " + o.limit + " in the field number. Nothing is cut.";
    w.remedy = of_receipt ? "Shorten the receipt's number and save the receipt again."
                          : "Shorten the order's number, or the setting docnumber_format, and "
                            "save the order again.";
    return;
  default:
    w.title = "Another purchase order in QuickBooks carries the number " + quote(o.name);
    w.meaning = "It is not the one that was sent for " + document + ": it has " + o.limit +
                ". It is left alone.";
    w.remedy =
        "Look at that purchase order in QuickBooks; renumber or delete it, then run refresh, or "
        "give this order another number.";
    return;
  }
}

void amount_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  if (o.kind == ObstacleKind::amount_too_large) {
    w.title = "An amount of " + document + " is too large for QuickBooks (" + o.where + ")";
    w.meaning = "The field " + quote(o.field) + " is " + o.name + "; QuickBooks takes at most " +
                o.limit + ".";
    w.remedy = "Correct the amount, or split the line, and save the order again.";
    return;
  }
  w.title = "A price of " + document + " does not fit QuickBooks (" + o.where + ")";
  w.meaning = "The field " + quote(o.field) + " is " + o.name + " for a quantity of " + o.limit +
              ". QuickBooks wants amount = quantity x unit price, and no unit price of at most "
              "seven decimals gives this amount.";
  w.remedy = "Correct quantity, unit cost or total of the line and save the order again.";
}

void currency_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  if (o.kind == ObstacleKind::currency_unknown) {
    w.title = quote(o.name) + " is no currency";
    w.meaning = "The field currency must be an ISO 4217 code such as USD.";
    w.remedy = "Correct the currency of the order and save it again.";
    return;
  }
  if (o.kind == ObstacleKind::home_currency_differs) {
    w.title = "The home currency here is " + o.name + ", and in QuickBooks it is " + o.limit;
    w.meaning = "An exchange rate is the worth of a currency in home currency, so every rate sent "
                "there would mean something else. Orders wait.";
    w.remedy = "See whether this is the right company (run quickbooks status). If it is, its books "
               "cannot take these orders as they are: ask your accountant. If the setting "
               "home_currency is wrong, correct it.";
    return;
  }
  if (o.kind == ObstacleKind::exchange_rate_of_one) {
    w.title = "The exchange rate of " + document + " is 1, though it is in " + o.name;
    w.meaning = "QuickBooks takes the rate as the worth of one " + o.name +
                " in its home currency, " + o.limit +
                ". A rate of exactly 1 is that of the home currency here, which is another "
                "one, it seems.";
    w.remedy = "Correct the rate and save the order again, or leave it out: QuickBooks then takes "
               "its own of the day. If the home currency here is not " +
               o.limit +
               ", the company's books cannot take these orders as they are: ask your accountant.";
    return;
  }
  w.title = "The company in QuickBooks does not use " + o.name;
  w.meaning = "Its home currency is " + o.limit + ", and multicurrency is off there.";
  w.remedy = "Turn multicurrency on in QuickBooks (it cannot be turned off again; ask your "
             "accountant), then run refresh; or change the order's currency.";
}

} // namespace

void document_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::number_refused:
  case ObstacleKind::number_too_long:
  case ObstacleKind::number_taken:
    number_words(o, document, w);
    return;
  case ObstacleKind::price_does_not_fit:
  case ObstacleKind::amount_too_large:
    amount_words(o, document, w);
    return;
  case ObstacleKind::currency_unknown:
  case ObstacleKind::currency_not_enabled:
  case ObstacleKind::home_currency_differs:
  case ObstacleKind::exchange_rate_of_one:
    currency_words(o, document, w);
    return;
  case ObstacleKind::text_too_long:
    w.title = "A text of " + document + " is too long for QuickBooks";
    w.meaning = "The field " + quote(o.field) + (o.where.empty() ? "" : " (" + o.where + ")") +
                " may have at most " + o.limit + ": " + quote(o.name) + ". Nothing is cut.";
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
  default:
    if (o.name == "tax_code") {
      w.title = "A line names no tax code, and the setting tax_code is missing";
      w.meaning = "QuickBooks wants a tax code on every line of " + document + " (" + o.where +
                  "), as the setting tax_attribute says that lines name theirs.";
      w.remedy = "Set the one that lines get which name none: erp-host settings set quickbooks "
                 "tax_code=\"name of the tax code\"; or choose one on the line.";
      return;
    }
    w.title = "The setting " + o.name + " is missing";
    w.meaning = "Documents that need this account wait; nothing is booked to another account "
                "instead.";
    w.remedy = "Set it: erp-host settings set quickbooks " + o.name + "=\"name of the account\"";
    return;
  }
}

} // namespace qb::mapping
