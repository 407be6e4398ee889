/* guaranteed_prize: a prize that is paid out even where the sponsor picks nobody. */
#include <string.h>

#include "reward/contest/equal.h"
#include "reward/steps.h"

typedef enum fallback { FINALISTS, TOP_RATED } fallback;

typedef struct guaranteed {
    int64_t prize;
    int fallback;
    cci_where finalists; /* n = 0: those with the role "finalist" */
    int64_t from_entries, consolation;
} guaranteed;

static const char *const fallbacks[] = {"finalists", "top_rated", NULL};

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"prize", "amount", 1, "for the entry that the sponsor selects; equal parts for several"},
    {"fallback", "choice", 0,
     "where none is selected: finalists (default): equal parts for them, or, where there are none, "
     "for participants whose person has won before; top_rated: consolation for the best"},
    {"finalists", "condition", 0,
     "who they are, as \"rank<=3\"; by default entries with the role finalist"},
    {"consolation", "amount", 0, "what top_rated pays: required there, only there"},
    {"from_entries", "integer", 0, "top_rated pays if there are so many entries; by default 1"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "finalists"), pays_at = cci_path_key(path, "consolation");
    cci_path from_at = cci_path_key(path, "from_entries");
    const char *finalists = NULL;
    guaranteed *g = cci_arena_alloc(&scheme->arena, 1, sizeof *g);
    if (g == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount(scheme, json, "prize", &g->prize, path, error));
    CCI_TRY(cci_json_choice_opt(json, "fallback", fallbacks, &g->fallback, path, error));
    CCI_TRY(cci_json_string_opt(json, "finalists", &finalists, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "consolation", &g->consolation, path, error));
    CCI_TRY(cci_json_i64_opt(json, "from_entries", 1, INT32_MAX, &g->from_entries, path, error));
    if (finalists != NULL && g->fallback != FINALISTS)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "given, but top_rated pays the best");
    if ((g->consolation > 0) != (g->fallback == TOP_RATED))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &pays_at,
                             g->fallback == TOP_RATED ? "required, but missing"
                                                      : "given, but finalists share the prize");
    if (g->consolation > g->prize)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &pays_at, "is more than the prize");
    if (g->from_entries > 0 && g->fallback == FINALISTS)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &from_at,
                             "given, but finalists share the prize");
    if (finalists != NULL) {
        CCI_TRY(cci_where_parse(&scheme->arena, finalists, &g->finalists, &at, error));
        scheme->needs |= g->finalists.needs;
    }
    rule->parameters = g;
    rule->bound = g->prize;
    rule->why = "the prize";
    return COCREATE_OK;
}

static int has_role(const cci_entry *entry, const char *role)
{
    for (size_t i = 0; i < entry->n_roles; i++)
        if (strcmp(entry->roles[i], role) == 0)
            return 1;
    return 0;
}

/* "wins" of the person. */
static cocreate_status has_won(const cci_evaluation *e, const char *id, int *out,
                               cocreate_error *error)
{
    const cci_person *person = cci_result_person(e->result, id);
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "persons");
    int64_t wins = 0;
    if (person == NULL)
        return COCREATE_OK;
    cci_path at = cci_path_at(&list, person->index);
    CCI_TRY(cci_json_i64_opt(person->facts, "wins", 0, CCI_MINOR_MAX, &wins, &at, error));
    *out |= wins > 0;
    return COCREATE_OK;
}

static cocreate_status anybody_has_won(const cci_evaluation *e, const cci_entry *entry, int *out,
                                       cocreate_error *error)
{
    *out = 0;
    for (size_t i = 0; i < entry->n_team; i++)
        CCI_TRY(has_won(e, entry->team[i].id, out, error));
    if (entry->n_team > 0)
        return COCREATE_OK;
    return has_won(e, entry->owner != NULL ? entry->owner : entry->id, out, error);
}

typedef struct field {
    cci_stand *stands;
    size_t n;
    const cci_entry **chosen;
    size_t n_chosen;
} field;

static cocreate_status pay_chosen(cci_evaluation *e, const cci_rule *rule, field *f,
                                  const cci_equal *what, cocreate_error *error)
{
    cci_entries_sort(f->chosen, f->n_chosen);
    cci_trace_begin(&e->trace);
    return cci_equal_pay(e, rule, what, f->chosen, f->n_chosen, error);
}

static cocreate_status pay_finalists(cci_evaluation *e, const cci_rule *rule, field *f,
                                     cocreate_error *error)
{
    const guaranteed *g = rule->parameters;
    cci_equal what = {g->prize, 0, "finalists", "The sponsor selected no entry: finalists share the "
                                                "guaranteed prize."};
    for (size_t i = 0; i < f->n; i++)
        if (g->finalists.n > 0
                ? cci_where_holds(&g->finalists, f->stands[i].entry, f->stands[i].place)
                : has_role(f->stands[i].entry, "finalist"))
            f->chosen[f->n_chosen++] = f->stands[i].entry;
    if (f->n_chosen == 0) {
        what.by = "earlier winners";
        what.say = "The sponsor selected no entry and there are no finalists: participants who have "
                   "won before share the guaranteed prize.";
        for (size_t i = 0; i < f->n; i++) {
            int won;
            CCI_TRY(anybody_has_won(e, f->stands[i].entry, &won, error));
            if (won)
                f->chosen[f->n_chosen++] = f->stands[i].entry;
        }
    }
    return f->n_chosen == 0 ? COCREATE_OK : pay_chosen(e, rule, f, &what, error);
}

static cocreate_status pay_top(cci_evaluation *e, const cci_rule *rule, field *f,
                               cocreate_error *error)
{
    const guaranteed *g = rule->parameters;
    int64_t needed = g->from_entries > 0 ? g->from_entries : 1;
    if ((int64_t)f->n < needed)
        return COCREATE_OK;
    f->n_chosen = f->stands[0].tied;
    for (size_t i = 0; i < f->n_chosen; i++)
        f->chosen[i] = f->stands[i].entry;
    cci_trace_begin(&e->trace);
    CCI_TRY(cci_trace_integer(&e->trace, "entries", CCI_UNIT_NONE, (int64_t)f->n, error));
    CCI_TRY(cci_trace_integer(&e->trace, "entries needed", CCI_UNIT_NONE, needed, error));
    CCI_TRY(cci_trace_check(&e->trace, "entries", "at_least", "entries needed", error));
    cci_trace_say(&e->trace, "The sponsor selected none of {entries} entries: the best rated gets the "
                             "consolation that is due from {entries needed} entries on.");
    return cci_equal_pay(e, rule, &(cci_equal){g->consolation, 1, "best entries", NULL}, f->chosen,
                         f->n_chosen, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const guaranteed *g = rule->parameters;
    field f = {.n = 0};
    CCI_TRY(cci_standing(e, rule, 0, &f.stands, &f.n, error));
    f.chosen = cci_arena_alloc(&e->scratch, f.n, sizeof *f.chosen);
    if (f.chosen == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < f.n; i++)
        if (f.stands[i].entry->selected)
            f.chosen[f.n_chosen++] = f.stands[i].entry;
    if (f.n_chosen > 0)
        return pay_chosen(e, rule, &f,
                          &(cci_equal){g->prize, 0, "selected entries", NULL}, error);
    return g->fallback == TOP_RATED ? pay_top(e, rule, &f, error)
                                    : pay_finalists(e, rule, &f, error);
}

const cci_rule_kind cci_rule_guaranteed_prize = {
    .kind = "guaranteed_prize",
    .title = "A prize that is paid even if the sponsor picks nobody",
    .parameters = parameters,
    .bound = "the prize",
    .source = "99designs (guaranteed contests); LogoTournament (refund less a consolation)",
    .parse = parse,
    .evaluate = evaluate,
};
