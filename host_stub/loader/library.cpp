#include "loader/library.hpp"

#include "erp/sdk/borrowed.hpp"
#include "home/folders.hpp"

#include <boost/dll/shared_library.hpp>
#include <boost/dll/shared_library_load_mode.hpp>
#include <dlfcn.h>
#include <fstream>
#include <list>
#include <mutex>
#include <openssl/evp.h>

namespace host::loader {
namespace {

constexpr std::size_t plugin_size_1_0 = 112;

// Kept for the process's life, and on purpose never destroyed: get<>() does not count references,
// and unloading C++ code with threads or thread-local objects crashes.
boost::dll::shared_library& keep(boost::dll::shared_library library) {
  static std::mutex mutex;
  static auto* const libraries = new std::list<boost::dll::shared_library>;
  const std::lock_guard lock(mutex);
  return libraries->emplace_back(std::move(library));
}

std::string linker_words() {
  const char* const words = dlerror();
  return words ? words : "the dynamic linker gives no reason";
}

Outcome<Loaded> judge(const erp_plugin* plugin, const std::string& file) {
  const auto refuse = [&](const std::string& why) {
    return problem(file + " is no plugin for this host: " + why, ERP_E_UNSUPPORTED);
  };
  if (plugin->struct_size < plugin_size_1_0)
    return refuse("its description is shorter than version 1.0 of the interface");
  if (plugin->min_host_minor > ERP_ABI_MINOR)
    return refuse("it needs version 1." + std::to_string(plugin->min_host_minor) +
                  " of the interface, and this host has 1." + std::to_string(ERP_ABI_MINOR) +
                  "; a newer host can load it");
  if (!plugin->create || !plugin->activate || !plugin->stop || !plugin->deactivate ||
      !plugin->destroy || !plugin->get_interface)
    return refuse("one of its functions is missing (rule R4)");
  Loaded loaded{plugin, std::string(erp::view(plugin->id)), std::string(erp::view(plugin->name)),
                std::string(erp::view(plugin->version))};
  if (!home::is_plain_name(loaded.id) || !home::is_plain_name(loaded.version))
    return refuse("its id or version is not made of letters, digits, '.', '-' and '_'");
  return loaded;
}

} // namespace

Outcome<Loaded> load(const std::filesystem::path& library, const erp_host& host) {
  namespace dll = boost::dll;
  const std::string file = library.string();
  boost::dll::fs::error_code error;
  dlerror(); // forget what failed before
  dll::shared_library opened(library, dll::load_mode::rtld_now | dll::load_mode::rtld_local, error);
  if (error) return problem("cannot load " + file + ": " + linker_words(), ERP_E_UNSUPPORTED);
  dll::shared_library& kept = keep(std::move(opened));
  if (!kept.has(ERP_PLUGIN_ENTRY_NAME))
    return problem(file + " is no plugin: it does not export " ERP_PLUGIN_ENTRY_NAME,
                   ERP_E_UNSUPPORTED);
  const auto entry =
      reinterpret_cast<erp_plugin_entry_v1_fn>(dlsym(kept.native(), ERP_PLUGIN_ENTRY_NAME));
  erp_error why{};
  const erp_plugin* const plugin = entry(&host, &why);
  if (!plugin)
    return tl::make_unexpected(
        problem_of(ERP_E_UNSUPPORTED, why, file + " refuses this host and does not say why"));
  return judge(plugin, file);
}

Outcome<std::string> digest_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return problem("cannot read " + file.string(), ERP_E_STORAGE);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  char buffer[65536];
  while (stream.read(buffer, sizeof buffer) || stream.gcount() > 0)
    EVP_DigestUpdate(context.get(), buffer, static_cast<std::size_t>(stream.gcount()));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest, &length);
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += "0123456789abcdef"[digest[i] >> 4];
    text += "0123456789abcdef"[digest[i] & 15];
  }
  return text;
}

} // namespace host::loader
