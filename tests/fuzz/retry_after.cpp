#include "company/retry_after.hpp"
#include "look_at.hpp"
#include "must.hpp"

// However a header is written, the wait lies between nothing and a day.
void look_at(std::string_view input) {
  using namespace qb::company;
  for (const erp::Instant now : {erp::Instant{0}, erp::Instant{1'800'000'000'000'000}}) {
    const auto seconds = retry_after_s(input, now);
    fuzz::must(!seconds || (*seconds >= 0 && *seconds <= retry_after_max_s), "a wait is bounded");
  }
  const auto date = parse_http_date(input);
  fuzz::must(!date || input.size() == 29, "a date of HTTP has one form");
  if (date) fuzz::must(erp::is_representable(*date), "a date is within the calendar");
}
