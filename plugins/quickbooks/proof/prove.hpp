#pragma once

#include "core/settings/settings.hpp"
#include "directory/directory.hpp"
#include "inbox/inbox.hpp"
#include "links/links.hpp"
#include "outbox/outbox.hpp"
#include "proof/books.hpp"
#include "proof/case.hpp"

#include <string>

namespace qb::proof {

struct Evidence {
  store::Database& store;
  const outbox::Outbox& outbox;
  const links::Links& links;
  const inbox::Inbox& inbox;
  const directory::Directory& directory;
  const settings::Settings& settings;
  const Books& books;
  std::string company; // fingerprint of the connected one
};

// Which case each host document is. A document that stands is compared with what planning its
// newest version again, over what QuickBooks holds, would write; nothing is written, here or there.
Proof prove(const Evidence& evidence);

} // namespace qb::proof
