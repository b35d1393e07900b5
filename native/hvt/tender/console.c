#include "console.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "../abi.h"
#include "fail.h"

void console_puts(const struct memory *memory, uint64_t argument)
{
    const struct puts_call *call = memory_argument(memory, argument, sizeof *call, PROT_READ);
    uint64_t rest = call->length;
    const char *text = memory_at(memory, call->address, rest, PROT_READ);
    while (rest > 0) {
        ssize_t written = write(STDOUT_FILENO, text, rest);
        if (written >= 0) {
            text += written;
            rest -= (uint64_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd room = {.fd = STDOUT_FILENO, .events = POLLOUT};
            ppoll(&room, 1, NULL, NULL);
        } else if (errno != EINTR) {
            fail("console: %s", strerror(errno));
        }
    }
}
