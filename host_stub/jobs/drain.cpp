#include "jobs/drain.hpp"

#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "services/clock.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace host::jobs {
namespace {

using nlohmann::json;
using services::monotonic_us;
using services::now_us;
using services::us_per_ms;
using services::us_per_s;

constexpr std::int64_t run_length_us_max = 30 * us_per_s; // then others get their turn
constexpr std::int64_t look_up_us = 100 * us_per_ms;      // how late a new request is seen
constexpr std::int64_t idle_pause_us_max = us_per_s;

struct Report {
  std::int64_t delivered = 0, blocked = 0, waiting = 0;
  std::optional<std::int64_t> next_due;
};

Outcome<Report> read_report(const std::string& text) {
  const json content = json::parse(text, nullptr, false);
  const auto count = [&](const char* name) {
    const auto found = content.find(name);
    return found != content.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
  };
  if (!content.is_object() || count("delivered") < 0 || count("blocked") < 0 ||
      count("waiting") < 0)
    return problem("the plugin's job reports no {\"delivered\", \"blocked\", \"waiting\"}",
                   ERP_E_INTERNAL);
  Report report{count("delivered"), count("blocked"), count("waiting"), std::nullopt};
  if (const auto due = content.find("next_due"); due != content.end()) {
    if (due->is_number_integer()) report.next_due = due->get<std::int64_t>();
    if (due->is_string()) report.next_due = erp::parse_instant(due->get<std::string>());
  }
  return report;
}

Outcome<Report> run_once(instances::Instance& instance, const erp_job_v1& job,
                         std::int64_t time_us) {
  const auto entry = instance.enter();
  if (!entry) return problem(instance.id() + " is being stopped", ERP_E_SHUTTING_DOWN);
  erp::TextSink sink;
  erp_error error{};
  erp_status status = ERP_OK;
  {
    const instances::Turn::Held turn(instance.jobs());
    instance.agenda().use_up(ERP_JOB_DELIVER, now_us());
    status = job.run(instance.c(), erp::borrow(ERP_JOB_DELIVER),
                     now_us() + std::min(time_us, run_length_us_max), sink.c(), &error);
  }
  if (status < ERP_OK && sink.text().empty())
    return tl::make_unexpected(problem_of(status, error, "the job \"deliver\" failed"));
  const auto report = read_report(sink.text());
  // Some was delivered before it failed; a failure that a person must mend counts nevertheless.
  if (report && (status >= ERP_OK || status == ERP_E_TIMEOUT || status == ERP_E_RETRY_LATER))
    return report;
  if (status < ERP_OK)
    return tl::make_unexpected(problem_of(status, error, "the job \"deliver\" failed"));
  return report;
}

// What the plugin's own `status --json` says is open now: a report counts its own run only, and a
// run that failed counts nothing.
struct Standing {
  std::optional<std::int64_t> blocked, waiting;
};

Standing standing_of(instances::Instance& instance) {
  const auto* const commands = instance.table<erp_command_v1>(ERP_INTERFACE_COMMAND);
  const auto entry = instance.enter();
  if (!commands || !entry) return {};
  const erp_str words[] = {erp::borrow("status"), erp::borrow("--json")};
  const erp_command_call call{sizeof(erp_command_call), 2, words, erp_str{nullptr, 0},
                              now_us() + run_length_us_max};
  erp::TextSink sink;
  erp_error error{};
  if (commands->run(instance.c(), &call, sink.c(), &error) < ERP_OK) return {};
  const json status = json::parse(sink.text(), nullptr, false);
  const auto count = [&](const char* name) -> std::optional<std::int64_t> {
    if (!status.is_object() || !status.contains(name) || !status.at(name).is_number_integer())
      return std::nullopt;
    return status.at(name).get<std::int64_t>();
  };
  return {count("blocked"), count("waiting")};
}

std::optional<std::int64_t> earlier(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

class Draining {
 public:
  Draining(instances::Instance& instance, delivery::Delivery& delivery, eventlog::EventLog& events,
           std::int64_t timeout_us, const terminal::Cancel& cancel, const delivery::Tell& tell)
      : instance_(instance), delivery_(delivery), events_(events), cancel_(cancel), tell_(tell),
        deadline_(monotonic_us() + timeout_us) {}

  Drained run() {
    const auto* const job = instance_.table<erp_job_v1>(ERP_INTERFACE_JOB);
    if (!job) {
      drained_.exit_code = exit_failed;
      drained_.message = instance_.id() + " offers no jobs (erp.job/1)";
      return drained_;
    }
    while (round(*job)) {
    }
    const Standing standing = standing_of(instance_);
    if (standing.blocked) drained_.blocked = *standing.blocked;
    if (!drained_.message.empty())
      drained_.waiting = standing.waiting.value_or(0) + events_.waiting(instance_.id());
    if (drained_.exit_code == exit_ok && drained_.waiting > 0)
      drained_.exit_code = exit_still_open;
    else if (drained_.exit_code == exit_ok && drained_.blocked > 0)
      drained_.exit_code = exit_blocked;
    return drained_;
  }

 private:
  // False: it is over.
  bool round(const erp_job_v1& job) {
    delivery_.hand_over(instance_, cancel_, tell_);
    const auto report = run_once(instance_, job, std::max<std::int64_t>(0, time_left()));
    if (!report) {
      const erp_status why = report.error().status;
      return why == ERP_E_RETRY_LATER || why == ERP_E_TIMEOUT ? idle() : fail(report.error());
    }
    const std::int64_t in_log = events_.waiting(instance_.id());
    drained_.delivered += report->delivered;
    drained_.blocked = report->blocked;
    drained_.waiting = report->waiting + in_log;
    drained_.next_due = earlier(report->next_due, instance_.agenda().due_at(ERP_JOB_DELIVER));
    if (in_log > 0)
      drained_.next_due = earlier(drained_.next_due, events_.next_due(instance_.id()));
    if (drained_.waiting == 0) {
      drained_.next_due.reset();
      return false;
    }
    if (report->delivered > 0) idle_pause_us_ = us_per_ms;
    return wait_for_due();
  }

  bool wait_for_due() {
    while (!cancel_.triggered() && time_left() > 0) {
      drained_.next_due = earlier(drained_.next_due, instance_.agenda().due_at(ERP_JOB_DELIVER));
      const std::int64_t pause = drained_.next_due ? *drained_.next_due - now_us() : time_left();
      if (pause <= 0) return idle();
      if (drained_.next_due && pause > time_left()) return false; // not within our time
      sleep(std::min(pause, look_up_us));
    }
    return false;
  }

  // A plugin that has something due and does nothing must not keep us busy.
  bool idle() {
    sleep(std::min(idle_pause_us_, std::max<std::int64_t>(0, time_left())));
    idle_pause_us_ = std::min(idle_pause_us_ * 2, idle_pause_us_max);
    if (!cancel_.triggered() && time_left() > 0) return true;
    if (drained_.exit_code == exit_ok && drained_.waiting == 0)
      drained_.exit_code = exit_still_open;
    return false;
  }

  bool fail(const Problem& problem) {
    drained_.message = problem.message;
    drained_.exit_code = exit_code_of(problem);
    if (problem.status == ERP_E_SHUTTING_DOWN) drained_.exit_code = exit_still_open;
    return false;
  }

  std::int64_t time_left() const { return deadline_ - monotonic_us(); }
  void sleep(std::int64_t time_us) {
    cancel_.wait_for(std::chrono::milliseconds((time_us + us_per_ms - 1) / us_per_ms));
  }

  instances::Instance& instance_;
  delivery::Delivery& delivery_;
  eventlog::EventLog& events_;
  const terminal::Cancel& cancel_;
  const delivery::Tell& tell_;
  const std::int64_t deadline_;
  std::int64_t idle_pause_us_ = us_per_ms;
  Drained drained_;
};

} // namespace

Drained drain(instances::Instance& instance, delivery::Delivery& delivery,
              eventlog::EventLog& events, std::int64_t timeout_us, const terminal::Cancel& cancel,
              const delivery::Tell& tell) {
  return Draining(instance, delivery, events, timeout_us, cancel, tell).run();
}

} // namespace host::jobs
