#include "reward/contest/tables.h"

#include <string.h>

#include "base/checked.h"
#include "money/split.h"
#include "reward/steps.h"

enum { PLACES_MAX = 1000 };

/* Thousandths of a percent of the purse, places 1 to 65 (PGA TOUR, 2019-20 Player Handbook, p. 55);
 * they sum to 100 percent. */
static const int64_t pga_tour[] = {
    18000, 10900, 6900, 4900, 4100, 3625, 3375, 3125, 2925, 2725, 2525, 2325, 2125,
    1925,  1825,  1725, 1625, 1525, 1425, 1325, 1225, 1125, 1045, 965,  885,  805,
    775,   745,   715,  685,  655,  625,  595,  570,  545,  520,  495,  475,  455,
    435,   415,   395,  375,  355,  335,  315,  295,  279,  265,  257,  251,  245,
    241,   237,   235,  233,  231,  229,  227,  225,  223,  221,  219,  217,  215};

enum { DIGITAL_RUN_MAX = 5 };

const int64_t *cci_table_digital_run(size_t passing, size_t *n)
{
    static const int64_t percents[DIGITAL_RUN_MAX][DIGITAL_RUN_MAX] = {
        {100}, {70, 30}, {65, 25, 10}, {60, 22, 10, 8}, {56, 20, 10, 8, 6}};
    *n = passing < DIGITAL_RUN_MAX ? passing : DIGITAL_RUN_MAX;
    return percents[*n == 0 ? 0 : *n - 1];
}

static cocreate_status split(const cocreate_allocator *a, int64_t purse, const int64_t *weights,
                             size_t n, int64_t *of, cocreate_error *error)
{
    int64_t returned;
    return cci_split_i64(a, purse, weights, n, NULL, of, &returned, error);
}

cocreate_status cci_table_split(cci_evaluation *e, int64_t purse, const int64_t *weights, size_t n,
                                int64_t *of, cocreate_error *error)
{
    return split(&e->scratch.allocator, purse, weights, n, of, error);
}

/* ---- generators ---- */

/* The square root, rounded down to so many binary places. */
#define ROOT_PLACES "60"

static cocreate_status square_root(cci_rational *value, cocreate_error *error)
{
    cci_figures figures = {.n = 0};
    const char *args[] = {"x", ROOT_PLACES};
    cocreate_status status = cci_figures_set(&figures, "x", CCI_UNIT_NONE, value, error);
    if (status == COCREATE_OK)
        status = cci_figures_apply(&figures, "root", args, 2, value, error);
    cci_figures_free(&figures);
    return status;
}

/* place^-exponent; exponents are multiples of 1/2. */
static cocreate_status power_of(int64_t place, cci_number exponent, cci_rational *out,
                                cocreate_error *error)
{
    cci_rational factor = {0};
    CCI_TRY(cci_rational_init(&factor, error));
    cocreate_status status = cci_rational_set_i64(&factor, 1, place, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(out, 1, 1, error);
    for (int64_t i = 0; i < exponent.num && status == COCREATE_OK; i++)
        status = cci_rational_mul(out, &factor, out, error);
    if (status == COCREATE_OK && exponent.den == 2)
        status = square_root(out, error);
    cci_rational_clear(&factor);
    return status;
}

/* Weights of the places: 1, r, r^2 ... or 1, 2^-s, 3^-s ... */
static cocreate_status weigh(int geometric, cci_number parameter, cci_rational *weights, size_t n,
                             cocreate_error *error)
{
    cci_rational ratio = {0};
    CCI_TRY(cci_rational_init(&ratio, error));
    cocreate_status status =
        cci_rational_set_i64(&ratio, parameter.num, geometric ? parameter.den : 1, error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        status = cci_rational_init(&weights[i], error);
        if (status != COCREATE_OK)
            break;
        if (!geometric)
            status = power_of((int64_t)i + 1, parameter, &weights[i], error);
        else if (i == 0)
            status = cci_rational_set_i64(&weights[i], 1, 1, error);
        else
            status = cci_rational_mul(&weights[i - 1], &ratio, &weights[i], error);
    }
    cci_rational_clear(&ratio);
    return status;
}

static cocreate_status generate(cocreate_scheme *scheme, int geometric, cci_number parameter,
                                int64_t purse, int64_t *of, size_t n, const cci_path *path,
                                cocreate_error *error)
{
    int64_t returned;
    cocreate_error inner;
    const cocreate_allocator *a = &scheme->arena.allocator;
    cci_rational *weights = cci_alloc(a, n, sizeof *weights);
    if (weights == NULL)
        return cci_no_memory(error);
    memset(weights, 0, n * sizeof *weights);
    cocreate_status status = weigh(geometric, parameter, weights, n, error);
    if (status == COCREATE_OK) {
        status = cci_split_rational(a, purse, weights, n, NULL, of, &returned, &inner);
        if (status == COCREATE_ERR_MEMORY)
            status = cci_no_memory(error);
        else if (status != COCREATE_OK)
            status = cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                                   "so many places in such a ratio have no common denominator that "
                                   "is short enough");
    }
    for (size_t i = 0; i < n; i++)
        cci_rational_clear(&weights[i]);
    cci_free(a, weights);
    return status;
}

enum { GEOMETRIC, POWER, EQUAL, PGA_TOUR, DIGITAL_RUN };

/* What a form needs besides its name. */
static cocreate_status read_form(const json_t *table, int form, int64_t *places, cci_number *ratio,
                                 const cci_path *path, cocreate_error *error)
{
    static const char *const names[] = {"ratio", "exponent"};
    int free_places = form == GEOMETRIC || form == POWER || form == EQUAL;
    cci_path places_at = cci_path_key(path, "places");
    CCI_TRY(cci_json_i64_opt(table, "places", 1, PLACES_MAX, places, path, error));
    if ((*places > 0) != free_places)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &places_at,
                             free_places ? "required, but missing" : "given, but the table has its "
                                                                     "places");
    for (int i = 0; i < 2; i++) {
        const json_t *value = json_object_get(table, names[i]);
        cci_path at = cci_path_key(path, names[i]);
        int wanted = form == (i == 0 ? GEOMETRIC : POWER);
        if (json_is_null(value))
            value = NULL;
        if ((value != NULL) != wanted)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 wanted ? "required, but missing" : "not of this form");
        if (!wanted)
            continue;
        CCI_TRY(cci_number_read(value, ratio, &at, error));
        cci_number most = i == 0 ? (cci_number){1, 1} : (cci_number){8, 1};
        if (ratio->num <= 0 || cci_number_compare(*ratio, most) > 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "not above 0 and at most %d", (int)most.num);
        if (form == POWER && ratio->den > 2)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not a multiple of 1/2");
    }
    return COCREATE_OK;
}

cocreate_status cci_table_parse(cocreate_scheme *scheme, const json_t *table, int64_t purse,
                                int64_t **of, size_t *n, int *digital_run, const cci_path *path,
                                cocreate_error *error)
{
    static const char *const forms[] = {"geometric", "power", "equal", "pga_tour", "digital_run",
                                        NULL};
    static const char *const keys[] = {"form", "places", "ratio", "exponent", NULL};
    int form;
    int64_t places = 0;
    cci_number ratio = {1, 1};
    CCI_TRY(cci_json_keys(table, keys, path, error));
    CCI_TRY(cci_json_choice(table, "form", forms, &form, path, error));
    CCI_TRY(read_form(table, form, &places, &ratio, path, error));
    const int64_t *weights = pga_tour;
    *n = (size_t)places;
    if (form == PGA_TOUR)
        *n = sizeof pga_tour / sizeof pga_tour[0];
    if (form == DIGITAL_RUN)
        weights = cci_table_digital_run(DIGITAL_RUN_MAX, n);
    *digital_run = form == DIGITAL_RUN;
    *of = cci_arena_alloc(&scheme->arena, *n, sizeof **of);
    if (*of == NULL)
        return cci_no_memory(error);
    if (form == PGA_TOUR || form == DIGITAL_RUN)
        return split(&scheme->arena.allocator, purse, weights, *n, *of, error);
    return generate(scheme, form != POWER, ratio, purse, *of, *n, path, error);
}

/* ---- based-on purses ---- */

cocreate_status cci_based_on_parse(cocreate_scheme *scheme, const json_t *json, int64_t purse,
                                   cci_based_on *out, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"entries", "max_purse", "guaranteed_above", "guaranteed",
                                       NULL};
    cci_path at = cci_path_key(path, "based_on"), most_at = cci_path_key(&at, "max_purse");
    cci_path part_at = cci_path_key(&at, "guaranteed");
    json_t *based_on;
    CCI_TRY(cci_json_get_object_opt(json, "based_on", &based_on, path, error));
    if (based_on == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(based_on, keys, &at, error));
    CCI_TRY(cci_json_i64(based_on, "entries", 1, INT32_MAX, &out->entries, &at, error));
    CCI_TRY(cci_read_amount_opt(scheme, based_on, "max_purse", &out->most, &at, error));
    CCI_TRY(cci_read_amount_opt(scheme, based_on, "guaranteed_above", &out->guaranteed_above, &at,
                                error));
    if (out->most == 0)
        out->most = purse;
    if (out->most < purse)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &most_at,
                             "is less than the purse that is advertised");
    const json_t *part = json_object_get(based_on, "guaranteed");
    if (json_is_null(part))
        part = NULL;
    if ((part != NULL) != (out->guaranteed_above > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &part_at,
                             "goes with \"guaranteed_above\": both are given, or neither");
    if (part == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_number_read(part, &out->guaranteed, &part_at, error));
    if (out->guaranteed.num <= 0 || cci_number_compare(out->guaranteed, (cci_number){1, 1}) > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &part_at, "not above 0 and at most 1");
    return COCREATE_OK;
}

cocreate_status cci_based_on_purse(cci_evaluation *e, const cci_based_on *b, int64_t purse,
                                   int64_t entries, int64_t *out, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_rational value = {0};
    CCI_TRY(cci_trace_integer(t, "advertised purse", CCI_UNIT_MINOR, purse, error));
    CCI_TRY(cci_trace_integer(t, "entries expected", CCI_UNIT_NONE, b->entries, error));
    CCI_TRY(cci_trace_integer(t, "entries", CCI_UNIT_NONE, entries, error));
    CCI_TRY(cci_trace_calc(t, "pro rata", CCI_UNIT_MINOR, "product",
                           CCI_ARGS("advertised purse", "entries"), error));
    CCI_TRY(cci_trace_calc(t, "by entries", CCI_UNIT_MINOR, "quotient",
                           CCI_ARGS("pro rata", "entries expected"), error));
    const char *last = "by entries";
    if (b->guaranteed.den > 0 && purse > b->guaranteed_above) {
        CCI_TRY(cci_trace_number(t, "guaranteed part", CCI_UNIT_NONE, b->guaranteed, error));
        CCI_TRY(cci_trace_calc(t, "guaranteed", CCI_UNIT_MINOR, "product",
                               CCI_ARGS("advertised purse", "guaranteed part"), error));
        CCI_TRY(cci_trace_calc(t, "at least", CCI_UNIT_MINOR, "maximum",
                               CCI_ARGS("by entries", "guaranteed"), error));
        last = "at least";
    }
    CCI_TRY(cci_trace_integer(t, "most", CCI_UNIT_MINOR, b->most, error));
    CCI_TRY(cci_trace_calc(t, "at most", CCI_UNIT_MINOR, "minimum", CCI_ARGS(last, "most"), error));
    CCI_TRY(cci_trace_calc(t, "purse", CCI_UNIT_MINOR, "floor", CCI_ARGS("at most"), error));
    cci_trace_say(t, "The purse of {advertised purse} is based on {entries expected} entries and is "
                     "{purse} with {entries}.");
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = cci_trace_get(t, "purse", &value, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&value, 0, CCI_ROUND_FLOOR, out, error);
    cci_rational_clear(&value);
    return status;
}
