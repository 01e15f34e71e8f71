#include "instant.hpp"

#include <array>
#include <cstdio>

namespace emulator {
namespace {

using namespace std::chrono;

/// US rule since 2007: from the second Sunday of March to the first Sunday of November, at 02:00
/// local.
bool summer_time(Instant at) {
  const year in_year = year_month_day{floor<days>(at - hours{8})}.year();
  const auto begins = sys_days{in_year / March / Sunday[2]} + hours{10};
  const auto ends = sys_days{in_year / November / Sunday[1]} + hours{9};
  return at >= begins && at < ends;
}

hours pacific_offset(Instant at) {
  return summer_time(at) ? hours{-7} : hours{-8};
}

std::string pacific(Instant at, bool with_millis) {
  const hours offset = pacific_offset(at);
  const auto local = at + offset;
  const auto day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<milliseconds>(local - day)};
  std::array<char, 64> text{};
  const auto write = [&](const char* format, auto... extra) {
    std::snprintf(text.data(), text.size(), format, int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()), extra...);
  };
  const int offset_hours = int(-offset.count());
  if (with_millis)
    write("%04d-%02u-%02uT%02d:%02d:%02d.%03d-%02d:00", int(clock.subseconds().count()),
          offset_hours);
  else
    write("%04d-%02u-%02uT%02d:%02d:%02d-%02d:00", offset_hours);
  return text.data();
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<sys_days> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  const year_month_day date{year{*y}, month{unsigned(*m)}, day{unsigned(*d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date};
}

/// Reads the fraction at `at` (which may be absent) and moves `at` behind it.
std::optional<microseconds> parse_fraction(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return microseconds{0};
  std::int64_t micros = 0;
  std::size_t seen = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++seen)
    if (seen < 6) micros = micros * 10 + (text[at] - '0');
  if (seen == 0) return std::nullopt;
  for (; seen < 6; ++seen)
    micros *= 10;
  return microseconds{micros};
}

std::optional<minutes> parse_offset(std::string_view text) {
  if (text == "Z") return minutes{0};
  const auto h = digits(text, 1, 2);
  const bool with_colon = text.size() == 6 && text[3] == ':';
  if (!h || !(with_colon || text.size() == 5) || (text[0] != '+' && text[0] != '-'))
    return std::nullopt;
  const auto m = digits(text, with_colon ? 4 : 3, 2);
  if (!m || *h > 14 || *m > 59) return std::nullopt;
  const minutes offset = hours{*h} + minutes{*m};
  return text[0] == '-' ? -offset : offset;
}

} // namespace

std::string pacific_millis(Instant at) {
  return pacific(at, true);
}
std::string pacific_seconds(Instant at) {
  return pacific(at, false);
}
std::string pacific_day(Instant at) {
  return pacific(at, false).substr(0, 10);
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto day = parse_day(text.substr(0, 10));
  if (!day) return std::nullopt;
  Instant local = *day;
  std::size_t at = 10;
  if (text.size() > 10) {
    if (text[10] != 'T' || text.size() < 19 || text[13] != ':' || text[16] != ':')
      return std::nullopt;
    const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
    if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
    at = 19;
    const auto fraction = parse_fraction(text, at);
    if (!fraction) return std::nullopt;
    local += hours{*h} + minutes{*m} + seconds{*s} + *fraction;
  }
  if (at == text.size()) {
    const Instant guess = local + hours{8};
    return local - pacific_offset(guess);
  }
  const auto offset = parse_offset(text.substr(at));
  if (!offset) return std::nullopt;
  return local - *offset;
}

bool is_calendar_day(std::string_view text) {
  return parse_day(text).has_value();
}

std::string day_after(std::string_view day, int count) {
  const year_month_day date{parse_day(day).value() + days{count}};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(date.year()),
                unsigned(date.month()), unsigned(date.day()));
  return text.data();
}

} // namespace emulator
