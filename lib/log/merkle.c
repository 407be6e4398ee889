/* Merkle trees of RFC 9162 over a list of leaves: hashes, roots, proofs of inclusion. */
#include <string.h>

#include "log/hash.h"
#include "log/tree.h"

enum { LEAF_TAG = 0, NODE_TAG = 1, HASH_SIZE = 32 };

cci_digest cci_log_node(const cci_digest *left, const cci_digest *right)
{
    uint8_t both[2 * HASH_SIZE];
    memcpy(both, left->bytes, HASH_SIZE);
    memcpy(both + HASH_SIZE, right->bytes, HASH_SIZE);
    return cci_sha256_tagged(NODE_TAG, both, sizeof both);
}

void cocreate_log_leaf(const void *bytes, size_t size, uint8_t leaf[32])
{
    assert(leaf && (bytes || size == 0));
    cci_digest d = cci_sha256_tagged(LEAF_TAG, bytes, size);
    memcpy(leaf, d.bytes, HASH_SIZE);
}

static cci_digest digest_at(const uint8_t *hashes, size_t index)
{
    cci_digest d;
    memcpy(d.bytes, hashes + index * HASH_SIZE, HASH_SIZE);
    return d;
}

static cci_digest root_of(const uint8_t *leaves, size_t from, size_t count)
{
    cci_tree tree;
    cci_tree_init(&tree);
    for (size_t i = 0; i < count; i++) {
        cci_digest leaf = digest_at(leaves, from + i);
        cci_tree_append(&tree, &leaf);
    }
    return cci_tree_root(&tree);
}

void cocreate_log_root(const uint8_t *leaves, size_t n, uint8_t root[32])
{
    assert(root && (leaves || n == 0));
    cci_digest d = root_of(leaves, 0, n);
    memcpy(root, d.bytes, HASH_SIZE);
}

/* Leaves of the left subtree: the largest power of two below n > 1. */
static size_t split(size_t n)
{
    size_t k = 1;
    while (k < n - k)
        k *= 2;
    return k;
}

/* How deep a leaf stands: one hash of its proof a level. */
static size_t depth(size_t index, size_t n)
{
    size_t levels = 0;
    for (; n > 1; levels++) {
        size_t k = split(n);
        if (index < k) {
            n = k;
        } else {
            index -= k;
            n -= k;
        }
    }
    return levels;
}

cocreate_status cocreate_log_prove(const uint8_t *leaves, size_t n, size_t index, uint8_t *proof,
                                   size_t *length, cocreate_error *error)
{
    assert(leaves || n == 0);
    assert(proof && length);
    if (index >= n)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "leaf %zu is not in a tree of %zu", index, n);
    /* From the root down, while the proof is read from the leaf up. */
    size_t levels = depth(index, n);
    assert(levels <= COCREATE_PROOF_MAX);
    size_t from = 0;
    for (size_t level = levels; level > 0; level--) {
        size_t k = split(n);
        int left = index < k;
        cci_digest sibling = left ? root_of(leaves, from + k, n - k) : root_of(leaves, from, k);
        memcpy(proof + (level - 1) * HASH_SIZE, sibling.bytes, HASH_SIZE);
        from += left ? 0 : k;
        index -= left ? 0 : k;
        n = left ? k : n - k;
    }
    *length = levels;
    return COCREATE_OK;
}

cocreate_status cocreate_log_check(const uint8_t leaf[32], uint64_t index, uint64_t n,
                                   const uint8_t *proof, size_t length, const uint8_t root[32],
                                   cocreate_error *error)
{
    assert(leaf && root && (proof || length == 0));
    if (index >= n)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "leaf %llu is not in a tree of %llu",
                        (unsigned long long)index, (unsigned long long)n);
    /* RFC 9162, 2.1.3.2: the place of the node and of the last one on its level. */
    uint64_t place = index, last = n - 1;
    cci_digest node = digest_at(leaf, 0);
    for (size_t i = 0; i < length; i++) {
        cci_digest sibling = digest_at(proof, i);
        if (last == 0)
            return cci_fail(error, COCREATE_ERR_VERIFY,
                            "the proof is too long: length %zu, expected %zu", length, i);
        if (place & 1 || place == last) {
            node = cci_log_node(&sibling, &node);
            /* A node without a right neighbour rises unchanged until it is a right child. */
            while (!(place & 1) && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            node = cci_log_node(&node, &sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    if (last != 0)
        return cci_fail(error, COCREATE_ERR_VERIFY, "the proof is too short: length %zu", length);
    if (memcmp(node.bytes, root, HASH_SIZE) != 0)
        return cci_fail(error, COCREATE_ERR_VERIFY,
                        "the proof leads from leaf %llu to another root",
                        (unsigned long long)index);
    return COCREATE_OK;
}
