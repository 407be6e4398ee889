/* The Banks set: who heads a chain of options, each of which beats all that follow, that nobody
 * could head. */
#include <string.h>

#include "ranking/condorcet/contest.h"
#include "ranking/condorcet/relation.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

/* Most options that are added to chains before the search is given up. */
#define STEPS_MAX ((uint64_t)1 << 22)

/* An option outside the Smith set heads no such chain: everyone in the set could head it. So the
 * search is in the set, by numbers. Beyond each of the rows of `beats` and `loses` stand, level by
 * level of the search, who beats the whole chain and who may still be added to it. */
struct search {
    cci_contest *c;
    size_t n, words;
    uint32_t *members;
    cci_relation beats, loses;
    uint64_t *heads, *free; /* n + 1 rows each */
    uint32_t *chain;
    uint32_t *against; /* by level: the head that the next option is added against */
    uint64_t steps;
};

static uint64_t *row_of(const struct search *s, uint64_t *rows, size_t level)
{
    return rows + level * s->words;
}

static int is_empty(const uint64_t *row, size_t words)
{
    for (size_t w = 0; w < words; w++)
        if (row[w] != 0)
            return 0;
    return 1;
}

static size_t first_bit(const uint64_t *row, const uint64_t *less, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        uint64_t left = row[w] & ~less[w];
        for (size_t bit = 0; left != 0; bit++, left >>= 1)
            if (left & 1u)
                return w * 64 + bit;
    }
    return SIZE_MAX;
}

/* The head against whom fewest options can be added: one that it does not beat. */
static uint32_t hardest(const struct search *s, size_t level)
{
    const uint64_t *heads = row_of(s, s->heads, level), *open = row_of(s, s->free, level);
    uint32_t best = 0;
    size_t fewest = SIZE_MAX;
    for (uint32_t u = 0; u < s->n; u++) {
        if (!(heads[u / 64] >> u % 64 & 1u))
            continue;
        const uint64_t *beaten = cci_relation_row(&s->beats, u);
        size_t count = 0;
        for (size_t w = 0; w < s->words; w++) {
            uint64_t left = open[w] & ~beaten[w];
            count += cci_count_bits(&left, 1);
        }
        if (count < fewest) {
            fewest = count;
            best = u;
        }
    }
    return best;
}

/* Add x to the chain, as its member `level`: heads beat x too; who may be added is comparable to x
 * and closes no circle of three with it. */
static void add(struct search *s, size_t level, size_t x)
{
    const uint64_t *heads = row_of(s, s->heads, level - 1), *open = row_of(s, s->free, level - 1);
    uint64_t *next_heads = row_of(s, s->heads, level), *next_open = row_of(s, s->free, level);
    const uint64_t *over = cci_relation_row(&s->loses, x), *under = cci_relation_row(&s->beats, x);
    for (size_t w = 0; w < s->words; w++) {
        next_heads[w] = heads[w] & over[w];
        next_open[w] = open[w] & (over[w] | under[w]);
    }
    for (size_t i = 0; i < level; i++) {
        int below = cci_above(&s->beats, s->chain[i], x);
        const uint64_t *a = below ? under : cci_relation_row(&s->beats, s->chain[i]);
        const uint64_t *b = below ? cci_relation_row(&s->loses, s->chain[i]) : over;
        for (size_t w = 0; w < s->words; w++)
            next_open[w] &= ~(a[w] & b[w]);
    }
    s->chain[level] = (uint32_t)x;
}

/* *length of a chain headed by `top` that nobody else could head, or 0. */
static cocreate_status search(struct search *s, uint32_t top, size_t *length, cocreate_error *error)
{
    size_t level = 0;
    *length = 0;
    s->chain[0] = top;
    memcpy(s->heads, cci_relation_row(&s->loses, top), s->words * sizeof *s->heads);
    memcpy(s->free, cci_relation_row(&s->beats, top), s->words * sizeof *s->free);
    s->against[0] = hardest(s, 0);
    while (!is_empty(row_of(s, s->heads, level), s->words)) {
        size_t x = first_bit(row_of(s, s->free, level),
                             cci_relation_row(&s->beats, s->against[level]), s->words);
        if (x == SIZE_MAX) {
            if (level-- == 0)
                return COCREATE_OK;
            continue;
        }
        row_of(s, s->free, level)[x / 64] &= ~(UINT64_C(1) << x % 64); /* tried once */
        if (s->steps++ == STEPS_MAX)
            return cci_fail(error, COCREATE_ERR_LIMIT,
                            "the Banks set of %zu options takes more than %llu steps to find", s->n,
                            (unsigned long long)STEPS_MAX);
        if (s->steps % 1024 == 0)
            CCI_TRY(cci_run_progress(s->c->run, s->steps, 0, error));
        add(s, ++level, x);
        s->against[level] = hardest(s, level);
    }
    *length = level + 1;
    return COCREATE_OK;
}

/* "a":["a","b",..]: the chain in its order, by how many of it each one beats. */
static void write_chain(struct search *s, size_t length, const char **comma)
{
    cci_contest *c = s->c;
    cci_buffer *out = &c->run->trace;
    for (size_t i = 0; i < length; i++) {
        size_t beaten = 0;
        for (size_t k = 0; k < length; k++)
            beaten += (size_t)cci_above(&s->beats, s->chain[i], s->chain[k]);
        c->list[length - 1 - beaten] = s->members[s->chain[i]];
    }
    cci_buffer_text(out, *comma);
    *comma = ",";
    cci_write_id(c->run, out, c->list[0]);
    cci_buffer_byte(out, ':');
    cci_write_ids(c->run, out, c->list, length);
    if (!cci_is_traced(c))
        return;
    cci_buffer_text(&c->run->notes, "No option beats all of the chain ");
    cci_write_list(c->run, &c->run->notes, c->list, length, " - ");
    cci_buffer_text(&c->run->notes, ".\n");
}

static cocreate_status find_all(struct search *s, cocreate_error *error)
{
    cci_contest *c = s->c;
    const char *comma = "";
    uint32_t *number = cci_contest_alloc(c, c->m, sizeof *number);
    if (number == NULL)
        return cci_no_memory(error);
    for (uint32_t i = 0; i < c->m; i++)
        number[i] = UINT32_MAX;
    for (uint32_t i = 0; i < s->n; i++)
        number[s->members[i]] = i;
    memset(c->in, 0, c->m);
    cci_write_blank(c);
    cci_buffer_text(&c->run->trace, ",\"chains\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t a = c->run->roster->by_key[i];
        size_t length = 0;
        if (number[a] != UINT32_MAX)
            CCI_TRY(search(s, number[a], &length, error));
        c->in[a] = length > 0;
        if (length > 0)
            write_chain(s, length, &comma);
    }
    cci_buffer_byte(&c->run->trace, '}');
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    return COCREATE_OK;
}

static cocreate_status prepare(struct search *s, cocreate_error *error)
{
    cci_contest *c = s->c;
    CCI_TRY(cci_majority_smith(&c->run->allocator, c->votes, c->m, NULL, c->in, error));
    s->members = cci_contest_alloc(c, c->m, sizeof *s->members);
    if (s->members == NULL)
        return cci_no_memory(error);
    for (uint32_t a = 0; a < c->m; a++)
        if (c->in[a])
            s->members[s->n++] = a;
    s->words = cci_relation_words(s->n);
    CCI_TRY(cci_relation_init(&s->beats, &c->run->allocator, s->n, error));
    CCI_TRY(cci_relation_init(&s->loses, &c->run->allocator, s->n, error));
    s->heads = cci_contest_alloc(c, (s->n + 1) * s->words, sizeof *s->heads);
    s->free = cci_contest_alloc(c, (s->n + 1) * s->words, sizeof *s->free);
    s->chain = cci_contest_alloc(c, s->n + 1, sizeof *s->chain);
    s->against = cci_contest_alloc(c, s->n + 1, sizeof *s->against);
    if (s->heads == NULL || s->free == NULL || s->chain == NULL || s->against == NULL)
        return cci_no_memory(error);
    for (size_t a = 0; a < s->n; a++)
        for (size_t b = 0; b < s->n; b++)
            if (cci_beats(c, s->members[a], s->members[b])) {
                cci_relation_set(&s->beats, a, b);
                cci_relation_set(&s->loses, b, a);
            }
    return find_all(s, error);
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    struct search s = {.c = c};
    cocreate_status status = prepare(&s, error);
    cci_free(&c->run->allocator, s.beats.rows);
    cci_free(&c->run->allocator, s.loses.rows);
    return status;
}

static cocreate_status run_banks(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_banks = {
    .name = "banks",
    .title = "Banks set: who heads a longest chain of wins",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), and exponential in the Smith set: at most 4,194,304 steps",
    .source = "Banks, Sophisticated voting outcomes and agenda control, Social Choice and Welfare 1 "
              "(1985); Woeginger, Banks winners in tournaments are difficult to recognize (2003)",
    .run = run_banks,
};
