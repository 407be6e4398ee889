/* The consensus rule: in each round every voter gets 1, the option whose supporters have most joins,
 * and those of its supporters who have something pay for all: together as much as there are voters,
 * each the same. Who has nothing left can owe. */
#include <string.h>

#include "ranking/committee/approvals.h"
#include "ranking/committee/path.h"
#include "ranking/write.h"

/* What the supporters of an option with something have together. */
struct support {
    mp_int sum;
    int64_t payers; /* how many they are */
    int known;      /* and neither has changed since */
};

struct consensus {
    cci_run *run;
    cci_approvals voters;
    size_t made;    /* numbers of `purses` that there are */
    mp_int *purses; /* of one voter of each ballot, over `unit` */
    size_t counted; /* sums of `supports` that there are */
    struct support *supports;
    mp_int unit;
    mp_int sum, term;
    cci_rational ratio;
};

static void forget(struct consensus *c)
{
    for (uint32_t o = 0; o < c->voters.candidates; o++)
        c->supports[o].known = 0;
}

static cocreate_status reset(void *state, cocreate_error *error)
{
    struct consensus *c = state;
    for (size_t b = 0; b < c->voters.ballots; b++)
        mp_set(&c->purses[b], 1); /* fits what mp_init has allocated */
    mp_set(&c->unit, 1);
    forget(c);
    (void)error;
    return COCREATE_OK;
}

static mp_err find_support(struct consensus *c, uint32_t candidate)
{
    const cci_approvals *v = &c->voters;
    struct support *s = &c->supports[candidate];
    mp_err result = MP_OKAY;
    if (s->known)
        return MP_OKAY;
    mp_zero(&s->sum);
    s->payers = 0;
    for (size_t i = v->first[candidate]; result == MP_OKAY && i < v->first[candidate + 1]; i++) {
        uint32_t b = v->supporters[i];
        if (mp_iszero(&c->purses[b]) || c->purses[b].sign == MP_NEG)
            continue;
        mp_set_i64(&c->term, v->weights[b]);
        result = mp_mul(&c->term, &c->purses[b], &c->term);
        if (result == MP_OKAY)
            result = mp_add(&s->sum, &c->term, &s->sum);
        s->payers += v->weights[b];
    }
    s->known = result == MP_OKAY;
    return result;
}

static cocreate_status find_tied(void *state, const uint8_t *open, uint32_t *tied, size_t *n,
                                 cocreate_error *error)
{
    struct consensus *c = state;
    *n = 0;
    for (uint32_t o = 0; o < c->voters.candidates; o++) {
        if (!open[o])
            continue;
        CCI_TRY(cci_big_status(find_support(c, o), error));
        const mp_int *best = *n > 0 ? &c->supports[tied[0]].sum : NULL;
        mp_ord order = best != NULL ? mp_cmp(&c->supports[o].sum, best) : MP_GT;
        if (order == MP_LT)
            continue;
        if (order == MP_GT)
            *n = 0;
        tied[(*n)++] = o;
    }
    return COCREATE_OK;
}

/* Everything over a unit that the price, voters / payers, can be told in. */
static mp_err refine(struct consensus *c, int64_t payers)
{
    /* unit / payers reduced is p / q, and then the multiple is q * unit */
    mp_set_i64(&c->term, payers);
    mp_err result = cci_rational_set_big(&c->ratio, &c->unit, &c->term, NULL) == COCREATE_OK
                        ? MP_OKAY
                        : MP_MEM;
    if (result == MP_OKAY)
        result = mp_mul(&c->unit, &c->ratio.den, &c->unit);
    for (size_t b = 0; result == MP_OKAY && b < c->voters.ballots; b++)
        result = mp_mul(&c->purses[b], &c->ratio.den, &c->purses[b]);
    return result;
}

static mp_err pay(struct consensus *c, uint32_t candidate, int64_t payers)
{
    const cci_approvals *v = &c->voters;
    mp_err result = refine(c, payers);
    if (result == MP_OKAY) { /* term = unit / payers * voters */
        mp_set_i64(&c->term, payers);
        result = mp_div(&c->unit, &c->term, &c->sum, NULL);
    }
    if (result == MP_OKAY) {
        mp_set_i64(&c->term, v->total);
        result = mp_mul(&c->term, &c->sum, &c->term);
    }
    for (size_t i = v->first[candidate]; result == MP_OKAY && i < v->first[candidate + 1]; i++) {
        mp_int *purse = &c->purses[v->supporters[i]];
        if (!mp_iszero(purse) && purse->sign != MP_NEG)
            result = mp_sub(purse, &c->term, purse);
    }
    return result;
}

static cocreate_status elect(void *state, uint32_t candidate, cocreate_error *error)
{
    struct consensus *c = state;
    mp_err result = find_support(c, candidate);
    if (result == MP_OKAY && c->supports[candidate].payers > 0)
        result = pay(c, candidate, c->supports[candidate].payers);
    for (size_t b = 0; result == MP_OKAY && b < c->voters.ballots; b++)
        result = mp_add(&c->purses[b], &c->unit, &c->purses[b]);
    forget(c);
    return cci_big_status(result, error);
}

/* The score: what the supporters have together. */
static cocreate_status find_scores(struct consensus *c, const uint8_t *open, cocreate_error *error)
{
    for (uint32_t o = 0; o < c->voters.candidates; o++) {
        if (!open[o])
            continue;
        CCI_TRY(cci_big_status(find_support(c, o), error));
        CCI_TRY(cci_rational_set_big(&c->ratio, &c->supports[o].sum, &c->unit, error));
        CCI_TRY(cci_value_set_rational(&c->run->allocator, &c->run->standings[o].score, &c->ratio,
                                       error));
    }
    return COCREATE_OK;
}

static cocreate_status tell(void *state, uint32_t candidate, const uint8_t *open, size_t round,
                            cci_buffer *trace, cci_buffer *note, cocreate_error *error)
{
    struct consensus *c = state;
    CCI_TRY(find_scores(c, open, error));
    CCI_TRY(cci_big_status(find_support(c, candidate), error));
    cci_buffer_format(trace, "\"payers\":\"%lld\",\"round\":%zu,\"support\":\"",
                      (long long)c->supports[candidate].payers, round);
    const cci_value *score = &c->run->standings[candidate].score;
    CCI_TRY(cci_value_text(score, trace, error));
    cci_buffer_byte(trace, '"');
    cci_buffer_text(note, ", whose supporters have ");
    CCI_TRY(cci_value_say(score, note, error));
    cci_buffer_text(note, " together");
    return COCREATE_OK;
}

static cocreate_status key(void *state, cci_buffer *out, int *known, cocreate_error *error)
{
    struct consensus *c = state;
    *known = 1;
    for (size_t b = 0; b < c->voters.ballots; b++) {
        CCI_TRY(cci_rational_set_big(&c->ratio, &c->purses[b], &c->unit, error));
        CCI_TRY(cci_rational_text(&c->ratio, out, error));
        cci_buffer_byte(out, ' ');
    }
    return COCREATE_OK;
}

static cocreate_status count(struct consensus *c, cocreate_error *error)
{
    cci_run *run = c->run;
    CCI_TRY(cci_approvals_open(run->electorate, &run->allocator, &c->voters, error));
    c->purses = cci_alloc(&run->allocator, c->voters.ballots, sizeof *c->purses);
    c->supports = cci_alloc(&run->allocator, c->voters.candidates, sizeof *c->supports);
    if (c->purses == NULL || c->supports == NULL)
        return cci_no_memory(error);
    for (; c->made < c->voters.ballots; c->made++)
        CCI_TRY(cci_big_status(mp_init(&c->purses[c->made]), error));
    for (; c->counted < c->voters.candidates; c->counted++)
        CCI_TRY(cci_big_status(mp_init(&c->supports[c->counted].sum), error));
    CCI_TRY(cci_big_status(mp_init_multi(&c->unit, &c->sum, &c->term, NULL), error));
    CCI_TRY(cci_rational_init(&c->ratio, error));
    const cci_path_rules rules = {c, reset, find_tied, elect, tell, key};
    return cci_path_run(run, &rules, error);
}

static cocreate_status run_consensus(cci_run *run, cocreate_error *error)
{
    struct consensus c = {.run = run};
    cocreate_status status = count(&c, error);
    for (size_t b = 0; b < c.made; b++)
        mp_clear(&c.purses[b]);
    for (size_t o = 0; o < c.counted; o++)
        mp_clear(&c.supports[o].sum);
    cci_free(&run->allocator, c.purses);
    cci_free(&run->allocator, c.supports);
    mp_clear_multi(&c.unit, &c.sum, &c.term, NULL);
    cci_rational_clear(&c.ratio);
    cci_approvals_close(&c.voters);
    return status;
}

const cci_method cci_method_consensus = {
    .name = "consensus",
    .title = "Consensus rule: voters save up, and those who have pay for all",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * approvals) sums of numbers that grow with the seats",
    .source = "Lackner, Perpetual voting: fairness in long-term decision making, AAAI (2020), "
              "Perpetual Consensus, with the approvals of every round the same",
    .run = run_consensus,
};
