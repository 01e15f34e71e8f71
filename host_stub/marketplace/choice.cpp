#include "marketplace/choice.hpp"

#include "bundle/version_order.hpp"
#include "settings/schema.hpp"
#include "terminal/terminal.hpp"

#include <algorithm>
#include <set>

namespace host::marketplace {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : ", ") + word;
  return text;
}

Problem unknown(const Index& index, const std::string& id) {
  std::set<std::string> there;
  for (const Entry& one : index.entries)
    there.insert(one.id);
  const std::vector<std::string> ids(there.begin(), there.end());
  const auto close = settings::close_matches(id, ids);
  const std::string instead = !close.empty() ? "did you mean " + joined(close) + "?"
                              : ids.empty()  ? "it offers nothing yet"
                                             : "`marketplace list` shows what there is";
  return {"the marketplace has no plugin \"" + terminal::shown(id) + "\"; " + instead,
          ERP_E_NOT_FOUND};
}

// Why this entry is not for this wish; nothing: it is.
std::optional<Problem> against(const Index& index, const Entry& entry, const Wish& wish,
                               const bundle::Place& place) {
  const std::string what = entry.id + " " + entry.version;
  if (!wish.version.empty() && entry.version != wish.version)
    return Problem{"the marketplace has no " + entry.id + " " + terminal::shown(wish.version) +
                       "; `marketplace show " + entry.id + "` lists its versions",
                   ERP_E_NOT_FOUND};
  if (wish.version.empty() && entry.channel != wish.channel)
    return Problem{what + " is in the channel " + entry.channel + ", not in " +
                       terminal::shown(wish.channel) + "; to take it: --channel " + entry.channel,
                   ERP_E_NOT_FOUND};
  if (const auto why = index.revoked_because(entry.id, entry.version))
    return Problem{what + " was withdrawn by the marketplace: " + terminal::shown(*why),
                   ERP_E_DENIED};
  if (const auto fitting = bundle::fits(entry.fitting, place); !fitting)
    return Problem{what + " cannot run here: " + terminal::shown(fitting.error().message),
                   ERP_E_UNSUPPORTED};
  return std::nullopt;
}

} // namespace

Outcome<std::vector<Entry>> entries_of(const Index& index, const std::string& id) {
  std::vector<Entry> found;
  std::copy_if(index.entries.begin(), index.entries.end(), std::back_inserter(found),
               [&](const Entry& one) { return one.id == id; });
  if (found.empty()) return tl::make_unexpected(unknown(index, id));
  std::stable_sort(found.begin(), found.end(), [](const Entry& a, const Entry& b) {
    return bundle::compare_versions(a.version, b.version) > 0;
  });
  return found;
}

Outcome<Entry> chosen(const Index& index, const Wish& wish, const bundle::Place& place) {
  const auto entries = entries_of(index, wish.id);
  if (!entries) return tl::make_unexpected(entries.error());
  std::optional<Problem> nearest; // of the newest that was meant
  for (const Entry& one : *entries) {
    auto problem = against(index, one, wish, place);
    if (!problem) return one;
    // Another version is the least of the reasons: one that was meant and does not fit says more.
    if (!nearest || nearest->status == ERP_E_NOT_FOUND) nearest = std::move(problem);
  }
  return tl::make_unexpected(*nearest);
}

} // namespace host::marketplace
