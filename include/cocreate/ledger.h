/**
 * @file ledger.h
 * @brief A double-entry journal in memory: append-only, idempotent, exact.
 *
 * An entry has a key and two or more lines (account, currency, amount) that sum to 0 in each
 * currency. Credits are positive: a balance is the sum of its lines. The same key with the same
 * content again is COCREATE_EXISTS; with other content COCREATE_ERR_CONFLICT. Content is the memo and
 * the lines, in whatever order they are handed in; the time is not, for a retry is later. Nothing is
 * updated or deleted: a mistake is reversed by another entry. Each entry carries the SHA-256 of the
 * one before.
 *
 * Accounts are named by their kind and owner: "sponsor:budget", "escrow:<campaign>",
 * "payable:<person>", "fees:<platform>", "withheld:tax:<jurisdiction>", "cash:<rail>",
 * "receivable:clawback:<person>". Escrow, payable and withheld accounts may not become negative, nor
 * may what is available of them.
 *
 * A ledger belongs to one thread at a time.
 */
#ifndef COCREATE_LEDGER_H
#define COCREATE_LEDGER_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest account name or key in bytes: a kind and two ids, as in "escrow:<reward>:<fund>". */
#define COCREATE_ACCOUNT_MAX 320

/** A journal. */
typedef struct cocreate_ledger cocreate_ledger;

/** An empty journal. @return COCREATE_OK, COCREATE_ERR_ARGUMENT or COCREATE_ERR_MEMORY. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_new(const cocreate_allocator *allocator, cocreate_ledger **out,
                    cocreate_error *error);

/** Free a journal; NULL is fine. */
COCREATE_API void cocreate_ledger_free(cocreate_ledger *ledger);

/**
 * Post an entry.
 *
 * @param key         host-chosen, unique in the journal
 * @param at          when, microseconds UTC; not before the last entry unless the key exists
 * @param memo        one line for people, or NULL; part of the content
 * @param accounts    n account names
 * @param currencies  n codes of 1..12 characters A-Z, 0-9, _
 * @param minor       n amounts, none 0, none beyond +-(2^53 - 1)
 * @param n           at least 2
 * @param[out] error  why the call failed, or NULL; `where` is the index of the offending line
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_CONFLICT, COCREATE_ERR_ARGUMENT (lines that
 *         do not sum to 0, bad names), COCREATE_ERR_REFUSED (a balance would become negative),
 *         COCREATE_ERR_TIME, COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 *
 * O(n log n) amortised. Balances stay within +-(2^53 - 1).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_post(cocreate_ledger *ledger, const char *key, int64_t at, const char *memo,
                     const char *const *accounts, const char *const *currencies,
                     const int64_t *minor, size_t n, cocreate_error *error);

/**
 * Post the mirror image of an entry under a new key.
 *
 * @return as cocreate_ledger_post(), and COCREATE_ERR_NOT_FOUND; reversing an entry twice under
 *         different keys is COCREATE_ERR_REFUSED
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_reverse(cocreate_ledger *ledger, const char *key, const char *reversal_key,
                        int64_t at, const char *memo, cocreate_error *error);

/**
 * Reserve: post an entry as pending. Balances stay as they are; what is available of the accounts it
 * debits goes down until it is settled, voided or expired.
 *
 * @param key         as for cocreate_ledger_post(), at most 313 bytes
 * @param at          when
 * @param expires     from when on it cannot be settled, after `at`; INT64_MAX: never
 * @param memo        one line for people, or NULL
 * @param accounts    n account names
 * @param currencies  n codes
 * @param minor       n amounts
 * @param n           at least 2
 * @param[out] error  why the call failed, or NULL; `where` is the index of the offending line
 * @return as cocreate_ledger_post(); COCREATE_ERR_REFUSED if less than that is available
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_reserve(cocreate_ledger *ledger, const char *key, int64_t at, int64_t expires,
                        const char *memo, const char *const *accounts,
                        const char *const *currencies, const int64_t *minor, size_t n,
                        cocreate_error *error);

/**
 * Move what a pending entry reserved, all of it.
 *
 * @return as cocreate_ledger_post(); COCREATE_ERR_NOT_FOUND; COCREATE_ERR_REFUSED for an entry that is
 *         not pending, is settled or voided under another key, or has expired
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_settle(cocreate_ledger *ledger, const char *key, const char *settlement_key,
                       int64_t at, const char *memo, cocreate_error *error);

/** Free what a pending entry reserved. @return as cocreate_ledger_settle(), and it may have expired. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_void(cocreate_ledger *ledger, const char *key, const char *void_key, int64_t at,
                     const char *memo, cocreate_error *error);

/**
 * Void every pending entry that has expired by `at`, each under the key "expire:<key>"; all or none.
 *
 * @param at            now
 * @param[out] expired  how many; NULL if not wanted
 * @return COCREATE_OK or as cocreate_ledger_void()
 *
 * O(entries).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_expire(cocreate_ledger *ledger, int64_t at, size_t *expired,
                       cocreate_error *error);

/** Balance of an account in a currency; 0 for one never used. O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_balance(const cocreate_ledger *ledger, const char *account, const char *currency,
                        int64_t *minor, cocreate_error *error);

/** Balance less what pending entries would take. O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_available(const cocreate_ledger *ledger, const char *account,
                          const char *currency, int64_t *minor, cocreate_error *error);

/** Number of entries. */
COCREATE_API size_t cocreate_ledger_count(const cocreate_ledger *ledger);

/**
 * An entry as canonical JSON {"n","key","at","memo","lines":[{"account","currency","minor"}],
 * "prev","hash"} and, in a reversal, "reverses": the key of what it reverses; in a pending entry
 * "pending": true and, if it may, when it "expires"; in what ends one "settles" or "voids": its key.
 *
 * `n` counts from 1; `memo` is null if there is none; lines are in order of currency, account and
 * amount. `hash` is SHA-256, 64 hex digits, of the canonical JSON without "hash"; `prev` is the hash
 * of the entry before, 64 zeros in the first. Borrowed, until the journal is freed; NULL past the
 * end.
 */
COCREATE_API const char *cocreate_ledger_entry(const cocreate_ledger *ledger, size_t index);

/**
 * All balances that are not 0, in order of currency and account, as canonical JSON
 * [{"account","currency","minor"}].
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_balances(const cocreate_ledger *ledger, cocreate_text **out,
                         cocreate_error *error);

/**
 * What happened on an account: canonical JSON {"account","currency","from","to","opening","closing",
 * "reserved","lines":[{"n","key","at","memo","minor","balance"}]}.
 *
 * @param account   its name; one never used has no lines
 * @param currency  of the lines
 * @param from      times from here, microseconds UTC; what was before is in "opening"
 * @param to        to before here; "reserved" is what was pending then
 * @param[out] out  the document
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT or COCREATE_ERR_MEMORY
 *
 * "closing" is "opening" plus the lines; "balance" that after the line. O(lines of the journal).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_statement(const cocreate_ledger *ledger, const char *account,
                          const char *currency, int64_t from, int64_t to, cocreate_text **out,
                          cocreate_error *error);

/**
 * The journal as CSV (RFC 4180), one line of an entry a row: n, key, at, kind, about, memo, account,
 * currency, minor. `kind` is "posted", "reversal", "pending", "settlement" or "void", which has one row
 * without account; `about` is the key of the entry it reverses, settles or voids.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_rows(const cocreate_ledger *ledger, cocreate_text **out, cocreate_error *error);

/**
 * Check everything again: that entries are numbered and hashed one after the other, that their lines sum
 * to 0 in each currency, that what ends a reservation or reverses an entry fits it, that no account
 * became negative or overdrawn that may not, and that the balances are those of the entries.
 *
 * @return COCREATE_OK, COCREATE_ERR_VERIFY (`where` is the number of the entry, from 1; the text names the
 *         first thing that does not hold) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_check(const cocreate_ledger *ledger, cocreate_error *error);

/** The journal as JSON Lines, one entry a line. @return COCREATE_OK or COCREATE_ERR_MEMORY. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_encode(const cocreate_ledger *ledger, cocreate_text **out, cocreate_error *error);

/**
 * A journal from the lines of cocreate_ledger_encode(), with every rule and hash checked again.
 *
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_VERIFY (`where` is the
 *         line, the text names the first thing that does not match) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_ledger_decode(const cocreate_allocator *allocator, const char *text, size_t size,
                       cocreate_ledger **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
