#pragma once

#include "oauth/key.hpp"

#include <memory>

namespace qb::oauth {

// A key for as long as it is needed: in a page of its own that is kept out of swap and of core
// dumps as far as the system allows, and overwritten when it goes away.
class KeptKey {
 public:
  explicit KeptKey(const Key& key);
  const Key& operator*() const { return *page_; }

 private:
  struct Free {
    void operator()(Key* page) const;
  };
  std::unique_ptr<Key, Free> page_;
};

} // namespace qb::oauth
