#include "erp/sdk/barrier.hpp"
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <stdexcept>

namespace {

std::string message(const erp_error& error) {
  return std::string(error.message, error.message_len);
}

template <class Thrown>
erp_status thrown(erp_error& error, Thrown what) {
  return erp::guarded(&error, [&]() -> erp_status { throw what; });
}

} // namespace

TEST_CASE("nothing thrown leaves the barrier, and each thing thrown has its status (R6)") {
  erp_error error{};
  CHECK(thrown(error, erp::Failure{ERP_E_RETRY_LATER, "the disk is busy", 250}) ==
        ERP_E_RETRY_LATER);
  CHECK(message(error) == "the disk is busy");
  CHECK(error.retry_after_ms == 250);
  CHECK(thrown(error, erp::BrokenContract{"part.id is absent"}) == ERP_E_INVALID);
  CHECK(message(error) == "part.id is absent");
  CHECK(error.retry_after_ms == 0);
  CHECK(thrown(error, std::bad_alloc()) == ERP_E_INTERNAL);
  CHECK(message(error) == "out of memory");
  CHECK(thrown(error, std::runtime_error("surprise")) == ERP_E_INTERNAL);
  CHECK(message(error) == "surprise");
  CHECK(thrown(error, 7) == ERP_E_INTERNAL);
  CHECK(erp::guarded(nullptr, []() -> erp_status { throw 7; }) == ERP_E_INTERNAL);
  CHECK(erp::guarded(&error, [] { return erp_status{ERP_DUPLICATE}; }) == ERP_DUPLICATE);
}

TEST_CASE("a long message is cut between two characters, never inside one") {
  for (std::size_t before = 0; before < 4; ++before) {
    std::string text(before, 'x');
    while (text.size() < 600)
      text += "\xf0\x9f\x94\xa9";
    erp_error error{};
    erp::report(&error, ERP_E_INVALID, text);
    CHECK(error.message_len <= sizeof error.message);
    CHECK(error.message_len > sizeof error.message - 4);
    CHECK((error.message_len - before) % 4 == 0);
    CHECK(message(error) == text.substr(0, error.message_len));
  }
  erp_error error{};
  erp::report(&error, ERP_E_INVALID, std::string(496, 'x'));
  CHECK(error.message_len == 496);
}

TEST_CASE("a sink collects what is written, and a full one stops the writer") {
  erp::TextSink sink;
  erp::write_all(*sink.c(), "[1,");
  erp::write_all(*sink.c(), "");
  erp::write_all(*sink.c(), "2]");
  CHECK(sink.text() == "[1,2]");

  const erp_sink full{nullptr, [](void*, const char*, std::size_t) noexcept -> std::int32_t {
                        return ERP_E_STORAGE;
                      }};
  erp_error error{};
  CHECK(erp::guarded(&error, [&]() -> erp_status {
          erp::write_all(full, "x");
          return ERP_OK;
        }) == ERP_E_STORAGE);
}
