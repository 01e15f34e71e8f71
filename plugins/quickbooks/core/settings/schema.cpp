#include "core/settings/settings.hpp"

namespace qb::settings {
namespace {

// Written by hand, read by people on the host's settings page: a title and a description each, in
// the order of a first set-up. A test holds it to what parse() takes.
constexpr std::string_view schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "QuickBooks Online",
  "description": "How this ERP writes parts, suppliers, purchase orders and receipts into one company in QuickBooks Online.",
  "type": "object",
  "additionalProperties": false,
  "required": ["environment", "client_id", "client_secret", "ap_account", "income_account",
               "inventory_asset_account", "inventory_expense_account", "fees_account"],
  "properties": {
    "environment": {
      "type": "string",
      "title": "Environment",
      "description": "sandbox: a test company of Intuit's. production: a real company. emulator: the program qbo-emulator on this machine.",
      "enum": ["sandbox", "production", "emulator"]
    },
    "host_environment": {
      "type": "string",
      "title": "Environment of this ERP",
      "description": "What this ERP calls the system that may use this connection, for example production. A copy of it under another name then writes nothing. Empty: a production system goes with environment production, any other system with sandbox or emulator.",
      "maxLength": 2000
    },
    "client_id": {
      "type": "string",
      "title": "Client ID",
      "description": "From Keys & credentials of your app on developer.intuit.com. Sandbox and production have different ones.",
      "minLength": 1,
      "maxLength": 2000
    },
    "client_secret": {
      "type": "string",
      "title": "Client Secret",
      "description": "Stands beside the Client ID. It is kept among this ERP's secrets and never shown again.",
      "minLength": 1,
      "maxLength": 2000,
      "writeOnly": true
    },
    "ap_account": {
      "type": "string",
      "title": "Accounts payable account",
      "description": "For orders in the company's home currency. The account's number, its name, or Parent:Child, as in QuickBooks under Chart of accounts; of type Accounts payable (A/P).",
      "minLength": 1,
      "maxLength": 2000
    },
    "income_account": {
      "type": "string",
      "title": "Income account of new items",
      "description": "The income account that QuickBooks wants on items it sells. Of type Income.",
      "minLength": 1,
      "maxLength": 2000
    },
    "inventory_asset_account": {
      "type": "string",
      "title": "Inventory asset account of new items",
      "description": "Where the value of stocked parts is kept. Of type Other current assets, detail type Inventory.",
      "minLength": 1,
      "maxLength": 2000
    },
    "inventory_expense_account": {
      "type": "string",
      "title": "Expense account of new items",
      "description": "The cost of parts. Of type Cost of goods sold for stocked parts.",
      "minLength": 1,
      "maxLength": 2000
    },
    "fees_account": {
      "type": "string",
      "title": "Account for fees",
      "description": "Shipping, handling and other fees of a purchase order go to this account.",
      "minLength": 1,
      "maxLength": 2000
    },
    "expense_attribute": {
      "type": "string",
      "title": "Attribute with the expense account",
      "description": "The name of your own attribute on order lines whose value names an account, for example Expense Code. Exactly as you call it, blanks and capitals included. Empty: lines carry none.",
      "maxLength": 2000
    },
    "class_attribute": {
      "type": "string",
      "title": "Attribute with the class",
      "description": "The name of your own attribute on order lines whose value names a QuickBooks class. Exactly as you call it. Empty: lines carry none.",
      "maxLength": 2000
    },
    "home_currency": {
      "type": "string",
      "title": "Home currency of this ERP",
      "description": "Three capital letters, for example USD. If given, it is held to the home currency of the company in QuickBooks, and orders wait if both differ: exchange rates would mean something else there. Empty: not checked.",
      "pattern": "^([A-Z]{3})?$"
    },
    "tax_code": {
      "type": "string",
      "title": "Tax code of purchases",
      "description": "Outside the United States: the name of the tax code in QuickBooks that all lines get, unless a line names its own; QuickBooks then reckons the tax itself, and fees that are taxes are not sent beside it. Empty: orders carry no tax. In the United States only TAX or NON.",
      "maxLength": 2000
    },
    "tax_attribute": {
      "type": "string",
      "title": "Attribute with the tax code",
      "description": "The name of your own attribute on order lines whose value names a tax code in QuickBooks. Exactly as you call it. A line without a value gets the tax code of purchases. Empty: lines carry none.",
      "maxLength": 2000
    },
    "purchase_tax_account": {
      "type": "string",
      "title": "Account for taxes on purchases",
      "description": "Fees that are taxes go to this account, on a line of their own, where QuickBooks reckons no tax itself (in the United States always). Empty: to the account for fees.",
      "maxLength": 2000
    },
    "tax_fee_names": {
      "type": "string",
      "title": "Fees that are taxes",
      "description": "The names of the fees that are taxes, with commas between. Capitals and blanks do not matter.",
      "maxLength": 2000,
      "default": "Tax, Sales tax, Use tax, VAT, GST, HST, PST, QST"
    },
    "receipts": {
      "type": "string",
      "title": "What a receipt becomes",
      "description": "none: nothing; receipts are remembered and can be sent later with receipts replay. bill_per_receipt: each receipt becomes a bill of its own with the receipt's number. one_bill: an order has one bill that grows with each receipt. close_only: no bill; the purchase order is closed when all has come in.",
      "enum": ["none", "bill_per_receipt", "one_bill", "close_only"]
    },
    "closed_period": {
      "type": "string",
      "title": "A bill whose day lies in a closed period",
      "description": "QuickBooks takes no bill on or before the closing date of the books. hold: it waits and you are told. next_open_day: it is dated on the day after, and its memo says so. ask: it waits, and you choose for each one.",
      "enum": ["hold", "next_open_day", "ask"],
      "default": "hold"
    },
    "missing_supplier": {
      "type": "string",
      "title": "A supplier that QuickBooks does not have",
      "description": "report: the order waits and you are told. create: a vendor is created.",
      "enum": ["report", "create"],
      "default": "report"
    },
    "item_type": {
      "type": "string",
      "title": "Type of new items",
      "description": "inventory: QuickBooks counts their quantity (needs Plus or Advanced). non_inventory: it does not. by_kind: stocked parts are counted, others not, services become services.",
      "enum": ["inventory", "non_inventory", "by_kind"],
      "default": "inventory"
    },
    "inventory_start_date": {
      "type": "string",
      "title": "Inventory start date of new items",
      "description": "QuickBooks refuses transactions of a counted item before this day, as 2026-01-31. Empty: the day on which the part was saved here.",
      "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
    },
    "docnumber_format": {
      "type": "string",
      "title": "Number of purchase orders in QuickBooks",
      "description": "{number} stands for the order's number, {id} for its id here; for example PO-{number}. QuickBooks takes 21 characters in all.",
      "maxLength": 2000,
      "default": "{id}"
    },
    "cancelled_orders": {
      "type": "string",
      "title": "When an order is cancelled",
      "description": "close: the purchase order in QuickBooks is closed, and nothing else of it changes. delete: it is deleted there, unless a bill or somebody's own lines stand on it; then it is closed, and you are told.",
      "enum": ["close", "delete"],
      "default": "close"
    },
    "sync_parts": {
      "type": "string",
      "title": "Write parts when they are saved",
      "description": "off: a part becomes an item only when an order needs it.",
      "enum": ["on", "off"],
      "default": "on"
    },
    "sync_orders": {
      "type": "string",
      "title": "Write purchase orders",
      "description": "off: purchase orders stay out of QuickBooks.",
      "enum": ["on", "off"],
      "default": "on"
    },
    "sync_suppliers": {
      "type": "string",
      "title": "Write suppliers when they are saved",
      "description": "on: with A supplier that QuickBooks does not have = create, a saved supplier becomes a vendor, and a vendor that was created from here follows later changes. off: a vendor is created only when an order needs it, and never changed from here.",
      "enum": ["on", "off"],
      "default": "on"
    },
    "rate_share": {
      "type": "string",
      "title": "Share of Intuit's rate limits",
      "description": "Intuit limits how often a company may be called. Lower this, for example to 0.5, when other programs use the same app and company. Above 0, up to 1.",
      "pattern": "^(0\\.[0-9]{1,9}|1(\\.0{1,9})?)?$",
      "default": "1"
    },
    "pace": {
      "type": "string",
      "title": "Keep to Intuit's rate limits",
      "description": "documented: as Intuit asks. off: as fast as possible, only with the emulator.",
      "enum": ["documented", "off"],
      "default": "documented"
    },
    "discovery_url": {
      "type": "string",
      "title": "Discovery document (emulator)",
      "description": "Only with environment emulator: where its OAuth addresses are listed, for example https://127.0.0.1:8443/.well-known/openid_configuration.",
      "maxLength": 2000
    },
    "api_base_url": {
      "type": "string",
      "title": "Accounting API (emulator)",
      "description": "Only with environment emulator, for example https://127.0.0.1:8443. Empty: the host of the discovery document.",
      "maxLength": 2000
    },
    "ca_file": {
      "type": "string",
      "title": "Certificate authority (emulator)",
      "description": "Only with environment emulator: the file tls/ca.pem in its state folder. Empty: the authorities this machine trusts.",
      "maxLength": 2000
    }
  },
  "patternProperties": {
    "^ap_account\\.[A-Z]{3}$": {
      "type": "string",
      "title": "Accounts payable account of a currency",
      "description": "For orders in that currency, for example ap_account.EUR. QuickBooks wants an accounts payable account for each foreign currency.",
      "maxLength": 2000
    }
  }
}
)json";

} // namespace

std::string_view schema_json() {
  return schema;
}

} // namespace qb::settings
