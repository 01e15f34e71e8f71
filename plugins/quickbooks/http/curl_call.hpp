#pragma once

#include "http/curl_transport.hpp"

#include <array>
#include <curl/curl.h>

// Within the room: one call on curl's easy interface, as its callbacks see it.
namespace qb::http {

// libcurl cannot do its part of one call, for lack of memory or the like.
struct CurlGaveUp {
  std::string words;
};

struct CurlCall {
  CurlCall(const Trust& t, const Bounds& b) : trust(t), bounds(b) {}
  const Trust& trust;
  const Bounds& bounds;
  Response response;
  std::size_t header_bytes = 0;
  bool headers_ended = false; // else curl takes an answer cut within its headers for an empty one
  bool request_left = false;  // curl was about to send its first byte, or did
  bool beyond_bounds = false; // the answer was larger than allowed
  bool not_loopback = false;  // the name led off this computer
  bool no_memory = false;     // for what was read; nothing may be thrown through curl
  curl_slist* headers = nullptr;
  std::array<char, CURL_ERROR_SIZE> words{};
  ~CurlCall(); // overwrites the headers: tokens are among them
  CurlCall(const CurlCall&) = delete;
  CurlCall& operator=(const CurlCall&) = delete;
};

// All options of one call; throws CurlGaveUp where the library refuses one, since every one of them
// matters.
void prepare(CURL* easy, const Message& message, CurlCall& call);
// What curl's result means for the caller.
Failure failure_of(CURLcode code, const CurlCall& call);

} // namespace qb::http
