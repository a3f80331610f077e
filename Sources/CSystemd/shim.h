// What Swift cannot import of libsystemd: vtable entries, whose structs have bit-fields, and a macro that is a value.
#pragma once

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/uio.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <systemd/sd-login.h>

static inline sd_bus_error csystemd_error_null(void) {
    return (sd_bus_error) SD_BUS_ERROR_NULL;
}

static inline sd_bus_vtable csystemd_vtable_start(void) {
    const sd_bus_vtable entry[] = { SD_BUS_VTABLE_START(0) };
    return entry[0];
}

static inline sd_bus_vtable csystemd_vtable_end(void) {
    const sd_bus_vtable entry[] = { SD_BUS_VTABLE_END };
    return entry[0];
}

// `names`: one string per argument, inputs first, each ended by NUL, and one more NUL.
static inline sd_bus_vtable csystemd_vtable_method(const char *member, const char *signature, const char *result,
                                                   const char *names, sd_bus_message_handler_t handler,
                                                   uint64_t flags) {
    sd_bus_vtable entry[] = { SD_BUS_METHOD_WITH_OFFSET(member, signature, result, handler, 0, flags) };
    entry[0].x.method.names = names;
    return entry[0];
}

static inline sd_bus_vtable csystemd_vtable_property(const char *member, const char *signature,
                                                     sd_bus_property_get_t get, uint64_t flags) {
    const sd_bus_vtable entry[] = { SD_BUS_PROPERTY(member, signature, get, 0, flags) };
    return entry[0];
}

static inline sd_bus_vtable csystemd_vtable_signal(const char *member, const char *signature, const char *names,
                                                   uint64_t flags) {
    sd_bus_vtable entry[] = { SD_BUS_SIGNAL(member, signature, flags) };
    entry[0].x.signal.names = names;
    return entry[0];
}
