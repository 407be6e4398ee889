/* SHA-256 and HMAC-SHA256 (libsodium, or the processor), and the lots of cc-tie/1. */
#ifndef CCI_BASE_DIGEST_H
#define CCI_BASE_DIGEST_H

#include <sodium.h>

#include "base/cpu.h"
#include "base/memory.h"

typedef struct cci_digest {
    uint8_t bytes[32];
} cci_digest;

cci_digest cci_sha256(const void *bytes, size_t size);
/* Of one byte and what follows it, as trees tell leaves from nodes. */
cci_digest cci_sha256_tagged(uint8_t tag, const void *bytes, size_t size);
/* The same by the code that is named; without the tag where it is negative. */
cci_digest cci_sha256_by(cci_cpu cpu, int tag, const void *bytes, size_t size);
cci_digest cci_hmac(const uint8_t key[32], const void *bytes, size_t size);

/* "sha256:" and 64 hex digits, NUL-terminated. */
#define CCI_DIGEST_TEXT 72
void cci_digest_text(const cci_digest *d, char out[CCI_DIGEST_TEXT]);
/* The same read, with hex digits of either case: 0 where the text is not of this form. `out` may be NULL. */
int cci_digest_parse(const char *text, cci_digest *out);

/* The ticket of one id; ascending byte order wins the lot. */
cci_digest cci_lot_ticket(const uint8_t seed[32], const char *context, const char *id);

#endif
