/* Libraries that change something of the process as soon as they are loaded, each in its own way:
 * built once for each of the names below. */
#include "healthy.h"

#include <locale.h>
#include <signal.h>
#include <sys/stat.h>

__attribute__((unused)) static void on_signal(int number) {
  (void)number;
}

__attribute__((constructor)) static void begin(void) {
#if defined(PRINTS_WHEN_LOADED)
  printf("here I am"); /* and leaves it in the buffer */
#elif defined(EXCHANGES_A_FILE)
  const int other = open("/dev/null", O_WRONLY | O_CLOEXEC);
  (void)dup2(other, 2); /* the number is the host's, what lies behind it no more */
  close(other);
#elif defined(TAKES_A_SIGNAL)
  const struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGUSR1, &action, NULL);
#elif defined(BLOCKS_SIGNALS)
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGHUP);
  sigprocmask(SIG_BLOCK, &signals, NULL);
#elif defined(CHANGES_THE_ENVIRONMENT)
  setenv("TZ", "Pacific/Auckland", 1);
#elif defined(CHANGES_THE_FOLDER)
  if (chdir("/") != 0) abort();
#elif defined(CHANGES_THE_LOCALE)
  setlocale(LC_ALL, "C.UTF-8");
#elif defined(CHANGES_THE_UMASK)
  umask(0);
#endif
}

ANIMAL(.reserved = 0)
