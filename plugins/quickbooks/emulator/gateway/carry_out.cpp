#include "gateway/carry_out.hpp"

#include "gateway/faults.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace emulator::gateway {

namespace {

using json = nlohmann::ordered_json;

std::string digest(const std::string& text) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), bytes, &length, EVP_sha256(), nullptr);
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < length; ++i) {
    out += digits[bytes[i] >> 4];
    out += digits[bytes[i] & 15];
  }
  return out;
}

std::string digest_of(const Call& call) {
  std::string text = call.method + '\n' + call.path + '\n';
  for (const auto& [name, value] : call.query)
    if (name != "requestid" && name != "minorversion") text += name + '=' + value + '\n';
  return digest(text + '\n' + call.body);
}

Answer refused(const std::string& code, const std::string& message, const std::string& detail,
               Instant at) {
  return {400, service_fault(code, message, detail, "ValidationFault", at)};
}

Answer duplicate_request_id(Instant at) {
  return refused("600", "Duplicate Request ID",
                 "Duplicate Request ID : The requestid was used before with other content.", at);
}

std::string item_id(const json& item) {
  const auto found = item.find("bId");
  return found != item.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

// One batch whose items are looked up one by one: the pair of requestid and bId is the identity.
class BatchByItem {
 public:
  BatchByItem(Books& books, Replays& replays, const state::Deed& deed, const Memory& memory)
      : books_(books), replays_(replays), deed_(deed), memory_(memory) {}

  Outcome carry_out() {
    json request = json::parse(deed_.call.body, nullptr, false);
    if (!request.is_object() || !request.contains("BatchItemRequest") ||
        !request["BatchItemRequest"].is_array())
      return {books_.handle(deed_.call, deed_.at)};
    for (const auto& item : request["BatchItemRequest"])
      if (item.is_object() && item_id(item).size() > batch_item_id_length_max)
        return {refused("2130", "Invalid request id format",
                        "With a requestid a bId has at most 10 characters.", deed_.at)};
    json fresh = json::array();
    for (auto& item : request["BatchItemRequest"])
      if (!remembered(item)) fresh.push_back(item);
    if (answered_.empty()) return {do_fresh(deed_.call, fresh)};
    Answer done{200, {}};
    const bool some_fresh = !fresh.empty();
    if (some_fresh) {
      Call rest = deed_.call;
      rest.body =
          json{{"BatchItemRequest", fresh}}.dump(-1, ' ', false, json::error_handler_t::replace);
      done = do_fresh(rest, fresh);
      if (done.status != 200) return {done};
      const json rest_answer = json::parse(done.body);
      for (const auto& item : rest_answer.at("BatchItemResponse"))
        answered_.push_back(item);
    }
    done.body = json{{"BatchItemResponse", answered_}, {"time", pacific_millis(deed_.at)}}.dump();
    return {done, !some_fresh};
  }

 private:
  // True when the item's answer is known already, be it a refusal.
  bool remembered(const json& item) {
    if (!item.is_object() || !item.contains("operation")) return false; // a query has no effect
    const auto key = Replays::key(deed_.client_id, deed_.request_id, item_id(item));
    const auto* kept = replays_.find(key, deed_.at, memory_.retention);
    if (!kept) return false;
    if (kept->digest == digest(item.dump(-1, ' ', false, json::error_handler_t::replace))) {
      answered_.push_back(json::parse(kept->answer));
    } else {
      json fault = json::parse(duplicate_request_id(deed_.at).body);
      answered_.push_back({{"Fault", fault["Fault"]}, {"bId", item_id(item)}});
    }
    return true;
  }

  Answer do_fresh(const Call& call, const json& items) {
    const Answer answer = books_.handle(call, deed_.at);
    const json body = json::parse(answer.body, nullptr, false);
    if (answer.status != 200 || !body.is_object() || !body.contains("BatchItemResponse"))
      return answer;
    for (const auto& done : body["BatchItemResponse"]) {
      if (!done.is_object() || (done.contains("Fault") && !memory_.of_faults)) continue;
      for (const auto& item : items)
        if (item.is_object() && item.contains("operation") && item_id(item) == item_id(done))
          replays_.keep(Replays::key(deed_.client_id, deed_.request_id, item_id(item)),
                        {digest(item.dump(-1, ' ', false, json::error_handler_t::replace)),
                         done.dump(), deed_.at, 200});
    }
    return answer;
  }

  Books& books_;
  Replays& replays_;
  const state::Deed& deed_;
  const Memory& memory_;
  json answered_ = json::array();
};

} // namespace

bool may_write(const Call& call) {
  return call.method == "POST" && call.path != "query";
}

Outcome carry_out(Books& books, Replays& replays, const state::Deed& deed, const Memory& memory) {
  if (deed.request_id.empty() || !may_write(deed.call)) return {books.handle(deed.call, deed.at)};
  const bool batch = deed.call.path == "batch";
  if (deed.request_id.size() > (batch ? batch_request_id_length_max : request_id_length_max))
    return {refused("2130", "Invalid request id format",
                    batch ? "With a batch the requestid has at most 36 characters."
                          : "The requestid has at most 50 characters.",
                    deed.at)};
  if (batch) return BatchByItem(books, replays, deed, memory).carry_out();
  const auto key = Replays::key(deed.client_id, deed.request_id);
  if (const auto* kept = replays.find(key, deed.at, memory.retention)) {
    if (kept->digest != digest_of(deed.call)) return {duplicate_request_id(deed.at)};
    return {{kept->status, kept->answer}, true};
  }
  const Answer answer = books.handle(deed.call, deed.at);
  if (answer.status == 200 || memory.of_faults)
    replays.keep(key, {digest_of(deed.call), answer.body, deed.at, answer.status});
  return {answer};
}

} // namespace emulator::gateway
