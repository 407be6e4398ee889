/**
 * @file campaign.h
 * @brief Campaigns: contribution, selection, rewards; the commands a platform calls.
 *
 * A campaign is data (its brief) and a log of events. A command is checked against the state and
 * either refused, changing nothing, or written as events, in one transaction. Everything a campaign
 * decides can be recomputed from its log: see cocreate_verify().
 *
 * Ids are chosen by the host. The same command with the same id and content again is
 * COCREATE_EXISTS, a success; with other content COCREATE_ERR_CONFLICT. A refused command says which
 * rule of the brief refused it.
 *
 * Every command carries `at`, never before the last event of the log (COCREATE_ERR_TIME), unless it is
 * one that was executed and is sent again with its own `at`: COCREATE_EXISTS. What is due by `at`
 * (phases, rounds, awards) happens first, as by cocreate_tick().
 */
#ifndef COCREATE_CAMPAIGN_H
#define COCREATE_CAMPAIGN_H

#include "cocreate/ledger.h"
#include "cocreate/ranking.h"
#include "cocreate/reward.h"
#include "cocreate/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/** JSON Schema (draft 2020-12) of a brief. A constant. */
COCREATE_API const char *cocreate_brief_schema(void);

/**
 * Check a brief without a store.
 *
 * @param json       the brief, schema "cocreate.brief/1"
 * @param size       its length
 * @param[out] out   canonical JSON of the brief with every default filled in; NULL if not wanted
 * @param[out] error why the call failed, or NULL; the text begins with the JSON path
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_UNBOUNDED, ...
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_brief_check(const cocreate_allocator *allocator, const char *json, size_t size,
                     cocreate_text **out, cocreate_error *error);

/** The mode of a campaign by who controls what: "submitting" (fixed, firm), "co-designing" (fixed,
 * customer), "tinkering" (open, firm), "collaborating" (open, customer).
 *
 * @param control  "fixed" or "open": customer control of the contribution
 * @param lead     "firm" or "customer": who leads the selection
 * @return the name, or NULL for other words
 *
 * Source: O'Hern & Rindfleisch, Customer Co-Creation, Review of Marketing Research 6 (2010).
 */
COCREATE_API const char *cocreate_mode(const char *control, const char *lead);

/** Number of presets: real campaigns as briefs. */
COCREATE_API size_t cocreate_preset_count(void);

/** A preset. The strings are constants. */
typedef struct cocreate_preset {
    size_t size;       /**< in: sizeof(cocreate_preset) */
    const char *name;  /**< as in {"do":"campaign.create","preset":NAME} */
    const char *title; /**< one line for people */
    const char *brief; /**< the brief as JSON */
} cocreate_preset;

/** A row of the list of presets. @return COCREATE_OK or COCREATE_ERR_ARGUMENT. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_preset_at(size_t index, cocreate_preset *out, cocreate_error *error);

/**
 * The commands as JSON: an array of {"do", "title", "parameters":[{"name","type","required",
 * "about"}]}.
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_commands(const cocreate_allocator *allocator, cocreate_text **out,
                  cocreate_error *error);

/**
 * Execute a command given as JSON: {"at":..., "actor":"...", "do":"contribution.submit", ...}.
 *
 * @param store      an open store
 * @param json       one command; "at" is int64 microseconds UTC or text as "2009-07-26T18:18:28Z"
 * @param size       its length
 * @param[out] out   canonical JSON {"status":"done"|"exists","events":[...]}; NULL if not wanted;
 *                   to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL; names the JSON path or the rule that refused
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA,
 *         COCREATE_ERR_NOT_FOUND, COCREATE_ERR_CONFLICT, COCREATE_ERR_REFUSED, COCREATE_ERR_TIME,
 *         COCREATE_ERR_PERMISSION, COCREATE_ERR_BUSY, COCREATE_ERR_IO, COCREATE_ERR_MEMORY, ...
 *
 * COCREATE_OK means the events are on disk (at the commit, inside a batch).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_execute(cocreate_store *store, const char *json, size_t size, cocreate_text **out,
                 cocreate_error *error);

/**
 * Register a participant of the store: {"do":"participant.put"}.
 *
 * @param at      now
 * @param actor   who does it: a firm-side participant, or "host" for the platform itself
 * @param id      of the participant; a pseudonym, it stands in the public log
 * @param side    "firm", "customer", "partner" or "public"
 * @param person  personal data as JSON object, or NULL; kept beside the log behind a salted
 *                commitment (HMAC-SHA256), which needs a store opened with a secret
 * @return as cocreate_execute()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_participant_put(cocreate_store *store, int64_t at, const char *actor, const char *id,
                         const char *side, const char *person, cocreate_error *error);

/**
 * Submit a contribution: {"do":"contribution.submit"}.
 *
 * @param campaign      id of the campaign
 * @param at            now
 * @param author        participant who submits; sole author (teams: through cocreate_execute())
 * @param contribution  id of the contribution
 * @param fields        JSON object that the form of the brief describes, or NULL
 * @param terms         version of the rights terms accepted, or NULL where the brief has none
 * @return as cocreate_execute()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_contribution_submit(cocreate_store *store, const char *campaign, int64_t at,
                             const char *author, const char *contribution, const char *fields,
                             const char *terms, cocreate_error *error);

/**
 * Cast a ballot in a customer-led round: {"do":"ballot.cast"}. The fast path of a platform.
 *
 * @param campaign  id of the campaign
 * @param round     id of the round in the brief
 * @param at        now
 * @param voter     participant id
 * @param options   n contribution ids, distinct; rankings best first unless values are given
 * @param values    n ranks, scores or points, or NULL (approvals; rankings 1, 2, ..)
 * @param n         0 is an empty ballot
 * @return COCREATE_OK, COCREATE_EXISTS (the same ballot stands) or as cocreate_execute()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_vote(cocreate_store *store, const char *campaign, const char *round, int64_t at,
              const char *voter, const char *const *options, const int64_t *values, size_t n,
              cocreate_error *error);

/**
 * Record a run of a metric round: {"do":"run.record"}.
 *
 * @param campaign      id of the campaign
 * @param round         id of the round in the brief
 * @param at            now
 * @param actor         firm side, who evaluates
 * @param run           id of the run
 * @param contribution  whose run it is
 * @param value         exact decimal, as "0.856704", or NULL: missing
 * @param reason        why it is missing, or NULL
 * @return as cocreate_execute()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_run_record(cocreate_store *store, const char *campaign, const char *round, int64_t at,
                    const char *actor, const char *run, const char *contribution,
                    const char *value, const char *reason, cocreate_error *error);

/**
 * Let happen what is due: phases open and close, rounds open, close and are tallied. Idempotent:
 * called late, early or in steps, the result is the same.
 *
 * @return COCREATE_OK, COCREATE_EXISTS (nothing was due, also for a late `at`) or as
 *         cocreate_execute()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status cocreate_tick(cocreate_store *store, int64_t at,
                                                               cocreate_error *error);

/**
 * State as canonical JSON.
 *
 * @param campaign  id, or NULL for the list of campaigns and the head of the log
 * @param[out] out  campaign: brief, state, phases, rounds with results, contributions, awards,
 *                  balances, rights, counts (created = live + withdrawn + removed + ...)
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_show(cocreate_store *store, const char *campaign, cocreate_text **out,
              cocreate_error *error);

/**
 * State of a campaign as one person may see it: cocreate_show() without what the "visibility" of its
 * brief, private fields of its form and moderation keep from them. What may not be seen is left out:
 * neither how much there is of it nor that it is there remains. Balances are for the firm. A campaign
 * that is not published is not found by anybody else.
 *
 * @param campaign  its id
 * @param viewer    a participant who looks, "host" for the platform itself, or NULL for anybody
 * @param[out] out  canonical JSON as of cocreate_show()
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_view(cocreate_store *store, const char *campaign, const char *viewer,
              cocreate_text **out, cocreate_error *error);

/**
 * Why something stands where it stands, as canonical JSON {"id","kind","campaign","sentences":[...],
 * "facts":{...}}.
 *
 * @param id        of a contribution, award or participant
 * @param campaign  where to look, or NULL for every campaign
 * @param[out] out  the document
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_explain(cocreate_store *store, const char *id, const char *campaign,
                 cocreate_text **out, cocreate_error *error);

/**
 * The same for one viewer: what they may not see is not found, and what stands around it not said. See
 * cocreate_view().
 *
 * @param id        of a contribution, award or participant
 * @param campaign  where to look, or NULL for every campaign
 * @param viewer    a participant who asks, "host" for the platform itself, or NULL for anybody
 * @param[out] out  as cocreate_explain()
 * @return as cocreate_explain()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_explain_as(cocreate_store *store, const char *id, const char *campaign, const char *viewer,
                    cocreate_text **out, cocreate_error *error);

/**
 * Events as JSON Lines, canonical, in order: the outbox of a host.
 *
 * @param from     first sequence number, from 1
 * @param limit    at most this many; 0 = all
 * @param[out] out one event a line: {"actor","at","campaign","data","seq","type"}
 * @return COCREATE_OK, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_events(cocreate_store *store, uint64_t from, uint64_t limit, cocreate_text **out,
                cocreate_error *error);

/** Root of the Merkle tree over all events. @return COCREATE_OK or COCREATE_ERR_IO. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_root(cocreate_store *store, uint8_t root[32], uint64_t *size, cocreate_error *error);

/**
 * Replay the whole log into a second state, recompute every result, award and entry, and compare.
 *
 * @param root      the root published earlier for the first `size` events, or NULL
 * @param size      length of the log that `root` covers
 * @param progress  reports and cancels, or NULL
 * @param[out] out  canonical JSON: counts of what was checked and the root; NULL if not wanted
 * @param[out] error on COCREATE_ERR_VERIFY the first event, row, place or cent that does not match;
 *                  `where` is the sequence number of the event
 * @return COCREATE_OK, COCREATE_ERR_VERIFY, COCREATE_ERR_IO, COCREATE_ERR_CORRUPT,
 *         COCREATE_ERR_MEMORY or COCREATE_ERR_CANCELLED
 *
 * O(events); memory for a second copy of the state.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_verify(cocreate_store *store, const uint8_t *root, uint64_t size,
                const cocreate_progress *progress, cocreate_text **out, cocreate_error *error);

/**
 * Post money awards to a journal: for each "award:<id>", the fund's account pays the recipient
 * ("escrow:<fund>" to "payable:<to>"). Idempotent. Posts all or none.
 *
 * @param ledger  a journal without or with the same awards
 * @param awards  from cocreate_reward()
 * @param prefix  put before the fund's id, as "escrow:" or "escrow:spring-contest:"
 * @param at      when
 * @return COCREATE_OK, COCREATE_EXISTS (all were there) or as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_awards_post(cocreate_ledger *ledger, const cocreate_awards *awards, const char *prefix,
                     int64_t at, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
