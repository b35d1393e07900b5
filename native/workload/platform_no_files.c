/* Of platforms without a file system: words that ask for files are refused, and these never called.
 */
#include "platform.h"

bool files_create(uint64_t number, const uint8_t *data, size_t bytes)
{
    (void)number, (void)data, (void)bytes;
    return false;
}

bool files_find(uint64_t number, size_t bytes)
{
    (void)number, (void)bytes;
    return false;
}

bool files_list(uint64_t count)
{
    (void)count;
    return false;
}

bool files_read(uint64_t number, uint8_t *data, size_t bytes)
{
    (void)number, (void)data, (void)bytes;
    return false;
}

bool files_remove(uint64_t number)
{
    (void)number;
    return false;
}

bool files_end(void)
{
    return false;
}
