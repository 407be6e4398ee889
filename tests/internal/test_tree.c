/* The growing tree. Expected: the same roots as cocreate_log_root(), which tests/unit/test_log.c
 * holds against the reference; sizes by hand. */
#include "check.h"

#include "log/tree.h"

#define MOST 300

static void leaf_of(size_t i, cci_digest *leaf)
{
    uint8_t bytes[2] = {(uint8_t)i, (uint8_t)(i >> 8)};
    cocreate_log_leaf(bytes, sizeof bytes, leaf->bytes);
}

/* Along the way it is encoded and read back, as between two runs of a program. */
static void grows_to_the_root_of_its_leaves(void **state)
{
    (void)state;
    uint8_t leaves[MOST * 32], root[32], bytes[CCI_TREE_BYTES];
    cci_tree tree;
    cci_tree_init(&tree);
    for (size_t n = 0; n <= MOST; n++) {
        cocreate_log_root(leaves, n, root);
        cci_digest got = cci_tree_root(&tree);
        assert_memory_equal(got.bytes, root, 32);
        size_t size = cci_tree_encode(&tree, bytes);
        memset(&tree, 0xa5, sizeof tree);
        assert_int_equal(cci_tree_decode(&tree, bytes, size), 1);
        assert_int_equal(tree.size, n);
        if (n < MOST) {
            cci_digest leaf;
            leaf_of(n, &leaf);
            memcpy(leaves + 32 * n, leaf.bytes, 32);
            cci_tree_append(&tree, &leaf);
        }
    }
}

/* 11 = 8 + 2 + 1: three subtrees, the size in little-endian, the largest subtree first. */
static void encodes_size_and_subtrees(void **state)
{
    (void)state;
    uint8_t leaves[11 * 32], bytes[CCI_TREE_BYTES], expected[8 + 3 * 32] = {11};
    cci_tree tree;
    cci_tree_init(&tree);
    for (size_t i = 0; i < 11; i++) {
        cci_digest leaf;
        leaf_of(i, &leaf);
        memcpy(leaves + 32 * i, leaf.bytes, 32);
        cci_tree_append(&tree, &leaf);
    }
    cocreate_log_root(leaves, 8, expected + 8);
    cocreate_log_root(leaves + 8 * 32, 2, expected + 40);
    memcpy(expected + 72, leaves + 10 * 32, 32);
    assert_int_equal(cci_tree_encode(&tree, bytes), sizeof expected);
    assert_memory_equal(bytes, expected, sizeof expected);
}

static void refuses_bytes_of_another_length(void **state)
{
    (void)state;
    uint8_t bytes[CCI_TREE_BYTES + 1] = {11};
    for (size_t size = 0; size <= sizeof bytes; size++) {
        cci_tree tree = {.size = 99};
        assert_int_equal(cci_tree_decode(&tree, bytes, size), size == 8 + 3 * 32);
        assert_int_equal(tree.size, size == 8 + 3 * 32 ? 11 : 99);
    }
    memset(bytes, 0xff, sizeof bytes); /* the largest size has every subtree */
    cci_tree tree;
    assert_int_equal(cci_tree_decode(&tree, bytes, CCI_TREE_BYTES), 1);
    assert_int_equal(cci_tree_decode(&tree, bytes, CCI_TREE_BYTES - 1), 0);
    assert_int_equal(cci_tree_decode(&tree, bytes, CCI_TREE_BYTES + 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_to_the_root_of_its_leaves),
        cmocka_unit_test(encodes_size_and_subtrees),
        cmocka_unit_test(refuses_bytes_of_another_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
