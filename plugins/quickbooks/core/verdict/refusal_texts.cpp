#include "core/verdict/refusal_texts.hpp"

#include <cstddef>

namespace qb::verdict {
namespace {

using enum Sentence;

struct Row {
  Sentence sentence;
  RefusalText text;
};
constexpr Row rows[] = {
    {access_lost,
     {Scope::company, true, "QuickBooks no longer lets us into the company",
      "The connection is there, but the person who made it may no longer open this company in "
      "QuickBooks: the user was removed, or is no administrator any more.",
      "Let someone who is an administrator of the company in QuickBooks connect it again. "
      "What waits then goes out by itself."}},
    {wrong_company,
     {Scope::company, true, "QuickBooks refuses access to this company",
      "The connection does not fit the company: it was made for another company, for another "
      "environment (sandbox or production), or without the right to use the accounting data.",
      "Check the setting environment and the client id, then connect the company again and "
      "allow access to accounting. What waits then goes out by itself."}},
    {company_locked,
     {Scope::company, true, "The company is locked in QuickBooks",
      "QuickBooks has shut the company for now, for us and maybe for everyone.",
      "Open the company in QuickBooks in a browser and follow what it says there. When it "
      "opens again, retry this issue."}},
    {plan_lacks_feature,
     {Scope::company, true, "QuickBooks does not offer this to the connected company",
      "The company's QuickBooks plan, its region, or the role of the person who connected it "
      "does not include what {subject} needs. Purchase orders and inventory need QuickBooks "
      "Online Plus or Advanced.",
      "Change the plan in QuickBooks under Subscriptions and billing, or connect the company "
      "again as a user with full access. Then retry this issue."}},
    {subscription_ended,
     {Scope::company, true, "The company's QuickBooks subscription has ended",
      "QuickBooks takes no new data for this company: the trial or the subscription ended, or "
      "there is a problem with its billing. Nothing is lost; documents wait here.",
      "Let the company's administrator renew the subscription in QuickBooks under "
      "Subscriptions and billing. Then retry this issue."}},
    {company_reset,
     {Scope::company, false, "The company's data in QuickBooks was wiped or imported anew",
      "Accounts, items, vendors and orders that we knew may be gone or be others now. Sending "
      "on would connect documents with the wrong records.",
      "Ask who reset the company in QuickBooks and whether it is still the right one. Run "
      "reconcile to see what differs, then retry this issue."}},
    {reference_unknown,
     {Scope::document, true, "QuickBooks does not have {thing} that {subject} names",
      "It was deleted or merged into another one in QuickBooks since we last looked.",
      "Restore {thing} in QuickBooks, or choose another in the settings or in {subject}. Then "
      "refresh; what waits goes out by itself."}},
    {reference_inactive,
     {Scope::document, true, "Something that {subject} uses is inactive or gone in QuickBooks",
      "An account, item, vendor or class on {subject} was made inactive in QuickBooks, or the "
      "document itself was deleted there. QuickBooks does not say which.",
      "Look in QuickBooks, with inactive ones shown, for the vendor, items, accounts and "
      "classes of {subject} and make them active again, or choose others. Then refresh; what "
      "waits goes out by itself."}},
    {item_deleted,
     {Scope::document, true, "An item on {subject} was deleted in QuickBooks",
      "QuickBooks deletes no item, it makes it inactive, and then takes no change of a document "
      "that has it. The number in its words is the item's own number there.",
      "Open Products and services in QuickBooks, show the inactive ones, and make the item active "
      "again. Then refresh; what waits goes out by itself."}},
    {linked_elsewhere,
     {Scope::document, false, "{Subject} is tied to something else in QuickBooks",
      "Another transaction in QuickBooks, such as a bill, a payment, a deposit or a matched "
      "bank line, depends on it, so QuickBooks does not let it be changed or linked.",
      "Open it in QuickBooks and undo the link that QuickBooks names, or make the change there "
      "by hand and skip this issue."}},
    {period_closed,
     {Scope::document, true, "The books are closed for the date of {subject}",
      "Someone closed the accounting period in QuickBooks, and the date of {subject} lies "
      "within it.",
      "Ask the bookkeeper to reopen the period in QuickBooks, or give {subject} a later date. "
      "Then retry this issue."}},
    {before_inventory_start,
     {Scope::document, false, "{Subject} is dated before an item's inventory start date",
      "QuickBooks tracks the quantity of an item only from its start date on, and refuses "
      "transactions of an earlier day.",
      "Give {subject} a later date, or set the item's inventory start date back in QuickBooks. "
      "Then retry this issue."}},
    {account_of_wrong_kind,
     {Scope::document, true, "QuickBooks does not allow one of the accounts of {subject} here",
      "The account is of a kind that cannot stand at this place, such as an income account "
      "where an expense account or an accounts payable account is wanted.",
      "Check the account settings of the plugin and the expense codes of {subject} against "
      "the account kinds in QuickBooks. Then retry this issue."}},
    {tax_setup,
     {Scope::company, false, "The tax code does not fit the company's tax setup",
      "QuickBooks refuses the tax code on our lines: it is not set up for purchases, has no "
      "rate, or the company is in a country that uses other codes.",
      "Check the settings tax_code and tax_attribute, and the company's tax settings in "
      "QuickBooks with the tax codes of the vendors and items that the documents name. Then "
      "retry this issue."}},
    {currency,
     {Scope::document, true, "QuickBooks does not take the currency of {subject}",
      "The currency is not switched on in the company, or is not the vendor's.",
      "Switch the currency on in QuickBooks under Currencies, or correct the currency of "
      "{subject} or of its supplier. Then retry this issue."}},
    {text_refused,
     {Scope::document, false, "QuickBooks does not take a text of {subject}",
      "A text is too long for QuickBooks or holds characters that it refuses. Nothing was cut "
      "or changed.",
      "Shorten or correct the text that QuickBooks names in {subject} and save it again; it "
      "then goes out by itself."}},
    {address_refused,
     {Scope::document, false, "QuickBooks does not take an e-mail or web address of {subject}",
      "The address is not written as QuickBooks expects it.",
      "Correct the supplier's address, for example orders@example.com, and save it again; it "
      "then goes out by itself."}},
    {amount_refused,
     {Scope::document, false, "QuickBooks does not take an amount of {subject}",
      "An amount, price or quantity is out of what QuickBooks allows, or the amount of a line "
      "is not its quantity times its price.",
      "Check the lines and fees of {subject} for negative, very large or odd amounts, correct "
      "them and save it again; it then goes out by itself."}},
    {own_rule,
     {Scope::document, false, "QuickBooks refuses {subject}",
      "QuickBooks applies one of its own rules; its words name the reason.",
      "Mend what QuickBooks names, there or in {subject}, then retry this issue. Saving "
      "{subject} again also sends it again."}},
    {form_refused,
     {Scope::document, false, "QuickBooks did not understand what was sent for {subject}",
      "This is most likely a fault of this plugin, or an unusual value in {subject}, and not "
      "something in your QuickBooks.",
      "Look at the field that QuickBooks names and save {subject} again if its value is odd. "
      "Else give this issue with its code and intuit_tid to whoever supports the plugin."}},
    {failed_without_reason,
     {Scope::document, false, "QuickBooks could not save {subject} and gives no reason",
      "QuickBooks failed on its own side, twice. It says that nothing was saved.",
      "Retry this issue in an hour. If it stays, give its code and intuit_tid to Intuit's "
      "support."}},
    {keeps_changing,
     {Scope::document, false, "{Subject} is being changed in QuickBooks at the same time",
      "Each time we sent our change, someone or another program had just changed it there.",
      "Close {subject} in QuickBooks where it is open, look which program writes it, then "
      "retry this issue."}},
};

consteval bool each_in_its_place() {
  std::size_t place = 0;
  for (const Row& row : rows)
    if (row.sentence != static_cast<Sentence>(place++)) return false;
  return place == static_cast<std::size_t>(keeps_changing) + 1;
}
static_assert(each_in_its_place());

} // namespace

const RefusalText& refusal_text(Sentence sentence) {
  return rows[static_cast<std::size_t>(sentence)].text;
}

} // namespace qb::verdict
