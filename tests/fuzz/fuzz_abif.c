/* The first byte chooses the kind of ballot, 0 for what the file says. */
#include "fuzz_formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0)
        fuzz_read("abif", data + 1, size - 1, data[0] % 5);
    return 0;
}
