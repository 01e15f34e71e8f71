/* healthy.h - every animal of the zoo is the template plugin, healthy but for one thing.
 *
 * An animal includes this, writes the one function that is sick, and ends with ANIMAL(...), which
 * takes the members of erp_plugin that differ.
 */
#ifndef ZOO_HEALTHY_H
#define ZOO_HEALTHY_H

#define erp_plugin_entry_v1 healthy_entry
#include "plugin_template.c"
#undef erp_plugin_entry_v1

ERP_EXPORT const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host*, erp_error*) ERP_NOEXCEPT;

#define ANIMAL_BODY(...)                                                                           \
  static const erp_plugin animal = {.struct_size = sizeof(erp_plugin),                             \
                                    .abi_minor = ERP_ABI_MINOR,                                    \
                                    .id = TEXT("animal"),                                          \
                                    .name = TEXT("Animal"),                                        \
                                    .version = TEXT("1.0.0"),                                      \
                                    .create = create,                                              \
                                    .activate = activate,                                          \
                                    .stop = stop,                                                  \
                                    .deactivate = deactivate,                                      \
                                    .destroy = destroy,                                            \
                                    .get_interface = get_interface,                                \
                                    __VA_ARGS__};
#define ANIMAL_ENTRY                                                                               \
  const erp_plugin* ERP_CALL erp_plugin_entry_v1(const erp_host* host, erp_error* error)           \
      ERP_NOEXCEPT {                                                                               \
    return healthy_entry(host, error) == NULL ? NULL : &animal;                                    \
  }
#define ANIMAL(...) ANIMAL_BODY(__VA_ARGS__) ANIMAL_ENTRY

/* An animal whose order hook is sick. */
#define ANIMAL_WITH_ORDER_HOOK(hook)                                                               \
  static const erp_procurement_v1 sick_hooks = {on_part_saved, hook, on_po_received};              \
  static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {    \
    return strcmp(id, ERP_INTERFACE_PROCUREMENT) == 0 ? &sick_hooks : get_interface(self, id);     \
  }                                                                                                \
  ANIMAL(.get_interface = sick_interface)

/* An animal one of whose other tables is sick. */
#define ANIMAL_WITH_TABLE(interface_id, table)                                                     \
  static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {    \
    return strcmp(id, interface_id) == 0 ? &(table) : get_interface(self, id);                     \
  }                                                                                                \
  ANIMAL(.get_interface = sick_interface)

#endif
