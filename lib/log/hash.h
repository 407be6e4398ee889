/* The two hashes of RFC 9162, 2.1.1: leaves and nodes are told apart by their first byte. */
#ifndef CCI_LOG_HASH_H
#define CCI_LOG_HASH_H

#include "base/digest.h"

cci_digest cci_log_node(const cci_digest *left, const cci_digest *right);

#endif
