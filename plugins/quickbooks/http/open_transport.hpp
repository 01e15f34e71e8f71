#pragma once

#include "http/transport.hpp"
#include "http/url.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace qb::http {

// Makes what the calls of one job or command go through. `cancelled` must outlive it.
using OpenTransport = std::function<std::unique_ptr<Transport>(const Trust& trust,
                                                               const std::atomic<bool>& cancelled)>;

// CurlTransport with its usual bounds.
OpenTransport over_curl();

} // namespace qb::http
