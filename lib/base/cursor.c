/* Reading encodings. A read that does not succeed leaves the cursor where it was. */
#include "base/memory.h"

static size_t bytes_left(const cci_cursor *c)
{
    assert(c->start <= c->at && c->at <= c->end);
    return (size_t)(c->end - c->at);
}

int cci_read_byte(cci_cursor *c, uint8_t *out)
{
    if (bytes_left(c) < 1)
        return 0;
    *out = *c->at++;
    return 1;
}

int cci_read_le32(cci_cursor *c, uint32_t *out)
{
    if (bytes_left(c) < 4)
        return 0;
    uint32_t n = 0;
    for (unsigned i = 0; i < 4; i++)
        n |= (uint32_t)c->at[i] << (8 * i);
    c->at += 4;
    *out = n;
    return 1;
}

int cci_read_le64(cci_cursor *c, uint64_t *out)
{
    if (bytes_left(c) < 8)
        return 0;
    uint64_t n = 0;
    for (unsigned i = 0; i < 8; i++)
        n |= (uint64_t)c->at[i] << (8 * i);
    c->at += 8;
    *out = n;
    return 1;
}

int cci_read_varint(cci_cursor *c, uint64_t *out)
{
    uint64_t n = 0;
    const uint8_t *at = c->at;
    for (unsigned shift = 0; shift < 64 && at < c->end; shift += 7) {
        uint8_t byte = *at++;
        if (shift == 63 && byte > 1)
            return 0; /* beyond 64 bits */
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        if (byte == 0 && shift > 0)
            return 0; /* a padding byte: the same number has a shorter form */
        c->at = at;
        *out = n;
        return 1;
    }
    return 0;
}

int cci_read_bytes(cci_cursor *c, size_t size, const uint8_t **out)
{
    if (bytes_left(c) < size)
        return 0;
    *out = c->at;
    c->at += size;
    return 1;
}
