/* LD_PRELOAD: the kernel's Landlock as it was, for a program that calls it by syscall(3).
 *
 * LANDLOCK_ABI=N: what came after ABI N is refused as that kernel refused it, the rest goes to the kernel that runs.
 * LANDLOCK_ERRNO=N: landlock_create_ruleset(2) answers that, as a kernel without Landlock or a filter does. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

struct ruleset { uint64_t files, network, scopes; };

long syscall(long number, ...) {
    static long (*real)(long, ...);
    va_list list;
    long a[6];

    if (!real)
        real = (long (*)(long, ...)) dlsym(RTLD_NEXT, "syscall");
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (number == 444) {
        const char *code = getenv("LANDLOCK_ERRNO"), *version = getenv("LANDLOCK_ABI");
        const int abi = version ? atoi(version) : 0;
        const struct ruleset *asked = (const struct ruleset *) a[0];

        if (code) {
            errno = atoi(code);
            return -1;
        }
        if (abi && !asked)
            return abi;
        if (abi) {
            /* 13 file rights at first; REFER 2, TRUNCATE 3, TCP 4, IOCTL_DEV 5, scopes 6. */
            const int rights = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5);

            if (asked->files >> rights || (abi >= 4 && asked->network >> 2) || (abi >= 6 && asked->scopes >> 2)) {
                errno = EINVAL;
                return -1;
            }
            if ((abi < 4 && asked->network) || (abi < 6 && asked->scopes)) {
                errno = E2BIG;
                return -1;
            }
        }
    }
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
