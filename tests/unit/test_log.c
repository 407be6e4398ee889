/* Merkle trees. Expected hashes: the reference data of RFC 6962 implementations, in
 * transparency-dev/merkle (testonly/constants.go) and in the tests of certificate-transparency; and
 * the definitions of RFC 9162, 2.1, written out naively below. */
#include "check.h"

#include "cocreate/log.h"

#define MOST 64

static const struct {
    const char *bytes;
    size_t size;
} inputs[8] = {
    {"", 0},
    {"\x00", 1},
    {"\x10", 1},
    {"\x20\x21", 2},
    {"\x30\x31", 2},
    {"\x40\x41\x42\x43", 4},
    {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
    {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
};

static const char *const roots[9] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void assert_hash(const uint8_t hash[32], const char *hex)
{
    char text[65];
    for (size_t i = 0; i < 32; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    assert_string_equal(text, hex);
}

static void reference_leaves(uint8_t leaves[8 * 32])
{
    for (size_t i = 0; i < 8; i++)
        cocreate_log_leaf(inputs[i].bytes, inputs[i].size, leaves + 32 * i);
}

static void roots_are_those_of_the_reference(void **state)
{
    (void)state;
    uint8_t leaves[8 * 32], root[32];
    reference_leaves(leaves);
    for (size_t n = 0; n <= 8; n++) {
        cocreate_log_root(leaves, n, root);
        assert_hash(root, roots[n]);
    }
    cocreate_log_root(NULL, 0, root);
    assert_hash(root, roots[0]);
}

static void an_empty_leaf_is_not_an_empty_tree(void **state)
{
    (void)state;
    uint8_t leaf[32];
    cocreate_log_leaf(NULL, 0, leaf);
    assert_hash(leaf, roots[1]);
}

static void proofs_are_those_of_the_reference(void **state)
{
    (void)state;
    static const struct {
        size_t index, n, length;
        const char *hashes[3];
    } cases[] = {
        {0, 1, 0, {0}},
        {0, 8, 3,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {5, 8, 3,
         {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {2, 3, 1, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
        {1, 5, 3,
         {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
    };
    uint8_t leaves[8 * 32], proof[COCREATE_PROOF_MAX * 32];
    reference_leaves(leaves);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        size_t length = 99;
        assert_status(cocreate_log_prove(leaves, cases[c].n, cases[c].index, proof, &length,
                                         &check_error),
                      COCREATE_OK);
        assert_int_equal(length, cases[c].length);
        for (size_t i = 0; i < length; i++)
            assert_hash(proof + 32 * i, cases[c].hashes[i]);
    }
}

/* MTH of RFC 9162, 2.1.1, as it is written. */
static void naive_root(const uint8_t *leaves, size_t n, uint8_t root[32])
{
    if (n == 0) {
        cocreate_sha256(NULL, 0, root);
    } else if (n == 1) {
        memcpy(root, leaves, 32);
    } else {
        size_t k = 1;
        while (2 * k < n)
            k *= 2;
        uint8_t node[65] = {1};
        naive_root(leaves, k, node + 1);
        naive_root(leaves + 32 * k, n - k, node + 33);
        cocreate_sha256(node, sizeof node, root);
    }
}

/* PATH of RFC 9162, 2.1.3.1, as it is written; returns its length. */
static size_t naive_path(const uint8_t *leaves, size_t n, size_t m, uint8_t *path)
{
    if (n == 1)
        return 0;
    size_t k = 1;
    while (2 * k < n)
        k *= 2;
    size_t length = m < k ? naive_path(leaves, k, m, path)
                          : naive_path(leaves + 32 * k, n - k, m - k, path);
    if (m < k)
        naive_root(leaves + 32 * k, n - k, path + 32 * length);
    else
        naive_root(leaves, k, path + 32 * length);
    return length + 1;
}

static void numbered_leaves(uint8_t leaves[MOST * 32])
{
    for (size_t i = 0; i < MOST; i++) {
        uint8_t byte = (uint8_t)i;
        cocreate_log_leaf(&byte, 1, leaves + 32 * i);
    }
}

static void every_tree_follows_the_definition(void **state)
{
    (void)state;
    uint8_t leaves[MOST * 32], expected[32], root[32];
    uint8_t path[COCREATE_PROOF_MAX * 32], proof[COCREATE_PROOF_MAX * 32];
    numbered_leaves(leaves);
    for (size_t n = 1; n <= MOST; n++) {
        naive_root(leaves, n, expected);
        cocreate_log_root(leaves, n, root);
        assert_memory_equal(root, expected, 32);
        for (size_t m = 0; m < n; m++) {
            size_t length = naive_path(leaves, n, m, path), got = 0;
            assert_status(cocreate_log_prove(leaves, n, m, proof, &got, &check_error), COCREATE_OK);
            assert_int_equal(got, length);
            assert_memory_equal(proof, path, 32 * length);
            assert_status(cocreate_log_check(leaves + 32 * m, m, n, proof, length, root,
                                             &check_error),
                          COCREATE_OK);
        }
    }
}

/* Every bit of leaf, proof and root counts; for most sizes one bit of each byte is tried, which
 * keeps this test at a second. */
static void every_flipped_bit_is_refused(void **state)
{
    (void)state;
    uint8_t leaves[MOST * 32];
    uint8_t all[(COCREATE_PROOF_MAX + 2) * 32]; /* leaf, root, proof */
    numbered_leaves(leaves);
    size_t refused = 0, tried = 0;
    for (size_t n = 1; n <= MOST; n++) {
        size_t step = n <= 12 || (n & (n - 1)) == 0 ? 1 : 8;
        for (size_t m = 0; m < n; m++) {
            size_t length = 0;
            memcpy(all, leaves + 32 * m, 32);
            cocreate_log_root(leaves, n, all + 32);
            assert_status(cocreate_log_prove(leaves, n, m, all + 64, &length, &check_error),
                          COCREATE_OK);
            for (size_t bit = m % step; bit < (length + 2) * 256; bit += step) {
                all[bit / 8] ^= (uint8_t)(1u << bit % 8);
                refused += cocreate_log_check(all, m, n, all + 64, length, all + 32, NULL) ==
                           COCREATE_ERR_VERIFY;
                tried++;
                all[bit / 8] ^= (uint8_t)(1u << bit % 8);
            }
        }
    }
    assert_true(tried > 500000);
    assert_int_equal(refused, tried);
}

static void another_place_or_length_is_refused(void **state)
{
    (void)state;
    uint8_t leaves[MOST * 32], root[32], proof[(COCREATE_PROOF_MAX + 1) * 32] = {0};
    numbered_leaves(leaves);
    for (size_t n = 1; n <= MOST; n++) {
        cocreate_log_root(leaves, n, root);
        for (size_t m = 0; m < n; m++) {
            size_t length = 0;
            assert_status(cocreate_log_prove(leaves, n, m, proof, &length, &check_error),
                          COCREATE_OK);
            for (size_t other = 0; other < n; other++)
                assert_int_equal(cocreate_log_check(leaves + 32 * m, other, n, proof, length, root,
                                                    NULL),
                                 other == m ? COCREATE_OK : COCREATE_ERR_VERIFY);
            for (size_t other = 0; other <= COCREATE_PROOF_MAX + 1; other++)
                assert_int_equal(cocreate_log_check(leaves + 32 * m, m, n, proof, other, root, NULL),
                                 other == length ? COCREATE_OK : COCREATE_ERR_VERIFY);
        }
    }
}

static void failures_say_why_and_write_nothing(void **state)
{
    (void)state;
    uint8_t leaves[MOST * 32], root[32], proof[COCREATE_PROOF_MAX * 32] = {7};
    size_t length = 77;
    numbered_leaves(leaves);
    cocreate_log_root(leaves, 4, root);
    assert_failure(cocreate_log_prove(leaves, 4, 4, proof, &length, &check_error),
                   COCREATE_ERR_ARGUMENT, "leaf 4 is not in a tree of 4");
    assert_failure(cocreate_log_prove(NULL, 0, 0, proof, &length, &check_error),
                   COCREATE_ERR_ARGUMENT, "leaf 0 is not in a tree of 0");
    assert_int_equal(length, 77);
    assert_int_equal(proof[0], 7);
    assert_failure(cocreate_log_check(leaves, 9, 4, proof, 2, root, &check_error),
                   COCREATE_ERR_ARGUMENT, "leaf 9 is not in a tree of 4");
    assert_failure(cocreate_log_check(leaves, 0, 4, proof, 1, root, &check_error),
                   COCREATE_ERR_VERIFY, "the proof is too short: length 1");
    assert_failure(cocreate_log_check(leaves, 0, 4, proof, 3, root, &check_error),
                   COCREATE_ERR_VERIFY, "the proof is too long: length 3, expected 2");
    assert_failure(cocreate_log_check(leaves, 1, 4, proof, 2, root, &check_error),
                   COCREATE_ERR_VERIFY, "the proof leads from leaf 1 to another root");
}

/* A hostile proof for the largest tree: the check ends after at most 64 levels. */
static void the_largest_tree_is_bounded(void **state)
{
    (void)state;
    uint8_t leaf[32] = {0}, root[32] = {0}, proof[100 * 32] = {0};
    for (size_t length = 0; length <= 100; length++) {
        assert_int_equal(cocreate_log_check(leaf, 0, UINT64_MAX, proof, length, root, NULL),
                         COCREATE_ERR_VERIFY);
        assert_int_equal(cocreate_log_check(leaf, UINT64_MAX - 1, UINT64_MAX, proof, length, root,
                                            NULL),
                         COCREATE_ERR_VERIFY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roots_are_those_of_the_reference),
        cmocka_unit_test(an_empty_leaf_is_not_an_empty_tree),
        cmocka_unit_test(proofs_are_those_of_the_reference),
        cmocka_unit_test(every_tree_follows_the_definition),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(another_place_or_length_is_refused),
        cmocka_unit_test(failures_say_why_and_write_nothing),
        cmocka_unit_test(the_largest_tree_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
