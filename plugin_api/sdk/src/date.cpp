#include "erp/sdk/document.hpp"

#include <array>
#include <stdexcept>

// Civil dates and instants: proleptic Gregorian calendar, years 1 to 9999, no time zones but an
// offset in the text of an instant.
namespace erp {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t us_per_day = us_per_second * seconds_per_day;
constexpr int year_max = 9999;

constexpr bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr int days_in_month(int year, int month) {
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Days of all years before `year`, counted from 0001-01-01.
constexpr std::int64_t days_before_year(int year) {
  const std::int64_t past = year - 1;
  return past * 365 + past / 4 - past / 100 + past / 400;
}

constexpr std::int64_t days_before(const Date& date) {
  std::int64_t days = days_before_year(date.year);
  for (int month = 1; month < date.month; ++month)
    days += days_in_month(date.year, month);
  return days + date.day - 1;
}

constexpr std::int64_t days_to_epoch = days_before(Date{1970, 1, 1});
constexpr std::int64_t instant_min = -days_to_epoch * us_per_day;
constexpr std::int64_t instant_max =
    (days_before_year(year_max + 1) - days_to_epoch) * us_per_day - 1;

// `days` since 0001-01-01.
Date date_at(std::int64_t days) {
  int year = static_cast<int>(days / 366) + 1; // never too late, and soon there
  while (days_before_year(year + 1) <= days)
    ++year;
  std::int64_t rest = days - days_before_year(year);
  int month = 1;
  while (rest >= days_in_month(year, month))
    rest -= days_in_month(year, month++);
  return Date{year, month, static_cast<int>(rest) + 1};
}

// Takes `count` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day || *year < 1 || *month < 1 || *month > 12 || *day < 1 ||
      *day > days_in_month(*year, *month))
    return std::nullopt;
  return Date{*year, *month, *day};
}

// Microseconds of ".25"; digits beyond the sixth are read and dropped.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::int64_t value = 0;
  std::int64_t unit = us_per_second / 10;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    value += unit * (text[digits] - '0');
    unit /= 10;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

// Minutes east of Greenwich; must be the rest of the text.
std::optional<int> take_offset(std::string_view& text) {
  if (text == "Z" || text == "z") return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, '-') && !take(text, '+')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59 || !text.empty()) return std::nullopt;
  return (west ? -1 : 1) * (*hours * 60 + *minutes);
}

void append_padded(std::string& out, std::int64_t value, int width) {
  std::array<char, 20> digits{};
  std::size_t begin = digits.size();
  for (; width > 0; --width, value /= 10)
    digits[--begin] = static_cast<char>('0' + value % 10);
  out.append(digits.data() + begin, digits.size() - begin);
}

void append_date(std::string& out, const Date& date) {
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
}

} // namespace

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::string to_string(const Date& date) {
  std::string out;
  append_date(out, date);
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date || (!take(text, 'T') && !take(text, 't'))) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2); // 60 is a leap second: the same as the next minute's 0
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const auto fraction = take_fraction(text);
  const auto offset = fraction ? take_offset(text) : std::nullopt;
  if (!offset) return std::nullopt;

  const std::int64_t seconds = (days_before(*date) - days_to_epoch) * seconds_per_day +
                               *hour * 3600 + *minute * 60 + *second - *offset * 60;
  const Instant instant = seconds * us_per_second + *fraction;
  return instant >= instant_min && instant <= instant_max ? std::optional(instant) : std::nullopt;
}

bool is_representable(Instant instant) {
  return instant >= instant_min && instant <= instant_max;
}

std::string to_rfc3339(Instant instant) {
  if (!is_representable(instant)) throw std::out_of_range("an instant outside the years 1 to 9999");
  const std::int64_t since_start = instant - instant_min;
  const std::int64_t in_day = since_start % us_per_day;
  const std::int64_t seconds = in_day / us_per_second;

  std::string out;
  out.reserve(27);
  append_date(out, date_at(since_start / us_per_day));
  out += 'T';
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  if (std::int64_t fraction = in_day % us_per_second; fraction != 0) {
    int width = 6;
    for (; fraction % 10 == 0; fraction /= 10)
      --width;
    out += '.';
    append_padded(out, fraction, width);
  }
  out += 'Z';
  return out;
}

} // namespace erp
