/* The default of its setting is none of the choices. */
#include "healthy.h"

static const char impossible_schema[] =
    "{\"type\":\"object\",\"properties\":{\"record_parts\":{\"type\":\"string\","
    "\"enum\":[\"on\",\"off\"],\"default\":\"maybe\",\"title\":\"Record parts\","
    "\"description\":\"Whether saved parts are recorded.\"}}}";

static erp_status ERP_CALL sick_schema(erp_instance* self, const erp_sink* out,
                                       erp_error* error) ERP_NOEXCEPT {
  (void)self;
  (void)error;
  return answer(out, impossible_schema);
}
static const erp_settings_v1 sick_settings = {sick_schema, validate, apply};

ANIMAL_WITH_TABLE(ERP_INTERFACE_SETTINGS, sick_settings)
