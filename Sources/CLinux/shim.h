// System calls that Swift's Glibc module leaves out.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

// A timer on CLOCK_REALTIME that never elapses and is cancelled when the clock is stepped (timerfd_settime(2)); arms an
// existing one anew. Returns the descriptor, or a negative error number.
static inline int clinux_clock_step_arm(int fd) {
    const struct itimerspec never = { .it_value = { .tv_sec = INT32_MAX } };

    if (fd < 0)
        fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0 || timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) < 0)
        return -errno;
    return fd;
}

// send(2) without SIGPIPE. Whether Swift sees the flag as a number or as an enumeration depends on the headers.
static inline ssize_t clinux_send(int fd, const void *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}

// Neither this process nor what it starts gains rights by execve(2); Landlock asks for it (PR_SET_NO_NEW_PRIVS(2const)).
// Returns 0, or a negative error number.
static inline int clinux_no_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

// Landlock's three calls (landlock(7)); all is written out, since linux/landlock.h is as old as the C library's headers.
// The numbers are the same on all architectures but Alpha.

// landlock_create_ruleset(2) with LANDLOCK_CREATE_RULESET_VERSION: the kernel's ABI, from 1, or a negative error number.
static inline int clinux_landlock_abi(void) {
    const long abi = syscall(444, NULL, 0, 1);

    return abi < 0 ? -errno : (int) abi;
}

// landlock_create_ruleset(2): what is handled is refused but for what rules allow. An older kernel takes the longer
// structure where what it does not know is zero. Returns a descriptor, or a negative error number.
static inline int clinux_landlock_create(uint64_t files, uint64_t network, uint64_t scopes) {
    const struct { uint64_t handled_access_fs, handled_access_net, scoped; } handled = { files, network, scopes };
    const long ruleset = syscall(444, &handled, sizeof handled, 0);

    return ruleset < 0 ? -errno : (int) ruleset;
}

// landlock_add_rule(2) with LANDLOCK_RULE_PATH_BENEATH. Returns 0, or a negative error number.
static inline int clinux_landlock_allow(int ruleset, int path, uint64_t files) {
    const struct { uint64_t allowed_access; int32_t parent_fd; } __attribute__((packed)) beneath = { files, path };

    return syscall(445, ruleset, 1, &beneath, 0) < 0 ? -errno : 0;
}

// landlock_restrict_self(2): the calling thread, for good. Returns 0, or a negative error number.
static inline int clinux_landlock_enforce(int ruleset) {
    return syscall(446, ruleset, 0) < 0 ? -errno : 0;
}

// open(2) with O_PATH, which the headers keep for _GNU_SOURCE. Returns a descriptor, or a negative error number.
static inline int clinux_open_path(const char *path) {
    const int fd = open(path, __O_PATH | O_CLOEXEC);

    return fd < 0 ? -errno : fd;
}
