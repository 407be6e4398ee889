/* The first byte chooses the kind of ballot. */
#include "fuzz_formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0)
        fuzz_read("csv", data + 1, size - 1, 1 + data[0] % 4);
    return 0;
}
