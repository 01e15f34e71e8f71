#include "emulated.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <thread>

using namespace emulated;

namespace {

const std::vector<std::string> connected{"--throttle", "off", "--auto-consent", "Larkfield"};

json vendor(int number) {
  return {{"DisplayName", "Kept Tools " + std::to_string(number)}};
}

} // namespace

TEST_CASE("SIGTERM saves books, connections and the clock and ends with 0") {
  Emulator emulator({"--throttle", "off", "--clock", "virtual", "--auto-consent", "Larkfield"});
  const auto tokens = emulator.connect();
  emulator.advance(1000);
  const auto clock = emulator.control("GET", "clock");
  const auto made = emulator.api(tokens["access_token"], "POST", "vendor?requestid=k-1", vendor(1));
  REQUIRE(made.status == 200);
  const auto vendors = emulator.objects("Vendor");
  const auto app = emulator.client_id();
  const auto ended = emulator.stop();
  CHECK(ended.exit_code == 0);

  emulator.start();
  CHECK(emulator.objects("Vendor") == vendors);
  CHECK(emulator.client_id() == app);
  CHECK(emulator.control("GET", "clock") == clock);
  CHECK(emulator.api(tokens["access_token"], "GET", "preferences").status == 200);
  CHECK(emulator.refresh(tokens["refresh_token"]).status == 200);
  CHECK(emulator.api(tokens["access_token"], "POST", "vendor?requestid=k-1", vendor(1)).body ==
        made.body);
}

TEST_CASE("killing the emulator loses nothing that it acknowledged") {
  Emulator emulator(connected);
  const auto tokens = emulator.connect();
  const auto token = tokens["access_token"];
  emulator.api_text(token, "vendor", "{\"DisplayName\":\"\xff broken\"}"); // not valid UTF-8
  std::vector<std::string> answers;
  for (int i = 0; i < 50; ++i) {
    const auto heard =
        emulator.api(token, "POST", "vendor?requestid=k-" + std::to_string(i), vendor(i));
    REQUIRE(heard.status == 200);
    answers.push_back(heard.body);
  }
  emulator.api(token, "POST", "vendor", vendor(1)); // fault 6240
  const auto vendors = emulator.objects("Vendor");
  for (int round = 0; round < 2; ++round) {
    emulator.kill_hard();
    emulator.start();
    CHECK(emulator.objects("Vendor") == vendors);
  }
  const auto heard = emulator.api(token, "POST", "vendor?requestid=k-7", vendor(7));
  CHECK(heard.body == answers[7]);
  CHECK(emulator.api(token, "POST", "vendor", vendor(1000)).parsed()["Vendor"]["Id"] ==
        std::to_string(vendors.size() + 1));
}

TEST_CASE("a record torn by a crash is left out, what came before it stays") {
  Emulator emulator(connected);
  const auto token = emulator.administrator_token();
  for (int i = 0; i < 3; ++i)
    REQUIRE(emulator.api(token, "POST", "vendor", vendor(i)).status == 200);
  const auto before = emulator.objects("Vendor").size();
  emulator.kill_hard();
  std::filesystem::path journal;
  for (const auto& file : std::filesystem::directory_iterator(emulator.folder()))
    if (file.path().extension() == ".journal") journal = file.path();
  REQUIRE(std::filesystem::file_size(journal) > 10);
  std::filesystem::resize_file(journal, std::filesystem::file_size(journal) - 5);
  emulator.start();
  CHECK(emulator.objects("Vendor").size() == before - 1);
  CHECK(emulator.api(token, "POST", "vendor", vendor(2)).status == 200);
}

TEST_CASE("a second emulator on the same folder is refused") {
  Emulator emulator;
  const auto second =
      process::run(QBO_EMULATOR, {"--port", "0", "--state", emulator.folder().string()});
  CHECK(second.exit_code == 1);
  CHECK(second.err.find("another qbo-emulator") != std::string::npos);
}

TEST_CASE("reset seeds the books anew and forgets connections") {
  Emulator emulator(connected);
  const auto tokens = emulator.connect();
  const auto vendors = emulator.objects("Vendor");
  emulator.api(tokens["access_token"], "POST", "vendor", vendor(1));
  CHECK(emulator.objects("Vendor").size() == vendors.size() + 1);
  emulator.control("POST", "reset");
  CHECK(emulator.objects("Vendor") == vendors);
  CHECK(emulator.refresh(tokens["refresh_token"]).status == 400);
  emulator.kill_hard();
  emulator.start();
  CHECK(emulator.objects("Vendor") == vendors);
}

TEST_CASE("secrets in the state folder are readable by their owner only") {
  Emulator emulator({"--throttle", "off", "--auto-consent", "Larkfield"});
  emulator.connect(std::string(accounting) + " openid");
  for (const char* name :
       {"oauth.json", "books.json", "tls/ca.key.pem", "tls/leaf.key.pem", "tls/id_token.key.pem"}) {
    struct stat found {};
    REQUIRE(stat((emulator.folder() / name).c_str(), &found) == 0);
    CHECK_MESSAGE((found.st_mode & 077) == 0, name);
  }
}

TEST_CASE("latency is added to calls of the API and not to control calls") {
  Emulator emulator({"--throttle", "off", "--latency-ms", "300"});
  const auto token = emulator.administrator_token();
  const auto took = [](auto&& what) {
    const auto began = std::chrono::steady_clock::now();
    what();
    return std::chrono::steady_clock::now() - began;
  };
  CHECK(took([&] { emulator.api(token, "GET", "preferences"); }) >= std::chrono::milliseconds(300));
  CHECK(took([&] { emulator.control("GET", "clock"); }) < std::chrono::milliseconds(300));
}

TEST_CASE("clients at once are all served, and each write is done once") {
  Emulator emulator({"--throttle", "off", "--latency-ms", "20", "--auto-consent", "Larkfield"});
  const auto token = emulator.connect()["access_token"].get<std::string>();
  const auto seeded = emulator.objects("Vendor").size();
  constexpr int clients = 8, writes = 25;
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client)
    threads.emplace_back([&, client] {
      Client own(emulator.ca_file());
      for (int i = 0; i < writes; ++i) {
        const auto heard = own.post(emulator.url() + "/v3/company/" + first_realm + "/vendor",
                                    {vendor(client * 1000 + i).dump(),
                                     {"Authorization: Bearer " + token, "Accept: application/json",
                                      "Content-Type: application/json"}});
        done += heard.status == 200;
        if (i % 5 == 0) own.forget_connection();
      }
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(done == clients * writes);
  CHECK(emulator.objects("Vendor").size() == seeded + clients * writes);
  CHECK(emulator.count()["writes"] == clients * writes);
  CHECK(emulator.count()["in_flight_max"] > 1);
  const auto vendors = emulator.objects("Vendor");
  emulator.kill_hard();
  emulator.start();
  CHECK(emulator.objects("Vendor") == vendors);
}

TEST_CASE("thousands of writes do not slow it down") {
  Emulator emulator(connected);
  const auto token = emulator.administrator_token();
  constexpr int writes = 2000;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < writes; ++i)
    REQUIRE(
        emulator.api(token, "POST", "vendor?requestid=w" + std::to_string(i), vendor(i)).status ==
        200);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const double per_second = writes / took.count();
  MESSAGE(per_second, " writes a second over one connection");
  // Far below what it does on an idle machine, so that a busy one does not fail; a quadratic cost
  // would.
  CHECK(per_second > 100);
}
