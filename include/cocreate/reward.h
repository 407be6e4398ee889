/**
 * @file reward.h
 * @brief Incentive rules: a scheme and a closed result in, awards with replayable traces out.
 *
 * A scheme is data (JSON, schema "cocreate.incentives/1"): one currency, funds, rules. Rules have a
 * kind from a closed list and conditions from a closed list; there is no embedded code. The same
 * scheme, result and seed give the same awards, byte for byte.
 */
#ifndef COCREATE_REWARD_H
#define COCREATE_REWARD_H

#include "cocreate/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A checked scheme. Immutable, may be shared between threads. */
typedef struct cocreate_scheme cocreate_scheme;

/** What an evaluation gave. Immutable, may be shared between threads. */
typedef struct cocreate_awards cocreate_awards;

/** One award. Strings are borrowed from the awards. */
typedef struct cocreate_award {
    size_t size;          /**< in: sizeof(cocreate_award) */
    const char *id;       /**< 16 hex digits of SHA-256(scheme, result, rule, recipient, component) */
    const char *rule;     /**< id of the rule */
    const char *to;       /**< id of the recipient */
    const char *entry;    /**< id of the entry or other matter it is for, or NULL */
    const char *kind;     /**< "money", "points", or what is recognised, as "badge" or "level" */
    const char *currency; /**< code, what points are called, or NULL for recognition */
    int64_t minor;        /**< amount in minor units; points may be negative; 0 for recognition */
    int32_t exponent;     /**< decimals of the minor unit */
    const char *fund;     /**< id of the fund that pays, or NULL but for money */
    const char *trace;    /**< JSON array of the steps that led to it */
} cocreate_award;

/** JSON Schema (draft 2020-12) of a scheme. A constant. */
COCREATE_API const char *cocreate_scheme_schema(void);

/** The kinds of rules as JSON: an array of {"kind", "title", "parameters", "bound", "source"}. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_rule_kinds(const cocreate_allocator *allocator, cocreate_text **out,
                    cocreate_error *error);

/**
 * Read and check a scheme. A rule without a bound on what it may cost is refused, by name.
 *
 * @param allocator  memory, or NULL
 * @param json       the scheme
 * @param size       its length
 * @param[out] out   to be freed with cocreate_scheme_free()
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_OVERFLOW,
 *         COCREATE_ERR_UNBOUNDED or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_scheme_parse(const cocreate_allocator *allocator, const char *json, size_t size,
                      cocreate_scheme **out, cocreate_error *error);

/** Free a scheme; NULL is fine. */
COCREATE_API void cocreate_scheme_free(cocreate_scheme *scheme);

/** The scheme as canonical JSON. Borrowed; O(1). */
COCREATE_API const char *cocreate_scheme_json(const cocreate_scheme *scheme);

/** "sha256:" and 64 hex digits over the canonical JSON. Borrowed; O(1). */
COCREATE_API const char *cocreate_scheme_digest(const cocreate_scheme *scheme);

/**
 * What the scheme may cost at worst, before anything has happened.
 *
 * @param[out] out  canonical JSON {"liability":{"EUR":"2000.00"},"rules":[{"rule","fund",
 *                  "minor","amount","why"}],"funds":[{"id","budget","liability"}]}
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_scheme_liability(const cocreate_scheme *scheme, cocreate_text **out,
                          cocreate_error *error);

/**
 * Evaluate a scheme on a closed result.
 *
 * @param scheme    the rules
 * @param result    JSON: {"entries":[{"id", "owner" or "team":[{"id","share","weight","leader"}],
 *                  "score", "rank", "submitted_at", "status", "supporters", "cost", "selected", ...}]}, or a
 *                  ranking, schema "cocreate.ranking/1". Members it does not know are ignored.
 *                  Rules may need lists of their own ("gifts", "bids" ...), and no entries then;
 *                  where there are "persons", nobody else may receive anything.
 *                  Entries are ranked by "rank" if any has one, else by descending "score"; a
 *                  missing one stands last. Their order in the document changes no award, though
 *                  award ids are of the document as it is
 * @param size      its length
 * @param seed      32 bytes for rules that draw lots, or NULL
 * @param[out] out  to be freed with cocreate_awards_free()
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_TIE (a tie policy
 *         needs what the result does not say), COCREATE_ERR_ARGUMENT (a seed is needed),
 *         COCREATE_ERR_OVERFLOW or COCREATE_ERR_MEMORY
 *
 * O(n log n) in the entries for each rule. Pure.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_reward(const cocreate_scheme *scheme, const char *result, size_t size,
                const uint8_t *seed, cocreate_awards **out, cocreate_error *error);

/**
 * What another scheme would change: both are evaluated on one result and compared, person by person.
 *
 * @param before    the scheme as it is
 * @param after     the scheme as it might be; it may have another currency
 * @param result    as for cocreate_reward()
 * @param size      its length
 * @param seed      32 bytes for rules that draw lots, the same for both, or NULL
 * @param[out] out  canonical JSON {"before":{"awards","liability","scheme"},"after":{...},"people":[
 *                  {"to","unit","before","before_minor","after","after_minor","change","change_minor"}],
 *                  "totals":[the same of all],"recognition":[{"to","kind","entry","what","before",
 *                  "after"}]}: digests and worst cases of both; for each person and currency or kind of
 *                  points what either gives, also where it is the same; how often either recognises
 * @param[out] error why the call failed, or NULL; the text begins with the name of the scheme,
 *                  "before: " or "after: "
 * @return as cocreate_reward()
 *
 * O(n log n) in the awards, beyond the two evaluations. Pure.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_reward_preview(const cocreate_scheme *before, const cocreate_scheme *after,
                        const char *result, size_t size, const uint8_t *seed, cocreate_text **out,
                        cocreate_error *error);

/** Free awards; NULL is fine. */
COCREATE_API void cocreate_awards_free(cocreate_awards *awards);

/** Number of awards. */
COCREATE_API size_t cocreate_awards_count(const cocreate_awards *awards);

/** One award, in order of the rules and, within a rule, of the places. O(1). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_awards_at(const cocreate_awards *awards, size_t index, cocreate_award *out,
                   cocreate_error *error);

/**
 * Canonical JSON: {"awards":[...],"unspent":{"EUR":"130.00"},"liability":{"EUR":"2000.00"},
 * "scheme":"sha256:...","result":"sha256:...","digest":"sha256:..."}. Borrowed; O(1).
 *
 * An award of money is {"id","rule","to","entry","kind":"money","fund","currency","minor","amount",
 * "trace"}, points are the same without "fund", and recognition has its kind as a member, as in
 * {"id","rule","to","entry","kind":"badge","badge":{"criteria","role","title"},"trace"}; "entry" only
 * where there is one. "unspent" is the budgets and what others paid in (stakes of a wager, charges of a
 * market) minus the awards, "liability" the worst case for the sponsor.
 *
 * Where the guards of the scheme cut something there is also "cuts": [{"by","entry","from","id","minor",
 * "rule","says","to","trace"}], by the name of the guard, from what amount, what is left of it, and why
 * as a sentence. What is cut to nothing stands only there.
 */
COCREATE_API const char *cocreate_awards_json(const cocreate_awards *awards);

/** "sha256:" and 64 hex digits over the canonical JSON without its digest. Borrowed; O(1). */
COCREATE_API const char *cocreate_awards_digest(const cocreate_awards *awards);

/**
 * The trace of one award as a sentence its recipient understands: "Shared place 2-3 (2 entries
 * tied at 84): 500.00 + 250.00 = 750.00, half each = 375.00."
 *
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_awards_explain(const cocreate_awards *awards, size_t index, cocreate_text **out,
                        cocreate_error *error);

/**
 * An award of recognition as a credential of Open Badges 3.0 (1EdTech): an AchievementCredential in
 * canonical JSON without a proof, for whoever signs it. What it shows is the award's: its name, title or
 * role, its criteria, its sentence as evidence; the role stands in the subject.
 *
 * @param awards    the awards
 * @param index     which one
 * @param about     JSON {"issuer","base","valid_from","valid_until"?,"subjects"?}: a Profile with an "id",
 *                  or its URI; the URI under which awards and achievements have theirs; since when and
 *                  until when the credential holds, as times; URIs of recipients by their ids, as
 *                  {"ana":"did:example:1"}
 * @param size      its length
 * @param[out] out  {"@context","credentialSubject","evidence","id","issuer","name","type","validFrom",
 *                  "validUntil"}; "credentialSubject" has "achievement", "identifier", "type", and "id" and
 *                  "role" where there is one
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path in `about`
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (no such award, or one of money or points),
 *         COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_awards_open_badge(const cocreate_awards *awards, size_t index, const char *about,
                           size_t size, cocreate_text **out, cocreate_error *error);

/**
 * Recompute an amount from its trace alone, as a verifier does.
 *
 * @param trace      JSON array of steps
 * @param size       its length
 * @param[out] minor the amount the steps give
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_VERIFY (a step does
 *         not follow from the ones before) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_trace_replay(const char *trace, size_t size, int64_t *minor, cocreate_error *error);

/**
 * What the theory of contests says of a prize and a number of entrants: facts, each with what it
 * assumes and its source. It chooses nothing.
 *
 * @param allocator  memory, or NULL
 * @param json       {"currency","minor_unit","prize","entrants","decisiveness"}: the currency's decimals
 *                   for units that are not of ISO 4217; the prize in major units as a string; 1 to
 *                   1,000,000 entrants; r of Tullock's contest, 1 by default, at most n / (n - 1)
 * @param size       its length
 * @param[out] out   canonical JSON {"currency","entrants","facts":[{"amount","assumes","exact_minor",
 *                   "name","says","source"}],"prize"}: amounts to the nearest minor unit and exactly, as
 *                   fractions of minor units; only where a fact has one
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_OVERFLOW or
 *         COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_advise(const cocreate_allocator *allocator, const char *json, size_t size,
                cocreate_text **out, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
