/* medals: gold, silver and bronze for shares of a field, as Kaggle gives them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/teams.h"

typedef struct medals {
    int by_time; /* of entries tied at a cut the earlier come first; else all of them do */
} medals;

static const cci_parameter parameters[] = {
    {"ties", "choice", 0,
     "entries tied at a cut: all (default) get the medal, or earlier: by submitted_at, then id"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const ties[] = {"all", "earlier", NULL};
    medals *m = cci_arena_alloc(&scheme->arena, 1, sizeof *m);
    if (m == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice_opt(json, "ties", ties, &m->by_time, path, error));
    rule->parameters = m;
    rule->why = "medals cost nothing";
    return COCREATE_OK;
}

/* How many get bronze or better, silver or better, gold; percentages are rounded down. */
static void cuts_of(int64_t teams, int64_t cuts[3])
{
    if (teams < 100) {
        cuts[0] = teams * 40 / 100;
        cuts[1] = teams * 20 / 100;
        cuts[2] = teams * 10 / 100;
    } else if (teams < 250) {
        cuts[0] = teams * 40 / 100;
        cuts[1] = teams * 20 / 100;
        cuts[2] = 10;
    } else if (teams < 1000) {
        cuts[0] = 100;
        cuts[1] = 50;
        cuts[2] = 10 + teams * 2 / 1000;
    } else {
        cuts[0] = teams * 10 / 100;
        cuts[1] = teams * 5 / 100;
        cuts[2] = 10 + teams * 2 / 1000;
    }
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_stand *stand,
                             int64_t place, int64_t teams, int medal, int64_t cut,
                             cocreate_error *error)
{
    static const char *const names[] = {"bronze", "silver", "gold"};
    cci_trace *t = &e->trace;
    const cci_entry *entry = stand->entry;
    char text[160];
    snprintf(text, sizeof text, "Place {place} of {teams}: the first {cut} get %s%s.", names[medal],
             medal < 2 ? " or better" : "");
    for (size_t i = 0; i < (entry->n_team > 0 ? entry->n_team : 1); i++) {
        cci_trace_begin(t);
        CCI_TRY(cci_trace_integer(t, "place", CCI_UNIT_NONE, place, error));
        CCI_TRY(cci_trace_integer(t, "teams", CCI_UNIT_NONE, teams, error));
        CCI_TRY(cci_trace_integer(t, "cut", CCI_UNIT_NONE, cut, error));
        CCI_TRY(cci_trace_check(t, "place", "at_most", "cut", error));
        cci_buffer b;
        cci_buffer_init(&b, &e->scratch.allocator);
        cci_detail_text(&b, "medal", names[medal]);
        cci_detail_integer(&b, "place", place);
        cci_detail_integer(&b, "teams", teams);
        CCI_TRY(cci_recognise_with(e, rule, cci_member_of(entry, i), entry->id, text, &b, error));
    }
    return COCREATE_OK;
}

/* Tied entries by time, unknown times last, then by id. */
static int by_time(const void *a, const void *b)
{
    const cci_stand *x = a, *y = b;
    const cci_time *s = &x->entry->submitted, *u = &y->entry->submitted;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (s->known != u->known)
        return s->known ? -1 : 1;
    if (s->known && s->at != u->at)
        return s->at < u->at ? -1 : 1;
    return strcmp(x->entry->id, y->entry->id);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const medals *m = rule->parameters;
    cci_stand *stands;
    cci_field field;
    size_t n;
    int64_t cuts[3];
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    CCI_TRY(cci_field_read(e, rule, n, &field, error));
    cuts_of(field.teams, cuts);
    if (m->by_time && n > 0)
        qsort(stands, n, sizeof *stands, by_time);
    for (size_t i = 0; i < n; i++) {
        int64_t place = m->by_time ? (int64_t)i + 1 : stands[i].place;
        int medal = 2;
        while (medal >= 0 && place > cuts[medal])
            medal--;
        if (medal >= 0)
            CCI_TRY(award(e, rule, &stands[i], place, field.teams, medal, cuts[medal], error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_medals = {
    .kind = "medals",
    .title = "Gold, silver and bronze for shares of a field",
    .parameters = parameters,
    .bound = "nothing",
    .source = "Kaggle Progression System, competition medals",
    .parse = parse,
    .evaluate = evaluate,
};
