// System calls that Swift's Glibc module leaves out.
#pragma once

#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/socket.h>
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
