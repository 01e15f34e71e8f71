#pragma once
#include "books/books.hpp"

#include <nlohmann/json.hpp>
#include <string>

/// A clerk's desk with one company's books on it: says in a line what a client would send.
class Desk {
 public:
  explicit Desk(emulator::Region region = emulator::Region::us, emulator::SeedOptions options = {});

  struct Reply {
    int status = 0;
    std::string text;
    nlohmann::json body;

    /// Code of the first error, empty when there is none.
    std::string code() const;
    std::string detail() const;
    std::string element() const;
    /// The object under its entity's name.
    const nlohmann::json& operator[](const char* entity) const { return body.at(entity); }
  };

  Reply post(const std::string& path, const nlohmann::json& body);
  Reply post_text(const std::string& path, const std::string& body);
  Reply post_with(const std::string& path, const std::string& parameter, const std::string& value,
                  const nlohmann::json& body);
  Reply get(const std::string& path);
  Reply query(const std::string& statement);
  Reply cdc(const std::string& entities, const std::string& since);
  Reply handle(const emulator::Call& call);

  /// The Id of the list object with that name, inactive ones too. Fails the test when there is
  /// none.
  std::string id_of(const std::string& entity, const std::string& name);

  /// A purchase order over ten brackets and freight, as a client would send it.
  nlohmann::json order(const std::string& number = "1042");
  /// A bill over so many brackets, linked to a line of an order.
  nlohmann::json bill(const std::string& order_id, int quantity, const std::string& line_id = "1");

  void pass(std::chrono::microseconds time) { now += time; }

  emulator::Books books;
  emulator::Instant now;
};

nlohmann::json by_id(const std::string& id);
