/**
 * @file money.h
 * @brief Amounts in minor units, and splits that sum exactly.
 *
 * An amount is a currency and an int64 count of its minor units (cents). Nothing here converts
 * between currencies and nothing here uses floating point.
 */
#ifndef COCREATE_MONEY_H
#define COCREATE_MONEY_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest printed amount: sign, 19 digits, point, NUL. */
#define COCREATE_AMOUNT_TEXT 24

/** One row of the currency table. The strings are constants. */
typedef struct cocreate_currency {
    size_t size;         /**< in: sizeof(cocreate_currency) */
    const char *code;    /**< ISO 4217 alphabetic code, as in "EUR" */
    int32_t exponent;    /**< decimals of the minor unit: 0, 2, 3 or 4 */
    int32_t is_currency; /**< 1, or 0 for metals, tests and "no currency" (XAU, XTS, XXX ...) */
} cocreate_currency;

/** Number of rows of the ISO 4217 table. */
COCREATE_API size_t cocreate_currency_count(void);

/**
 * A row of the ISO 4217 table.
 *
 * @param index       0 .. cocreate_currency_count() - 1, in order of the code
 * @param[in,out] out its `size` is read, the rest written
 * @param[out] error  why the call failed, or NULL
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_currency_at(size_t index, cocreate_currency *out, cocreate_error *error);

/**
 * Look a currency up by its code (upper case).
 *
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND or COCREATE_ERR_ARGUMENT
 *
 * O(log n). Source: ISO 4217 list of active codes (SIX, 2026-01-01), and BGN, which left it that
 * day. XTS, the code for tests, is there as what it is: no currency.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_currency_find(const char *code, cocreate_currency *out, cocreate_error *error);

/**
 * Read a decimal amount: "1234.5" with exponent 2 is 123450.
 *
 * @param text        optional '-', digits, optional '.' and 1..exponent digits; nothing else. More
 *                    decimals than the exponent are refused, never rounded.
 * @param exponent    decimals of the minor unit, 0..18
 * @param[out] minor  the amount
 * @param[out] error  why the call failed, or NULL; `where` is the byte offset
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_OVERFLOW or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_amount_parse(const char *text, int32_t exponent, int64_t *minor, cocreate_error *error);

/**
 * Print an amount with all its decimals: -5 with exponent 2 is "-0.05".
 *
 * @param minor       the amount
 * @param exponent    decimals of the minor unit, 0..18
 * @param[out] text   COCREATE_AMOUNT_TEXT bytes
 * @param[out] error  why the call failed, or NULL
 * @return COCREATE_OK or COCREATE_ERR_ARGUMENT
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_amount_print(int64_t minor, int32_t exponent, char text[COCREATE_AMOUNT_TEXT],
                      cocreate_error *error);

/**
 * How a pool is split. Fill with cocreate_split_options_init() and change what differs.
 *
 * Methods (Balinski & Young, Fair Representation, 1982):
 * - "largest_remainder" (Hamilton; default): within one unit of the exact quota.
 * - "sainte_lague" (Webster), "dhondt" (Jefferson), "adams", "huntington_hill", "dean": divisor
 *   methods; a larger pool never lowers a share. The last three give everybody a first unit before
 *   anybody a second; where there are fewer units than weights, the larger weights come first.
 * - "first_gets": whole parts of the quotas, leftover units to the head of the list. Depends on the
 *   order of the list.
 * - "floor_return": whole parts of the quotas, the leftover is returned.
 *
 * Ties between equal claims to a unit:
 * - "id" (default): ascending bytes of the id; without ids the order of the list.
 * - "lot": cc-tie/1 with `seed` and the context "split:" and the method, as "split:dean"; the id of
 *   a weight without ids is its index in decimal.
 * - "weight": the larger weight, then as "id".
 */
typedef struct cocreate_split_options {
    size_t size;            /**< sizeof(cocreate_split_options) */
    const char *method;     /**< see above; NULL is the default */
    const char *ties;       /**< "id", "lot" or "weight"; NULL is "id" */
    const char *const *ids; /**< n distinct ids, or NULL: order of the list */
    const uint8_t *seed;    /**< 32 bytes, needed for "lot" only */
    const char *on_empty;   /**< when all weights are 0: "return" (default), "equal", "error" */
    int64_t cap;            /**< no share above this: who would exceed it gets it, the rest is split
                                 again (water-filling), what nobody may have is returned;
                                 0 = no cap */
    int64_t minimum;        /**< all who would get less get nothing, together, and the pool is split
                                 again among the others until stable; 0 = none */
    int64_t unit;           /**< shares are multiples of this (cash rounding), the residue is
                                 returned; 0 or 1 = single minor units */
} cocreate_split_options;

/** Set every member to its default. */
COCREATE_API void cocreate_split_options_init(cocreate_split_options *options);

/** Number of split methods; with cocreate_split_method_at() their list. */
COCREATE_API size_t cocreate_split_method_count(void);

/** Name of a split method, or NULL past the end. */
COCREATE_API const char *cocreate_split_method_at(size_t index);

/**
 * Split a pool in proportion to weights, exactly: shares + returned = pool, always.
 *
 * A negative pool is the mirror of its positive: split(-P) = -split(P). A weight of 0 gets 0.
 *
 * @param pool          what to split, in minor units; INT64_MIN is refused
 * @param weights       n weights >= 0 (only their ratios matter)
 * @param n             how many, below 2^32 - 1; 0 returns the whole pool
 * @param options       how, or NULL for the defaults
 * @param[out] shares   n amounts of the sign of the pool
 * @param[out] returned what was not split (floor_return, cap, unit, empty weights); never NULL
 * @param[out] error    why the call failed, or NULL; `where` is the index of a bad weight or id
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_NOT_FOUND (method) or
 *         COCREATE_ERR_MEMORY
 *
 * O(n log n), whatever the pool; each round of a minimum adds one. Exact for all int64 weights and
 * pools.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_split(int64_t pool, const int64_t *weights, size_t n,
               const cocreate_split_options *options, int64_t *shares, int64_t *returned,
               cocreate_error *error);

/**
 * Weights from decimal text, scaled to integers of the same ratios: ".33", "1.5", "2" become
 * 33, 150, 200.
 *
 * @param texts         n decimals >= 0: digits, or digits (may be none), '.' and digits
 * @param n             how many
 * @param[out] weights  n integers
 * @param[out] error    why the call failed, or NULL; `where` is the index of the bad text
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_OVERFLOW or COCREATE_ERR_ARGUMENT
 *
 * O(characters).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_weights_parse(const char *const *texts, size_t n, int64_t *weights,
                       cocreate_error *error);

/** A fraction of an amount carried to the next period: carry_num / carry_den minor units. */
typedef struct cocreate_carry {
    int64_t numerator;   /**< 0 <= numerator < denominator */
    int64_t denominator; /**< > 0; start with 0 / 1 */
} cocreate_carry;

/**
 * A rate of an amount, rounded once: fees, withholding, royalties.
 *
 * @param amount       minor units
 * @param numerator    rate as a fraction
 * @param denominator  > 0
 * @param rounding     "half_up" (halves away from zero), "half_even", "floor", "ceil"
 * @param[in,out] carry  with a carry the result is floor(exact + carry) and the rest is carried, so
 *                     that over any number of periods paid = floor(sum of exact); `rounding` must
 *                     then be "floor". COCREATE_ERR_OVERFLOW if the rest needs a denominator of
 *                     more than 63 bits, as rates that change their denominator may bring about.
 *                     NULL = no carry.
 * @param[out] out     the rounded amount
 * @param[out] error   why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT, COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_rate(int64_t amount, int64_t numerator, int64_t denominator, const char *rounding,
              cocreate_carry *carry, int64_t *out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
