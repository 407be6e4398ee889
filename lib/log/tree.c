/* The right edge of a growing Merkle tree: a binary counter whose digits are full subtrees. */
#include <string.h>

#include "log/hash.h"
#include "log/tree.h"

void cci_tree_init(cci_tree *t)
{
    memset(t, 0, sizeof *t);
}

void cci_tree_append(cci_tree *t, const cci_digest *leaf)
{
    assert(t->size < UINT64_MAX);
    cci_digest carry = *leaf;
    int height = 0;
    for (; t->size >> height & 1; height++)
        carry = cci_log_node(&t->edge[height], &carry);
    t->edge[height] = carry;
    t->size++;
}

cci_digest cci_tree_root(const cci_tree *t)
{
    if (t->size == 0)
        return cci_sha256("", 0);
    int height = 0;
    while (!(t->size >> height & 1))
        height++;
    /* The lower subtrees are the right-hand ones. */
    cci_digest root = t->edge[height];
    while (++height < 64)
        if (t->size >> height & 1)
            root = cci_log_node(&t->edge[height], &root);
    return root;
}

size_t cci_tree_encode(const cci_tree *t, uint8_t out[CCI_TREE_BYTES])
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(t->size >> (8 * i));
    size_t size = 8;
    for (int height = 63; height >= 0; height--)
        if (t->size >> height & 1) {
            memcpy(out + size, t->edge[height].bytes, 32);
            size += 32;
        }
    return size;
}

int cci_tree_decode(cci_tree *t, const uint8_t *bytes, size_t size)
{
    if (size < 8)
        return 0;
    cci_tree read;
    cci_tree_init(&read);
    for (int i = 0; i < 8; i++)
        read.size |= (uint64_t)bytes[i] << (8 * i);
    size_t at = 8;
    for (int height = 63; height >= 0; height--)
        if (read.size >> height & 1) {
            if (size - at < 32)
                return 0;
            memcpy(read.edge[height].bytes, bytes + at, 32);
            at += 32;
        }
    if (at != size)
        return 0;
    *t = read;
    return 1;
}
