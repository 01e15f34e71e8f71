// bench_hook [EVENTS] [FOLDER]
//
// What a host pays for a hook: the whole call of onPoOrdered through the C interface of the built
// plugin, until the event is durable, against the cheapest durable write there is on the same disk
// in the same run: 4 KiB overwritten in place and fdatasync. Ratios, since disks differ.
#include "erp/sdk/borrowed.hpp"
#include "erp/sdk/service.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

struct erp_host_ctx {
  std::mutex mutex;
  std::map<std::string, std::string> secrets{{"setting/client_secret", "none"}};
};

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::vector<double>;

constexpr const char* settings =
    R"({"environment":"emulator","discovery_url":"https://127.0.0.1:1/discovery","client_id":"bench","client_secret":"set",)"
    R"("ap_account":"A/P","income_account":"Sales","inventory_asset_account":"Stock","inventory_expense_account":"COGS",)"
    R"("fees_account":"Freight","pace":"off"})";

std::int64_t system_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// --- the services a host must have, and nothing more
// ------------------------------------------------

erp_instant ERP_CALL now(erp_host_ctx*) noexcept {
  return system_us();
}
std::int64_t ERP_CALL monotonic_us(erp_host_ctx*) noexcept {
  return system_us();
}
const erp_clock_v1 clock_table = {now, monotonic_us};

erp_status ERP_CALL request(erp_host_ctx*, erp_str, erp_instant, erp_error*) noexcept {
  return ERP_OK;
}
const erp_schedule_v1 schedule_table = {request};

erp_status ERP_CALL read_settings(erp_host_ctx*, const erp_sink* out, erp_error*) noexcept {
  return out->write(out->ctx, settings, std::strlen(settings));
}
const erp_settings_host_v1 settings_table = {read_settings};

erp_status ERP_CALL get_secret(erp_host_ctx* host, erp_str key, const erp_sink* out,
                               std::uint64_t* version, erp_error*) noexcept {
  std::lock_guard lock(host->mutex);
  const auto found = host->secrets.find(std::string(erp::view(key)));
  if (found == host->secrets.end()) return ERP_E_NOT_FOUND;
  *version = 1;
  return out->write(out->ctx, found->second.data(), found->second.size());
}
erp_status ERP_CALL put_secret(erp_host_ctx* host, erp_str key, erp_str value, std::uint64_t,
                               std::uint64_t* version, erp_error*) noexcept {
  std::lock_guard lock(host->mutex);
  host->secrets[std::string(erp::view(key))] = std::string(erp::view(value));
  if (version) *version = 1;
  return ERP_OK;
}
erp_status ERP_CALL erase_secret(erp_host_ctx*, erp_str, erp_error*) noexcept {
  return ERP_OK;
}
const erp_secrets_v1 secrets_table = {get_secret, put_secret, erase_secret};

const void* ERP_CALL get_service(erp_host_ctx*, const char* id) noexcept {
  const std::pair<const char*, const void*> tables[] = {{ERP_SERVICE_CLOCK, &clock_table},
                                                        {ERP_SERVICE_SCHEDULE, &schedule_table},
                                                        {ERP_SERVICE_SETTINGS, &settings_table},
                                                        {ERP_SERVICE_SECRETS, &secrets_table}};
  for (const auto& [known, table] : tables)
    if (std::strcmp(known, id) == 0) return table;
  return nullptr;
}

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "bench_hook: %s\n", what.c_str());
  std::exit(1);
}

void check(erp_status status, const erp_error& error, const char* what) {
  if (status < 0) fail(std::string(what) + ": " + std::string(error.message, error.message_len));
}

// An order of ten lines, as a manufacturer sends it.
erp::PurchaseOrder order(const std::string& id) {
  erp::PurchaseOrder order;
  order.id = order.number = id;
  order.version = 1;
  order.currency = "USD";
  order.ordered_on = erp::Date{2026, 11, 20};
  order.supplier = {"S-7", "Hicks Hardware", std::nullopt, "USD", std::nullopt};
  for (int i = 1; i <= 10; ++i) {
    erp::PurchaseOrderLine line;
    line.id = std::to_string(i);
    line.part = erp::Part{"P-" + line.id, "820412-00" + line.id,  "B",
                          "Bracket",      erp::PartKind::stocked, true};
    line.description = "Bracket, anodized, with four holes";
    line.quantity = erp::Decimal(10);
    line.unit_cost = erp::Decimal(125, 1);
    line.total = erp::Decimal(125);
    line.attributes = {{"Class", "R&D"}, {"Expense Code", std::nullopt}};
    order.lines.push_back(line);
  }
  return order;
}

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

Microseconds raw_writes(const std::filesystem::path& folder, int count) {
  const std::string path = folder / "raw";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
  std::vector<char> block(4096, 'x');
  if (file < 0 || pwrite(file, block.data(), block.size(), 0) != 4096 || fsync(file) != 0)
    fail("cannot write to " + path);
  Microseconds times;
  for (int i = 0; i < count; ++i) {
    block[0] = static_cast<char>(i);
    const auto start = Clock::now();
    if (pwrite(file, block.data(), block.size(), 0) != 4096 || fdatasync(file) != 0)
      fail("cannot write to " + path);
    times.push_back(since(start));
  }
  close(file);
  return times;
}

double at(Microseconds times, double share) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1,
                        static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

void print(const char* what, const Microseconds& times, const Microseconds& raw,
           double per_second) {
  std::printf("%-28s p50 %8.0f us (%5.2fx)  p99 %8.0f us (%5.2fx)  p99.9 %8.0f us (%5.2fx raw "
              "p99.9)  %8.0f /s\n",
              what, at(times, 0.5), at(times, 0.5) / at(raw, 0.5), at(times, 0.99),
              at(times, 0.99) / at(raw, 0.99), at(times, 0.999), at(times, 0.999) / at(raw, 0.999),
              per_second);
}

class Plugin {
 public:
  explicit Plugin(const std::string& data_dir) : data_dir_(data_dir) {
    void* library = dlopen(QUICKBOOKS_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    if (!library) fail(dlerror());
    const auto entry =
        reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(library, ERP_PLUGIN_ENTRY_NAME));
    erp_error error{};
    plugin_ = entry ? entry(&host_, &error) : nullptr;
    if (!plugin_) fail("the plugin refuses this host");
    const erp_instance_config config = {sizeof(erp_instance_config), 0,
                                        erp::borrow("bench"),        erp::borrow("Bench"),
                                        erp::borrow("test"),         erp::borrow(data_dir_)};
    check(plugin_->create(&host_, &ctx_, &config, &instance_, &error), error, "create");
    check(plugin_->activate(instance_, &error), error, "activate");
    hooks_ = erp::interface_of<erp_procurement_v1>(*plugin_, instance_);
  }
  ~Plugin() {
    plugin_->stop(instance_, system_us() + 1'000'000, nullptr);
    plugin_->deactivate(instance_);
    plugin_->destroy(instance_);
  }

  // `count` orders on each of `threads` threads; the time of each call.
  Microseconds fire(const std::string& run, int threads, int count, double& per_second) {
    std::vector<Microseconds> times(static_cast<std::size_t>(threads));
    const auto start = Clock::now();
    std::vector<std::thread> workers;
    for (int thread = 0; thread < threads; ++thread)
      workers.emplace_back([&, thread] {
        for (int i = 0; i < count; ++i) {
          const std::string id = run + "-" + std::to_string(thread) + "-" + std::to_string(i);
          const erp::PurchaseOrder document = order(id);
          erp::Borrowing borrowing;
          const erp_purchase_order* borrowed = borrowing.purchase_order(document);
          const erp_event event = {sizeof(erp_event), 1,           ++sequence_,
                                   erp::borrow(id),   system_us(), erp::borrow("buyer")};
          erp_error error{};
          const auto called = Clock::now();
          const erp_status status = hooks_->onPoOrdered(instance_, &event, borrowed, &error);
          times[static_cast<std::size_t>(thread)].push_back(since(called));
          check(status, error, "onPoOrdered");
        }
      });
    for (std::thread& worker : workers)
      worker.join();
    per_second = threads * count / (since(start) / 1e6);
    Microseconds all;
    for (const Microseconds& one : times)
      all.insert(all.end(), one.begin(), one.end());
    return all;
  }

 private:
  const erp_host host_ = {sizeof(erp_host), ERP_ABI_MINOR, erp::borrow("bench"), erp::borrow("1"),
                          get_service};
  erp_host_ctx ctx_;
  std::string data_dir_;
  const erp_plugin* plugin_ = nullptr;
  erp_instance* instance_ = nullptr;
  const erp_procurement_v1* hooks_ = nullptr;
  std::atomic<std::uint64_t> sequence_{0};
};

} // namespace

int main(int argc, char** argv) {
  const int events = argc > 1 ? std::atoi(argv[1]) : 5000;
  if (events < 100) fail("usage: bench_hook [EVENTS, at least 100] [FOLDER]");
  const std::filesystem::path folder =
      std::filesystem::absolute(argc > 2 ? std::filesystem::path(argv[2])
                                         : std::filesystem::current_path()) /
      ("bench_hook." + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  {
    Plugin plugin(folder.string());
    double per_second = 0;
    plugin.fire("warm-up", 1, 500, per_second);
    const Microseconds before = raw_writes(folder, events / 2);
    double one_per_second = 0, many_per_second = 0;
    const Microseconds one = plugin.fire("one", 1, events, one_per_second);
    Microseconds raw = raw_writes(folder, events / 2);
    raw.insert(raw.end(), before.begin(), before.end());
    const Microseconds many = plugin.fire("many", 16, events / 4, many_per_second);
    print("raw 4 KiB + fdatasync", raw, raw, 1e6 / at(raw, 0.5));
    print("hook, one thread", one, raw, one_per_second);
    print("hook, sixteen threads", many, raw, many_per_second);
    std::printf("aims: one thread p50 <= 1.25x, p99 <= 1.5x; sixteen threads >= 10000 /s, p99.9 <= "
                "3x raw p99.9\n");
  }
  std::filesystem::remove_all(folder);
  return 0;
}
