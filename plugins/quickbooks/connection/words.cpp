#include "connection/words.hpp"

namespace qb::connection {

verdict::IssueWords unsaved_words() {
  verdict::IssueWords words;
  words.cause = unsaved_cause;
  words.title = "The renewed connection to QuickBooks could not be saved";
  words.meaning = "QuickBooks gave new tokens, and the disk does not take them. They are kept in "
                  "memory and used; if the program ends before they are saved, the company may "
                  "have to be connected again. Nothing is lost so far.";
  words.remedy = "Make room on the disk of the plugin's data folder, or give the plugin the right "
                 "to write there, and do not end the program before. The tokens are then saved, "
                 "and this closes, by itself.";
  return words;
}

verdict::IssueWords unopenable_words(const std::string& said) {
  verdict::IssueWords words;
  words.cause = unopenable_cause;
  words.title = "The stored connection to QuickBooks cannot be opened";
  words.meaning = "The secret \"vault-key\" that it was stored with is missing from the host's "
                  "secrets, or damaged, or another one (" +
                  said + "). Nothing is lost; documents wait here.";
  words.remedy = "Bring the host's secrets back from a backup, or connect the same company again: "
                 "erp-host connect quickbooks. What waits then goes out by itself.";
  return words;
}

verdict::IssueWords elsewhere_words(const oauth::Place& made, const oauth::Place& now) {
  const auto named = [](const oauth::Place& place) {
    return place.environment.empty()
               ? "an earlier version"
               : place.environment + " (" + place.api_base +
                     (place.environment == "emulator" && place.authority != place.api_base
                          ? ", " + place.authority
                          : "") +
                     ")";
  };
  verdict::IssueWords words;
  words.cause = elsewhere_cause;
  words.title = "The connection to QuickBooks was made in another environment";
  words.meaning = "It was made with " + named(made) + ", and the settings now say " + named(now) +
                  ". Its tokens are not shown there: no call is made, and documents wait here.";
  words.remedy = "Put the setting environment (and with the emulator discovery_url and "
                 "api_base_url) back to what it was, and all goes on; or connect again: erp-host "
                 "connect quickbooks.";
  return words;
}

} // namespace qb::connection
