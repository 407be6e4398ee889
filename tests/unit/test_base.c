/* What base.h promises to a program: statuses, version, texts, canonical JSON, digests, lots. */
#include "check.h"

static void lists_every_status_once(void **state)
{
    (void)state;
    size_t n = cocreate_status_count();
    assert_int_equal(n, 22);
    assert_int_equal(cocreate_status_at(0), COCREATE_OK);
    assert_int_equal(cocreate_status_at(n - 1), COCREATE_ERR_INTERNAL);
    assert_int_equal(cocreate_status_at(n), COCREATE_ERR_ARGUMENT);
    for (size_t i = 0; i < n; i++) {
        int32_t status = cocreate_status_at(i);
        const char *name = cocreate_status_name(status), *text = cocreate_status_text(status);
        assert_memory_equal(name, "COCREATE_", 9);
        assert_true(strlen(text) > 0 && text[strlen(text) - 1] != '.');
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(cocreate_status_at(j), status);
            assert_string_not_equal(cocreate_status_name(cocreate_status_at(j)), name);
        }
    }
}

static void names_statuses(void **state)
{
    (void)state;
    assert_string_equal(cocreate_status_name(COCREATE_OK), "COCREATE_OK");
    assert_string_equal(cocreate_status_name(-19), "COCREATE_ERR_TIE");
    assert_string_equal(cocreate_status_text(-19), "a tie that no declared rule breaks");
    assert_string_equal(cocreate_status_name(-999), "COCREATE_UNKNOWN");
    assert_string_equal(cocreate_status_text(-999), "a status this version does not know");
    assert_int_equal(sizeof(cocreate_status), 4);
    assert_int_equal(sizeof(cocreate_error), 256);
    assert_int_equal(offsetof(cocreate_error, where), 8);
    assert_int_equal(offsetof(cocreate_error, text), 16);
}

static void tells_its_version(void **state)
{
    (void)state;
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", COCREATE_VERSION_MAJOR,
             COCREATE_VERSION_MINOR, COCREATE_VERSION_PATCH);
    assert_string_equal(cocreate_version(), expected);
}

static void makes_json_canonical(void **state)
{
    (void)state;
    static const char json[] = "{ \"b\": [1.0, true], \"a\": \"\\u00e9\" }";
    cocreate_text *text = NULL;
    assert_status(cocreate_canonical_json(NULL, json, sizeof json - 1, &text, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), "{\"a\":\"é\",\"b\":[1,true]}");
    assert_int_equal(cocreate_text_size(text), 23);
    cocreate_text_free(text);
    cocreate_text_free(NULL);

    text = NULL;
    assert_failure(cocreate_canonical_json(NULL, "[1,\n 2,]", 8, &text, &check_error),
                   COCREATE_ERR_PARSE, "line 2, column 4: expected a value, found ']'");
    assert_int_equal(check_error.where, 7);
    assert_null(text);
    assert_int_equal(cocreate_canonical_json(NULL, "[", 1, &text, NULL), COCREATE_ERR_PARSE);
}

static void assert_bytes(const uint8_t bytes[32], const char *hex)
{
    char text[65];
    for (size_t i = 0; i < 32; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(text, hex);
}

static void hashes(void **state)
{
    (void)state;
    uint8_t digest[32];
    cocreate_sha256("abc", 3, digest); /* FIPS 180-4 */
    assert_bytes(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cocreate_sha256(NULL, 0, digest);
    assert_bytes(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* Root of the eight leaves of the Certificate Transparency test vectors, and the randomness of
 * round 657413 of drand's quicknet. Seed and orders were computed independently in Python. */
static const uint8_t root[32] = {
    0x5d, 0xc9, 0xda, 0x79, 0xa7, 0x06, 0x59, 0xa9, 0xad, 0x55, 0x9c, 0xb7, 0x01, 0xde, 0xd9, 0xa2,
    0xab, 0x9d, 0x82, 0x3a, 0xad, 0x2f, 0x49, 0x60, 0xcf, 0xe3, 0x70, 0xef, 0xf4, 0x60, 0x43, 0x28};
static const uint8_t beacon[32] = {
    0xfc, 0x18, 0x73, 0xa1, 0x3f, 0x35, 0x45, 0xae, 0xad, 0xe8, 0x40, 0x15, 0x32, 0xef, 0x55, 0x19,
    0x92, 0x06, 0x52, 0xee, 0xe6, 0xb0, 0xd2, 0xb1, 0x9c, 0xa1, 0x26, 0x43, 0xb8, 0x7b, 0x35, 0x87};

static void draws_the_published_vector(void **state)
{
    (void)state;
    static const char *const ids[] = {"alice", "bob", "carol", "dave"};
    uint8_t seed[32];
    uint32_t order[4];
    cocreate_lot_seed("example.org/contest-1", 8, root, beacon, sizeof beacon, seed);
    assert_bytes(seed, "47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49");
    assert_status(cocreate_lots(seed, "round:1", ids, 4, order, &check_error), COCREATE_OK);
    assert_memory_equal(order, ((uint32_t[]){3, 2, 0, 1}), sizeof order);
    assert_status(cocreate_lots(seed, "round:2", ids, 4, order, &check_error), COCREATE_OK);
    assert_memory_equal(order, ((uint32_t[]){2, 1, 3, 0}), sizeof order);
}

static void keeps_the_order_when_one_leaves(void **state)
{
    (void)state;
    static const char *const fewer[] = {"dave", "bob", "alice"};
    uint8_t seed[32];
    uint32_t order[3];
    cocreate_lot_seed("example.org/contest-1", 8, root, beacon, sizeof beacon, seed);
    assert_status(cocreate_lots(seed, "round:1", fewer, 3, order, &check_error), COCREATE_OK);
    /* dave, (carol,) alice, bob */
    assert_memory_equal(order, ((uint32_t[]){0, 2, 1}), sizeof order);
}

static void refuses_bad_ids(void **state)
{
    (void)state;
    const uint8_t seed[32] = {0};
    uint32_t order[4] = {9, 9, 9, 9};
    static const char *const twice[] = {"x", "b", "a", "b"}, *const empty[] = {"a", ""};
    static const char *const null[] = {"a", NULL};
    assert_failure(cocreate_lots(seed, "c", twice, 4, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "id \"b\" at index 3 stands at index 1 already");
    assert_int_equal(check_error.where, 3);
    assert_failure(cocreate_lots(seed, "c", empty, 2, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "ids[1]: id is empty");
    assert_int_equal(check_error.where, 1);
    assert_failure(cocreate_lots(seed, "c", null, 2, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "ids[1]: id is NULL");
    assert_failure(cocreate_lots(seed, NULL, twice, 2, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "context is NULL");
    assert_failure(cocreate_lots(NULL, "c", twice, 2, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "seed is NULL");
    assert_failure(cocreate_lots(seed, "c", NULL, 2, order, &check_error), COCREATE_ERR_ARGUMENT,
                   "ids is NULL");
    assert_memory_equal(order, ((uint32_t[]){9, 9, 9, 9}), sizeof order);
    assert_status(cocreate_lots(seed, "c", NULL, 0, NULL, &check_error), COCREATE_OK);
}

/* Every seed decides, none is preferred: each of 24 orders of 4 ids is drawn by 1/24 of 24,000
 * seeds. chi-square with 23 degrees of freedom stays below 49.73 with probability 0.999. */
static void prefers_no_order(void **state)
{
    (void)state;
    static const char *const ids[] = {"alice", "bob", "carol", "dave"};
    enum { SEEDS = 24000, ORDERS = 24, EXPECTED = SEEDS / ORDERS };
    int counts[256] = {0};
    for (uint64_t i = 0; i < SEEDS; i++) {
        uint8_t seed[32];
        uint32_t order[4];
        cocreate_lot_seed("chi", i, root, NULL, 0, seed);
        assert_status(cocreate_lots(seed, "c", ids, 4, order, &check_error), COCREATE_OK);
        counts[order[0] | order[1] << 2 | order[2] << 4 | order[3] << 6]++;
    }
    int seen = 0;
    int64_t squares = 0;
    for (int i = 0; i < 256; i++) {
        if (!counts[i])
            continue;
        seen++;
        squares += (int64_t)(counts[i] - EXPECTED) * (counts[i] - EXPECTED);
    }
    assert_int_equal(seen, ORDERS);
    assert_true(squares * 100 < (int64_t)4973 * EXPECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_every_status_once),
        cmocka_unit_test(names_statuses),
        cmocka_unit_test(tells_its_version),
        cmocka_unit_test(makes_json_canonical),
        cmocka_unit_test(hashes),
        cmocka_unit_test(draws_the_published_vector),
        cmocka_unit_test(keeps_the_order_when_one_leaves),
        cmocka_unit_test(refuses_bad_ids),
        cmocka_unit_test(prefers_no_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
