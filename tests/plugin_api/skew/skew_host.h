/* skew_host.h - a host that was built with the headers of some age, as a library of its own. */
#ifndef SKEW_HOST_H
#define SKEW_HOST_H

#ifdef __cplusplus
extern "C" {
#endif

/* Tells the plugin a part and an order; `said` becomes what it logged, a line each. 0: all went
 * well. The last byte of each struct is followed by a page that cannot be read. */
int skew_host_tell(const void* plugin, char* said, unsigned said_size_max);

/* The host's own erp_part and erp_purchase_order, placed likewise. */
const void* skew_host_part(void);
const void* skew_host_order(void);

#ifdef __cplusplus
}
#endif
#endif
