#include "delivery/refresh.hpp"

#include "delivery/stored_references.hpp"

#include <algorithm>

namespace qb::delivery {
namespace {

constexpr std::size_t rows_written_at_once = 200;

using directory::Directory;
using Failed = tl::unexpected<verdict::Outcome>;

constexpr const char* kept_fact = "kept";

std::string names_of(const std::vector<qbo::Entity>& entities) {
  std::string names;
  for (const qbo::Entity entity : entities)
    names.append(names.empty() ? "" : ",").append(qbo::json_name(entity));
  return names;
}

// Where classes are kept. A company whose plan has none leaves the members out (unconfirmed); then
// they are sent on lines, and QuickBooks takes or drops them.
std::string class_tracking(const qbo::Value& preferences) {
  const auto is = [&](const char* member, bool wanted) {
    const qbo::Value* const value = preferences.find("AccountingInfoPrefs", member);
    return value && value->boolean() && *value->boolean() == wanted;
  };
  if (is("ClassTrackingPerTxnLine", true) || is("ClassTrackingPerLine", true)) return "line";
  if (is("ClassTrackingPerTxn", true)) return "transaction";
  return is("ClassTrackingPerTxnLine", false) ? "off" : "line";
}

// QuickBooks' own clock, since its changes are asked for by it.
erp::Instant answered_at(const qbo::Value& answer, erp::Instant fallback) {
  return erp::parse_instant(answer.text_of("time")).value_or(fallback);
}

verdict::Outcome unreadable(const company::Reply& reply, const char* words) {
  verdict::Outcome outcome = reply.outcome;
  outcome.kind = verdict::OutcomeKind::unreadable;
  outcome.words = words;
  return outcome;
}

class Refresh {
 public:
  Refresh(company::Company& company, store::Database& store, const Directory& directory,
          std::vector<qbo::Entity> kept, std::string kept_before, erp::Instant now)
      : company_(company), store_(store), directory_(directory), kept_(std::move(kept)),
        kept_before_(std::move(kept_before)), now_(now) {}

  tl::expected<Refreshed, verdict::Outcome> everything() {
    Refreshed out;
    out.full = true;
    erp::Instant since = now_;
    if (auto failed = preferences(since)) return Failed(*failed);
    for (const qbo::Entity entity : kept_) {
      if (auto failed = pages(entity, out.rows)) return Failed(*failed);
    }
    store_.write([&](store::Connection& db) {
      Directory::put_fact(db, "filled", "true");
      remember_since(db, since);
    });
    return out;
  }

  tl::expected<Refreshed, verdict::Outcome> changes_and_preferences(const std::string& since) {
    erp::Instant ignored = now_;
    if (auto failed = preferences(ignored)) return Failed(*failed);
    return changes(since);
  }

  tl::expected<Refreshed, verdict::Outcome> changes(const std::string& since) {
    const company::Reply reply = company_.call(qbo::changes_since(kept_, since), "");
    if (reply.outcome.kind != verdict::OutcomeKind::accepted) return Failed(reply.outcome);
    const auto rows = qbo::changes_in(reply.answer);
    if (static_cast<int>(rows.size()) >= change_rows_max) return everything();
    std::vector<qbo::Known> known;
    for (const auto& [entity, object] : rows)
      if (auto one = qbo::known_from(entity, *object)) known.push_back(std::move(*one));
    keep(known);
    Refreshed out;
    out.rows = static_cast<int>(rows.size());
    for (const qbo::Entity entity : kept_) // by a changed setting, for the first time
      if (!was_kept(entity))
        if (auto failed = pages(entity, out.rows)) return Failed(*failed);
    store_.write(
        [&](store::Connection& db) { remember_since(db, answered_at(reply.answer, now_)); });
    return out;
  }

 private:
  bool was_kept(qbo::Entity entity) const {
    return ("," + kept_before_ + ",").find("," + std::string(qbo::json_name(entity)) + ",") !=
           std::string::npos;
  }

  std::optional<verdict::Outcome> preferences(erp::Instant& answered) {
    qbo::Request request;
    request.path = "preferences";
    const company::Reply reply = company_.call(request, "");
    if (reply.outcome.kind != verdict::OutcomeKind::accepted) return reply.outcome;
    const qbo::Value* object = qbo::object_in(reply.answer, qbo::Entity::preferences);
    const qbo::Value* currency = object ? object->find("CurrencyPrefs") : nullptr;
    if (!currency) return unreadable(reply, "the answer holds no CurrencyPrefs");
    answered = answered_at(reply.answer, now_);
    const qbo::Value* multi = currency->find("MultiCurrencyEnabled");
    const std::string home = currency->text_of("HomeCurrency", "value");
    store_.write([&](store::Connection& db) {
      Directory::put_fact(db, "home_currency", home.empty() ? "USD" : home);
      Directory::put_fact(db, "multicurrency",
                          multi && multi->boolean() && *multi->boolean() ? "true" : "false");
      Directory::put_fact(db, directory::class_tracking_fact, class_tracking(*object));
      Directory::put_fact(db, StoredReferences::books_closed_fact,
                          object->text_of("AccountingInfoPrefs", "BookCloseDate"));
    });
    if (auto failed = country()) return failed;
    // The list of changes does not hold them (Intuit, change data capture; confirmed).
    int ignored = 0;
    if (directory_.taxes_purchases()) return pages(qbo::Entity::tax_code, ignored);
    return std::nullopt;
  }

  // A company never changes it, so it is read once.
  std::optional<verdict::Outcome> country() {
    if (directory_.fact(directory::country_fact)) return std::nullopt;
    qbo::Request request;
    request.path = "query";
    request.query = {{"query", "SELECT * FROM CompanyInfo"}};
    const company::Reply reply = company_.call(request, "");
    if (reply.outcome.kind != verdict::OutcomeKind::accepted) return reply.outcome;
    const auto rows = qbo::rows_in(reply.answer, qbo::Entity::company_info);
    if (rows.empty()) return unreadable(reply, "the answer holds no CompanyInfo");
    store_.write([&](store::Connection& db) {
      Directory::put_fact(db, directory::country_fact, rows.front()->text_of("Country"));
    });
    return std::nullopt;
  }

  // Some rows a write: hooks wait while it lasts. Done again after a crash, it changes nothing.
  void keep(const std::vector<qbo::Known>& known) {
    for (std::size_t begin = 0; begin < known.size(); begin += rows_written_at_once) {
      const std::size_t end = std::min(known.size(), begin + rows_written_at_once);
      store_.write([&](store::Connection& db) {
        for (std::size_t i = begin; i < end; ++i) {
          Directory::put(db, known[i]);
          links::Links::forget_answer(db, std::string(qbo::json_name(known[i].entity)), known[i].id,
                                      known[i].sync_token);
        }
      });
    }
  }

  std::optional<verdict::Outcome> pages(qbo::Entity entity, int& rows_read) {
    store_.write([&](store::Connection& db) { Directory::begin_full(db, entity); });
    for (int start = 1;; start += qbo::page_size_max) {
      const company::Reply reply = company_.call(qbo::page(entity, start, true), "");
      if (reply.outcome.kind != verdict::OutcomeKind::accepted) return reply.outcome;
      const auto rows = qbo::rows_in(reply.answer, entity);
      std::vector<qbo::Known> known;
      for (const qbo::Value* row : rows)
        if (auto one = qbo::known_from(entity, *row)) known.push_back(std::move(*one));
      keep(known);
      rows_read += static_cast<int>(rows.size());
      if (static_cast<int>(rows.size()) < qbo::page_size_max) break;
    }
    store_.write([&](store::Connection& db) { Directory::end_full(db, entity); });
    return std::nullopt;
  }

  void remember_since(store::Connection& db, erp::Instant answered) {
    Directory::put_fact(db, "cdc_since",
                        erp::to_rfc3339((answered / 1'000'000 - change_overlap_s) * 1'000'000));
    Directory::put_fact(db, "refreshed_at", erp::to_rfc3339(now_));
    Directory::put_fact(db, kept_fact, names_of(kept_));
  }

  company::Company& company_;
  store::Database& store_;
  const Directory& directory_;
  std::vector<qbo::Entity> kept_;
  std::string kept_before_;
  erp::Instant now_;
};

} // namespace

std::vector<qbo::Entity> kept_by(const settings::Settings& settings) {
  std::vector<qbo::Entity> kept = {qbo::Entity::account, qbo::Entity::klass, qbo::Entity::vendor,
                                   qbo::Entity::item, qbo::Entity::purchase_order};
  if (settings.makes_bills()) kept.push_back(qbo::Entity::bill);
  return kept;
}

bool keeps_what_is_wanted(const Directory& directory, const settings::Settings& settings) {
  return directory.fact(kept_fact).value_or(names_of(kept_by(settings::Settings()))) ==
         names_of(kept_by(settings));
}

tl::expected<Refreshed, verdict::Outcome> refresh(company::Company& company, store::Database& store,
                                                  const Directory& directory,
                                                  const settings::Settings& settings, Depth depth,
                                                  erp::Instant now) {
  // A database of before the fact was kept holds all but bills.
  const std::string before =
      directory.fact(kept_fact).value_or(names_of(kept_by(settings::Settings())));
  Refresh refresh(company, store, directory, kept_by(settings), before, now);
  const auto since = directory.fact("cdc_since");
  if (depth == Depth::everything || !since || directory.fact("filled").value_or("") != "true")
    return refresh.everything();
  const auto since_instant = erp::parse_instant(*since);
  if (!since_instant || now - *since_instant > change_look_back_s * 1'000'000)
    return refresh.everything();
  return depth == Depth::changes ? refresh.changes(*since)
                                 : refresh.changes_and_preferences(*since);
}

} // namespace qb::delivery
