#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace emulator {

/// A moment in UTC. The books never ask a clock: every call brings its own moment.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-08-20T06:58:50.262-07:00": the form of the `time` member of every answer. QuickBooks
/// writes US Pacific time whatever the company (seen in all recordings).
std::string pacific_millis(Instant at);

/// "2026-08-20T06:58:50-07:00": the form of MetaData, without the fraction.
std::string pacific_seconds(Instant at);

/// "2026-08-20": the day it is in US Pacific time, which is QuickBooks' default for a missing
/// TxnDate.
std::string pacific_day(Instant at);

/// Reads "2026-08-20", "2026-08-20T10:00:00", with an optional fraction and an optional "Z" or
/// "+hh:mm". Without an offset US Pacific time is meant. Nothing else is accepted.
std::optional<Instant> parse_instant(std::string_view text);

/// True for a real calendar day written "YYYY-MM-DD".
bool is_calendar_day(std::string_view text);

/// The day that many days after `day`, which must be a calendar day.
std::string day_after(std::string_view day, int days);

} // namespace emulator
