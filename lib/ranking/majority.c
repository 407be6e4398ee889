/* Sets on the majority graph. */
#include "ranking/majority.h"

#include <string.h>

#define NONE SIZE_MAX

static int is_alive(const uint8_t *alive, size_t x)
{
    return alive == NULL || alive[x];
}

/* -- Condorcet winner and loser --------------------------------------------------------------- */

/* `beats(x, y)`, or turned around: whoever loses a comparison is out for good, so that one pass
 * leaves one candidate, and a second one tries it against all. */
static size_t above_all(const int64_t *matrix, size_t m, const uint8_t *alive, int turned)
{
    size_t best = NONE;
    for (size_t x = 0; x < m; x++)
        if (is_alive(alive, x) &&
            (best == NONE ||
             !cci_majority_beats(matrix, m, turned ? x : best, turned ? best : x)))
            best = x;
    for (size_t x = 0; x < m && best != NONE; x++)
        if (is_alive(alive, x) && x != best &&
            !cci_majority_beats(matrix, m, turned ? x : best, turned ? best : x))
            best = NONE;
    return best;
}

size_t cci_majority_winner(const int64_t *matrix, size_t m, const uint8_t *alive)
{
    return above_all(matrix, m, alive, 0);
}

size_t cci_majority_loser(const int64_t *matrix, size_t m, const uint8_t *alive)
{
    return above_all(matrix, m, alive, 1);
}

/* -- Smith ------------------------------------------------------------------------------------ */

/* Whoever beats most is in the set: a member beats all outside, and an outsider fewer. SIZE_MAX
 * where nobody is alive. */
static size_t most_wins(const int64_t *matrix, size_t m, const uint8_t *alive)
{
    size_t best = NONE, most = 0;
    for (size_t x = 0; x < m; x++) {
        size_t wins = 0;
        for (size_t y = 0; y < m && is_alive(alive, x); y++)
            wins += is_alive(alive, y) && cci_majority_beats(matrix, m, x, y);
        if (is_alive(alive, x) && (best == NONE || wins > most)) {
            best = x;
            most = wins;
        }
    }
    return best;
}

cocreate_status cci_majority_smith(const cocreate_allocator *a, const int64_t *matrix, size_t m,
                                   const uint8_t *alive, uint8_t *out, cocreate_error *error)
{
    size_t *members = cci_alloc(a, m, sizeof *members);
    uint8_t *in = cci_alloc(a, m, sizeof *in);
    if (members == NULL || in == NULL) {
        cci_free(a, members);
        cci_free(a, in);
        return cci_no_memory(error);
    }
    size_t n = 0, first = most_wins(matrix, m, alive);
    if (first != NONE) {
        members[n++] = first;
        in[first] = 1;
    }
    /* Whoever a member does not beat is a member. */
    for (size_t i = 0; i < n; i++)
        for (size_t y = 0; y < m; y++)
            if (!in[y] && is_alive(alive, y) && !cci_majority_beats(matrix, m, members[i], y)) {
                in[y] = 1;
                members[n++] = y;
            }
    memcpy(out, in, m);
    cci_free(a, members);
    cci_free(a, in);
    return COCREATE_OK;
}

/* -- Schwartz --------------------------------------------------------------------------------- */

/* The minimal undominated sets are the strong components of "beats" that no edge enters. Found by
 * two searches by depth (Kosaraju): one forwards for the order in which candidates are finished,
 * one backwards from the last finished, whose tree is a component. */
struct components {
    const int64_t *matrix;
    size_t m;
    const uint8_t *alive;
    size_t *stack;
    size_t *next;     /* where the search of a candidate goes on */
    size_t *finished; /* in this order */
    size_t count;     /* of finished */
    uint8_t *seen;
};

static void search(struct components *c, size_t root)
{
    size_t depth = 0;
    c->stack[depth++] = root;
    c->seen[root] = 1;
    while (depth > 0) {
        size_t x = c->stack[depth - 1], y = c->next[x];
        while (y < c->m && (c->seen[y] || !is_alive(c->alive, y) ||
                            !cci_majority_beats(c->matrix, c->m, x, y)))
            y++;
        c->next[x] = y;
        if (y == c->m) {
            c->finished[c->count++] = x;
            depth--;
        } else {
            c->seen[y] = 1;
            c->stack[depth++] = y;
        }
    }
}

/* The component of `root` among those not seen, onto the stack; returns its size. *entered is set
 * if someone of another component beats one of it. */
static size_t component(struct components *c, size_t root, uint8_t *mine, int *entered)
{
    size_t n = 0;
    c->stack[n++] = root;
    c->seen[root] = mine[root] = 1;
    *entered = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t y = 0; y < c->m; y++) {
            if (mine[y] || !is_alive(c->alive, y) ||
                !cci_majority_beats(c->matrix, c->m, y, c->stack[i]))
                continue;
            if (c->seen[y])
                *entered = 1;
            else {
                c->seen[y] = mine[y] = 1;
                c->stack[n++] = y;
            }
        }
    return n;
}

/* Components come out sources first, so that an edge into one comes from one seen before. */
static void mark_sources(struct components *c, uint8_t *mine, uint8_t *in)
{
    for (size_t x = 0; x < c->m; x++)
        if (!c->seen[x] && is_alive(c->alive, x))
            search(c, x);
    memset(c->seen, 0, c->m);
    while (c->count > 0) {
        size_t root = c->finished[--c->count];
        if (c->seen[root])
            continue;
        int entered;
        size_t n = component(c, root, mine, &entered);
        for (size_t i = 0; i < n; i++) {
            in[c->stack[i]] = !entered;
            mine[c->stack[i]] = 0;
        }
    }
}

cocreate_status cci_majority_schwartz(const cocreate_allocator *a, const int64_t *matrix, size_t m,
                                      const uint8_t *alive, uint8_t *out, cocreate_error *error)
{
    struct components c = {.matrix = matrix, .m = m, .alive = alive};
    uint8_t *mine = cci_alloc(a, m, sizeof *mine), *in = cci_alloc(a, m, sizeof *in);
    c.stack = cci_alloc(a, m, sizeof *c.stack);
    c.next = cci_alloc(a, m, sizeof *c.next);
    c.finished = cci_alloc(a, m, sizeof *c.finished);
    c.seen = cci_alloc(a, m, sizeof *c.seen);
    cocreate_status status = COCREATE_OK;
    if (mine == NULL || in == NULL || c.stack == NULL || c.next == NULL || c.finished == NULL ||
        c.seen == NULL)
        status = cci_no_memory(error);
    else {
        mark_sources(&c, mine, in);
        memcpy(out, in, m);
    }
    cci_free(a, mine);
    cci_free(a, in);
    cci_free(a, c.stack);
    cci_free(a, c.next);
    cci_free(a, c.finished);
    cci_free(a, c.seen);
    return status;
}
