/* SHA-256 and HMAC. Both work without sodium_init(), which would open the random device. */
#include <string.h>

#include "base/digest.h"
#include "base/sha256.h"
#include "base/text.h"

cci_digest cci_sha256_by(cci_cpu cpu, int tag, const void *bytes, size_t size)
{
    cci_digest d;
    const uint8_t first = (uint8_t)tag;
    crypto_hash_sha256_state state;
    if (size == 0)
        bytes = "";
    if (cci_sha256_quick(cpu, tag, bytes, size, d.bytes))
        return d;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &first, tag >= 0);
    crypto_hash_sha256_update(&state, bytes, size);
    crypto_hash_sha256_final(&state, d.bytes);
    return d;
}

cci_digest cci_sha256(const void *bytes, size_t size)
{
    return cci_sha256_by(CCI_CPU_BEST, -1, bytes, size);
}

cci_digest cci_sha256_tagged(uint8_t tag, const void *bytes, size_t size)
{
    return cci_sha256_by(CCI_CPU_BEST, tag, bytes, size);
}

cci_digest cci_hmac(const uint8_t key[32], const void *bytes, size_t size)
{
    cci_digest d;
    crypto_auth_hmacsha256(d.bytes, size ? bytes : (const void *)"", size, key);
    return d;
}

void cci_digest_text(const cci_digest *d, char out[CCI_DIGEST_TEXT])
{
    memcpy(out, "sha256:", 7);
    cci_hex(d->bytes, sizeof d->bytes, out + 7);
}

int cci_digest_parse(const char *text, cci_digest *out)
{
    cci_digest d;
    if (strncmp(text, "sha256:", 7) != 0 ||
        !cci_parse_hex(text + 7, strlen(text + 7), d.bytes, sizeof d.bytes))
        return 0;
    if (out)
        *out = d;
    return 1;
}

void cocreate_sha256(const void *bytes, size_t size, uint8_t digest[32])
{
    cci_digest d = cci_sha256(bytes, size);
    memcpy(digest, d.bytes, sizeof d.bytes);
}
