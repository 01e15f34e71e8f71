/* What tells one version of the coaster from another: see coaster.cpp. */
const char coaster_version[] = COASTER_VERSION;
const char coaster_way[] = COASTER_WAY;
