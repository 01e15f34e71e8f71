#include "http_text.hpp"
#include "look_at.hpp"
#include "must.hpp"

#include "oauth/grant_answer.hpp"

// An answer of the token endpoint is tokens with lifetimes that can be counted with, or a refusal
// whose words carry nothing of what a stranger wrote.
void look_at(std::string_view input) {
  const auto response = fuzz::response_in(input);
  const auto tokens = qb::oauth::read_grant(response);
  if (tokens) {
    fuzz::must(response.status == 200, "tokens come with status 200 only");
    fuzz::must(!tokens->access_token.empty(), "tokens hold an access token");
    constexpr std::int64_t century_s = 100LL * 366 * 24 * 3600;
    for (const auto seconds : {tokens->access_expires_in_s, tokens->refresh_expires_in_s,
                               tokens->refresh_hard_expires_in_s})
      fuzz::must(seconds >= 0 && seconds < century_s, "a lifetime can be added to a date");
    return;
  }
  const auto& words = tokens.error().words;
  fuzz::must(!words.empty() && words.size() < 400, "a refusal says why, briefly");
  fuzz::must(
      words.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                              " .,:;()_'-") == std::string::npos,
      "a refusal is made of our own words: " + words);
}
