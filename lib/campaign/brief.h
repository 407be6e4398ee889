/* A brief, parsed: what the engine and the rounds read. Strings are borrowed from `json`. */
#ifndef CCI_CAMPAIGN_BRIEF_H
#define CCI_CAMPAIGN_BRIEF_H

#include "base/digest.h"
#include "base/json.h"

#define CCI_SIDES_MAX 4 /* firm, customer, partner, public */

typedef enum cci_control { CCI_CONTROL_FIXED, CCI_CONTROL_OPEN } cci_control;
typedef enum cci_lead {
    CCI_LEAD_FIRM,
    CCI_LEAD_CUSTOMER,
    CCI_LEAD_METRIC,
    CCI_LEAD_JURY,
    CCI_LEAD_LOT
} cci_lead;
#define CCI_LEADS 5

/* What evidence looks like: instruments/instrument.h. */
typedef struct cci_instrument_type cci_instrument_type;

/* Of what a voter has one ballot in a round. */
typedef enum cci_ballot_unit {
    CCI_UNIT_VOTER,  /* one in all: a new one replaces the old */
    CCI_UNIT_OPTION, /* one for each option */
    CCI_UNIT_PAIR    /* one for each pair of options */
} cci_ballot_unit;

/* What may be done in a phase. */
enum {
    CCI_ALLOW_SUBMIT = 1,
    CCI_ALLOW_REVISE = 2,
    CCI_ALLOW_WITHDRAW = 4,
    CCI_ALLOW_VOTE = 8,
    CCI_ALLOW_DECIDE = 16,
    CCI_ALLOW_RUN = 32,
    CCI_ALLOW_COMMENT = 64,
    CCI_ALLOW_REVIEW = 128,
    CCI_ALLOW_FLAG = 256,
    CCI_ALLOW_APPEAL = 512,
    CCI_ALLOW_LABEL = 1024
};

typedef struct cci_phase {
    const char *id;
    int64_t opens, closes; /* half-open [opens, closes); absolute, or relative to publication */
    int relative;
    unsigned allows;
    int64_t grace_us; /* so much longer it takes what it allows, but ballots, decisions and runs */
    int late;         /* takes submissions after that, too, which are no candidates */
    const char *revises; /* only what this round selected may be revised in it; NULL: anything */
    int revises_by_lead; /* and by who leads it alone */
    int manual;       /* phase.advance opens and closes it; until then its times are
                         CCI_JSON_INTEGER_MAX */
} cci_phase;

/* One field of the form of a contribution. */
typedef enum cci_field_type {
    CCI_FIELD_TEXT,    /* min..max bytes */
    CCI_FIELD_INTEGER, /* min..max */
    CCI_FIELD_DECIMAL, /* exact; min..max */
    CCI_FIELD_CHOICE,  /* one of choices */
    CCI_FIELD_DIGEST,  /* "sha256:" + 64 hex */
    CCI_FIELD_AMOUNT   /* integer minor units >= 0 */
} cci_field_type;

typedef struct cci_field {
    const char *key;
    cci_field_type type;
    int required;
    int secret;              /* "private": for its authors and the firm alone */
    const json_t *min, *max; /* or NULL */
    const json_t *choices;   /* array of strings, or NULL */
} cci_field;

/* What a limit counts. */
typedef enum cci_limit_subject {
    CCI_LIMIT_CONTRIBUTION, /* works */
    CCI_LIMIT_RUN,          /* of a metric round */
    CCI_LIMIT_BALLOT,       /* of any round */
    CCI_LIMIT_COMMENT,      /* whatever answers another contribution */
    CCI_LIMIT_LABEL,        /* ballots of rounds with labels */
    CCI_LIMIT_PLEDGE,       /* and with pledges */
    CCI_LIMIT_FLAG          /* raised by somebody */
} cci_limit_subject;

typedef struct cci_limit {
    cci_limit_subject subject;
    int per_team;      /* counted for the participant, or for the contribution's team */
    int per_item;      /* for the participant and the contribution that it is about */
    int per_category;  /* for the participant and the category of the contribution */
    const char *attribute; /* counted for all who share its value together; NULL for each person */
    int64_t min_to_count; /* ballots of who casts fewer votes in a round do not count */
    int64_t max;
    int64_t window_us; /* 0 = the whole campaign; else fixed windows from the epoch plus offset */
    int64_t offset_us;
    int64_t rolling_us;    /* or the last so many microseconds; 0 none */
    int concurrent;        /* or what is live now */
    const json_t *exempt;  /* states of contributions that do not count; NULL none */
    const json_t *where;   /* the limit is for those who meet this predicate; NULL everybody */
} cci_limit;

enum {
    CCI_COUNTED_MILESTONE = 1,
    CCI_COUNTED_DROP = 2,
    CCI_COUNTED_PLEDGE = 4,
    CCI_COUNTED_EXTRAS = 8,
    CCI_COUNTED_TASK = 16,
    CCI_COUNTED_DUEL = 32,
    CCI_COUNTED_AGAIN = 64
};

/* What a revision of a candidate does to the ballots of a round that is open. */
typedef enum cci_revisions {
    CCI_REVISIONS_KEEP,
    CCI_REVISIONS_CLEAR, /* those that speak of it say nothing of it any more */
    CCI_REVISIONS_REFUSE /* it is not revised */
} cci_revisions;

typedef enum cci_cut {
    CCI_CUT_ALL,      /* everybody goes on */
    CCI_CUT_TOP,      /* places up to n, and cut_at_least where given; ties at the line by tie_in */
    CCI_CUT_AT_LEAST, /* score >= value */
    CCI_CUT_WINNERS   /* the winners of the method (committees, budgets) */
} cci_cut;

typedef enum cci_pick { CCI_PICK_LAST, CCI_PICK_BEST, CCI_PICK_FIRST, CCI_PICK_CHOSEN } cci_pick;

typedef struct cci_round_spec {
    const char *id;
    cci_lead lead;
    int binding;
    const cci_instrument_type *instrument;
    const char *phase;         /* id of the phase it runs in */
    unsigned sides;            /* who may vote or decide: bit per side, 1 firm, 2 customer,
                                  4 partner, 8 public */
    const json_t *electorate;  /* a predicate that they must meet, too; NULL none */
    const char *from_kind;     /* candidates are contributions of this kind; NULL: every work */
    const char *replaces;      /* the round that this one stands in for once it is annulled, or NULL */
    const char *from_round;    /* candidates: the selected of that round; NULL = all published */
    int64_t scale_min, scale_max;
    int64_t choices_min, choices_max; /* options on a ballot; 0 = no bound */
    int64_t points;            /* budget of points or credits a ballot; 0 = none */
    int64_t step;              /* what an up-vote counts */
    int64_t pledge_min;        /* least pledge, minor units */
    const char *hold_currency, *hold_rail; /* pledges are held in the journal; NULL: only counted */
    const json_t *labels;      /* array of texts, for labels */
    uint64_t accept;           /* which of them accept an option: bit i */
    const json_t *questions;   /* of a survey */
    int32_t kind;              /* the cocreate_ballot_kind that ballots become; 0 none */
    cci_ballot_unit unit;
    const json_t *panel;       /* jurors, array of ids; NULL: the electorate */
    int64_t per_entry, load;   /* assignments: jurors an entry (0: none are made), entries a juror */
    int64_t due_us;            /* of an assignment, from when it was offered; 0 none */
    int64_t coverage;          /* evaluations that every candidate needs, 0 none */
    const char *conflict_attribute; /* who shares it with an author may not judge; or NULL */
    const json_t *weights;     /* unit of voters' weights, an exact ratio; NULL: all count 1 */
    int recast;                /* may a voter change the ballot? (last wins) */
    cci_revisions revisions;
    int self_vote;             /* may authors vote for their own? default no */
    const char *method;        /* of ranking.h */
    const json_t *options;     /* its options, object */
    const char *budget;        /* decimal text, for budget methods; NULL none */
    const json_t *by_category; /* categories, each of which spends its own budget; NULL: one for all */
    int64_t quorum;            /* least number of ballots, 0 none */
    const char *quorum_share;  /* least share of the electorate or the candidates, or NULL */
    int quorum_of_candidates;
    const json_t *channels;    /* {channel: weight}, or NULL */
    const json_t *extras;      /* what a ballot may say yes to beside its marks, array of names; or NULL */
    int retract;               /* may a ballot be taken back? */
    int rolling;               /* candidates may join while it is open */
    int64_t per_entry_us;      /* how long each takes votes from its publication on, 0 always */
    cci_cut cut;
    int64_t cut_top;
    const char *cut_at_least;
    int tie_in;                /* ties across the line: 1 all in, 0 all out */
    int64_t select_min, select_max; /* decisions */
    int64_t half_life_us;      /* votes lose half their worth in so long, 0 never */
    int periods;               /* a rolling round selects period by period; else at its end alone: */
    int64_t every_us;          /* so often, 0 not, */
    const json_t *cuts;        /* or at these instants, or {"after_us"} of the publication; NULL not */
    int in_turn;               /* candidates are decided on in the order of the round before, */
    int64_t turn_us;           /* each within so long; 0 no matter */
    int reopens;               /* where it selects nobody, the metric round before opens again */
    int64_t draw_winners, draw_alternates; /* lots */
    unsigned counted;          /* who looks at its ballots while they come in: CCI_COUNTED_* */
    int64_t drop_after_us;     /* so long after its publication an entry is dropped, 0 never, */
    const char *drop_below;    /* where its score is less, */
    int drop_mean;             /* the mean of its ballots, else their sum, */
    int64_t drop_least;        /* and so many ballots speak of it */
    int64_t lease_us;          /* items are handed out for so long, 0 never, */
    int64_t lease_per_item;    /* to so many at once and in all */
    int lease_extra;           /* ballots without a lease count as extra, else they are refused */
    const json_t *retire;      /* rules, the first that is met retires an item; NULL none */
    const char *pairs_seed;    /* pairs are chosen by what stands and by this, "" where none is given */
    const char *pairs_z;       /* and their order is settled where neighbours are so far apart; NULL never */
    int64_t pairs_duels;       /* with so many duels each */
    const char *from_milestone; /* candidates: who has reached this milestone; NULL: no matter */
    int manual_certify;        /* 1: round.certify by the firm; 0: at once */
    /* metric */
    int ascending;
    int64_t decimals;          /* -1 exact */
    cci_pick pick;             /* which run of a contribution counts */
    int64_t chosen_max;        /* runs that its authors may choose */
    int splits;                /* runs have a public value, which is shown, and a private one, which ranks */
    int missing_out;           /* who has no value is not selected, whatever the cut */
    const char *last_call_line; /* a run as good as this ends the phase, after last_call_us; or NULL */
    int64_t last_call_us;
    const json_t *official;    /* categories whose entries are awarded; NULL: all */
    const json_t *ties;        /* tie chain as for ranking.h, or NULL */
    const char *seed_commitment; /* "sha256:..." of the lot seed, where the chain has "lot" */
} cci_round_spec;

typedef enum cci_milestone_base {
    CCI_FROM_PUBLISHED,
    CCI_FROM_PREVIOUS, /* the deadline of the milestone before */
    CCI_FROM_REACHED   /* the instant the one before was reached */
} cci_milestone_base;

typedef enum cci_milestone_reach {
    CCI_REACH_CONTINUE,
    CCI_REACH_FREEZE, /* no more votes */
    CCI_REACH_ADVANCE /* the contribution is shortlisted */
} cci_milestone_reach;

/* What a contribution must gather in a round by when; one after another as listed. */
typedef struct cci_milestone {
    const char *id;
    size_t round;      /* index */
    int amount;        /* the sum of what ballots give, else how many they are */
    int64_t target, within_us;
    cci_milestone_base base; /* what the time runs from */
    cci_milestone_reach on_reach;
    int keeps;         /* who misses it stays; else it expires */
} cci_milestone;

typedef enum cci_reward_on {
    CCI_ON_ROUND,   /* once, when the round is certified */
    CCI_ON_PERIOD,  /* by reward.evaluate */
    CCI_ON_CUT,     /* of what each period of the round selected, at its end */
    CCI_ON_DECISION /* of each that the firm selects in a rolling round, at once */
} cci_reward_on;

typedef struct cci_reward_spec {
    const char *id;
    const char *round;    /* its result is what the scheme is evaluated on; NULL only by periods */
    const json_t *scheme; /* "cocreate.incentives/1" */
    int expires;          /* what is not accepted or claimed in time ends by itself, and the next follows */
    cci_reward_on on;
    int periodic;         /* CCI_ON_PERIOD */
    const json_t *lists;  /* what the scheme reads of the campaign: {"votes": {"round": ID}}; or NULL */
    const char *guarantee; /* once this round selected somebody, the prize is promised; or NULL */
    const json_t *among;   /* who shares it where `round` failed: {"round": ID} | "contributors" */
    int64_t default_us;    /* so long after the phase of `round` closed, */
    int default_event;     /* by itself; else by reward.default */
    const json_t *default_funds; /* of these funds alone, by itself; NULL: of all */
    int64_t release_us;    /* so long after delivery an award is paid by itself; 0 never */
    const char *release_rail; /* by this rail */
    int64_t late_after_us; /* an award is delivered within so long, */
    int64_t late_each_us;  /* else for each so long begun, 0 never, */
    int64_t late_num, late_den; /* it loses this share of what it was */
    const json_t *influence; /* who shares with the authors: money/influence.h; NULL nobody */
    const json_t *obligations; /* what is to be reported for an award: money/obligations.h; NULL nothing */
} cci_reward_spec;

/* What is paid to the platform, to the account fees:<id>. */
typedef struct cci_fee {
    const char *id, *currency, *amount;
    int64_t minor;
    int on_submit; /* by the contributor, for each submission; */
    int on_refund; /* or taken of what goes back to the sponsor; else by the firm, once, for publishing */
    int64_t numerator, denominator; /* of a refund: the share, */
    const char *rounding;           /* rounded so */
} cci_fee;

typedef struct cci_rights_spec {
    const char *type;      /* none, nonexclusive, exclusive, assignment, cc */
    const char *terms;     /* version a submission must accept; NULL none */
    const char *effective; /* on_submit, on_select, on_payment, on_contract */
    int64_t hold_us;
    int release_events;    /* the end of the hold is an event, else it is shown */
    int required;          /* no award for a contribution is paid without its grant */
    int locked;            /* the authors of what is selected cannot revoke */
    int64_t revocable_after_us; /* from when a grant became active; -1 they cannot at all */
} cci_rights_spec;

/* Who may see something; the host sees all. */
typedef enum cci_audience {
    CCI_SEEN_BY_ALL, /* where the brief says nothing */
    CCI_SEEN_BY_NOBODY,
    CCI_SEEN_BY_OWNER,
    CCI_SEEN_BY_FIRM,    /* and the owner */
    CCI_SEEN_BY_VOTED,   /* who has a ballot that stands; and the firm and the owner */
    CCI_SEEN_AFTER_CLOSE /* all, once every phase has closed; before that the firm and the owner */
} cci_audience;

typedef struct cci_visibility {
    cci_audience contributions, identities, counts;
    cci_audience ballots; /* whose ballot says what; where the brief says nothing, the owner */
    cci_audience jurors;  /* who sits on panels and judged what */
    cci_audience extras;  /* how many said yes beside their marks */
} cci_visibility;

typedef struct cci_brief {
    cocreate_allocator allocator;
    json_t *json; /* owned */
    const char *title;
    const char *mode;
    cci_control control;
    unsigned contributors; /* sides that may contribute, bits as above */
    unsigned kinds;        /* of contributions, bits as in graph/kinds.h */
    const char *work;      /* the kind of a contribution that names none */
    int pre_moderation;    /* contributions are published by contribution.screen */
    int useful;            /* whoever was answered marks what helped */
    int authors_merge;     /* who wrote both may merge them, else the firm alone */
    int64_t team_max;      /* authors of one contribution; 1 = no teams */
    cci_phase *phases;
    size_t n_phases;
    cci_field *fields;
    size_t n_fields;
    int extra_fields;      /* open contribution: fields beyond the form are legal */
    cci_limit *limits;
    size_t n_limits;
    int limits_ballots;    /* does one of them count ballots? */
    cci_round_spec *rounds;
    size_t n_rounds;
    cci_reward_spec *rewards;
    size_t n_rewards;
    cci_milestone *milestones;
    size_t n_milestones;
    cci_fee *fees;
    size_t n_fees;
    int64_t appeal_us;     /* so long a removal, a decline, a dismissed flag may be appealed; 0 never */
    const json_t *reasons; /* of flags and removals, array of texts; NULL any */
    int64_t answer_within_us; /* the firm means to answer a contribution by then; 0 none */
    int64_t unpaid_us;     /* where nothing is paid for so long the campaign ends; 0 never */
    int64_t notice_us;     /* so long ahead rules may be tightened; 0: they are relaxed alone */
    cci_rights_spec rights;
    cci_visibility visibility;
} cci_brief;

/* Parse and check a brief, including its methods and schemes. `json` is copied; the copy is
 * completed by every default, and parsing it again gives the same. Errors carry the JSON path. On
 * failure *out is untouched. */
cocreate_status cci_brief_parse(const cocreate_allocator *a, const json_t *json, cci_brief *out,
                                cocreate_error *error);
/* Does a brief that comes in mean something where it is legal? A replay takes what was taken. */
cocreate_status cci_brief_sense(const cci_brief *brief, cocreate_error *error);
void cci_brief_free(cci_brief *b);
/* The round of this id, or NULL; while the brief is read, among the rounds read so far. */
const cci_round_spec *cci_brief_round(const cci_brief *b, const char *id);
/* The phase of this id, or NULL. */
cci_phase *cci_brief_phase(const cci_brief *b, const char *id);
/* SHA-256 of the canonical text of a completed brief. */
cocreate_status cci_brief_digest(const cci_brief *b, char out[CCI_DIGEST_TEXT],
                                 cocreate_error *error);

/* Lower the "seats" of a method's options to the options that run. 0 when memory is short. */
int cci_seats_fit(json_t *options, size_t running);

/* Decimals of the minor unit of a scheme that was checked. */
cocreate_status cci_scheme_exponent(const json_t *scheme, int32_t *out, cocreate_error *error);

/* "firm" .. to its bit and back; 0 / NULL for others. */
unsigned cci_side_bit(const char *side);
const char *cci_side_name(unsigned bit);

#endif
