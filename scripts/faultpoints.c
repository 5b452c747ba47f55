/* Preloaded by scripts/faults: counts the calls of a program that change files, and ends the program
 * or fails at one of them.
 *
 *   FAULT_AT=N      the call that is hit, from 1; 0 or absent hits none
 *   FAULT_KIND      kill   the process is killed before the call; half of a write is done
 *                   late   the process is killed after the call
 *                   full   the call and all later ones that need room fail with ENOSPC
 *                   broken the call fails with EIO, once
 *   FAULT_COUNT=F   file that receives the number of calls at the end
 *
 * Only regular files count: what goes to streams is not a change of a file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, KILL, LATE, FULL, BROKEN };

static long fault_at;
static enum kind fault_kind;
static long count;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND");
  fault_at = at ? atol(at) : 0;
  if (!kind) return;
  if (!strcmp(kind, "kill")) fault_kind = KILL;
  if (!strcmp(kind, "late")) fault_kind = LATE;
  if (!strcmp(kind, "full")) fault_kind = FULL;
  if (!strcmp(kind, "broken")) fault_kind = BROKEN;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  char text[32];
  int length = snprintf(text, sizeof text, "%ld\n", count);
  long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0) syscall(SYS_write, file, text, length);
}

static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); }

/* What happens to a call: 0 goes on, otherwise the errno it fails with. */
static int enter(int needs_room, long *number) {
  *number = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  if (fault_at == 0) return 0;
  if (fault_kind == FULL && *number >= fault_at && needs_room) return ENOSPC;
  if (fault_kind == BROKEN && *number == fault_at) return EIO;
  if (fault_kind == KILL && *number == fault_at) die();
  return 0;
}

static void leave(long number) {
  if (fault_kind == LATE && number == fault_at) die();
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define GUARDED(needs_room, call)                \
  long number;                                   \
  int fault = enter(needs_room, &number);        \
  if (fault) { errno = fault; return -1; }       \
  __typeof__(call) result = (call);              \
  int code = errno;                              \
  leave(number);                                 \
  errno = code;                                  \
  return result;

static int changes(int flags) { return (flags & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC)) != 0; }
static int is_null(const char *path) { return !strncmp(path, "/dev/", 5); }

#define OPENS(name)                                                      \
  int name(const char *path, int flags, ...) {                           \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = va_arg(rest, mode_t);                                  \
    va_end(rest);                                                        \
    if (!changes(flags) || is_null(path)) return NEXT(name)(path, flags, mode); \
    GUARDED((flags & O_CREAT) != 0, NEXT(name)(path, flags, mode))       \
  }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                   \
  int name(int at, const char *path, int flags, ...) {                   \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = va_arg(rest, mode_t);                                  \
    va_end(rest);                                                        \
    if (!changes(flags) || is_null(path)) return NEXT(name)(at, path, flags, mode); \
    GUARDED((flags & O_CREAT) != 0, NEXT(name)(at, path, flags, mode))   \
  }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t write(int file, const void *bytes, size_t length) {
  struct stat facts;
  if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || file < 3)
    return NEXT(write)(file, bytes, length);
  if (fault_kind == KILL && fault_at != 0 && count + 1 == fault_at)
    syscall(SYS_write, file, bytes, length / 2);
  GUARDED(1, NEXT(write)(file, bytes, length))
}

int fsync(int file) { GUARDED(1, NEXT(fsync)(file)) }
int ftruncate(int file, off_t length) { GUARDED(0, NEXT(ftruncate)(file, length)) }
int ftruncate64(int file, off64_t length) { GUARDED(0, NEXT(ftruncate64)(file, length)) }
int rename(const char *from, const char *to) { GUARDED(0, NEXT(rename)(from, to)) }
int unlink(const char *path) { GUARDED(0, NEXT(unlink)(path)) }
int rmdir(const char *path) { GUARDED(0, NEXT(rmdir)(path)) }
int mkdir(const char *path, mode_t mode) { GUARDED(1, NEXT(mkdir)(path, mode)) }
int flock(int file, int how) { GUARDED(0, NEXT(flock)(file, how)) }
