/* skew_host.h - a host that was built with the headers of some age, as a library of its own. */
#ifndef SKEW_HOST_H
#define SKEW_HOST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Starts the plugin with this entry, hands it one of every open struct there is, and ends it.
 * `said` becomes what each side could see of the other, a line each. Behind the last byte of each
 * struct lies a page that cannot be read. 0: all went well; else `said` is who refused, and why. */
int skew_host_tell(void* entry, char* said, unsigned said_size_max);

/* One of the host's own documents, placed likewise: "erp_part". Null: there is none. */
const void* skew_host_document(const char* type);

#ifdef __cplusplus
}
#endif
#endif
