#include "reward/sharing/shapley_game.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/shapley_value.h"

/* ---- reading ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The members of a coalition, ids in ascending order. */
static cocreate_status read_members(cci_evaluation *e, const json_t *row, const cci_path *path,
                                    cci_people *out, cocreate_error *error)
{
    json_t *list;
    cci_path at = cci_path_key(path, "members");
    CCI_TRY(cci_json_get_array(row, "members", &list, path, error));
    size_t n = json_array_size(list);
    *out = (cci_people){cci_arena_alloc(&e->scratch, n, sizeof *out->ids), 0};
    if (out->ids == NULL)
        return cci_no_memory(error);
    if (n == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "is empty: nobody together is worth nothing");
    for (; out->n < n; out->n++) {
        cci_path here = cci_path_at(&at, out->n);
        out->ids[out->n] = json_string_value(json_array_get(list, out->n));
        if (out->ids[out->n] == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not the id of a player");
    }
    qsort(out->ids, n, sizeof *out->ids, by_text);
    for (size_t i = 1; i < n; i++)
        if (strcmp(out->ids[i - 1], out->ids[i]) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%.128s\" is there twice",
                                 out->ids[i]);
    return COCREATE_OK;
}

/* Ids of a list of players. */
static cocreate_status listed_players(cci_evaluation *e, const cci_section *list, cci_people *out,
                                      cocreate_error *error)
{
    *out = (cci_people){cci_arena_alloc(&e->scratch, list->n, sizeof *out->ids), 0};
    if (out->ids == NULL)
        return cci_no_memory(error);
    for (; out->n < list->n; out->n++) {
        const json_t *row;
        cci_path path;
        CCI_TRY(cci_section_row(list, out->n, &row, &path, error));
        CCI_TRY(cci_json_id(row, "id", &out->ids[out->n], &path, error));
    }
    cci_people_sort(out);
    return out->n == list->n ? COCREATE_OK
                             : cci_json_fail(error, COCREATE_ERR_SCHEMA, &list->list,
                                             "a player is there twice");
}

/* Whoever is a member of a coalition. */
static cocreate_status coalition_players(cci_evaluation *e, const cci_section *list,
                                         cci_people *out, cocreate_error *error)
{
    size_t room = 0;
    for (size_t i = 0; i < list->n; i++)
        room += json_array_size(json_object_get(json_array_get(list->rows, i), "members"));
    *out = (cci_people){cci_arena_alloc(&e->scratch, room, sizeof *out->ids), 0};
    if (out->ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path;
        cci_people members;
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(read_members(e, row, &path, &members, error));
        memcpy(out->ids + out->n, members.ids, members.n * sizeof *members.ids);
        out->n += members.n;
    }
    cci_people_sort(out);
    return COCREATE_OK;
}

cocreate_status cci_game_players(cci_evaluation *e, const cci_rule *rule, const cci_game *game,
                                 cci_people *out, cocreate_error *error)
{
    cci_section players, coalitions;
    int own = game->form == CCI_GAME_AIRPORT || game->form == CCI_GAME_MAJORITY;
    CCI_TRY(cci_section_open(e, rule, "players", !own, &players, error));
    if (players.rows != NULL)
        return listed_players(e, &players, out, error);
    CCI_TRY(cci_section_open(e, rule, "coalitions", 0, &coalitions, error));
    return coalition_players(e, &coalitions, out, error);
}

/* A number of each player: "cost" or "weight". */
static cocreate_status player_numbers(cci_evaluation *e, const cci_rule *rule, const char *key,
                                      const cci_people *people, cci_number *out,
                                      cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "players", 0, &list, error));
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        const char *id;
        cci_path path, at = cci_path_key(&path, key);
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "id", &id, &path, error));
        size_t k = cci_people_find(people, id);
        assert(k < people->n);
        CCI_TRY(cci_row_number(row, key, 0, &out[k], &path, error));
        if (out[k].num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
    }
    return COCREATE_OK;
}

/* ---- closed forms ---- */

/* Dividends: a coalition's synergy is shared equally by its members (Harsanyi). */
static cocreate_status solve_synergy(cci_evaluation *e, const cci_section *list,
                                     const cci_people *people, cci_claims *claims,
                                     cci_rational *worth, cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path, at = cci_path_key(&path, "members");
        cci_people members;
        cci_number value;
        cci_rational part = {0};
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(read_members(e, row, &path, &members, error));
        CCI_TRY(cci_row_number(row, "value", 0, &value, &path, error));
        CCI_TRY(cci_add_number(worth, value, error));
        if (value.den > INT64_MAX / (int64_t)members.n)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &path,
                                 "a part of the value is no fraction of 64 bits");
        CCI_TRY(cci_rational_init(&part, error));
        cocreate_status status =
            cci_rational_set_i64(&part, value.num, value.den * (int64_t)members.n, error);
        for (size_t k = 0; k < members.n && status == COCREATE_OK; k++) {
            size_t p = cci_people_find(people, members.ids[k]);
            status = p < people->n
                         ? cci_rational_add(&claims->weights[p], &part, &claims->weights[p], error)
                         : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                         "\"%.128s\" is no player", members.ids[k]);
        }
        cci_rational_clear(&part);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

typedef struct cost {
    cci_number cost;
    size_t player;
} cost;

static int by_cost(const void *a, const void *b)
{
    const cost *x = a, *y = b;
    int order = cci_number_compare(x->cost, y->cost);
    return order != 0 ? order : (x->player > y->player) - (x->player < y->player);
}

/* The worth is the largest cost: each step up is shared by all who need it (Littlechild and Owen). */
static cocreate_status airport_steps(const cost *costs, size_t n, cci_claims *claims,
                                     cci_rational *sum, cci_rational *step, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        cci_number below = i == 0 ? (cci_number){0, 1} : costs[i - 1].cost;
        CCI_TRY(cci_set_number(step, (cci_number){-below.num, below.den}, error));
        CCI_TRY(cci_add_number(step, costs[i].cost, error));
        CCI_TRY(cci_rational_set_i64(&claims->total, 1, (int64_t)(n - i), error));
        CCI_TRY(cci_rational_mul(step, &claims->total, step, error));
        CCI_TRY(cci_rational_add(sum, step, sum, error));
        CCI_TRY(cci_rational_copy(&claims->weights[costs[i].player], sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status solve_airport(cci_evaluation *e, const cci_rule *rule,
                                     const cci_people *people, cci_claims *claims,
                                     cci_rational *worth, cocreate_error *error)
{
    cci_number *numbers = cci_arena_alloc(&e->scratch, people->n, sizeof *numbers);
    cost *costs = cci_arena_alloc(&e->scratch, people->n, sizeof *costs);
    cci_rational sum = {0}, step = {0};
    if (numbers == NULL || costs == NULL)
        return cci_no_memory(error);
    CCI_TRY(player_numbers(e, rule, "cost", people, numbers, error));
    for (size_t i = 0; i < people->n; i++)
        costs[i] = (cost){numbers[i], i};
    qsort(costs, people->n, sizeof *costs, by_cost);
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&step, error);
    if (status == COCREATE_OK)
        status = airport_steps(costs, people->n, claims, &sum, &step, error);
    if (status == COCREATE_OK)
        status = cci_set_number(worth, costs[people->n - 1].cost, error);
    cci_rational_clear(&step);
    cci_rational_clear(&sum);
    return status;
}

/* ---- every coalition ---- */

/* The worth of each coalition as integers over one denominator. */
typedef struct worths {
    int64_t *values; /* of a table; NULL for a majority of many */
    int64_t scale;
    int64_t *weights, quota; /* of a majority */
} worths;

/* Integers of the same ratios, negative ones too. */
static int scale_all(const cci_number *numbers, size_t n, int64_t *out, int64_t *scale)
{
    int64_t common = 1;
    for (size_t i = 0; i < n; i++) {
        int64_t a = common, b = numbers[i].den;
        while (b != 0) {
            int64_t r = a % b;
            a = b;
            b = r;
        }
        if (!cci_mul_i64(common, numbers[i].den / a, &common))
            return 0;
    }
    for (size_t i = 0; i < n; i++)
        if (!cci_mul_i64(numbers[i].num, common / numbers[i].den, &out[i]))
            return 0;
    *scale = common;
    return 1;
}

static cocreate_status no_denominator(const cci_path *at, cocreate_error *error)
{
    return cci_json_fail(error, COCREATE_ERR_OVERFLOW, at,
                         "the numbers have no common denominator that keeps them within 2^63 - 1");
}

/* Fill numbers[mask] from the coalitions; den stays 0 where none is listed. */
static cocreate_status read_table(cci_evaluation *e, const cci_section *list,
                                  const cci_people *people, cci_number *numbers,
                                  cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path, at = cci_path_key(&path, "members");
        cci_people members;
        uint32_t mask = 0;
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(read_members(e, row, &path, &members, error));
        for (size_t k = 0; k < members.n; k++) {
            size_t p = cci_people_find(people, members.ids[k]);
            if (p == people->n)
                return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%.128s\" is no player",
                                     members.ids[k]);
            mask |= UINT32_C(1) << p;
        }
        if (numbers[mask].den != 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "these members have a worth already");
        CCI_TRY(cci_row_number(row, "value", 0, &numbers[mask], &path, error));
    }
    return COCREATE_OK;
}

/* Name a coalition that is not listed: its members, as far as they fit. */
static cocreate_status not_listed(const cci_section *list, const cci_people *people,
                                  uint32_t mask, cocreate_error *error)
{
    char text[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < people->n; i++) {
        size_t size = strlen(people->ids[i]);
        if ((mask >> i & 1) == 0)
            continue;
        if (used + size + 6 > sizeof text) {
            memcpy(text + used, " ...", 5);
            break;
        }
        if (used > 0)
            text[used++] = ' ';
        memcpy(text + used, people->ids[i], size + 1);
        used += size;
    }
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list->list,
                         "the worth of these together is missing: %s", text);
}

static cocreate_status make_table(cci_evaluation *e, const cci_game *game,
                                  const cci_section *list, const cci_people *people, worths *out,
                                  cocreate_error *error)
{
    size_t size = (size_t)1 << people->n;
    cci_number *numbers = cci_arena_alloc(&e->scratch, size, sizeof *numbers);
    out->values = cci_arena_alloc(&e->scratch, size, sizeof *out->values);
    if (numbers == NULL || out->values == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_table(e, list, people, numbers, error));
    numbers[0] = (cci_number){0, 1};
    for (size_t mask = 1; mask < size; mask++) {
        if (numbers[mask].den == 0 && !game->missing)
            return not_listed(list, people, (uint32_t)mask, error);
        if (numbers[mask].den == 0)
            numbers[mask] = (cci_number){0, 1};
    }
    return scale_all(numbers, size, out->values, &out->scale) ? COCREATE_OK
                                                              : no_denominator(&list->list, error);
}

/* Weights and quota as integers; with few players also the table of who has a majority. */
static cocreate_status make_majority(cci_evaluation *e, const cci_rule *rule,
                                     const cci_game *game, const cci_people *people, worths *out,
                                     cocreate_error *error)
{
    size_t n = people->n;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "players");
    cci_number *numbers = cci_arena_alloc(&e->scratch, n + 1, sizeof *numbers);
    int64_t *weights = cci_arena_alloc(&e->scratch, n + 1, sizeof *weights), sum = 0, scale;
    if (numbers == NULL || weights == NULL)
        return cci_no_memory(error);
    CCI_TRY(player_numbers(e, rule, "weight", people, numbers, error));
    numbers[n] = game->quota;
    if (!scale_all(numbers, n + 1, weights, &scale))
        return no_denominator(&at, error);
    for (size_t i = 0; i < n; i++)
        if (!cci_add_i64(sum, weights[i], &sum))
            return no_denominator(&at, error);
    out->weights = weights;
    out->quota = weights[n];
    out->scale = 1;
    if (game->permutations > 0)
        return COCREATE_OK;
    size_t size = (size_t)1 << n;
    int64_t *values = cci_arena_alloc(&e->scratch, size, sizeof *values);
    if (values == NULL)
        return cci_no_memory(error);
    for (size_t mask = 1; mask < size; mask++) { /* first what they weigh together */
        size_t lowest = 0;
        while ((mask >> lowest & 1) == 0)
            lowest++;
        values[mask] = values[mask & (mask - 1)] + weights[lowest];
    }
    for (size_t mask = 0; mask < size; mask++)
        values[mask] = values[mask] >= out->quota;
    out->values = values;
    return COCREATE_OK;
}

/* ---- orders that are drawn ---- */

typedef struct ticket {
    cci_digest lot;
    size_t player;
} ticket;

static int by_ticket(const void *a, const void *b)
{
    const ticket *x = a, *y = b;
    int order = memcmp(x->lot.bytes, y->lot.bytes, sizeof x->lot.bytes);
    return order != 0 ? order : (x->player > y->player) - (x->player < y->player);
}

/* What each player adds when they come in this order, added to the sums. */
static int add_marginals(const worths *w, const ticket *order, size_t n, int64_t *sums)
{
    int64_t before = w->values != NULL ? w->values[0] : 0, held = 0;
    uint32_t mask = 0;
    for (size_t i = 0; i < n; i++) {
        size_t p = order[i].player;
        int64_t now, gain;
        if (w->values != NULL) {
            mask |= UINT32_C(1) << p;
            now = w->values[mask];
        } else {
            held += w->weights[p]; /* at most their sum, which was checked */
            now = held >= w->quota;
        }
        if (!cci_sub_i64(now, before, &gain) || !cci_add_i64(sums[p], gain, &sums[p]))
            return 0;
        before = now;
    }
    return 1;
}

/* Order number k is that of the lots of cc-tie/1 with the context "shapley:<rule>:<k>". */
static cocreate_status sample(cci_evaluation *e, const cci_rule *rule, const cci_game *game,
                              const cci_people *people, const worths *w, cci_claims *claims,
                              cocreate_error *error)
{
    size_t n = people->n;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "coalitions");
    ticket *tickets = cci_arena_alloc(&e->scratch, n, sizeof *tickets);
    int64_t *sums = cci_arena_alloc(&e->scratch, n, sizeof *sums), den;
    cci_buffer context;
    int fits = 1;
    if (tickets == NULL || sums == NULL)
        return cci_no_memory(error);
    cci_buffer_init(&context, &e->scratch.allocator);
    for (int64_t k = 0; k < game->permutations && fits && !context.failed; k++) {
        cci_buffer_clear(&context);
        cci_buffer_format(&context, "shapley:%s:%" PRId64, rule->id, k);
        cci_buffer_byte(&context, '\0');
        for (size_t i = 0; i < n && !context.failed; i++)
            tickets[i] = (ticket){
                cci_lot_ticket(e->seed, (const char *)context.data, people->ids[i]), i};
        qsort(tickets, n, sizeof *tickets, by_ticket);
        fits = add_marginals(w, tickets, n, sums);
    }
    int failed = context.failed;
    cci_buffer_free(&context);
    if (failed)
        return cci_no_memory(error);
    if (!fits || !cci_mul_i64(game->permutations, w->scale, &den))
        return no_denominator(&at, error);
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_rational_set_i64(&claims->weights[i], sums[i], den, error));
    return COCREATE_OK;
}

/* ---- */

static cocreate_status check_size(const cci_rule *rule, const cci_game *game, size_t n,
                                  cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "players");
    int table = game->form == CCI_GAME_TABLE;
    size_t most = game->permutations > 0 && !table ? CCI_GAME_SAMPLED_MAX : CCI_GAME_EXACT_MAX;
    if (n > most)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &at,
                             "rule \"%s\" has %zu players, more than the %zu whose coalitions it can "
                             "look at",
                             rule->id, n, most);
    if (game->permutations > 0 && (int64_t)n > CCI_GAME_DRAWS_MAX / game->permutations)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &at,
                             "%zu players in %" PRId64 " orders are more than %d draws", n,
                             game->permutations, CCI_GAME_DRAWS_MAX);
    return COCREATE_OK;
}

static cocreate_status set_worth(const worths *w, size_t n, cci_rational *worth,
                                 cocreate_error *error)
{
    int64_t value = 0;
    if (w->values != NULL)
        value = w->values[((size_t)1 << n) - 1];
    for (size_t i = 0; w->values == NULL && i < n; i++)
        value += w->weights[i];
    if (w->values == NULL)
        value = value >= w->quota;
    return cci_rational_set_i64(worth, value, w->scale, error);
}

static cocreate_status divide_all(const worths *w, cci_claims *claims, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(&claims->total, 1, w->scale, error));
    for (size_t i = 0; i < claims->n; i++)
        CCI_TRY(cci_rational_mul(&claims->weights[i], &claims->total, &claims->weights[i], error));
    return COCREATE_OK;
}

cocreate_status cci_game_solve(cci_evaluation *e, const cci_rule *rule, const cci_game *game,
                               const cci_people *people, cci_claims *claims, cci_rational *worth,
                               cocreate_error *error)
{
    worths w = {.scale = 1};
    cci_section list;
    if (people->n == 0)
        return COCREATE_OK;
    if (game->form == CCI_GAME_AIRPORT)
        return solve_airport(e, rule, people, claims, worth, error);
    if (game->form == CCI_GAME_SYNERGY) {
        CCI_TRY(cci_section_open(e, rule, "coalitions", 0, &list, error));
        return solve_synergy(e, &list, people, claims, worth, error);
    }
    CCI_TRY(check_size(rule, game, people->n, error));
    if (game->permutations > 0)
        CCI_TRY(cci_need_seed(e, rule, error));
    if (game->form == CCI_GAME_TABLE) {
        CCI_TRY(cci_section_open(e, rule, "coalitions", 0, &list, error));
        CCI_TRY(make_table(e, game, &list, people, &w, error));
    } else {
        CCI_TRY(make_majority(e, rule, game, people, &w, error));
    }
    CCI_TRY(set_worth(&w, people->n, worth, error));
    if (game->permutations > 0)
        return sample(e, rule, game, people, &w, claims, error);
    CCI_TRY(cci_shapley_exact(w.values, people->n, claims->weights, error));
    return divide_all(&w, claims, error);
}
