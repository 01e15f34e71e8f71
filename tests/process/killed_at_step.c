/* killed_at_step STEP FILE PROGRAM [ARGUMENT...]

   Runs PROGRAM and kills it with SIGKILL right before its step number STEP; at 0 never. A step is a
   system call, of any of its threads, that changes what is found on the disk afterwards: nothing
   lies between two steps that another program could tell apart. What other processes that it starts
   do is not counted. With KILLED_AT_STEP_SENDS in the environment what it sends over the network is
   a step too. FILE tells how many steps there were. Ends as PROGRAM does; with 125 if it cannot run
   it, with 126 if this machine lets no program follow another. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { not_permitted = 126 }; /* this machine lets no program follow another */

static int sends_count = 0;

static int is_to_a_file(unsigned long long fd) {
  return fd > STDERR_FILENO; /* not what it says to people */
}

static int opens_to_change(unsigned long long flags) {
  return (flags & (O_CREAT | O_TRUNC)) != 0;
}

static int is_step(const struct __ptrace_syscall_info* info) {
  const unsigned long long* const args = (const unsigned long long*)info->entry.args;
  switch (info->entry.nr) {
  case SYS_sendto:
  case SYS_sendmsg:
    return sends_count;
  case SYS_write:
  case SYS_writev:
  case SYS_pwrite64:
  case SYS_pwritev:
  case SYS_pwritev2:
  case SYS_sendfile:
    return is_to_a_file(args[0]);
  case SYS_openat:
    return opens_to_change(args[2]);
  case SYS_copy_file_range:
  case SYS_fsync:
  case SYS_fdatasync:
  case SYS_sync_file_range:
  case SYS_ftruncate:
  case SYS_truncate:
  case SYS_fallocate:
  case SYS_renameat:
  case SYS_renameat2:
  case SYS_unlinkat:
  case SYS_mkdirat:
  case SYS_linkat:
  case SYS_symlinkat:
  case SYS_fchmod:
  case SYS_fchmodat:
    return 1;
#ifdef SYS_open /* what newer machines only have with "at" */
  case SYS_open:
    return opens_to_change(args[1]);
  case SYS_creat:
  case SYS_rename:
  case SYS_unlink:
  case SYS_rmdir:
  case SYS_mkdir:
  case SYS_link:
  case SYS_symlink:
  case SYS_chmod:
    return 1;
#endif
  default:
    return 0;
  }
}

static void tell(const char* file, long steps) {
  FILE* const told = fopen(file, "w");
  if (!told || fprintf(told, "%ld\n", steps) < 0 || fclose(told) != 0) {
    perror(file);
    exit(125);
  }
}

static void end_as(int status) {
  if (WIFEXITED(status)) _exit(WEXITSTATUS(status));
  signal(WTERMSIG(status), SIG_DFL);
  raise(WTERMSIG(status));
  _exit(125);
}

/* Lets the thread go on, to its next system call. Which signal it gets: what stopped it, unless it
   stopped for us. */
static void let_go_on(pid_t thread, int status) {
  const int signal = WSTOPSIG(status);
  const int is_ours = status >> 16 != 0 || signal == SIGTRAP || signal == (SIGTRAP | 0x80) ||
                      signal == SIGSTOP; /* every new thread begins with that */
  ptrace(PTRACE_SYSCALL, thread, 0, is_ours ? 0 : signal);
}

static void follow(pid_t program, long killed_at, const char* file) {
  long steps = 0;
  for (;;) {
    int status = 0;
    const pid_t thread = waitpid(-1, &status, __WALL);
    if (thread < 0 && errno == EINTR) continue;
    if (thread < 0) exit(125);
    if (!WIFSTOPPED(status)) {
      if (thread != program) continue;
      tell(file, steps);
      end_as(status);
    }
    struct __ptrace_syscall_info info;
    if (WSTOPSIG(status) == (SIGTRAP | 0x80) &&
        ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0 &&
        info.op == PTRACE_SYSCALL_INFO_ENTRY && is_step(&info) && ++steps == killed_at) {
      kill(program, SIGKILL);
      continue;
    }
    let_go_on(thread, status);
  }
}

int main(int argc, char** argv) {
  if (argc < 4) return 125;
  sends_count = getenv("KILLED_AT_STEP_SENDS") != NULL;
  const pid_t program = fork();
  if (program == 0) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(not_permitted);
    execvp(argv[3], argv + 3);
    perror(argv[3]);
    _exit(125);
  }
  int status = 0;
  if (program < 0 || waitpid(program, &status, 0) != program || !WIFSTOPPED(status) ||
      ptrace(PTRACE_SETOPTIONS, program, 0,
             PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                 PTRACE_O_EXITKILL) != 0) {
    perror("killed_at_step cannot follow a program");
    return WIFEXITED(status) && WEXITSTATUS(status) == not_permitted ? not_permitted : 125;
  }
  ptrace(PTRACE_SYSCALL, program, 0, 0);
  follow(program, atol(argv[1]), argv[2]);
}
