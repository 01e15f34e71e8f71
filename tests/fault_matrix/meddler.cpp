#include "meddler.hpp"

#include <curl/curl.h>
#include <set>

namespace fault_matrix {
namespace {

std::size_t take(char* data, std::size_t size, std::size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

struct Ended {
  CURL* curl = curl_easy_init();
  curl_slist* headers = nullptr;
  ~Ended() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
  }
};

Meddler::Answer handed_on(const tls_peer::Request& request, const std::string& to,
                          const std::string& ca_file) {
  static const std::set<std::string> ours{"host", "content-length", "accept-encoding",
                                          "connection"};
  Ended call;
  Meddler::Answer answer;
  for (const auto& [name, value] : request.headers)
    if (!ours.contains(name))
      call.headers = curl_slist_append(call.headers, (name + ": " + value).c_str());
  curl_easy_setopt(call.curl, CURLOPT_URL, (to + request.target).c_str());
  curl_easy_setopt(call.curl, CURLOPT_CAINFO, ca_file.c_str());
  curl_easy_setopt(call.curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(call.curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method == "POST") {
    curl_easy_setopt(call.curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    curl_easy_setopt(call.curl, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  curl_easy_setopt(call.curl, CURLOPT_HTTPHEADER, call.headers);
  curl_easy_setopt(call.curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(call.curl, CURLOPT_WRITEDATA, &answer.body);
  long status = 0;
  if (curl_easy_perform(call.curl) == CURLE_OK)
    curl_easy_getinfo(call.curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

} // namespace

Meddler::Meddler(const Scene& scene, std::string path, bool before, Spoil spoil)
    : quickbooks_(scene.world.url()), ca_file_(scene.world.ca_file()),
      path_("/v3/company/" + scene.world.realm() + "/" + path + "?"), before_(before),
      spoil_(std::move(spoil)) {
  peer_ = std::make_unique<tls_peer::Peer>(
      tls_peer::make_identity(&scene.authority),
      [this](tls_peer::Stream& stream) { serve(stream); }, tls_peer::Options{});
}

void Meddler::serve(tls_peer::Stream& stream) {
  while (const auto request = stream.next_request()) {
    const bool spoils =
        request->method == "POST" && request->target.starts_with(path_) && spoilt_.exchange(1) == 0;
    Answer answer;
    if (!spoils || !before_) answer = handed_on(*request, quickbooks_, ca_file_);
    if (!spoils) {
      if (!stream.write(tls_peer::answer(answer.status, answer.body))) return;
      continue;
    }
    const std::string instead = spoil_(answer);
    if (instead.empty())
      stream.reset();
    else
      stream.write(instead);
    return;
  }
}

} // namespace fault_matrix
