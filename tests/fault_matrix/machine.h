/* What the machine does to this process: its network, its disk and its waiting, as a test orders
   them. Only calls made inside the plugin are met (machine_enter); whoever else lives in the test
   is left alone. One thread orders, any number are met. */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/* The thread is inside the plugin now, or no longer. They nest. */
void machine_enter(void);
void machine_leave(void);
int machine_inside(void);
/* The host's own services: whatever is called there is the host's. Answers what machine_back takes.
 */
int machine_out(void);
void machine_back(int was);
void machine_is_well(void); /* nothing is met any more; the clock stays where it is */

/* How far the clocks that only measure spans have been moved ahead. They never go back. */
long long machine_moved_us(void);
void machine_move_us(long long by);
/* Waiting for the network moves the clock instead of taking its time. Waiting for a condition with
   a time does so always. */
void machine_hurry(int on);
/* Waiting for a condition takes its time after all: several threads are inside at once. */
void machine_wait_really(int on);
/* Called once, at the next wait for the network. */
void machine_at_next_wait(void (*then)(void*), void* with);

enum machine_network {
  network_well,
  names_unknown,       /* no name resolves, and addresses count as names */
  names_late,          /* the resolver says: try again */
  connections_refused, /* ECONNREFUSED */
  network_unreachable, /* ENETUNREACH */
  network_silent,      /* a connection is begun and never made */
  network_elsewhere    /* another port of this computer answers */
};
/* From connection number `from` on, counted from now and from 1. */
void machine_network(enum machine_network how, int from, int port);
int machine_connections(void); /* tried since then */

enum machine_disk { disk_write = 1, disk_sync = 2, disk_read = 4 };
/* From call number `from` on, counted from now and from 1, those calls on a file whose path holds
   "/quickbooks.db" fail with `error`. 0: well. */
void machine_disk(int error, int calls, long from);
long machine_disk_calls(void);       /* those that would have been met since then */
void machine_file_system(long type); /* what statfs says of every file; 0: the truth */

/* One call of a kind fails, and is the only one to. Kinds that need a function which few tests
   have (malloc, SQLite's, libcurl's) are met by whoever defines it, with machine_fails(). */
enum machine_call { call_memory, call_file, call_store, call_curl, call_socket, call_kinds };
/* Call number `nth` of the kind from now on, counted from 1 and only between machine_arm(1) and
   machine_arm(0). 0: none, and they are counted all the same, of every kind. */
void machine_fail(enum machine_call kind, long nth, int error);
void machine_arm(int on);
long machine_calls(enum machine_call kind); /* that were counted since machine_fail */
int machine_failed(void);                   /* that call came */
int machine_fails(enum machine_call kind); /* the error that this call fails with; 0: it does not */
int machine_fails_errno(enum machine_call kind); /* the same, and errno is set */

#ifdef __cplusplus
}
#endif
