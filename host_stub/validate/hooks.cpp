#include "validate/hooks.hpp"

#include "validate/progress.hpp"

#include <atomic>

namespace host::validate {
namespace {

template <class Call>
erp_status inside(const Instance& instance, Call call) {
  erp_status status = ERP_E_INTERNAL;
  instance.host().inside_quick([&] { status = call(); }); // each is tagged so
  return status;
}

const erp_procurement_v1* procurement(const Instance& it) {
  return it.table_of<erp_procurement_v1>(ERP_INTERFACE_PROCUREMENT);
}
const erp_procurement_changes_v1* changes(const Instance& it) {
  return it.table_of<erp_procurement_changes_v1>(ERP_INTERFACE_PROCUREMENT_CHANGES);
}

constexpr Hook always[] = {
    {"onPartSaved",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(
           it, [&] { return procurement(it)->onPartSaved(it.raw(), event, &told.part, error); });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return procurement(it)->onPartSaved(it.raw(), lend(lent, event), lend(lent, told.part),
                                             error);
       });
     }},
    {"onPoOrdered",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(
           it, [&] { return procurement(it)->onPoOrdered(it.raw(), event, &told.order, error); });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return procurement(it)->onPoOrdered(it.raw(), lend(lent, event), lend(lent, told.order),
                                             error);
       });
     }},
    {"onPoReceived",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(it, [&] {
         return procurement(it)->onPoReceived(it.raw(), event, &told.receipt, error);
       });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return procurement(it)->onPoReceived(it.raw(), lend(lent, event), lend(lent, told.receipt),
                                              error);
       });
     }}};

constexpr Hook rarer[] = {
    {"onPoCancelled",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onPoCancelled(it.raw(), event, &told.order, told.reason, error);
       });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onPoCancelled(it.raw(), lend(lent, event), lend(lent, told.order),
                                           lent.text(told.reason), error);
       });
     }},
    {"onReceiptCorrected",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onReceiptCorrected(it.raw(), event, &told.receipt, error);
       });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onReceiptCorrected(it.raw(), lend(lent, event),
                                                lend(lent, told.receipt), error);
       });
     }},
    {"onSupplierSaved",
     [](const Instance& it, const erp_event* event, const Documents& told, erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onSupplierSaved(it.raw(), event, &told.supplier, error);
       });
     },
     [](const Instance& it, Lent& lent, const erp_event& event, const Documents& told,
        erp_error* error) {
       return inside(it, [&] {
         return changes(it)->onSupplierSaved(it.raw(), lend(lent, event), lend(lent, told.supplier),
                                             error);
       });
     }}};

} // namespace

std::vector<const Hook*> hooks_of(const Instance& instance) {
  std::vector<const Hook*> hooks;
  if (procurement(instance))
    for (const Hook& hook : always)
      hooks.push_back(&hook);
  if (changes(instance))
    for (const Hook& hook : rarer)
      hooks.push_back(&hook);
  return hooks;
}

std::vector<const Hook*> hooks_or_skip(const Instance& instance) {
  auto hooks = hooks_of(instance);
  if (hooks.empty()) skip("it offers no hooks, so there is no event to tell it");
  return hooks;
}

Event::Event(std::string id, std::uint32_t attempt) : id_(std::move(id)) {
  static std::atomic<std::uint64_t> sequence{0};
  constexpr erp_instant told_at = 1795168800000000; // 2026-11-20T10:00:00Z
  event_ = {sizeof event_, attempt, ++sequence, {nullptr, 0}, told_at, {"buyer", 5}};
}

const erp_event* Event::c() {
  event_.event_id = erp::borrow(id_);
  return &event_;
}

erp_status tell(const Hook& hook, const Instance& instance, const std::string& event_id,
                const Documents& documents, std::uint32_t attempt, erp_error* error) {
  Event event(event_id, attempt);
  return hook.call(instance, event.c(), documents, error);
}

} // namespace host::validate
