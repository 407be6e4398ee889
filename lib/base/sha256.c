/* FIPS 180-4 by the SHA extensions of x86: four rounds in two instructions. */
#include "base/sha256.h"

#include <string.h>

#ifdef CCI_HAVE_SHA

#include <immintrin.h>

enum { BLOCK = 64, LENGTH = 8 };

static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The state as the instructions want it: words a, b, e, f and words c, d, g, h. */
typedef struct sha_state {
    __m128i abef, cdgh;
} sha_state;

CCI_SHA static inline __m128i load(const void *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

/* Big-endian words, four of them. */
CCI_SHA static inline __m128i load_words(const uint8_t *from)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    return _mm_shuffle_epi8(load(from), order);
}

CCI_SHA static inline void four_rounds(sha_state *s, __m128i words, const uint32_t *k)
{
    const __m128i added = _mm_add_epi32(words, load(k));
    s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, added);
    s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(added, 0x0e));
}

/* The four words after d, from the sixteen a b c d. */
CCI_SHA static inline __m128i next_words(__m128i a, __m128i b, __m128i c, __m128i d)
{
    const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
    return _mm_sha256msg2_epu32(sum, d);
}

CCI_SHA static inline void add_block(sha_state *s, const uint8_t *block)
{
    const sha_state before = *s;
    __m128i a = load_words(block), b = load_words(block + 16);
    __m128i c = load_words(block + 32), d = load_words(block + 48);
    for (const uint32_t *k = constants;; k += 16) {
        four_rounds(s, a, k);
        four_rounds(s, b, k + 4);
        four_rounds(s, c, k + 8);
        four_rounds(s, d, k + 12);
        if (k == constants + 48)
            break;
        a = next_words(a, b, c, d);
        b = next_words(b, c, d, a);
        c = next_words(c, d, a, b);
        d = next_words(d, a, b, c);
    }
    s->abef = _mm_add_epi32(s->abef, before.abef);
    s->cdgh = _mm_add_epi32(s->cdgh, before.cdgh);
}

CCI_SHA static inline sha_state begin(void)
{
    const __m128i badc = _mm_shuffle_epi32(load(start), 0xb1);
    const __m128i hgfe = _mm_shuffle_epi32(load(start + 4), 0x1b);
    return (sha_state){_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xf0)};
}

CCI_SHA static inline void finish(const sha_state *s, uint8_t digest[32])
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i feba = _mm_shuffle_epi32(s->abef, 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(s->cdgh, 0xb1);
    const __m128i dcba = _mm_blend_epi16(feba, dchg, 0xf0);
    const __m128i hgfe = _mm_alignr_epi8(dchg, feba, 8);
    _mm_storeu_si128((__m128i *)digest, _mm_shuffle_epi8(dcba, order));
    _mm_storeu_si128((__m128i *)(digest + 16), _mm_shuffle_epi8(hgfe, order));
}

CCI_SHA static void sha256(int tag, const uint8_t *bytes, size_t size, uint8_t digest[32])
{
    uint8_t last[2 * BLOCK] = {0};
    size_t tagged = tag >= 0;
    uint64_t bits = ((uint64_t)size + tagged) * 8;
    sha_state s = begin();
    if (tagged)
        last[0] = (uint8_t)tag;
    if (tagged && size >= BLOCK - 1) {
        memcpy(last + 1, bytes, BLOCK - 1);
        add_block(&s, last);
        bytes += BLOCK - 1;
        size -= BLOCK - 1;
        tagged = 0;
    }
    for (; size >= BLOCK; bytes += BLOCK, size -= BLOCK)
        add_block(&s, bytes);
    if (size > 0)
        memcpy(last + tagged, bytes, size);
    size_t end = tagged + size;
    memset(last + end, 0, sizeof last - end);
    last[end] = 0x80;
    size_t blocks = end + 1 + LENGTH <= BLOCK ? 1 : 2;
    for (unsigned i = 0; i < LENGTH; i++)
        last[blocks * BLOCK - 1 - i] = (uint8_t)(bits >> (8 * i));
    for (size_t i = 0; i < blocks; i++)
        add_block(&s, last + i * BLOCK);
    finish(&s, digest);
}

#endif

int cci_sha256_quick(cci_cpu cpu, int tag, const void *bytes, size_t size, uint8_t digest[32])
{
#ifdef CCI_HAVE_SHA
    if (cci_use_sha(cpu)) {
        sha256(tag, bytes, size, digest);
        return 1;
    }
#else
    (void)cpu, (void)tag, (void)bytes, (void)size, (void)digest;
#endif
    return 0;
}
