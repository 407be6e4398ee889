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
 * Each arrow is a module, usable alone. From the ground up:
 *
 * - base.h      status and error, allocator, texts, digests, seeded lots
 * - money.h     amounts in minor units, exact splits
 * - profile.h   evidence: ballots in memory
 * - store.h     where campaigns live: a SQLite file, or memory
 * - formats.h   files of the field, read into a profile and written from one
 * - tally.h     what methods need of ballots, as numbers that add up
 * - ranking.h   methods: evidence in, places out, with the reasons
 * - log.h       Merkle tree over the events, proofs
 * - reward.h    a scheme and a result in, awards out, with the reasons
 * - mechanisms.h  what rules of rewards compute with, for arrays
 * - ledger.h    double-entry journal
 * - payout.h    from awards to payments, and what comes after them
 * - campaign.h  the commands a platform calls
 * - boundary.h  hooks, previews, the outbox, exports
 * - report.h    what a campaign was: its funnel, its form, who was paid
 *
 * Threads: the library keeps no global mutable state. What is immutable (a finished profile, a
 * ranking, a scheme, awards, a text) may be read by many threads at once; a store, a ledger, and
 * any handle while it is being changed, belongs to one thread at a time.
 */
#ifndef COCREATE_COCREATE_H
#define COCREATE_COCREATE_H

#include "cocreate/base.h"
#include "cocreate/boundary.h"
#include "cocreate/campaign.h"
#include "cocreate/formats.h"
#include "cocreate/ledger.h"
#include "cocreate/payout.h"
#include "cocreate/log.h"
#include "cocreate/mechanisms.h"
#include "cocreate/money.h"
#include "cocreate/profile.h"
#include "cocreate/ranking.h"
#include "cocreate/report.h"
#include "cocreate/reward.h"
#include "cocreate/store.h"
#include "cocreate/tally.h"

#endif
