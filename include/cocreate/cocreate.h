/**
 * @file cocreate.h
 * @brief libcocreate: campaigns of co-creation that explain and prove their results.
 *
 * The one header to include. What is not in a header of this directory is not API.
 *
 * A campaign is data, and everything it decides is a pure function of its log:
 *
 *     brief -> events -> evidence -> ranking -> decision -> awards -> ledger
 *
 * Each arrow is one module, and usable alone:
 * - base.h     status, error, allocator, texts, digests, seeded lots
 *
 * Threads: the library keeps no global mutable state. What is immutable (a finished profile, a
 * ranking, awards) may be read by many threads at once; a store, and any handle while it is being
 * changed, belongs to one thread at a time.
 */
#ifndef COCREATE_COCREATE_H
#define COCREATE_COCREATE_H

#include "cocreate/base.h"

#endif
