#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"
#include "sample.hpp"

#include <atomic>
#include <csignal>
#include <dlfcn.h>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <thread>

// The template plugin, loaded as a host loads it. Its author's manual is erp/abi.h; so is this
// one's.
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = fs::temp_directory_path() / "template_test.XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path() const { return path_.string(); }
  std::string log() const {
    std::ifstream file(path_ / "received.log");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  void append_to_log(const std::string& text) const {
    std::ofstream(path_ / "received.log", std::ios::app) << text;
  }

 private:
  fs::path path_;
};

constexpr const char* settings_default = "{}";

erp_instant ERP_CALL now(erp_host_ctx*) noexcept {
  return 0;
}
std::int64_t ERP_CALL monotonic_us(erp_host_ctx*) noexcept {
  return 0;
}
const erp_clock_v1 clock_service = {now, monotonic_us};

erp_status ERP_CALL read_settings(erp_host_ctx* ctx, const erp_sink* out, erp_error*) noexcept {
  const std::string_view json = reinterpret_cast<const char*>(ctx);
  return out->write(out->ctx, json.data(), json.size());
}
const erp_settings_host_v1 settings_service = {read_settings};

const void* ERP_CALL get_service(erp_host_ctx*, const char* id) noexcept {
  if (std::string_view(id) == ERP_SERVICE_CLOCK) return &clock_service;
  if (std::string_view(id) == ERP_SERVICE_SETTINGS) return &settings_service;
  return nullptr;
}

const erp_host host = {sizeof(erp_host), ERP_ABI_MINOR, {"test", 4}, {"1", 1}, get_service};

erp_plugin_entry_v1_fn entry() {
  void* library = dlopen(TEMPLATE_PLUGIN, RTLD_NOW | RTLD_LOCAL);
  REQUIRE_MESSAGE(library != nullptr, dlerror());
  return reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(library, ERP_PLUGIN_ENTRY_NAME));
}

// An active instance, stopped at the end of its life.
class Instance {
 public:
  explicit Instance(const Folder& folder, const char* settings = settings_default) {
    const std::string path = folder.path();
    erp_instance_config config{};
    config.struct_size = sizeof config;
    config.data_dir = erp::borrow(path);
    auto* ctx = reinterpret_cast<erp_host_ctx*>(const_cast<char*>(settings));
    REQUIRE(plugin_->create(&host, ctx, &config, &instance_, nullptr) == ERP_OK);
    activated = plugin_->activate(instance_, &error);
  }
  ~Instance() {
    CHECK(plugin_->stop(instance_, 1'000'000, nullptr) == ERP_OK);
    plugin_->deactivate(instance_);
    plugin_->destroy(instance_);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  erp_status ordered(const std::string& event_id) {
    erp::Borrowing borrowing;
    const auto document = std::get<erp::PurchaseOrder>(sample::ordered().document);
    const erp_event event = event_called(event_id);
    return procurement().onPoOrdered(instance_, &event, borrowing.purchase_order(document), &error);
  }
  erp_status part_saved(const std::string& event_id) {
    erp::Borrowing borrowing;
    const erp::Part part{"P-1", "820412-001", "B", std::nullopt, erp::PartKind::stocked, true};
    const erp_event event = event_called(event_id);
    return procurement().onPartSaved(instance_, &event, borrowing.part(part), &error);
  }
  erp_status received(const std::string& event_id) {
    erp::Borrowing borrowing;
    erp::Receipt receipt;
    receipt.id = "R-1";
    receipt.order = std::get<erp::PurchaseOrder>(sample::ordered().document);
    const erp_event event = event_called(event_id);
    return procurement().onPoReceived(instance_, &event, borrowing.receipt(receipt), &error);
  }
  std::string status() {
    const erp_str words[] = {erp::borrow("status"), erp::borrow("--json")};
    const erp_command_call call = {sizeof call, 2, words, {nullptr, 0}, 0};
    erp::TextSink said;
    REQUIRE(table<erp_command_v1>().run(instance_, &call, said.c(), &error) == ERP_OK);
    return said.text();
  }
  template <class Table>
  const Table& table() {
    const Table* table = erp::interface_of<Table>(*plugin_, instance_);
    REQUIRE(table != nullptr);
    return *table;
  }
  const erp_procurement_v1& procurement() { return table<erp_procurement_v1>(); }
  std::string message() const { return std::string(error.message, error.message_len); }

  erp_status activated = ERP_E_INTERNAL;
  erp_error error{};

 private:
  static erp_event event_called(const std::string& id) {
    erp_event event{};
    event.struct_size = sizeof event;
    event.event_id = erp::borrow(id);
    return event;
  }
  const erp_plugin* plugin_ = entry()(&host, nullptr);
  erp_instance* instance_ = nullptr;

 public:
  const erp_plugin& plugin() const { return *plugin_; }
  erp_instance* raw() const { return instance_; }
};

} // namespace

TEST_CASE("the entry refuses a host it cannot understand, with words") {
  erp_error error{};
  erp_host small = host;
  small.struct_size = 8;
  CHECK(entry()(&small, &error) == nullptr);
  CHECK(error.message_len > 0);
  CHECK(entry()(nullptr, nullptr) == nullptr);
  CHECK(entry()(&host, nullptr) == entry()(&host, nullptr));
}

TEST_CASE("each hook leaves one line, and the same event again leaves none") {
  const Folder folder;
  Instance instance(folder);
  CHECK(instance.part_saved("e-1") == ERP_OK);
  CHECK(instance.ordered("e-2") == ERP_OK);
  CHECK(instance.received("e-3") == ERP_OK);
  CHECK(instance.ordered("e-2") == ERP_DUPLICATE);
  CHECK(folder.log() == "part_saved\te-1\tpart/P-1\n"
                        "po_ordered\te-2\tpurchase_order/1042\n"
                        "po_received\te-3\treceipt/R-1\n");
  CHECK(instance.status() == "{\"recorded\":3}");
}

TEST_CASE("an event is known after a restart") {
  const Folder folder;
  for (int start = 0; start < 3; ++start) {
    Instance instance(folder);
    for (int i = 0; i < 200; ++i)
      CHECK(instance.ordered("e-" + std::to_string(i)) == (start == 0 ? ERP_OK : ERP_DUPLICATE));
    CHECK(instance.status() == "{\"recorded\":200}");
  }
}

TEST_CASE("an event id with control characters stays one line") {
  const Folder folder;
  const std::string odd = "a\tb\nc%\x01\x7f\xc3\xa4";
  Instance(folder).ordered(odd);
  CHECK(folder.log() == "po_ordered\ta%09b%0Ac%25%01%7F\xc3\xa4\tpurchase_order/1042\n");
  CHECK(Instance(folder).ordered(odd) == ERP_DUPLICATE);
}

TEST_CASE("a line the machine stopped in is dropped, and its event comes again") {
  const Folder folder;
  Instance(folder).ordered("e-1");
  const std::string whole = folder.log();
  folder.append_to_log("po_ordered\te-2\tpurch");
  Instance instance(folder);
  CHECK(folder.log() == whole);
  CHECK(instance.ordered("e-2") == ERP_OK);
  CHECK(instance.ordered("e-1") == ERP_DUPLICATE);
}

TEST_CASE("on a full disk nothing is acknowledged, and afterwards everything is") {
  const Folder folder;
  Instance instance(folder);
  REQUIRE(instance.ordered("e-0") == ERP_OK);
  const std::string whole = folder.log();

  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit full = before;
  full.rlim_cur = whole.size() + 10; // the next line fits in part
  REQUIRE(setrlimit(RLIMIT_FSIZE, &full) == 0);
  const erp_status refused = instance.ordered("e-1");
  const erp_status refused_again = instance.ordered("e-1");
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, old_handler);

  CHECK(refused == ERP_E_STORAGE);
  CHECK(refused_again == ERP_E_STORAGE);
  CHECK(instance.message().find("received.log cannot be written") == 0);
  CHECK(instance.ordered("e-1") == ERP_OK);
  CHECK(folder.log() == whole + "po_ordered\te-1\tpurchase_order/1042\n");
}

TEST_CASE("hooks of many threads lose nothing and mix nothing") {
  const Folder folder;
  Instance instance(folder);
  std::atomic<int> accepted{0};
  std::atomic<int> duplicates{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) { // all threads tell the same fifty events
        erp::Borrowing borrowing;
        const auto order = std::get<erp::PurchaseOrder>(sample::ordered().document);
        const std::string id = "e-" + std::to_string(i);
        erp_event event{};
        event.struct_size = sizeof event;
        event.event_id = erp::borrow(id);
        const auto* hooks = static_cast<const erp_procurement_v1*>(
            instance.plugin().get_interface(instance.raw(), ERP_INTERFACE_PROCUREMENT));
        const erp_status status =
            hooks->onPoOrdered(instance.raw(), &event, borrowing.purchase_order(order), nullptr);
        accepted += status == ERP_OK ? 1 : 0;
        duplicates += status == ERP_DUPLICATE ? 1 : 0;
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(accepted == 50);
  CHECK(duplicates == 150);
  std::istringstream lines(folder.log());
  std::set<std::string> different;
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    different.insert(line);
  CHECK(count == 50);
  CHECK(different.size() == 50);
}

TEST_CASE("two instances know nothing of each other") {
  const Folder first_folder;
  const Folder second_folder;
  Instance first(first_folder);
  Instance second(second_folder);
  CHECK(first.ordered("e-1") == ERP_OK);
  CHECK(second.ordered("e-1") == ERP_OK);
  CHECK(first.status() == second.status());
}

TEST_CASE("a stopped instance refuses hooks, an inactive one too") {
  const Folder folder;
  Instance instance(folder);
  REQUIRE(instance.plugin().stop(instance.raw(), 1'000'000, nullptr) == ERP_OK);
  CHECK(instance.ordered("e-1") == ERP_E_SHUTTING_DOWN);
  CHECK(folder.log().empty());

  Instance unusable(folder, R"({"record_parts":"maybe"})");
  CHECK(unusable.activated == ERP_E_INVALID);
  CHECK(unusable.ordered("e-1") == ERP_E_UNSUPPORTED);
}

TEST_CASE("settings decide whether parts are recorded, from the start and later") {
  const Folder folder;
  Instance instance(folder, R"({"record_parts":"off"})");
  CHECK(instance.part_saved("e-1") == ERP_IGNORED);
  const auto& settings = instance.table<erp_settings_v1>();
  CHECK(settings.apply(instance.raw(), erp::borrow(R"({ "record_parts" : "on" })"), nullptr) ==
        ERP_OK);
  CHECK(instance.part_saved("e-1") == ERP_OK);
  CHECK(settings.validate(instance.raw(), erp::borrow(R"({"record_parts":"no"})"),
                          &instance.error) == ERP_E_INVALID);
  CHECK(instance.message() == "record_parts must be \"on\" or \"off\"");
  erp::TextSink schema;
  CHECK(settings.schema(instance.raw(), schema.c(), nullptr) == ERP_OK);
  CHECK(schema.text().find("\"record_parts\"") != std::string::npos);
}

TEST_CASE("the job reports zeros, and what is no job or command is refused with words") {
  const Folder folder;
  Instance instance(folder);
  const auto& jobs = instance.table<erp_job_v1>();
  erp::TextSink report;
  CHECK(jobs.run(instance.raw(), erp::borrow("deliver"), 0, report.c(), nullptr) == ERP_OK);
  CHECK(report.text() == R"({"delivered":0,"blocked":0,"waiting":0,"next_due":null})");
  CHECK(jobs.run(instance.raw(), erp::borrow("dance"), 0, report.c(), &instance.error) ==
        ERP_E_NOT_FOUND);
  const erp_str word = erp::borrow("dance");
  const erp_command_call call = {sizeof call, 1, &word, {nullptr, 0}, 0};
  CHECK(instance.table<erp_command_v1>().run(instance.raw(), &call, report.c(), &instance.error) ==
        ERP_E_INVALID);
  CHECK(instance.message() == "the only command is: status [--json]");
  CHECK(instance.plugin().get_interface(instance.raw(), "erp.procurement/2") == nullptr);
}

TEST_CASE("a document older than 1.0, or none, is refused (R3)") {
  const Folder folder;
  Instance instance(folder);
  erp::Borrowing borrowing;
  const auto document = std::get<erp::PurchaseOrder>(sample::ordered().document);
  erp_event event{};
  event.struct_size = sizeof event;
  event.event_id = erp::borrow("e-1");
  erp_purchase_order order = *borrowing.purchase_order(document);
  order.struct_size -= 8;
  const auto& hooks = instance.procurement();
  CHECK(hooks.onPoOrdered(instance.raw(), &event, &order, nullptr) == ERP_E_INVALID);
  CHECK(hooks.onPoOrdered(instance.raw(), &event, nullptr, nullptr) == ERP_E_INVALID);
  order.struct_size += 8;
  CHECK(hooks.onPoOrdered(instance.raw(), nullptr, &order, nullptr) == ERP_E_INVALID);
  event.event_id = erp_str{nullptr, 0};
  CHECK(hooks.onPoOrdered(instance.raw(), &event, &order, nullptr) == ERP_E_INVALID);
  CHECK(folder.log().empty());
}
