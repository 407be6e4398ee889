/* Digests: NIST's vectors for SHA-256, RFC 4231 for HMAC; tickets of cc-tie/1. */
#include "check.h"

#include "base/digest.h"
#include "base/text.h"

static void assert_hex(cci_digest d, const char *expected)
{
    char text[CCI_DIGEST_TEXT];
    cci_digest_text(&d, text);
    assert_memory_equal(text, "sha256:", 7);
    assert_string_equal(text + 7, expected);
}

/* FIPS 180-4 examples and the one-million-a vector of NIST's SHA test page */
static void hashes_the_vectors_of_nist(void **state)
{
    (void)state;
    assert_hex(cci_sha256("abc", 3),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hex(cci_sha256(NULL, 0),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    assert_hex(cci_sha256(two_blocks, sizeof two_blocks - 1),
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    assert_hex(cci_sha256(million, 1000000),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    char text[CCI_DIGEST_TEXT];
    cci_digest d = cci_sha256("abc", 3), read;
    cci_digest_text(&d, text);
    assert_true(cci_digest_parse(text, &read));
    assert_memory_equal(read.bytes, d.bytes, sizeof d.bytes);
    text[7] = 'B'; /* of either case */
    assert_true(cci_digest_parse(text, NULL));
    text[7] = 'g';
    assert_false(cci_digest_parse(text, NULL));
    text[7] = 'b';
    text[CCI_DIGEST_TEXT - 2] = '\0'; /* a digit too few */
    assert_false(cci_digest_parse(text, NULL));
    assert_false(cci_digest_parse(text + 7, NULL));
    assert_false(cci_digest_parse("sha256:", NULL));
    assert_false(cci_digest_parse("", NULL));
}

/* RFC 6962 hashes a leaf behind a byte 00: that of no bytes, from the test vectors of Certificate
 * Transparency; and "abc" again. */
static void hashes_behind_a_tag(void **state)
{
    (void)state;
    assert_hex(cci_sha256_tagged(0, NULL, 0),
               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_hex(cci_sha256_tagged('a', "bc", 2),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* libsodium is the reference: every length around the blocks, bytes without a pattern, and an address
 * that is no multiple of anything. */
static void hashes_alike_by_every_code(void **state)
{
    (void)state;
    uint8_t bytes[400];
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(random >> 24);
    }
    for (size_t size = 0; size < sizeof bytes; size++)
        for (int tag = -1; tag < 2; tag++) {
            const uint8_t *from = bytes + (sizeof bytes - size) / 3;
            cci_digest a = cci_sha256_by(CCI_CPU_BASE, tag, from, size);
            cci_digest b = cci_sha256_by(CCI_CPU_BEST, tag, from, size);
            assert_memory_equal(a.bytes, b.bytes, sizeof a.bytes);
        }
}

/* RFC 4231, test cases 1, 2, 3: keys shorter than 32 bytes are padded with zeros, as HMAC does. */
static void authenticates_the_vectors_of_rfc_4231(void **state)
{
    (void)state;
    uint8_t key[32] = {0}, data[50];
    memset(key, 0x0b, 20);
    assert_hex(cci_hmac(key, "Hi There", 8),
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    memset(key, 0, sizeof key);
    memcpy(key, "Jefe", 4);
    assert_hex(cci_hmac(key, "what do ya want for nothing?", 28),
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0, sizeof key);
    memset(key, 0xaa, 20);
    memset(data, 0xdd, sizeof data);
    assert_hex(cci_hmac(key, data, sizeof data),
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    memset(key, 0, sizeof key);
    for (uint8_t i = 0; i < 25; i++)
        key[i] = (uint8_t)(i + 1);
    memset(data, 0xcd, sizeof data);
    assert_hex(cci_hmac(key, data, sizeof data),
               "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
}

/* The seed of the vector in tests/unit/test_base.c; tickets by Python's hmac, from the rule. */
static void draws_the_tickets_of_the_rule(void **state)
{
    (void)state;
    uint8_t seed[32];
    static const char hex[] = "47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49";
    assert_true(cci_parse_hex(hex, 64, seed, 32));
    assert_hex(cci_lot_ticket(seed, "round:1", "alice"),
               "d2249e5942e7ea5a3a976e32b5eb8b5aa7223a7dace12a45a9b207335d59a492");
    assert_hex(cci_lot_ticket(seed, "round:1", "bob"),
               "df5fd9e49617f2944c069e420124b00e4cbd7fe333ab85ac0dcbbe4a6133b91e");
    assert_hex(cci_lot_ticket(seed, "round:1", "carol"),
               "b66efae46e9d684cb6f39e8233a53d34903072c91fed592f55114b3a6250fc83");
    assert_hex(cci_lot_ticket(seed, "round:1", "dave"),
               "969fe2a9afdbc1187b6d46a15bcc560160ae6c82e5f0b441382524d78d1f1c6d");
    /* where one text ends and the next begins is part of the ticket */
    cci_digest d = cci_lot_ticket(seed, "ab", "c"), e = cci_lot_ticket(seed, "a", "bc");
    assert_memory_not_equal(d.bytes, e.bytes, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_the_vectors_of_nist),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(hashes_behind_a_tag),
        cmocka_unit_test(hashes_alike_by_every_code),
        cmocka_unit_test(authenticates_the_vectors_of_rfc_4231),
        cmocka_unit_test(draws_the_tickets_of_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
