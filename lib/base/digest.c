/* SHA-256 and HMAC. Both work without sodium_init(), which would open the random device. */
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

cci_digest cci_sha256(const void *bytes, size_t size)
{
    cci_digest d;
    crypto_hash_sha256(d.bytes, size ? bytes : (const void *)"", size);
    return d;
}

cci_digest cci_sha256_tagged(uint8_t tag, const void *bytes, size_t size)
{
    cci_digest d;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &tag, 1);
    crypto_hash_sha256_update(&state, size ? bytes : (const void *)"", size);
    crypto_hash_sha256_final(&state, d.bytes);
    return d;
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

void cocreate_sha256(const void *bytes, size_t size, uint8_t digest[32])
{
    cci_digest d = cci_sha256(bytes, size);
    memcpy(digest, d.bytes, sizeof d.bytes);
}
