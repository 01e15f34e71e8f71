#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/canonical_json.hpp"
#include "sample.hpp"
#include "seed.hpp"

#include <doctest/doctest.h>

namespace {

// As a plugin sees it: out of the C structs a host built.
erp::Event through_c(const erp::Event& event) {
  erp::Borrowing borrowing;
  erp::Event copied = event;
  if (const auto* part = std::get_if<erp::Part>(&event.document))
    copied.document = erp::copy(*borrowing.part(*part));
  if (const auto* order = std::get_if<erp::PurchaseOrder>(&event.document))
    copied.document = erp::copy(*borrowing.purchase_order(*order));
  if (const auto* receipt = std::get_if<erp::Receipt>(&event.document))
    copied.document = erp::copy(*borrowing.receipt(*receipt));
  if (const auto* cancellation = std::get_if<erp::Cancellation>(&event.document))
    copied.document = erp::copy(*borrowing.purchase_order(cancellation->order),
                                erp::borrow_or_absent(cancellation->reason));
  if (const auto* supplier = std::get_if<erp::Supplier>(&event.document))
    copied.document = erp::copy(*borrowing.supplier(*supplier));
  return copied;
}

} // namespace

TEST_CASE("a document is the same after C structs and after JSON") {
  const std::uint64_t seed = printed_seed();
  sample::Documents documents(seed);
  for (int i = 0; i < 3'000; ++i) {
    const erp::Event event = documents.event();
    const erp::Event copied = through_c(event);
    const std::string json = erp::to_json(copied);
    INFO("seed ", seed, ", event ", i, ": ", json);
    REQUIRE(sample::equal(event, copied));
    const auto read = erp::event_from_json(json);
    REQUIRE_MESSAGE(read.has_value(), read.error().field, " ", read.error().what);
    REQUIRE(sample::equal(*read, event));
    REQUIRE(erp::to_json(*read) == json);
  }
}
