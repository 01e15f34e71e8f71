#include "core/settings/settings.hpp"
#include "look_at.hpp"
#include "must.hpp"
#include "oauth/endpoints.hpp"

// Settings are typed and within what is safe, or every problem names its setting.
void look_at(std::string_view input) {
  using namespace qb::settings;
  const auto settings = parse(input);
  if (!settings) {
    fuzz::must(!settings.error().empty(), "a refusal has a problem");
    for (const Problem& problem : settings.error())
      fuzz::must(!problem.what.empty(), "a problem says what to do");
    return;
  }
  const bool emulator = settings->environment == Environment::emulator;
  fuzz::must(emulator || settings->pace == Pace::documented, "limits hold outside the emulator");
  fuzz::must(emulator || (settings->discovery_url.empty() && settings->api_base_url.empty() &&
                          settings->ca_file.empty()),
             "no address and no authority can be set outside the emulator");
  const auto trust = qb::oauth::trust_of(*settings);
  fuzz::must(trust.loopback_only == emulator, "only the emulator is spoken to on this computer");
  fuzz::must(settings->rate_share > erp::Decimal{0} && settings->rate_share <= erp::Decimal{1},
             "a share is a share");
  const std::string base = qb::oauth::api_base_of(*settings);
  const bool spoken_to = !qb::http::refusal_of(base, trust).has_value();
  fuzz::must(spoken_to || emulator, "the address of the API is one we trust");
}
