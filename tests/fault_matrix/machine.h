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

#ifdef __cplusplus
}
#endif
