/* Loss-Trimmer: whoever loses by most in all leaves, until somebody loses to nobody. */
#include <string.h>

#include "ranking/condorcet/criteria.h"
#include "ranking/condorcet/subsets.h"
#include "ranking/ties.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

struct trim {
    cci_contest *c;
    cci_subsets sets;
    uint8_t *left;
    int64_t *losses;
    uint64_t *set;
    size_t *ends;
    uint32_t *worst;
    cci_buffer out;  /* who left, as long as there is one order */
    int forked;
};

/* Whom nobody left beats wins; *found tells if there is anyone. */
static void take_unbeaten(struct trim *t, int *found)
{
    *found = 0;
    for (uint32_t a = 0; a < t->c->m; a++)
        if (t->left[a] && t->losses[a] == 0) {
            t->c->in[a] = 1;
            *found = 1;
        }
}

/* Who may leave: those that lose by most, or of them the last by the chain. They stand at the end
 * of the n in `worst`. */
static cocreate_status choose(struct trim *t, size_t *first, size_t *n, cocreate_error *error)
{
    int64_t most = 0;
    *n = *first = 0;
    for (uint32_t a = 0; a < t->c->m; a++) {
        if (!t->left[a] || t->losses[a] < most)
            continue;
        if (t->losses[a] > most)
            *n = 0;
        most = t->losses[a];
        t->worst[(*n)++] = a;
    }
    CCI_TRY(cci_ties_break(t->c->run, t->worst, *n, t->ends, t->forked, error));
    *first = *n - 1; /* of those the chain puts last */
    while (*first > 0 && t->ends[*first - 1] == *n)
        (*first)--;
    return COCREATE_OK;
}

static cocreate_status follow(struct trim *t, uint32_t index, cocreate_error *error)
{
    cci_contest *c = t->c;
    size_t first, n;
    int found, added;
    uint32_t next;
    for (uint32_t a = 0; a < c->m; a++)
        t->left[a] = (uint8_t)cci_has(cci_subset(&t->sets, index), a);
    CCI_TRY(cci_sum_losses(c, t->left, t->losses, error));
    take_unbeaten(t, &found);
    if (found)
        return COCREATE_OK;
    CCI_TRY(choose(t, &first, &n, error));
    t->forked |= n - first > 1;
    for (; first < n; first++) {
        uint32_t a = t->worst[first];
        memcpy(t->set, cci_subset(&t->sets, index), t->sets.words * sizeof *t->set);
        cci_drop(t->set, a);
        CCI_TRY(cci_subsets_meet(&t->sets, t->set, &next, &added, error));
        if (t->forked)
            continue;
        cci_buffer_text(&t->out, t->out.size > 0 ? "," : "");
        cci_write_id(c->run, &t->out, a);
        cci_buffer_text(&c->run->notes, cci_name(c->run, a));
        cci_buffer_format(&c->run->notes, " loses by %lld in all, and leaves.\n",
                          (long long)t->losses[a]);
    }
    return COCREATE_OK;
}

static void write_trace(struct trim *t)
{
    cci_contest *c = t->c;
    cci_buffer *out = &c->run->trace;
    cci_write_blank(c);
    cci_buffer_text(out, ",\"eliminated\":[");
    cci_buffer_add(out, t->out.data, t->out.size);
    cci_buffer_byte(out, ']');
    out->failed |= t->out.failed;
    cci_write_pairwise(c, "", "");
    if (t->forked) {
        cci_buffer_format(out, ",\"universes\":{\"sets\":%zu}", t->sets.count);
        cci_buffer_format(&c->run->notes,
                          "Several lose by as much, and nothing tells who leaves. Every order was "
                          "followed, over %zu sets of options.\n",
                          t->sets.count);
    }
    cci_write_set_names(c, &c->run->notes, c->in);
    cci_buffer_text(&c->run->notes, t->forked ? ": unbeaten by all that are left in some order.\n"
                                              : ": unbeaten by all that are left.\n");
}

static cocreate_status trim(struct trim *t, cocreate_error *error)
{
    cci_contest *c = t->c;
    uint32_t index;
    int added;
    t->left = cci_contest_alloc(c, c->m, sizeof *t->left);
    t->losses = cci_contest_alloc(c, c->m, sizeof *t->losses);
    t->set = cci_contest_alloc(c, t->sets.words, sizeof *t->set);
    t->ends = cci_contest_alloc(c, c->m, sizeof *t->ends);
    t->worst = cci_contest_alloc(c, c->m, sizeof *t->worst);
    if (t->left == NULL || t->losses == NULL || t->set == NULL || t->ends == NULL ||
        t->worst == NULL)
        return cci_no_memory(error);
    for (size_t a = 0; a < c->m; a++)
        cci_put(t->set, a);
    CCI_TRY(cci_subsets_meet(&t->sets, t->set, &index, &added, error));
    for (uint32_t i = 0; i < t->sets.count; i++)
        CCI_TRY(follow(t, i, error));
    CCI_TRY(cci_place_set(c, c->in, error));
    write_trace(t);
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    struct trim t = {.c = c};
    cci_subsets_init(&t.sets, c->run, c->m);
    cci_buffer_init(&t.out, &c->run->allocator);
    cocreate_status status = trim(&t, error);
    cci_buffer_free(&t.out);
    cci_subsets_free(&t.sets);
    return status;
}

static cocreate_status run_loss_trimmer(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_loss_trimmer = {
    .name = "loss_trimmer",
    .title = "Loss-Trimmer: whoever loses by most in all leaves, until somebody is unbeaten",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3); every order: options^2 for each of at most "
                  "65,536 sets",
    .source = "Darlington, The case for the Loss-Trimmer voting system, as pref_voting (Holliday & "
              "Pacuit) defines it",
    .run = run_loss_trimmer,
};
