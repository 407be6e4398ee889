/* The methods there are. One line a method, in the methods.h of its family. */
#include <string.h>

#include "base/text.h"
#include "ranking/budget/methods.h"
#include "ranking/committee/methods.h"
#include "ranking/condorcet/methods.h"
#include "ranking/elimination/methods.h"
#include "ranking/method.h"
#include "ranking/methods.h"
#include "ranking/optimal/methods.h"
#include "ranking/positional/methods.h"
#include "ranking/rating/methods.h"
#include "ranking/stv/methods.h"

/* Every family lists its methods as X(name) in its methods.h. */
#define CCI_ALL_METHODS(X) \
    CCI_POSITIONAL_METHODS(X) \
    CCI_ELIMINATION_METHODS(X) \
    CCI_CONDORCET_METHODS(X) \
    CCI_OPTIMAL_METHODS(X) \
    CCI_RATING_METHODS(X) \
    CCI_STV_METHODS(X) \
    CCI_COMMITTEE_METHODS(X) \
    CCI_BUDGET_METHODS(X)

#define DECLARE(name) extern const cci_method cci_method_##name;
CCI_ALL_METHODS(DECLARE)

#define LIST(name) &cci_method_##name,
const cci_method *const cci_methods[] = {CCI_ALL_METHODS(LIST)};

size_t cci_method_count(void)
{
    return sizeof cci_methods / sizeof cci_methods[0];
}

/* Letters to change, add, drop or swap to get from one short name to another (optimal string
 * alignment). Beyond 31 letters names are equal or as far as can be. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][33];
    size_t la = strlen(a), lb = strlen(b);
    if (la > 31 || lb > 31)
        return strcmp(a, b) == 0 ? 0 : SIZE_MAX;
    for (size_t j = 0; j <= lb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[la % 3][lb];
}

cocreate_status cci_method_find(const char *name, const cci_method **out, cocreate_error *error)
{
    const cci_method *near = NULL;
    size_t least = 3; /* more than two letters off is another word */
    for (size_t i = 0; i < cci_method_count(); i++) {
        size_t d = distance(name, cci_methods[i]->name);
        if (d == 0) {
            *out = cci_methods[i];
            return COCREATE_OK;
        }
        if (d < least) {
            least = d;
            near = cci_methods[i];
        }
    }
    char shown[72];
    cci_quote(name, strlen(name), shown, sizeof shown);
    if (near != NULL)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no method \"%s\"; did you mean \"%s\"?",
                        shown, near->name);
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no method \"%s\"", shown);
}

/* -- The registry as JSON --------------------------------------------------------------------- */

static json_t *choices_json(const char *const *choices)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && choices[i] != NULL; i++)
        if (!cci_json_push(list, json_string(choices[i]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

/* An object with what every option has; NULL when memory is short. */
static json_t *option_json(const char *name, const char *type, const char *about, json_t *standard)
{
    json_t *o = cci_json_new();
    int good = cci_json_put(o, "default", standard) & cci_json_put(o, "name", json_string(name));
    good &= cci_json_put(o, "type", json_string(type));
    good &= cci_json_put(o, "about", json_string(about));
    if (good)
        return o;
    json_decref(o);
    return NULL;
}

static json_t *spec_json(const cci_option_spec *s)
{
    json_t *o = NULL;
    int good = 0;
    if (s->type == CCI_OPTION_CHOICE) {
        o = option_json(s->name, "choice", s->about,
                        s->standard < 0 ? json_null() : json_string(s->choices[s->standard]));
        good = cci_json_put(o, "choices", choices_json(s->choices));
    } else if (s->type == CCI_OPTION_INTEGER) {
        json_t *none = s->choices != NULL ? json_string(s->choices[0]) : json_null();
        if (s->standard >= s->min) {
            json_decref(none);
            none = json_integer(s->standard);
        }
        o = option_json(s->name, "integer", s->about, none);
        good = cci_json_put(o, "min", json_integer(s->min)) &
               cci_json_put(o, "max", json_integer(s->max));
        if (s->choices != NULL)
            good &= cci_json_put(o, "choices", choices_json(s->choices));
    } else if (s->type == CCI_OPTION_JSON) {
        o = option_json(s->name, "json", s->about, json_null());
        good = 1;
    } else {
        o = option_json(s->name, "numbers", s->about, json_null());
        good = cci_json_put(o, "max", json_integer(s->max));
    }
    if (good)
        return o;
    json_decref(o);
    return NULL;
}

static int push_common(json_t *list, const cci_method *m)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const chain[] = {"id", "earliest", "lot", NULL};
    static const char *const parallel[] = {"id", "earliest", "lot", "parallel", NULL};
    json_t *standard = m->chain != NULL ? json_string(m->chain) : json_null();
    json_t *o = option_json("ties", "chain",
                            "steps that break ties, in this order; without one ties stay",
                            standard);
    cci_json_put(o, "choices", choices_json(m->parallel ? parallel : chain));
    int good = json_object_get(o, "choices") != NULL;
    good &= cci_json_push(list, o);
    good &= cci_json_push(
        list, option_json("seed", "hex",
                          m->draws ? "64 hex digits: places are drawn by the probabilities"
                                   : "64 hex digits for the tie step \"lot\"",
                          json_null()));
    good &= cci_json_push(list, option_json("context", "text", "what is drawn, part of every lot",
                                            json_string("")));
    good &= cci_json_push(list, option_json("bootstrap", "integer",
                                            "how often as many ballots are drawn from those there "
                                            "are and counted, for the confidence of places; needs "
                                            "a seed",
                                            json_integer(0)));
    o = option_json("margin", "choice", "also tell the margin of victory", json_string("no"));
    good &= cci_json_put(o, "choices", choices_json(no_yes));
    good &= cci_json_push(list, o);
    if (m->elects == CCI_ELECTS_BUDGET)
        return good;
    o = option_json("seats", "integer", "how many places win", json_integer(1));
    good &= cci_json_put(o, "min", json_integer(1)) &
            cci_json_put(o, "max", json_integer(COCREATE_OPTIONS_MAX));
    return good & cci_json_push(list, o);
}

static json_t *evidence_json(unsigned evidence)
{
    static const char *const kinds[] = {NULL, "approval", "ranking", "score", "points"};
    json_t *list = json_array();
    for (size_t kind = 1; list != NULL && kind < 5; kind++)
        if ((evidence & CCI_TAKES(kind)) && !cci_json_push(list, json_string(kinds[kind]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *elects_json(unsigned elects)
{
    json_t *list = json_array();
    int good = list != NULL;
    if (elects & CCI_ELECTS_COMMITTEE)
        good = good && cci_json_push(list, json_string("committee"));
    if (elects & CCI_ELECTS_BUDGET)
        good = good && cci_json_push(list, json_string("budget"));
    if (good)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *method_json(const cci_method *m)
{
    static const char *const tallies[] = {NULL, "values", "places", "pairs"};
    json_t *o = cci_json_new(), *options = json_array();
    int good = options != NULL;
    for (size_t i = 0; i < m->option_count; i++)
        good &= cci_json_push(options, spec_json(&m->options[i]));
    good = good && push_common(options, m);
    good &= cci_json_put(o, "options", options);
    good &= cci_json_put(o, "name", json_string(m->name));
    good &= cci_json_put(o, "title", json_string(m->title));
    good &= cci_json_put(o, "evidence", evidence_json(m->evidence));
    good &= cci_json_put(o, "elects", elects_json(m->elects));
    good &= cci_json_put(o, "exact", json_boolean(m->exact));
    good &= cci_json_put(o, "tally", m->tally == 0 ? json_null() : json_string(tallies[m->tally]));
    good &= cci_json_put(o, "complexity", json_string(m->complexity));
    good &= cci_json_put(o, "source", json_string(m->source));
    if (good)
        return o;
    json_decref(o);
    return NULL;
}

cocreate_status cocreate_methods(const cocreate_allocator *allocator, cocreate_text **out,
                                 cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_allocator a = cci_allocator(allocator);
    cci_buffer buffer;
    cci_buffer_init(&buffer, &a);
    json_t *list = json_array();
    int good = list != NULL;
    for (size_t i = 0; good && i < cci_method_count(); i++)
        good = cci_json_push(list, method_json(cci_methods[i]));
    cocreate_status status =
        good ? cci_json_canonical(list, &buffer, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&buffer, out, error);
    cci_buffer_free(&buffer);
    json_decref(list);
    return status;
}

int32_t cci_method_tally(const char *name)
{
    const cci_method *method;
    return cci_method_find(name, &method, NULL) == COCREATE_OK ? method->tally : 0;
}
