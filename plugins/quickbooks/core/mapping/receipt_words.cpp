#include "core/mapping/issue_parts.hpp"

namespace qb::mapping {
namespace {

using verdict::IssueWords;

constexpr const char* skip_by_hand =
    "Or skip this issue with a reason and enter the bill in QuickBooks by hand.";

void order_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::line_not_ordered:
    w.title = "A line of " + document + " is not on its purchase order (" + o.where + ")";
    w.meaning = "The receipt names line " + quote(o.name) + "; " + o.limit +
                ", as the receipt carries it, has no such line. No bill was made.";
    w.remedy = std::string("Correct the receipt, or put the line back on the order and correct "
                           "the receipt. ") +
               skip_by_hand;
    return;
  case ObstacleKind::received_quantity_refused:
    w.title = "A quantity of " + document + " is below zero (" + o.where + ")";
    w.meaning = "The field quantity is " + o.name + ". A bill bills what came in.";
    w.remedy = std::string("Correct the receipt; enter goods that go back as a vendor credit in "
                           "QuickBooks. ") +
               skip_by_hand;
    return;
  case ObstacleKind::order_line_missing:
    w.title = "The purchase order in QuickBooks lacks a line of " + document + " (" + o.where + ")";
    w.meaning = "The bill's line could not be linked to " + o.name + ", and it would stay open.";
    w.remedy =
        std::string("Save the order again, so that QuickBooks gets the line. ") + skip_by_hand;
    return;
  default: // order_closed
    w.title = "The purchase order of " + document + " takes no bill";
    w.meaning = "QuickBooks links no bill to a closed purchase order (" + o.name + ").";
    w.remedy =
        std::string("Reopen the order here, or set it to Open in QuickBooks. ") + skip_by_hand;
    return;
  }
}

void bill_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::bill_number_taken:
    w.title = "A bill with the number " + quote(o.name) + " is in QuickBooks already";
    w.meaning = "It is of the same supplier and was not made for " + document +
                ". Perhaps somebody entered it by hand.";
    w.remedy = "If it is the bill of these goods, skip this issue with a reason. If not, give "
               "that bill another number in QuickBooks, then retry this issue.";
    return;
  case ObstacleKind::bill_paid:
    w.title = "Bill " + o.name + " of " + document + " has payments and is not changed";
    w.meaning = "What came in differs from what the bill says, and a bill that is paid, be it in "
                "part, is never touched from here.";
    w.remedy = "Change the bill, or enter the difference, in QuickBooks; then skip this issue "
               "with a reason. Or take the payment off the bill and retry this issue.";
    return;
  case ObstacleKind::bill_in_closed_period:
    w.title = "Bill " + o.name + " of " + document + " lies in a closed period";
    w.meaning = "What came in differs from what the bill says. The books are closed until " +
                o.limit + ", and nothing in a closed period is touched from here.";
    w.remedy = "Enter the difference in QuickBooks in an open period and skip this issue with a "
               "reason; or move the closing date there and retry this issue.";
    return;
  case ObstacleKind::bill_has_other_lines:
    w.title = "Bill " + o.name + " of " + document + " is not deleted: others added lines to it";
    w.meaning = "By its correction nothing came in, so the bill would go. It holds lines that "
                "were added in QuickBooks.";
    w.remedy = "Take our lines off the bill in QuickBooks, or delete it there, then skip this "
               "issue with a reason.";
    return;
  default: // link_dropped
    w.title = "Bill " + o.name +
              " stands in QuickBooks, but a line of it is not linked to the "
              "purchase order (" +
              o.where + ")";
    w.meaning = "QuickBooks took the bill of " + document +
                " and dropped the link without a word. The bill counts; the purchase order will "
                "not show the line as received and will not close by itself.";
    w.remedy = "In QuickBooks open the bill, add the line from the purchase order (" + o.limit +
               ") and remove the unlinked one; then retry this issue. If it may stay as it is, "
               "skip this issue with a reason.";
    return;
  }
}

} // namespace

void receipt_words(const Obstacle& o, const std::string& document, IssueWords& w) {
  switch (o.kind) {
  case ObstacleKind::bill_number_taken:
  case ObstacleKind::bill_paid:
  case ObstacleKind::bill_in_closed_period:
  case ObstacleKind::bill_has_other_lines:
  case ObstacleKind::link_dropped:
    bill_words(o, document, w);
    return;
  case ObstacleKind::period_closed:
    w.title = "The books are closed until " + o.name + ": bills of that time wait";
    w.meaning = "QuickBooks takes no bill that is dated in a closed period.";
    w.remedy = "Move the closing date in QuickBooks (Account and settings, Advanced), then retry "
               "this issue; or have such bills dated on the next open day: erp-host settings set "
               "quickbooks closed_period=next_open_day";
    return;
  case ObstacleKind::period_closed_choose:
    w.title = "The bill of " + document + " lies in a closed period: choose its day";
    w.meaning = "It is dated " + o.name + ", and the books are closed until " + o.limit + ".";
    w.remedy = "To date it on the next open day: erp-host run quickbooks inbox retry ID "
               "--next-open-day. To book it in its own period: move the closing date in "
               "QuickBooks, then retry this issue. Or skip it with a reason.";
    return;
  default:
    order_words(o, document, w);
    return;
  }
}

} // namespace qb::mapping
