/* Comparisons, places and traces of the methods on majorities. */
#include "ranking/condorcet/contest.h"

#include <string.h>

#include "ranking/ties.h"
#include "ranking/write.h"

const char *const cci_unranked[] = {"bottom", "ignored", NULL};
const char *const cci_strengths[] = {"winning_votes", "margins", NULL};
const char *const cci_strengths_opposition[] = {"winning_votes", "margins", "opposition", NULL};

void *cci_contest_alloc(cci_contest *c, size_t count, size_t size)
{
    assert(c->block_count < CCI_CONTEST_BLOCKS);
    void *block = cci_alloc(&c->run->allocator, count, size);
    if (block != NULL)
        c->blocks[c->block_count++] = block;
    return block;
}

static cocreate_status hold(cci_contest *c,
                            cocreate_status (*work)(cci_contest *, cocreate_error *),
                            cocreate_error *error)
{
    c->in = cci_contest_alloc(c, c->m, sizeof *c->in);
    c->list = cci_contest_alloc(c, c->m, sizeof *c->list);
    if (c->in == NULL || c->list == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_pairwise(c->run, c->run->options[0].integer == 0, &c->votes, error));
    return work(c, error);
}

cocreate_status cci_contest_hold(cci_run *run,
                                 cocreate_status (*work)(cci_contest *, cocreate_error *),
                                 cocreate_error *error)
{
    cci_contest c = {.run = run, .m = run->roster->count};
    cocreate_status status = hold(&c, work, error);
    for (size_t i = 0; i < c.block_count; i++)
        cci_free(&run->allocator, c.blocks[i]);
    cci_free(&run->allocator, c.votes);
    return status;
}

/* -- Places ----------------------------------------------------------------------------------- */

static cocreate_status place_all(cci_contest *c, uint32_t *order, size_t members,
                                 cci_compare compare, void *context, cocreate_error *error)
{
    if (compare != NULL)
        CCI_TRY(cci_sort(&c->run->allocator, order, members, compare, context, error));
    for (size_t i = 0; i < members;) {
        size_t end = compare != NULL ? i + 1 : members;
        for (int equal = 0; end < members && equal == 0; end += equal == 0)
            CCI_TRY(compare(context, order[i], order[end], &equal, error));
        CCI_TRY(cci_ties_place(c->run, order + i, end - i, i + 1, error));
        i = end;
    }
    return members < c->m ? cci_ties_place(c->run, order + members, c->m - members, members + 1,
                                           error)
                          : COCREATE_OK;
}

cocreate_status cci_place_ranked(cci_contest *c, const uint8_t *in, cci_compare compare,
                                 void *context, cocreate_error *error)
{
    uint32_t *order = cci_alloc(&c->run->allocator, c->m, sizeof *order);
    if (order == NULL)
        return cci_no_memory(error);
    size_t members = 0, n = 0;
    for (uint32_t a = 0; a < c->m; a++)
        if (in == NULL || in[a])
            order[members++] = a;
    n = members;
    for (uint32_t a = 0; a < c->m && n < c->m; a++)
        if (!in[a])
            order[n++] = a;
    cocreate_status status = place_all(c, order, members, compare, context, error);
    cci_free(&c->run->allocator, order);
    return status;
}

struct keys {
    const int64_t *first, *second;
};

static cocreate_status by_keys(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const struct keys *k = context;
    (void)error;
    *out = (k->first[a] < k->first[b]) - (k->first[a] > k->first[b]);
    if (*out == 0 && k->second != NULL)
        *out = (k->second[a] < k->second[b]) - (k->second[a] > k->second[b]);
    return COCREATE_OK;
}

cocreate_status cci_place_by_keys(cci_contest *c, const uint8_t *in, const int64_t *first,
                                  const int64_t *second, cocreate_error *error)
{
    struct keys keys = {first, second};
    return cci_place_ranked(c, in, by_keys, &keys, error);
}

/* -- Traces ----------------------------------------------------------------------------------- */

void cci_write_blank(cci_contest *c)
{
    cci_buffer_format(&c->run->trace, "\"blank\":\"%lld\"", (long long)c->run->electorate->blank);
}

void cci_write_pairwise(cci_contest *c, const char *before, const char *after)
{
    cci_buffer *out = &c->run->trace;
    if (!cci_is_traced(c)) {
        cci_buffer_format(out, ",\"omitted\":[%s\"pairwise\"%s]", before, after);
        return;
    }
    for (uint32_t a = 0; a < c->m; a++)
        c->list[a] = a;
    cci_buffer_text(out, ",\"order\":");
    cci_write_ids(c->run, out, c->list, c->m);
    cci_buffer_text(out, ",\"pairwise\":");
    cci_write_matrix(c->run, out, c->votes);
}

static size_t list_set(cci_contest *c, const uint8_t *in)
{
    size_t n = 0;
    for (uint32_t a = 0; a < c->m; a++)
        if (in[a])
            c->list[n++] = a;
    return n;
}

void cci_write_set(cci_contest *c, cci_buffer *out, const uint8_t *in)
{
    size_t n = list_set(c, in);
    cci_write_ids(c->run, out, c->list, n);
}

void cci_write_set_names(cci_contest *c, cci_buffer *out, const uint8_t *in)
{
    size_t n = list_set(c, in);
    cci_write_names(c->run, out, c->list, n);
}

void cci_write_result(cci_contest *c, cci_buffer *out, uint32_t a, uint32_t b)
{
    int64_t with = c->votes[a * c->m + b], against = c->votes[b * c->m + a];
    cci_buffer_text(out, cci_name(c->run, a));
    cci_buffer_text(out, with > against ? " beats " : with < against ? " loses to " : " ties with ");
    cci_buffer_text(out, cci_name(c->run, b));
    cci_buffer_format(out, " by %lld %s to %lld", (long long)with, cci_votes_word(with),
                      (long long)against);
}
