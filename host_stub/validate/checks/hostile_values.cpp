#include "outcome/problem.hpp"
#include "validate/checks/checks.hpp"
#include "validate/hooks.hpp"
#include "validate/progress.hpp"

#include <cstring>
#include <functional>
#include <limits>

namespace host::validate {
namespace {

// Values that the C++ documents can hold.
struct Wide {
  const char* name;
  void (*change)(Sample&);
};
// Values that only the C structs can.
struct Wild {
  const char* name;
  void (*change)(erp_purchase_order&, erp_po_line&, erp_part&);
};

constexpr std::size_t many_lines = 10'000;
constexpr std::size_t long_text_bytes = 1'000'000;

void add_lines(Sample& it) {
  const erp::PurchaseOrderLine line = it.order.lines.at(0);
  for (std::size_t i = 1; i < many_lines; ++i) {
    it.order.lines.push_back(line);
    it.order.lines.back().id = std::to_string(i + 1);
  }
}

const Wide wide[] = {
    {"texts that are absent",
     [](Sample& it) {
       it.part.revision.reset(), it.part.description.reset(), it.order.memo.reset();
       it.order.reference.reset(), it.order.due_on.reset(), it.order.exchange_rate.reset();
       it.order.ship_to.reset(), it.supplier.email.reset(), it.supplier.address.reset();
     }},
    {"texts that are empty",
     [](Sample& it) {
       it.part.number = "", it.part.description = "", it.order.memo = "", it.order.number = "";
       it.supplier.name = "", it.order.supplier.name = "", it.receipt.number = "";
     }},
    {"ids that are empty",
     [](Sample& it) {
       it.part.id = "", it.order.id = "", it.receipt.id = "", it.supplier.id = "";
     }},
    {"no lines", [](Sample& it) { it.order.lines.clear(), it.receipt.lines.clear(); }},
    {"10,000 lines", add_lines},
    {"a text of 1 MB",
     [](Sample& it) {
       it.order.memo = it.part.description = it.supplier.name = std::string(long_text_bytes, 'm');
     }},
    {"controls, quotes and zeros in texts",
     [](Sample& it) {
       it.order.memo = it.part.number = it.supplier.name =
           std::string("a\0\"\\\n\t\x01%s%n../'--", 16);
     }},
    {"18 decimal places",
     [](Sample& it) {
       it.order.lines[0].quantity = erp::Decimal(1, 18);
       it.order.lines[0].unit_cost = it.order.lines[0].total = erp::Decimal(123, 18);
     }},
    {"the largest numbers there are",
     [](Sample& it) {
       const erp::Decimal most(std::numeric_limits<std::int64_t>::max(), 0);
       it.order.lines[0].quantity = it.order.lines[0].unit_cost = it.order.lines[0].total = most;
       it.order.version = std::numeric_limits<std::int64_t>::max();
       it.receipt.lines[0].quantity = most;
     }},
    {"the smallest numbers there are",
     [](Sample& it) {
       const erp::Decimal least(std::numeric_limits<std::int64_t>::min(), 0);
       it.order.lines[0].quantity = it.order.lines[0].total = least;
       it.order.fees[0].amount = least;
     }},
    {"negative quantities",
     [](Sample& it) {
       it.order.lines[0].quantity = erp::Decimal(-10, 0);
       it.receipt.lines[0].quantity = erp::Decimal(-4, 0);
     }},
    {"a currency nobody knows", [](Sample& it) { it.order.currency = "XQZ"; }},
    {"two lines with one id", [](Sample& it) { it.order.lines.push_back(it.order.lines.at(0)); }}};

const Wild wild[] = {
    {"an attribute of an unknown kind",
     [](erp_purchase_order&, erp_po_line& line, erp_part&) {
       const_cast<erp_attr*>(line.attributes.items)[0].value.kind = 4711;
     }},
    {"an attribute of each kind that is no text",
     [](erp_purchase_order&, erp_po_line& line, erp_part&) {
       auto& value = const_cast<erp_attr*>(line.attributes.items)[0].value;
       value.kind = ERP_VALUE_INT; // the text's pointer is a number now
     }},
    {"enumerators nobody knows",
     [](erp_purchase_order& order, erp_po_line&, erp_part& part) {
       order.status = 99, part.kind = -4, part.active = 7;
     }},
    {"a number of no scale there is",
     [](erp_purchase_order&, erp_po_line& line, erp_part&) {
       line.quantity.scale = 19, line.total.amount.scale = std::numeric_limits<std::int32_t>::min();
     }},
    {"numbers that are absent",
     [](erp_purchase_order&, erp_po_line& line, erp_part&) {
       line.quantity.scale = line.unit_cost.amount.scale = ERP_DECIMAL_ABSENT;
     }},
    {"text that is no UTF-8",
     [](erp_purchase_order& order, erp_po_line& line, erp_part& part) {
       order.memo = line.description = part.description = {"\xff\xc0\xed\xa0\x80", 5};
     }},
    {"a currency that is no text",
     [](erp_purchase_order& order, erp_po_line& line, erp_part&) {
       std::memcpy(order.currency, "USDX", 4),
           std::memcpy(line.total.currency, "\xff\xff\xff\xff", 4);
     }},
    {"days that no calendar has",
     [](erp_purchase_order& order, erp_po_line&, erp_part&) {
       order.ordered_on = {2026, 2, 30, 0}, order.due_on = {-2147483647, 255, 255, 0};
     }},
    {"a line without a part",
     [](erp_purchase_order&, erp_po_line& line, erp_part&) { line.part = nullptr; }}};

void change(Documents& documents, const Wild& how) {
  for (const erp_purchase_order* const order :
       {&std::as_const(documents.order), documents.receipt.order}) {
    auto& line = const_cast<erp_po_line&>(*order->lines[0]); // Borrowing's own, and not const there
    how.change(const_cast<erp_purchase_order&>(*order), line, documents.part);
  }
}

void tell_all(const Instance& instance, const std::string& name, const Documents& documents) {
  for (const Hook* const hook : hooks_of(instance)) {
    step(std::string(hook->name) + " with " + name);
    const erp_status status = tell(*hook, instance, name + hook->name, documents);
    require(status >= ERP_E_NOT_CONNECTED && status <= ERP_DUPLICATE,
            "one of the statuses of erp/status.h",
            std::string(hook->name) + " answers " + std::to_string(status) + " to " + name);
  }
}

void run(const Subject& subject) {
  TrialHost host(subject, "hostile", subject.scratch / "data");
  Instance instance(plugin_of(subject), host);
  instance.start_or_skip(subject);
  const auto hooks = hooks_or_skip(instance);
  const auto healthy = [&](const std::string& name) {
    std::vector<erp_status> statuses;
    Sample sample(name);
    const Documents documents = sample.documents();
    for (const Hook* const hook : hooks)
      statuses.push_back(tell(*hook, instance, name + hook->name, documents));
    return statuses;
  };
  const auto before = healthy("before");
  for (const Wide& one : wide) {
    Sample sample(one.name);
    one.change(sample);
    tell_all(instance, one.name, sample.documents());
  }
  for (const Wild& one : wild) {
    Sample sample(one.name);
    Documents documents = sample.documents();
    change(documents, one);
    tell_all(instance, one.name, documents);
  }
  step("ordinary documents after all that");
  require(healthy("after") == before, "ordinary documents are taken as before", "they are not");
  instance.end();
}

} // namespace

const Check hostile_values = {
    "hostile-values",
    "R6, R7, R9",
    "a status for whatever a document holds, never a crash",
    "An ERP holds what people and imports have put there in twenty years. One odd order must not "
    "take the program down in which everybody works.",
    "Check before you use: counts before arrays, scale before powers of ten, kinds before members "
    "of "
    "a union. Refuse with ERP_E_INVALID and words; take enumerators you do not know as their "
    "header "
    "says.",
    run,
    "Values that only several events together make; what the plugin sends on."};

} // namespace host::validate
