/**
 * @file boundary.h
 * @brief Between a store and its host: hooks, previews, the outbox, exports.
 *
 * The library never calls out by itself. What a host wants to know or to decide, it says here; what leaves
 * the store leaves as text in the formats of the field.
 */
#ifndef COCREATE_BOUNDARY_H
#define COCREATE_BOUNDARY_H

#include "cocreate/campaign.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Room for the reason of a veto, with its NUL. */
#define COCREATE_REASON 200

/**
 * What a host wants to be asked and told. Every member may be NULL. A hook must not use the store it is
 * called from: such a call is COCREATE_ERR_BUSY.
 *
 * Hooks are no part of the log: what was once written is never asked again, and verification calls none.
 */
typedef struct cocreate_hooks {
    size_t size; /**< sizeof(cocreate_hooks) */
    void *user;  /**< handed to each */

    /**
     * May this actor do this? Asked for every command and preview, after it was parsed and before
     * anything is read for it.
     *
     * @param actor     as the command has it
     * @param action    the command, as "contribution.submit"
     * @param campaign  its id, or NULL
     * @return 1 to allow it; 0: COCREATE_ERR_PERMISSION
     */
    int32_t (*authorize)(void *user, const char *actor, const char *action, const char *campaign);

    /**
     * Shall this be written? Asked with the events that are about to be, what is due by now included.
     *
     * @param events       canonical JSON, an array as cocreate_execute() returns it
     * @param[out] reason  why not, at most COCREATE_REASON bytes with the NUL
     * @return 0 to let it pass; else COCREATE_ERR_REFUSED with "veto: " and the reason
     */
    int32_t (*veto)(void *user, const char *events, char *reason);

    /** The events from `first` to `last` are on disk: after a commit, for a batch once. */
    void (*observe)(void *user, uint64_t first, uint64_t last);
} cocreate_hooks;

/**
 * Set the hooks of a store handle.
 *
 * @param store  an open store
 * @param hooks  copied; NULL takes them away
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT (size) or COCREATE_ERR_BUSY (from inside a hook)
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_store_hooks(cocreate_store *store, const cocreate_hooks *hooks, cocreate_error *error);

/**
 * What a command would do: executed like by cocreate_execute(), and undone.
 *
 * @param store      an open store that may be written
 * @param json       one command
 * @param size       its length
 * @param[out] out   as cocreate_execute(); the sequence numbers are those it would have had
 * @param[out] error why it would be refused, or NULL
 * @return as cocreate_execute()
 *
 * Holds the lock of the writer while it runs.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_preview(cocreate_store *store, const char *json, size_t size, cocreate_text **out,
                 cocreate_error *error);

/**
 * Events that match, as JSON Lines: an outbox that a host reads from where it stopped.
 *
 * @param store      an open store
 * @param from       the cursor: first sequence number to look at, from 1
 * @param limit      at most this many events; 0 = all
 * @param campaign   only its events, or NULL
 * @param type       only this type or, with a final '.', family: "award.paid", "award."; or NULL
 * @param[out] next  the cursor to go on with; NULL if not wanted
 * @param[out] out   as cocreate_events()
 * @return COCREATE_OK, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 *
 * Events are never renumbered or removed: a cursor stays good while others write. O(events looked at).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_events_since(cocreate_store *store, uint64_t from, uint64_t limit, const char *campaign,
                      const char *type, uint64_t *next, cocreate_text **out,
                      cocreate_error *error);

/**
 * The records out again, for programs of the field.
 *
 * @param store      an open store
 * @param campaign   its id; NULL only for "jsonl" (the whole log), "csv:participants", "csv:invitations"
 * @param of_round   of the campaign; needed for ballots in formats of the field, narrows tables, or NULL
 * @param format     "jsonl": events as by cocreate_events_since(); "csv:TABLE" (RFC 4180, a header) with
 *                   TABLE contributions, revisions, ballots, decisions, runs, awards, ledger, periods,
 *                   extras, useful, participants or invitations;
 *                   "preflib": the ballots that stand, rankings as .toi, others as .cat; "pabulib": .pb
 * @param[out] out   the file, to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND (campaign, round, format, table), COCREATE_ERR_ARGUMENT (the
 *         format cannot say what the round holds), COCREATE_ERR_REFUSED (the round has not opened),
 *         COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 *
 * Cells are written as they are: one that begins with '=' is a formula to a spreadsheet. Memory for the whole
 * file.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_export(cocreate_store *store, const char *campaign, const char *of_round,
                const char *format, cocreate_text **out, cocreate_error *error);

/**
 * The same for one viewer, who sees in it what cocreate_view() would show, and of
 *   jsonl         the course of the campaign and what the viewer did
 *   ballots       everybody's where the brief lets the viewer see "ballots", else at most their own
 *   decisions     their own, and of seen contributions once the round has its result
 *   runs          their own, and of seen contributions; private values are for the firm
 *   ledger, participants  all for the firm, nothing for others
 *   preflib, pabulib      all where the viewer may see everybody's ballots
 *
 * @param store      an open store
 * @param campaign   its id; NULL is for the host
 * @param of_round   as for cocreate_export()
 * @param format     as for cocreate_export()
 * @param viewer     a participant who asks, "host" for the platform itself, or NULL for anybody
 * @param[out] out   the file, to be freed with cocreate_text_free()
 * @param[out] error why the call failed, or NULL
 * @return as cocreate_export(); COCREATE_ERR_PERMISSION: not for this viewer
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_export_as(cocreate_store *store, const char *campaign, const char *of_round, const char *format,
                   const char *viewer, cocreate_text **out, cocreate_error *error);

/**
 * What the store holds of one person, for that person: GDPR, articles 15 (access) and 20 (portability).
 *
 * @param store        an open store
 * @param participant  whose data
 * @param[out] out     canonical JSON {"id","participant","attributes","person","roles","contributions",
 *                     "awards","events"}: the events are those the person caused; "person" is missing once
 *                     it is erased; "invited" {"count","people"} of whom they invited names who wrote what
 *                     this person may see with its authors; to be freed with cocreate_text_free()
 * @param[out] error   why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_IO or COCREATE_ERR_MEMORY
 *
 * Holds personal data in clear. O(events).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_export_person(cocreate_store *store, const char *participant, cocreate_text **out,
                       cocreate_error *error);

/**
 * Look for what must hold of every store at every moment: the replay of its log gives its state, counts
 * are those of the lists, shares sum to 1, balances to 0, nobody votes twice or for a work of their own,
 * what ended stays ended, strangers see no more than they may: docs/reference/store.md lists all.
 *
 * @param store      an open store
 * @param progress   reports and cancels the replay, or NULL
 * @param[out] out   canonical JSON {"invariants":[{"id","title","checked"}]}: how many things each was
 *                   looked for in; NULL if not wanted
 * @param[out] error on COCREATE_ERR_VERIFY the first that does not hold, and how many more
 * @return COCREATE_OK, COCREATE_ERR_VERIFY, COCREATE_ERR_IO, COCREATE_ERR_MEMORY or
 *         COCREATE_ERR_CANCELLED
 *
 * As cocreate_verify(), cocreate_show() and cocreate_view() of every campaign together, and two tallies
 * of every round with ballots. Where the replay fails nothing else is looked for. O(events) of memory.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_check(cocreate_store *store, const cocreate_progress *progress, cocreate_text **out,
               cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
