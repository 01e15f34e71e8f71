#pragma once

#include "home/folders.hpp"
#include "marketplace/index.hpp"
#include "marketplace/source.hpp"
#include "marketplace/trust.hpp"

namespace host::marketplace {

// What a marketplace offers, every signature checked. How the trust hangs together:
// docs/adr/0018-marketplace-trust.md.
struct Catalogue {
  Source source;
  bundle::PublicKey root;
  Trust trust;
  Index index;
};

// The one marketplace of a home, in HOME/marketplace/: root.pub, the root key that everything
// hangs on, and state.json: its address, the last documents taken, and the highest serials ever
// seen, which stay when it is removed. The times: microseconds since 1970.

// Takes its documents and keeps them. ERP_E_CONFLICT: there is a marketplace already.
Outcome<Catalogue> add(const home::Folders& folders, const Source& source,
                       const std::filesystem::path& root_key_file, std::int64_t now,
                       const terminal::Cancel& cancel);
// Takes its documents anew. Refuses older ones than those seen before; what was kept stays then.
Outcome<Catalogue> refresh(const home::Folders& folders, std::int64_t now,
                           const terminal::Cancel& cancel);
// The documents kept, without asking the marketplace. ERP_E_NOT_FOUND: none was added.
Outcome<Catalogue> kept(const home::Folders& folders, std::int64_t now);
// Answers its address. What was installed from it stays.
Outcome<std::string> remove(const home::Folders& folders);

} // namespace host::marketplace
