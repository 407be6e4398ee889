/* {"do":"pair.next"}: which pair somebody compares next. It writes nothing: the pair follows from what
 * stands, the seed of the brief and who asks. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/instruments/instrument.h"
#include "campaign/jury/jury.h"
#include "campaign/pairs/pairs.h"
#include "campaign/people/people.h"
#include "campaign/rounds/ballots.h"

typedef struct asking {
    cci_engine *e;
    cci_campaign *c;
    const cci_round_spec *spec;
    size_t round;
    const char *participant;
    struct cci_round_cache *cache;
    cci_pair_option *all;     /* by candidate */
    cci_pair_option *options; /* those that may be compared, then the others */
    size_t n, m;              /* candidates, and how many of them may be */
} asking;

/* ---- what stands ---- */

static cocreate_status add_duels(void *user, const char *id, json_t *row, cocreate_error *error)
{
    asking *q = user;
    uint32_t k = cci_string_set_find(&q->cache->candidates, id + strlen(q->spec->id) + 1);
    (void)error;
    if (k < q->n) {
        q->all[k].duels = json_integer_value(json_object_get(row, "duels"));
        q->all[k].wins = json_integer_value(json_object_get(row, "wins"));
    }
    return COCREATE_OK;
}

static cocreate_status add_seen(void *user, const char *id, json_t *row, cocreate_error *error)
{
    asking *q = user;
    uint32_t k = cci_string_set_find(&q->cache->candidates, strrchr(id, '\n') + 1);
    (void)error;
    if (k < q->n)
        q->all[k].seen = json_integer_value(json_object_get(row, "seen"));
    return COCREATE_OK;
}

/* May they judge this candidate? */
static cocreate_status may_judge(const asking *q, uint32_t k, int *out, cocreate_error *error)
{
    char reason[CCI_REASON_SIZE];
    cci_conflict kind = CCI_CONFLICT_NONE;
    json_t *row = NULL;
    uint32_t author = cci_string_set_find(&q->cache->authors, q->participant);
    *out = !q->cache->out_of_game[k] &&
           (q->spec->self_vote || author == CCI_TABLE_NONE || !cci_round_cache_authored(q->cache, author, k));
    if (!*out || q->spec->lead != CCI_LEAD_JURY)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(q->e, q->c->part, CCI_KIND_CONTRIBUTION, q->all[k].id, &row, error));
    cocreate_status status = cci_jury_conflict(q->e, q->c, q->spec, q->participant, q->all[k].id,
                                               json_object_get(row, "authors"), &kind, reason, error);
    *out = kind == CCI_CONFLICT_NONE;
    json_decref(row);
    return status;
}

static void draw_lots(asking *q, const char *context)
{
    cci_digest seed = cci_sha256(q->spec->pairs_seed, strlen(q->spec->pairs_seed));
    for (size_t k = 0; k < q->n; k++) {
        cci_digest ticket = cci_lot_ticket(seed.bytes, context, q->all[k].id);
        memcpy(q->all[k].lot, ticket.bytes, sizeof q->all[k].lot);
    }
}

/* Those that may be compared come first. */
static cocreate_status read_options(asking *q, cocreate_error *error)
{
    size_t last = q->n;
    for (size_t k = 0; k < q->n; k++)
        q->all[k].id = q->cache->candidates.items[k];
    CCI_TRY(cci_state_scan_by(q->e, q->c->part, CCI_KIND_DUEL, CCI_KEY(q->spec->id, ""), add_duels, q,
                              error));
    CCI_TRY(cci_state_scan_by(q->e, q->c->part, CCI_KIND_DUEL_SEEN, CCI_KEY(q->spec->id, q->participant, ""),
                              add_seen, q, error));
    char *context = cci_state_key(q->e, CCI_KEY(q->spec->id, q->participant));
    if (!context)
        return cci_no_memory(error);
    draw_lots(q, context);
    cci_free(&q->e->allocator, context);
    for (size_t k = 0; k < q->n; k++) {
        int may;
        CCI_TRY(may_judge(q, (uint32_t)k, &may, error));
        q->options[may ? q->m++ : --last] = q->all[k];
    }
    return COCREATE_OK;
}

/* ---- the choice ---- */

static cocreate_status compared(const asking *q, const char *a, const char *b, int *out,
                                cocreate_error *error)
{
    return cci_ballot_was_cast(q->e, q->c, q->round, q->participant, a, b, out, error);
}

static int by_lot(const cci_pair_option *x, const cci_pair_option *y)
{
    int order = memcmp(x->lot, y->lot, sizeof x->lot);
    return order ? order : strcmp(x->id, y->id);
}

/* Fewest duels, fewest of this person, lot. */
static int by_need(const void *a, const void *b)
{
    const cci_pair_option *x = a, *y = b;
    if (x->duels != y->duels)
        return x->duels < y->duels ? -1 : 1;
    if (x->seen != y->seen)
        return x->seen < y->seen ? -1 : 1;
    return by_lot(x, y);
}

/* An option beside the first: |difference of scores| = far / ((duels + 2) (duels of the first + 2)). */
typedef struct partner {
    const cci_pair_option *option;
    uint64_t far;
} partner;

/* Nearest in score, fewest duels, lot. */
static int by_nearness(const void *a, const void *b)
{
    const partner *x = a, *y = b;
    int order = cci_compare_products(x->far, (uint64_t)y->option->duels + 2, y->far,
                                     (uint64_t)x->option->duels + 2);
    if (order || x->option->duels == y->option->duels)
        return order ? order : by_lot(x->option, y->option);
    return x->option->duels < y->option->duels ? -1 : 1;
}

static cocreate_status distance(const cci_pair_option *a, const cci_pair_option *b, uint64_t *out,
                                cocreate_error *error)
{
    int64_t x, y;
    if (!cci_mul_i64(a->wins + 1, b->duels + 2, &x) || !cci_mul_i64(b->wins + 1, a->duels + 2, &y))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "'%s' has too many duels to compare", a->id);
    *out = (uint64_t)(x > y ? x - y : y - x);
    return COCREATE_OK;
}

/* The nearest of the others that they did not compare with this one; *out stays NULL where there is none. */
static cocreate_status partner_of(const asking *q, const cci_pair_option *first, partner *partners,
                                  const cci_pair_option **out, cocreate_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < q->m; i++)
        if (&q->options[i] != first) {
            partners[n].option = &q->options[i];
            CCI_TRY(distance(first, &q->options[i], &partners[n++].far, error));
        }
    if (n > 1)
        qsort(partners, n, sizeof *partners, by_nearness);
    for (size_t i = 0; i < n && !*out; i++) {
        int was;
        CCI_TRY(compared(q, first->id, partners[i].option->id, &was, error));
        if (!was)
            *out = partners[i].option;
    }
    return COCREATE_OK;
}

static cocreate_status choose(const asking *q, const cci_pair_option *pair[2], cocreate_error *error)
{
    partner *partners = cci_alloc(&q->e->allocator, q->m, sizeof *partners);
    cocreate_status status = partners ? COCREATE_OK : cci_no_memory(error);
    if (q->m > 1)
        qsort(q->options, q->m, sizeof *q->options, by_need);
    for (size_t i = 0; i < q->m && status == COCREATE_OK && !pair[1]; i++) {
        pair[0] = &q->options[i];
        status = partner_of(q, pair[0], partners, &pair[1], error);
    }
    cci_free(&q->e->allocator, partners);
    return status;
}

/* How many pairs are left for them: all less those compared. What they compared with an option that left is
 * taken out one by one. */
static cocreate_status count_left(const asking *q, int64_t *out, cocreate_error *error)
{
    int64_t seen = 0, gone = 0;
    for (size_t i = 0; i < q->m; i++)
        seen += q->options[i].seen;
    for (size_t g = q->m; g < q->n; g++)
        for (size_t i = 0; q->options[g].seen > 0 && i < q->m; i++) {
            int was;
            CCI_TRY(compared(q, q->options[g].id, q->options[i].id, &was, error));
            gone += was;
        }
    *out = (int64_t)q->m * ((int64_t)q->m - 1) / 2 - (seen - gone) / 2;
    return COCREATE_OK;
}

/* ---- the answer ---- */

static cocreate_status nothing_left(const asking *q, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "$.rounds[%zu].adaptive: no pair is left for '%.60s' in round '%.60s': of its %zu "
                    "options "
                    "%zu may be compared, and were, each with each",
                    q->round, q->participant, q->spec->id, q->n, q->m);
}

static cocreate_status answer(asking *q, json_t **out, cocreate_error *error)
{
    const cci_pair_option *pair[2] = {NULL, NULL};
    int64_t left;
    size_t open = 0;
    CCI_TRY(read_options(q, error));
    CCI_TRY(count_left(q, &left, error));
    CCI_TRY(choose(q, pair, error));
    if (!pair[1])
        return nothing_left(q, error);
    int swap = by_lot(pair[0], pair[1]) > 0; /* who stands left is drawn, too */
    json_t *told = cci_json_new(), *list = json_array();
    int made = cci_json_push(list, json_string(pair[swap]->id)) &&
               cci_json_push(list, json_string(pair[!swap]->id)) &&
               cci_json_put(told, "pair", json_incref(list)) &&
               cci_json_put(told, "left", json_integer(left)) &&
               cci_json_put(told, "round", json_string(q->spec->id)) &&
               cci_json_put(told, "participant", json_string(q->participant));
    json_decref(list);
    cocreate_status status = made ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && q->spec->pairs_z) {
        status = cci_pairs_open(q->spec, q->options, q->m, &open, error);
        if (status == COCREATE_OK && (!cci_json_put(told, "open", json_integer((json_int_t)open)) ||
                                      !cci_json_put(told, "settled", json_boolean(open == 0))))
            status = cci_no_memory(error);
    }
    if (status == COCREATE_OK)
        *out = told;
    else
        json_decref(told);
    return status;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    asking q = {.e = e, .c = command->campaign, .participant = command->actor};
    CCI_TRY(cci_round_named(q.c, command->body, &q.round, error));
    CCI_TRY(cci_json_id_opt(command->body, "participant", &q.participant, &CCI_ROOT, error));
    if (strcmp(command->actor, CCI_HOST) != 0 && strcmp(q.participant, command->actor) != 0)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' takes no pairs for '%s'", command->actor,
                        q.participant);
    q.spec = &q.c->brief.rounds[q.round];
    if (!(q.spec->counted & CCI_COUNTED_DUEL))
        return cci_refuse_round(error, q.round, "adaptive", "round '%s' chooses no pairs", q.spec->id);
    CCI_TRY(cci_round_cache_get(e, q.c, q.round, command->at, CCI_ALLOW_VOTE, &q.cache, error));
    CCI_TRY(cci_electorate_allows(e, q.c, q.round, q.participant, command->at, error));
    q.n = q.cache->candidates.count;
    q.all = cci_alloc(&e->allocator, q.n, sizeof *q.all);
    q.options = cci_alloc(&e->allocator, q.n, sizeof *q.options);
    cocreate_status status =
        q.all && q.options ? answer(&q, &decision->answer, error) : cci_no_memory(error);
    cci_free(&e->allocator, q.all);
    cci_free(&e->allocator, q.options);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "an open round of its brief that chooses pairs"},
    {"participant", "id", 0, "for whom, where the host speaks for a participant; default: the actor"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_pair_next = {
    "pair.next", "Ask which pair to compare next", parameters, NULL, decide, 0};
