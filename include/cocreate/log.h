/**
 * @file log.h
 * @brief Merkle tree of RFC 6962 / RFC 9162 over the event log.
 *
 * Leaves are SHA-256(0x00, bytes), nodes SHA-256(0x01, left, right), the empty tree is
 * SHA-256 of nothing.
 */
#ifndef COCREATE_LOG_H
#define COCREATE_LOG_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most hashes an inclusion proof can have. */
#define COCREATE_PROOF_MAX 64

/** Hash of a leaf. Cannot fail. O(size). */
COCREATE_API void cocreate_log_leaf(const void *bytes, size_t size, uint8_t leaf[32]);

/**
 * Root of a tree.
 *
 * @param leaves     n leaf hashes of 32 bytes, one after another; may be NULL if n is 0
 * @param n          number of leaves
 * @param[out] root  32 bytes
 *
 * Cannot fail. O(n), no memory.
 */
COCREATE_API void cocreate_log_root(const uint8_t *leaves, size_t n, uint8_t root[32]);

/**
 * Proof that a leaf is in a tree (RFC 9162, 2.1.3.1).
 *
 * @param leaves       n leaf hashes of 32 bytes
 * @param n            number of leaves
 * @param index        of the leaf to prove
 * @param[out] proof   room for COCREATE_PROOF_MAX hashes of 32 bytes
 * @param[out] length  how many were written
 * @param[out] error   why the call failed, or NULL
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 *
 * O(n).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_log_prove(const uint8_t *leaves, size_t n, size_t index, uint8_t *proof, size_t *length,
                   cocreate_error *error);

/**
 * Check a proof of inclusion (RFC 9162, 2.1.3.2).
 *
 * @param leaf         hash of the leaf
 * @param index        its position
 * @param n            size of the tree
 * @param proof        `length` hashes of 32 bytes
 * @param length       how many
 * @param root         of the tree
 * @param[out] error   why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_VERIFY or COCREATE_ERR_ARGUMENT
 *
 * O(log n).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_log_check(const uint8_t leaf[32], uint64_t index, uint64_t n, const uint8_t *proof,
                   size_t length, const uint8_t root[32], cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
