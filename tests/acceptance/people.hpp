#pragma once

#include "acceptance/world.hpp"

#include <string>
#include <vector>

// What the people around the books see and do: an administrator at the command line, a bookkeeper
// in QuickBooks. Throws std::runtime_error where something that a test builds on is not there.
namespace acceptance {

bool has(const std::string& text, const std::string& part);
// A copy with the first `what` replaced; throws if it is not in there.
std::string with(const std::string& text, const std::string& what, const std::string& instead);

// --- at the command line
// The one issue of `issues` that holds up the document; throws if there is none or a second one.
Json issue_of(const Json& issues, const std::string& subject);
Json all_issues(const World& world); // closed ones too
Json issue_by_id(const World& world, const std::string& id);
std::vector<std::string> documents_of(const Json& issue);
// "125 USD", or "125 USD, 7.5 EUR".
std::string amounts_of(const Json& issue);
Json notices(const World& world);
// The newest entry of a subject.
Json entry_of(const World& world, const std::string& subject);
std::string state_of(const World& world, const std::string& subject);
// As World::host(), with the machine's clock so much ahead.
process::Result host_later(const World& world, int seconds, const std::vector<std::string>& words);
process::Result drain_later(const World& world, int seconds);
// connect, and a browser on the address it prints, if any.
process::Result try_connect(const World& world, const std::vector<std::string>& options = {});

// What a connection that came to nothing must not change: status and settings.
std::string standing(const World& world);
// The connection of before is whole: a token can be renewed, and a document goes out.
void still_works(const World& world);
// It ended with an error, and standard error holds each of the words.
void fails_and_says(const process::Result& result, const std::vector<std::string>& words);
// Emits it, sees the subject blocked by exactly one issue, answers that.
Json blocked(const World& world, const std::string& line, const std::string& subject);
// A bookkeeper deletes it there; `entity` is a word of a path: "bill".
void delete_in_quickbooks(const World& world, const char* entity, const Json& object);
// Nothing is held, nobody is told anything, every entry is delivered.
void everything_is_out(const World& world);

// What every person may expect of an issue, whatever its cause: all its members are there, in
// words, not in names of the program's inside.
void reads_plainly(const Json& issue);

// --- orders, each with one thing that is not as usual
Line coded(const std::string& code); // a line without part, with an expense code
Order with_code(const std::string& id, const std::string& code);
Order with_class(const std::string& id, const std::string& name);
Order with_part(const std::string& id, const Part& part);
Order from_supplier(const std::string& id, const std::string& name);
Order with_fee(const std::string& id);

// --- in QuickBooks
// How the consent page decides: connect (a company), refuse.
void consent(const World& world, const std::string& by, const std::string& company = "");
// All of it that is named so, by Name, DisplayName, FullyQualifiedName or DocNumber; throws unless
// there is exactly one.
Json in_books(const World& world, const std::string& entity, const std::string& name);
Json reference_to(const Json& object);
Json add_account(const World& world, const std::string& name, const Json& parent = {});
Json add_class(const World& world, const std::string& name, const Json& parent = {});
Json add_vendor(const World& world, const std::string& name, const std::string& currency = "");
Json add_item(const World& world, const std::string& name);
Json add_order(const World& world, const std::string& number, const std::string& vendor);
// Changes one member of a list object, sparse.
void change(const World& world, const std::string& entity, const Json& object,
            const std::string& member, Json value);

} // namespace acceptance
