#include "calls.hpp"

#include "company/open_company.hpp"
#include "outbox/outbox.hpp"

#include <algorithm>
#include <chrono>

namespace qb {
namespace {

constexpr std::chrono::microseconds give_way_every{50'000};
constexpr erp::Instant pacing_look_back_us = 60LL * 1'000'000;

} // namespace

bool Calls::wait_until(erp::Instant until, erp::Instant deadline,
                       const std::function<bool()>& give_way) {
  if (until > deadline) return false;
  // By a clock that nobody sets: one that is set back meanwhile does not make the wait longer.
  const std::int64_t end_us =
      services_.monotonic_us() + std::max<erp::Instant>(0, until - services_.now());
  for (std::int64_t left_us = 0;
       !stopping_.load() && (left_us = end_us - services_.monotonic_us()) > 0;) {
    if (!give_way()) return false;
    nap(std::min(std::chrono::microseconds(left_us), give_way_every));
  }
  return !stopping_.load();
}

void Calls::nap(std::chrono::microseconds length) {
  if (nap_) {
    nap_(length);
    return;
  }
  std::unique_lock lock(wake_mutex_);
  wake_.wait_for(lock, length, [this] { return stopping_.load(); });
}

company::Pacer& Calls::pacer(const settings::Settings& settings) {
  if (!pacer_) {
    pacer_ = std::make_unique<company::Pacer>(company::Limits{}, settings.rate_share,
                                              settings.pace == settings::Pace::off);
    const erp::Instant since = services_.now() - pacing_look_back_us;
    const outbox::Outbox outbox(store_);
    pacer_->remember(outbox.sends_since(since), outbox.batch_sends_since(since));
  }
  return *pacer_;
}

// The next process must know of it, or both together are too fast. Of a writing Outbox::mark_sent()
// knows.
void Calls::remember_reading(const company::Trace& trace) {
  const bool was_asked = trace.http_status != 0 ||
                         trace.outcome != verdict::to_string(verdict::OutcomeKind::throttled);
  if (was_asked && trace.request_id.empty())
    store_.write([&](store::Connection& db) { outbox::Outbox::has_read(db, services_.now()); });
}

std::unique_ptr<company::Company> Calls::open(const settings::Settings& settings,
                                              http::Transport& transport,
                                              oauth::TokenSource& tokens, const std::string& realm,
                                              erp::Instant deadline,
                                              const std::function<bool()>& give_way) {
  return company::open_company(
      {transport, tokens, pacer(settings), oauth::api_base_of(settings), realm,
       [this] { return services_.now(); },
       [this, deadline, give_way](erp::Instant until) {
         return wait_until(until, deadline, give_way);
       },
       [this, paced = settings.pace == settings::Pace::documented](const company::Trace& trace) {
         if (paced) remember_reading(trace);
         services_.log(ERP_LOG_INFO, "quickbooks call",
                       {{"method", trace.method},
                        {"path", trace.path},
                        {"status", std::to_string(trace.http_status)},
                        {"outcome", trace.outcome},
                        {"code", trace.code},
                        {"intuit_tid", trace.intuit_tid},
                        {"request_id", trace.request_id},
                        {"duration_ms", std::to_string(trace.duration_ms)}});
       },
       give_way});
}

} // namespace qb
