/* SHA-256 by the instructions that processors have for it. libsodium is what everything else runs,
 * and what these digests are checked against. */
#ifndef CCI_BASE_SHA256_H
#define CCI_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

/* Of a byte (none where `tag` is negative) and `size` bytes after it. 0, and nothing written, where
 * there are no such instructions or `cpu` forbids them. */
int cci_sha256_quick(cci_cpu cpu, int tag, const void *bytes, size_t size, uint8_t digest[32]);

#endif
