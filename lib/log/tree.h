/* The right edge of a growing Merkle tree: append in O(log n), root at any time. */
#ifndef CCI_LOG_TREE_H
#define CCI_LOG_TREE_H

#include "base/digest.h"
#include "cocreate/log.h"

typedef struct cci_tree {
    uint64_t size;
    cci_digest edge[64]; /* edge[h]: the full subtree of 2^h leaves, where bit h of size is set */
} cci_tree;

void cci_tree_init(cci_tree *t);
void cci_tree_append(cci_tree *t, const cci_digest *leaf);
cci_digest cci_tree_root(const cci_tree *t);
/* Bytes of the edge: size as 8 bytes little-endian, then the set hashes from high to low. */
#define CCI_TREE_BYTES (8 + 64 * 32)
size_t cci_tree_encode(const cci_tree *t, uint8_t out[CCI_TREE_BYTES]);
int cci_tree_decode(cci_tree *t, const uint8_t *bytes, size_t size); /* 0 if malformed */

#endif
