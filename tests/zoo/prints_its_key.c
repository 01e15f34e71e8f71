/* Has a secret setting, and prints it; the buffer would go out at the end of the process. */
#include "healthy.h"

static const char schema_with_secret[] =
    "{\"type\":\"object\",\"properties\":{\"api_key\":{\"type\":\"string\",\"writeOnly\":true,"
    "\"title\":\"Key\",\"description\":\"The key of the remote system.\"}}}";

static erp_status ERP_CALL secret_schema(erp_instance* self, const erp_sink* out,
                                         erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return answer(out, schema_with_secret);
}
static const erp_settings_v1 secret_settings = {secret_schema, validate, apply};

static erp_status ERP_CALL activate_aloud(erp_instance* self, erp_error* error) ERP_NOEXCEPT {
  const erp_secrets_v1* secrets = self->host->get_service(self->host_ctx, ERP_SERVICE_SECRETS);
  collected key = {NULL, 0};
  const erp_sink into_key = {&key, collect};
  uint64_t version = 0;
  const erp_str name = TEXT("setting/api_key");
  if (secrets != NULL && secrets->get(self->host_ctx, name, &into_key, &version, NULL) >= 0)
    printf("the key is %s", key.text);
  free(key.text);
  return activate(self, error);
}
static const void* ERP_CALL sick_interface(erp_instance* self, const char* id) ERP_NOEXCEPT {
  return strcmp(id, ERP_INTERFACE_SETTINGS) == 0 ? &secret_settings : get_interface(self, id);
}

ANIMAL(.activate = activate_aloud, .get_interface = sick_interface)
