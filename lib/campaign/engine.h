/* The engine: commands are decided into events, events are applied to rows.
 *
 * decide reads state and writes nothing but its decision; apply is the only writer of state, and
 * replay runs the same apply. A command and its events are one transaction. */
#ifndef CCI_CAMPAIGN_ENGINE_H
#define CCI_CAMPAIGN_ENGINE_H

#include "base/digest.h"
#include "base/json.h"
#include "campaign/brief.h"
#include "cocreate/boundary.h"
#include "log/tree.h"
#include "store/backend.h"

/* Kinds of state rows. Values are in files: never change one. */
typedef enum cci_kind {
    CCI_KIND_CAMPAIGN = 1,     /* part 0, id = campaign: {"part", "brief", "state", ...} */
    CCI_KIND_PARTICIPANT = 2,  /* part 0, id = participant */
    CCI_KIND_CONTRIBUTION = 3, /* id = contribution */
    CCI_KIND_AUTHOR = 4,       /* id = participant "\n" contribution: index of authorship */
    CCI_KIND_ROUND = 5,        /* id = round: state, candidates, result */
    CCI_KIND_DECISION = 6,     /* id = round "\n" contribution */
    CCI_KIND_RUN = 7,          /* id = round "\n" run */
    CCI_KIND_AWARD = 8,        /* id = award */
    CCI_KIND_ENTRY = 9,        /* id = number of the journal entry, 12 digits */
    CCI_KIND_RIGHT = 10,       /* id = contribution: grant of rights */
    CCI_KIND_TEAM = 12,        /* id = team */
    CCI_KIND_PAYEE = 11,       /* id = participant: {"facts","payments"} */
    CCI_KIND_EDGE = 13,        /* id = from "\n" type "\n" to: an edge between contributions */
    CCI_KIND_EDGE_TO = 14,     /* id = to "\n" from "\n" type: the same edge from its other end, {} */
    CCI_KIND_REVISION = 15,    /* id = contribution "\n" number, 6 digits: revisions/revisions.h */
    CCI_KIND_FLAG = 17,        /* id = flag */
    CCI_KIND_FLAG_MARK = 47,   /* id = contribution "\n" reporter "\n" revision: {"flag"} */
    CCI_KIND_APPEAL = 48,      /* id = appeal */
    CCI_KIND_RESPONSE = 18,    /* id = contribution "\n" response: what the firm answered */
    CCI_KIND_SALE = 19,        /* id = reward "\n" period: what was reported, and what is carried */
    CCI_KIND_COUNT = 16,       /* id = round "\n" contribution: what standing ballots give it */
    CCI_KIND_TIMER = 45,       /* id = instant, what, subject: timers.h */
    CCI_KIND_MILESTONE = 46,   /* id = contribution: how far it is */
    CCI_KIND_ASSIGNMENT = 20,  /* id = round "\n" juror "\n" contribution: {"state", "due"} */
    CCI_KIND_CONFLICT = 21,    /* id = juror "\n" contribution: what the juror declared */
    CCI_KIND_TEAM_WORK = 41,   /* id = team "\n" contribution: what was submitted for it */
    CCI_KIND_TEAM_CHANGE = 42, /* id = team "\n" number, 6 digits: its history */
    CCI_KIND_TEAM_MEMBER = 43, /* id = participant: {"team"}, the live one */
    CCI_KIND_HOLDER = 44,      /* id = attribute "\n" value "\n" contribution: limits/limits.h */
    CCI_KIND_ROLE = 22,        /* part 0, id = participant "\n" role "\n" campaign or "*" */
    CCI_KIND_TASK = 23,        /* id = round "\n" contribution: tasks/tasks.h */
    CCI_KIND_LEASE = 24,       /* id = round "\n" participant: the last that they took */
    CCI_KIND_TASK_ORDER = 70,  /* id = round "\n" load "\n" published "\n" contribution: may be taken */
    CCI_KIND_DUEL = 71,        /* id = round "\n" contribution: pairs/pairs.h */
    CCI_KIND_DUEL_SEEN = 72,   /* id = round "\n" participant "\n" contribution */
    CCI_KIND_USE = 26,         /* id = "category\n" category: {"live"}: running counts of limits */
    CCI_KIND_PLEDGE = 27,      /* id = round "\n" voter "\n" contribution: what is held */
    CCI_KIND_FEE = 28,         /* id = fee "\n" participant: {"paid","used"}; fee "\n\n" reference */
    CCI_KIND_DROP = 51,        /* id = round "\n" contribution: rounds/drop.h */
    CCI_KIND_PERIOD = 52,      /* id = round "\n" number, 6 digits: rounds/periods.h */
    CCI_KIND_EXTRA = 53,       /* id = round "\n" voter "\n" contribution: rounds/extras.h */
    CCI_KIND_CHOICE = 50,      /* id = round "\n" contribution: the runs that its authors chose */
    CCI_KIND_USEFUL = 55,      /* id = contribution "\n" marker: care/useful.h */
    CCI_KIND_INVITATION = 56,  /* part 0, id = participant: {"by", "at"}, who invited them */
    CCI_KIND_AGAIN = 57,       /* id = round "\n" voter: whose ballot lost a mark and may be cast again */
    CCI_KIND_SEAL = 65,        /* id = round: what its sealed ballots are; segments/segment.h */
    CCI_KIND_SEGMENT = 66,     /* id = round "\n" number: sealed ballots, no document */
    CCI_KIND_ATTRIBUTES = 40   /* part 0, id = participant: its attributes */
} cci_kind;

/* A campaign in memory: its document and its parsed brief. Borrowed from the engine's cache; valid
 * until the next apply to it or rollback. */
typedef struct cci_campaign {
    char *id;
    int64_t part; /* campaign number << 12 */
    json_t *doc;  /* the CCI_KIND_CAMPAIGN row */
    cci_brief brief; /* once published, its phases are absolute */
    struct cci_round_cache *rounds; /* candidate tables of open rounds, for the fast path */
    struct cocreate_ledger *ledger; /* the journal, once it was read; changed by apply alone */
    int dirty; /* changed, or read after a change, in this transaction: dropped if it is undone */
} cci_campaign;

/* When the next phase of a campaign opens or closes; INT64_MAX never. */
typedef struct cci_due_time {
    char *id;
    int64_t at;
} cci_due_time;

typedef struct cci_engine {
    cocreate_store *store;
    cocreate_allocator allocator;
    cci_tree tree; /* of the committed and uncommitted events */
    int64_t last_at;
    uint64_t batch; /* in which the head was read, 0 outside one */
    cci_campaign **campaigns; /* cache */
    size_t n_campaigns, cap_campaigns;
    cci_due_time *dues; /* one a published campaign; valid when `dues_known` */
    size_t n_dues, cap_dues;
    int dues_known;
    int64_t next_due;   /* the least of them */
    int in_transaction;
    int campaigns_written; /* in this transaction */
    cci_tree undo_tree;    /* as they were when the transaction began */
    int64_t undo_last_at;
    json_t *outcome; /* array that collects the events of the running command, or NULL */
    json_t *answer;  /* and what it is answered with, or NULL */
    int verifying;   /* replay: no personal data, results recomputed */
    cocreate_hooks hooks;
    int in_hook;     /* the host is asked: it must not use the store */
    int previewing;  /* the running command is undone at its end */
    const char *const *hidden; /* contributions that read as if there were none, or NULL: report/hidden.c */
    int64_t hidden_part;       /* in which campaign */
    uint64_t unseen; /* first event of the open batch that the host was not told of, or 0 */
} cci_engine;

/* The engine of a store, made on first use and attached to it. */
cocreate_status cci_engine_of(cocreate_store *store, cci_engine **out, cocreate_error *error);

/* ---- state: reading (decide and apply) ---- */

/* A row as a document the caller owns, or NULL where there is none. part 0 for store-wide rows. */
cocreate_status cci_state_get(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                              json_t **out, cocreate_error *error);
/* Visit rows in order of id; prefix may be NULL. `doc` is borrowed for the call. */
typedef cocreate_status (*cci_state_visitor)(void *user, const char *id, json_t *doc,
                                             cocreate_error *error);
cocreate_status cci_state_scan(cci_engine *e, int64_t part, cci_kind kind, const char *prefix,
                               cci_state_visitor visit, void *user, cocreate_error *error);
/* The ids of rows that are about several things: their ids in a row, CCI_KEY(round, contribution); it ends at
 * the first NULL. A prefix ends with "": CCI_KEY(round, ""). */
#define CCI_KEY(...) ((const char *const[]){__VA_ARGS__, NULL})
/* Such an id as text, "round \n contribution" (no id holds a control character), owned by the caller; NULL
 * where memory is short. */
char *cci_state_key(const cci_engine *e, const char *const *key);
/* A number as one of these ids, of six digits, so that rows sort by it. Returns `out`. */
#define CCI_STATE_NUMBER 24
const char *cci_state_number(int64_t number, char out[CCI_STATE_NUMBER]);
cocreate_status cci_state_get_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                 json_t **out, cocreate_error *error);
cocreate_status cci_state_scan_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                  cci_state_visitor visit, void *user, cocreate_error *error);

/* COCREATE_ERR_NOT_FOUND with "no campaign 'x'". */
cocreate_status cci_campaign_get(cci_engine *e, const char *id, cci_campaign **out,
                                 cocreate_error *error);

/* ---- state: writing (apply only) ---- */

cocreate_status cci_state_put(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                              const json_t *doc, cocreate_error *error);
cocreate_status cci_state_put_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                 const json_t *doc, cocreate_error *error);
cocreate_status cci_state_delete(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                                 cocreate_error *error);
cocreate_status cci_state_delete_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                    cocreate_error *error);
/* The cached campaign changed: write its document and forget derived tables. */
cocreate_status cci_campaign_put(cci_engine *e, cci_campaign *c, cocreate_error *error);
/* The same where only its counts changed: who joins is no candidate of a round that is open, so the
 * tables of open rounds, which cost a look at every candidate, stay good. */
cocreate_status cci_campaign_put_counts(cci_engine *e, cci_campaign *c, cocreate_error *error);

/* ---- commands ---- */

/* The platform itself; no participant can have this id. */
#define CCI_HOST "host"

typedef struct cci_command {
    int64_t at;
    const char *actor;   /* CCI_HOST or a participant */
    const char *name;    /* "contribution.submit" */
    json_t *body;        /* the whole command object, its parameters checked against the table */
    cci_campaign *campaign; /* where the command names one that exists; else NULL */
    size_t transitions;  /* events that were due and have happened before it */
} cci_command;

/* Events a decide asks for, in order; each sees the state the ones before it leave only when it is
 * applied, so a decide adds what it can foresee and leaves the rest to cci_due. */
typedef struct cci_decision {
    json_t *events; /* array of {"type", "campaign" or absent, "data"}; NULL while empty */
    int exists;     /* the same content is there already */
    json_t *answer; /* what the caller asked for, told beside the events; or NULL */
    const char *person; /* whose personal data goes beside the log, or NULL; borrowed */
    uint8_t salt[32];
    cci_buffer payload;
} cci_decision;

/* Steals `data`, also on failure; NULL data is COCREATE_ERR_MEMORY, so that constructors nest.
 * `campaign` NULL for store-wide events. */
cocreate_status cci_decide(cci_decision *d, const char *type, const cci_campaign *campaign,
                           json_t *data, cocreate_error *error);

void cci_decision_free(cci_decision *d);

typedef struct cci_parameter {
    const char *name;
    const char *type; /* "id", "text", "integer", "time", "object", "array", "decimal", "boolean" */
    int required;
    const char *about;
} cci_parameter;

/* One command: a file under commands/ and a line in commands.c. Unknown members of a command are
 * refused from `parameters` before decide is called; "at", "actor", "do" are implied. */
typedef struct cci_command_type {
    const char *name;
    const char *title;
    const cci_parameter *parameters; /* ended by a NULL name */
    const char *const *sides;        /* sides that may call it (NULL-ended), or NULL for any; "host"
                                        always may */
    cocreate_status (*decide)(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error);
    int creates; /* the campaign it names need not exist yet */
} cci_command_type;

extern const cci_command_type *const cci_command_types[]; /* NULL-ended */
extern const char *const cci_firm_alone[];                /* the sides of most commands: the firm */

/* ---- events ---- */

typedef struct cci_event {
    uint64_t seq;
    int64_t at;
    const char *actor;
    const char *type;
    cci_campaign *campaign; /* or NULL */
    json_t *data;
} cci_event;

/* One event type: in the file of the command or transition that makes it, and a line in events.c.
 * `check`, where given, recomputes during verification what decide computed then (places, awards)
 * and is called before apply; it fails with COCREATE_ERR_VERIFY naming the first difference. */
typedef struct cci_event_type {
    const char *type;
    cocreate_status (*apply)(cci_engine *e, const cci_event *event, cocreate_error *error);
    cocreate_status (*check)(cci_engine *e, const cci_event *event, cocreate_error *error);
} cci_event_type;

extern const cci_event_type *const cci_event_types[]; /* NULL-ended */
/* Of the store and not of a campaign: may name none. Every other event that names none is
 * COCREATE_ERR_CORRUPT before its type sees it. */
int cci_event_storewide(const cci_event_type *type);

/* Run an event on the state: its check while verifying, then its apply. */
cocreate_status cci_apply(cci_engine *e, const cci_event *event, cocreate_error *error);

/* ---- transitions ---- */

/* One transition that is due by `at` in this campaign, decided from the state; leaves the decision
 * empty when there is none. The engine calls it until it stays empty. Order: by due time, then
 * phases close before phases open before rounds. In transitions.c (phases) and rounds.c. */
cocreate_status cci_due(cci_engine *e, cci_campaign *c, int64_t at, cci_decision *decision,
                        cocreate_error *error);
/* The rounds' part of cci_due: open, close, tally, certify where automatic, award. */
cocreate_status cci_round_due(cci_engine *e, cci_campaign *c, int64_t at, cci_decision *decision,
                              cocreate_error *error);

/* Inside a transaction: let happen what is due by `at` in every campaign, through cci_due, in order
 * of time; the events carry the instant they were due, or the last one of the log if that is later.
 * Cheap when nothing is: after any event a campaign is settled until cci_due stays empty, so only
 * the passing of a phase boundary can make something due; the engine caches the next ones. */
cocreate_status cci_settle(cci_engine *e, int64_t at, cocreate_error *error);

/* Window of a phase in absolute time: 1, or 0 before publication. Half-open [opens, closes). */
int cci_phase_window(const cci_campaign *c, const char *phase, int64_t *opens, int64_t *closes);

/* ---- the one way in ---- */

/* Run a command: transitions that are due first, then decide, append its events, apply them,
 * transitions again; all in one transaction or save point. `body` holds its parameters. *out, where
 * wanted, is canonical JSON {"events":[...],"status":"done"|"exists"}, made before the commit. */
cocreate_status cci_run(cci_engine *e, int64_t at, const char *actor, const char *name,
                        const json_t *body, cocreate_text **out,
                        cocreate_error *error);

/* Append an event that was decided by hand (the fast path of votes): payload is canonical JSON made
 * by the caller. Does not apply. Inside cci_transaction_begin..end only. */
cocreate_status cci_append(cci_engine *e, int64_t part, int64_t at, const char *payload,
                           size_t size, cocreate_error *error);
/* The next sequence number. */
uint64_t cci_next_seq(const cci_engine *e);
/* A transaction, or a save point inside a batch. end commits when `status` is a success (also
 * COCREATE_EXISTS), and undoes everything since begin otherwise, including the tree and caches; it
 * returns `status`, or the failure of the commit. */
cocreate_status cci_transaction_begin(cci_engine *e, cocreate_error *error);
cocreate_status cci_transaction_end(cci_engine *e, cocreate_status status, cocreate_error *error);
/* How every command starts, the fast path of votes too: the store takes commands, a transaction begins
 * and what is due by `at` has happened. On failure nothing is open. End with cci_transaction_end.
 *
 * A command that is late, from before the last event, may only be answered COCREATE_EXISTS (it was
 * executed and is sent again) or COCREATE_ERR_TIME by cci_fail_late(). */
cocreate_status cci_command_begin(cci_engine *e, int64_t at, cocreate_error *error);

int cci_is_late(const cci_engine *e, int64_t at);
cocreate_status cci_fail_late(const cci_engine *e, int64_t at, cocreate_error *error);

/* Derived tables of a campaign's rounds; NULL is fine. In rounds/cache.c. */
void cci_round_cache_free(struct cci_round_cache *cache);
/* Rows they were made from have changed; they go if that is undone, too. */
void cci_rounds_forget(cci_campaign *c);

/* cci_refuse(error, rule, format, ...): a rule of the brief refuses. COCREATE_ERR_REFUSED with
 * "<rule>: <text>", where rule is a JSON path into the brief, as "$.limits[0]". */
#define cci_refuse(error, ...) cci_fail_about((error), COCREATE_ERR_REFUSED, __VA_ARGS__)
/* The same where the rule is a path, cci_refuse_at(error, &path, format, ...). */
#define cci_refuse_at(error, ...) cci_json_fail((error), COCREATE_ERR_REFUSED, __VA_ARGS__)
/* The same of "$.rounds[round].key", or of the round where `key` is NULL. */
cocreate_status cci_refuse_round(cocreate_error *error, size_t round, const char *key, const char *format,
                                 ...) CCI_FORMAT(4, 5);

/* Side of somebody who acts: "firm", "customer", "partner", "public", or "host".
 * COCREATE_ERR_NOT_FOUND for an unknown participant, COCREATE_ERR_PERMISSION for one who is suspended
 * or erased. */
cocreate_status cci_side_of(cci_engine *e, const char *participant, const char **side,
                            cocreate_error *error);
/* Does who is of this side speak for the firm: its own people, and the host? */
int cci_speaks_for_firm(const char *side);

#endif
