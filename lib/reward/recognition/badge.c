/* badge: recognition for each person behind the entries that meet a condition, or whose events reach a
 * number. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reward/awards.h"
#include "reward/recognition/teams.h"
#include "reward/sharing/share.h"

typedef enum distinct { EACH, BY, SUBJECT, DAYS } distinct;

typedef struct badge {
    const char *json; /* what its awards show: criteria, description, name, role, title */
    int by_entries;
    cci_where where;
    const char *kind; /* of the events; NULL for badges by entries */
    int64_t count, days; /* days: 0 for all time */
    int distinct;        /* what is counted once */
    int multiple, temporary;
    int64_t points;
    int64_t zone;
    cci_guards guards;
} badge;

static const cci_parameter parameters[] = {
    {"where", "condition", 0,
     "which entries: rank<=3, score>=60, selected, status=valid, joined by and; this or events"},
    {"events", "object", 0,
     "{kind, count, distinct, days}: whose events of a kind reach a number, of different by, subject or "
     "days, within days; this or where"},
    {"multiple", "boolean", 0, "for each such entry, or each time events reach it anew; by default once"},
    {"temporary", "boolean", 0,
     "only while it holds: it goes when the condition fails; by default who is listed in held keeps it"},
    {"points", "number", 0, "that come with each badge, and go with it"},
    {"name", "string", 0, "what it is called"},
    {"description", "string", 0, "what it is, in short"},
    {"criteria", "object", 0, "{narrative}: what it stands for, in words"},
    {"role", "string", 0, "the role it recognises, as author"},
    {"title", "string", 0, "a title that the holder may show"},
    CCI_PARAMETER_ZONE,
    CCI_PARAMETER_GUARDS,
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* -- Reading ---------------------------------------------------------------------------------- */

/* What awards show, as an object in canonical order. */
static cocreate_status read_looks(cocreate_scheme *scheme, const json_t *json, badge *out,
                                  const cci_path *path, cocreate_error *error)
{
    static const char *const criteria_keys[] = {"narrative", NULL};
    cci_path criteria_at = cci_path_key(path, "criteria");
    const char *narrative = NULL, *name = NULL, *description = NULL, *role = NULL, *title = NULL;
    json_t *criteria;
    cci_buffer b;
    CCI_TRY(cci_json_get_object_opt(json, "criteria", &criteria, path, error));
    if (criteria != NULL) {
        CCI_TRY(cci_json_keys(criteria, criteria_keys, &criteria_at, error));
        CCI_TRY(cci_json_string(criteria, "narrative", &narrative, &criteria_at, error));
    }
    CCI_TRY(cci_json_string_opt(json, "name", &name, path, error));
    CCI_TRY(cci_json_string_opt(json, "description", &description, path, error));
    CCI_TRY(cci_json_string_opt(json, "role", &role, path, error));
    CCI_TRY(cci_json_string_opt(json, "title", &title, path, error));
    cci_buffer_init(&b, &scheme->arena.allocator);
    if (narrative != NULL) {
        cci_buffer_text(&b, "{\"criteria\":{\"narrative\":");
        cci_json_quote(&b, narrative, strlen(narrative));
        cci_buffer_byte(&b, '}');
    }
    cci_detail_text(&b, "description", description);
    cci_detail_text(&b, "name", name);
    cci_detail_text(&b, "role", role);
    cci_detail_text(&b, "title", title);
    cci_buffer_text(&b, b.size > 0 ? "}" : "{}");
    return cci_arena_finish(&scheme->arena, &b, &out->json, error);
}

static cocreate_status read_events(cocreate_scheme *scheme, json_t *events, badge *b,
                                   const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"kind", "count", "distinct", "days", NULL};
    static const char *const ways[] = {"by", "subject", "days", NULL};
    cci_path at = cci_path_key(path, "events");
    const char *kind;
    int way = -1;
    CCI_TRY(cci_json_keys(events, keys, &at, error));
    CCI_TRY(cci_json_id(events, "kind", &kind, &at, error));
    CCI_TRY(cci_json_i64(events, "count", 1, 1000000000, &b->count, &at, error));
    CCI_TRY(cci_json_i64_opt(events, "days", 1, 1000000, &b->days, &at, error));
    CCI_TRY(cci_json_choice_opt(events, "distinct", ways, &way, &at, error));
    b->distinct = way + 1;
    b->kind = cci_arena_copy(&scheme->arena, kind, strlen(kind));
    return b->kind != NULL ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status refuse(const json_t *json, const char *key, const char *why,
                              const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    return json_object_get(json, key) == NULL
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", why);
}

static cocreate_status read_points(const json_t *json, cci_rule *rule, badge *b,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "points");
    cci_number n;
    CCI_TRY(cci_row_number(json, "points", 1, &n, path, error));
    if (n.den == 0) {
        rule->unit = NULL; /* it gives none */
        return refuse(json, "unit", "given, but no points come with the badge", path, error);
    }
    CCI_TRY(cci_points_minor(rule, n, &b->points, &at, error));
    return b->points > 0 ? COCREATE_OK
                         : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path where_at = cci_path_key(path, "where");
    const char *where = NULL;
    json_t *events;
    badge *b = cci_arena_alloc(&scheme->arena, 1, sizeof *b);
    if (b == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_string_opt(json, "where", &where, path, error));
    CCI_TRY(cci_json_get_object_opt(json, "events", &events, path, error));
    if ((where != NULL) == (events != NULL))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "needs one of \"where\" and \"events\"");
    CCI_TRY(cci_json_bool_opt(json, "multiple", &b->multiple, path, error));
    CCI_TRY(cci_json_bool_opt(json, "temporary", &b->temporary, path, error));
    if (where != NULL) {
        b->by_entries = 1;
        CCI_TRY(cci_where_parse(&scheme->arena, where, &b->where, &where_at, error));
        scheme->needs |= b->where.needs | CCI_NEED_ENTRIES;
        CCI_TRY(refuse(json, "zone", "only events have a zone", path, error));
        CCI_TRY(refuse(json, "guards", "only events have guards", path, error));
    } else {
        CCI_TRY(read_events(scheme, events, b, path, error));
        CCI_TRY(cci_read_zone(json, &b->zone, path, error));
        CCI_TRY(cci_read_guards(scheme, json, &b->guards, path, error));
        if (b->temporary && b->multiple)
            return refuse(json, "multiple", "what is held for a time is held once", path, error);
    }
    CCI_TRY(read_points(json, rule, b, path, error));
    rule->parameters = b;
    rule->why = "badges cost nothing";
    return read_looks(scheme, json, b, path, error);
}

/* -- By entries ------------------------------------------------------------------------------- */

static cocreate_status grant_entry(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                   cci_string_set *holders, cocreate_error *error)
{
    const badge *b = rule->parameters;
    if (!b->multiple)
        return cci_grant_badge(e, rule, entry, b->json, holders, error);
    for (size_t i = 0; i < (entry->n_team > 0 ? entry->n_team : 1); i++) {
        uint32_t index;
        int added;
        CCI_TRY(cci_string_set_add(holders, cci_member_of(entry, i), &index, &added, error));
        CCI_TRY(cci_recognise(e, rule, cci_member_of(entry, i), entry->id, "badge", b->json,
                              error));
    }
    return COCREATE_OK;
}

static cocreate_status by_entries(cci_evaluation *e, const cci_rule *rule, cci_string_set *holders,
                                  cocreate_error *error)
{
    const badge *b = rule->parameters;
    cci_stand *stands;
    size_t n;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    for (size_t i = 0; i < n; i++) {
        const cci_entry *entry = stands[i].entry;
        if (!cci_where_holds(&b->where, entry, stands[i].place))
            continue;
        cci_trace_begin(&e->trace);
        cci_trace_rank(&e->trace, stands[i].place, entry->metrics[CCI_METRIC_SCORE]);
        cci_trace_where(&e->trace, b->where.text);
        CCI_TRY(grant_entry(e, rule, entry, holders, error));
    }
    return COCREATE_OK;
}

/* -- By events -------------------------------------------------------------------------------- */

/* An event that counts; those of one key count once. */
typedef struct mark {
    const cci_deed *deed;
    const char *key;
    size_t index, group; /* in order of time; of the key */
} mark;

static int by_key(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    int order = x->key != NULL && y->key != NULL ? strcmp(x->key, y->key) : 0;
    if (order == 0 && x->key == NULL)
        order = (x->group > y->group) - (x->group < y->group);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

/* The events of a person that count, in order of time, with groups from 0. */
static size_t list_marks(const badge *b, const cci_deed *deeds, size_t n, mark *marks)
{
    size_t count = 0, group = 0;
    for (size_t i = 0; i < n; i++) {
        const cci_deed *d = &deeds[i];
        const char *key = b->distinct == BY ? d->by : b->distinct == SUBJECT ? d->subject : NULL;
        int keyed = b->distinct == BY || b->distinct == SUBJECT;
        if (strcmp(d->kind, b->kind) != 0 || (keyed && key == NULL))
            continue;
        if (count > 0 && !(b->distinct == DAYS && marks[count - 1].deed->day == d->day))
            group++;
        marks[count] = (mark){d, key, count, group};
        count++;
    }
    if (count == 0 || b->distinct == EACH || b->distinct == DAYS)
        return count;
    qsort(marks, count, sizeof *marks, by_key);
    for (size_t i = 0, g = 0; i < count; i++) {
        g += i > 0 && strcmp(marks[i].key, marks[i - 1].key) != 0;
        marks[i].group = g;
    }
    qsort(marks, count, sizeof *marks, by_index);
    return count;
}

static cocreate_status grant_count(cci_evaluation *e, const cci_rule *rule, const char *person,
                                   int64_t time, cci_string_set *holders, cocreate_error *error)
{
    static const char *const things[] = {"events", "events of different people",
                                         "events about different subjects", "days with events"};
    const badge *b = rule->parameters;
    cci_trace *t = &e->trace;
    char text[160], component[24];
    uint32_t index;
    int added;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "needed", CCI_UNIT_NONE, b->count, error));
    CCI_TRY(cci_trace_integer(t, "time", CCI_UNIT_NONE, time, error));
    if (b->days > 0)
        CCI_TRY(cci_trace_integer(t, "days", CCI_UNIT_NONE, b->days, error));
    snprintf(text, sizeof text, "{needed} %s%s: time {time}.", things[b->distinct],
             b->days > 0 ? " within {days} days" : "");
    if (!b->multiple)
        snprintf(text, sizeof text, "{needed} %s%s are reached.", things[b->distinct],
                 b->days > 0 ? " within {days} days" : "");
    cci_trace_say(t, text);
    cci_trace_grant(t, "badge");
    snprintf(component, sizeof component, "%" PRId64, time);
    CCI_TRY(cci_string_set_add(holders, person, &index, &added, error));
    return cci_recognise(e, rule, person, component, "badge", b->json, error);
}

/* Slide a window of days over the marks and grant when it holds enough groups; then begin anew. */
static cocreate_status slide(cci_evaluation *e, const cci_rule *rule, const mark *marks, size_t n,
                             int64_t *seen, cci_string_set *holders, cocreate_error *error)
{
    const badge *b = rule->parameters;
    int64_t groups = 0, times = 0;
    for (size_t low = 0, high = 0; high < n && (b->multiple || times == 0); high++) {
        for (; b->days > 0 && marks[high].deed->day - marks[low].deed->day >= b->days; low++)
            groups -= --seen[marks[low].group] == 0;
        groups += seen[marks[high].group]++ == 0;
        if (groups < b->count)
            continue;
        for (; low <= high; low++)
            seen[marks[low].group]--;
        groups = 0;
        CCI_TRY(grant_count(e, rule, marks[high].deed->person, ++times, holders, error));
    }
    return COCREATE_OK;
}

/* Those of the days up to a day. */
static cocreate_status hold(cci_evaluation *e, const cci_rule *rule, const mark *marks, size_t n,
                            int64_t day, int64_t *seen, cci_string_set *holders,
                            cocreate_error *error)
{
    const badge *b = rule->parameters;
    int64_t groups = 0;
    for (size_t i = 0; i < n; i++)
        if (marks[i].deed->day <= day && (b->days == 0 || day - marks[i].deed->day < b->days))
            groups += seen[marks[i].group]++ == 0;
    return groups < b->count ? COCREATE_OK
                             : grant_count(e, rule, marks[0].deed->person, 1, holders, error);
}

static cocreate_status by_events(cci_evaluation *e, const cci_rule *rule, cci_string_set *holders,
                                 cocreate_error *error)
{
    const badge *b = rule->parameters;
    cci_deed *deeds = NULL;
    size_t n = 0;
    int64_t as_of = 0;
    if (b->temporary)
        CCI_TRY(cci_need_time(e, rule, "as_of", &as_of, error));
    CCI_TRY(cci_deeds_read(e, rule, &b->guards, b->zone, &deeds, &n, error));
    mark *marks = cci_arena_alloc(&e->scratch, n, sizeof *marks);
    int64_t *seen = cci_arena_alloc(&e->scratch, n, sizeof *seen);
    if (marks == NULL || seen == NULL)
        return cci_no_memory(error);
    for (size_t i = 0, next; i < n; i = next) {
        next = cci_deeds_of_person(deeds, n, i);
        size_t count = list_marks(b, &deeds[i], next - i, marks);
        if (count == 0)
            continue;
        memset(seen, 0, count * sizeof *seen);
        CCI_TRY(b->temporary ? hold(e, rule, marks, count, cci_day_of(as_of, b->zone), seen,
                                    holders, error)
                             : slide(e, rule, marks, count, seen, holders, error));
    }
    return COCREATE_OK;
}

/* -- What was held before, and points --------------------------------------------------------- */

/* The list "held": who has the badge of a rule already. It stays unless it is temporary. */
static cocreate_status keep_held(cci_evaluation *e, const cci_rule *rule, cci_string_set *holders,
                                 cocreate_error *error)
{
    const badge *b = rule->parameters;
    cci_section held;
    cci_people people;
    CCI_TRY(cci_section_open(e, rule, "held", 1, &held, error));
    people = (cci_people){cci_arena_alloc(&e->scratch, held.n, sizeof *people.ids), 0};
    if (people.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < held.n; i++) {
        const json_t *row;
        const char *of, *person;
        cci_path at;
        CCI_TRY(cci_section_row(&held, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "rule", &of, &at, error));
        CCI_TRY(cci_json_id(row, "person", &person, &at, error));
        if (strcmp(of, rule->id) == 0 && cci_person_eligible(e, rule, person))
            people.ids[people.n++] = person;
    }
    cci_people_sort(&people);
    for (size_t i = 0; i < people.n; i++) {
        if (cci_string_set_find(holders, people.ids[i]) != CCI_TABLE_NONE)
            continue;
        cci_trace_begin(&e->trace);
        cci_trace_say(&e->trace, "Held before, and it stays.");
        cci_trace_grant(&e->trace, "badge");
        CCI_TRY(cci_recognise(e, rule, people.ids[i], "held", "badge", b->json, error));
    }
    return COCREATE_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static cocreate_status pay_points(cci_evaluation *e, const cci_rule *rule, const char *person,
                                  int64_t badges, cocreate_error *error)
{
    const badge *b = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "badges", CCI_UNIT_NONE, badges, error));
    CCI_TRY(cci_trace_integer(t, "each", CCI_UNIT_MINOR, b->points, error));
    CCI_TRY(cci_trace_calc(t, "total", CCI_UNIT_MINOR, "product", CCI_ARGS("badges", "each"),
                           error));
    cci_trace_say(t, badges == 1 ? "One badge brings {total} points."
                                 : "{badges} badges bring {each} points each: {total}.");
    CCI_TRY(cci_trace_pay(t, "total", &minor, error));
    if (minor > CCI_MINOR_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.rules[%zu]: \"%s\" has more than 2^53 - 1 minor units of %s",
                        rule->index, person, rule->unit);
    return cci_pay_person(e, rule, person, "", minor, error);
}

/* Points for the badges since award `from`. */
static cocreate_status add_points(cci_evaluation *e, const cci_rule *rule, size_t from,
                                  cocreate_error *error)
{
    const badge *b = rule->parameters;
    size_t n = e->awards->n - from;
    if (b->points == 0)
        return COCREATE_OK;
    const char **to = cci_arena_alloc(&e->scratch, n, sizeof *to);
    if (to == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        to[i] = e->awards->items[from + i].to;
    if (n > 0)
        qsort(to, n, sizeof *to, by_text);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && strcmp(to[next], to[i]) == 0;)
            next++;
        CCI_TRY(pay_points(e, rule, to[i], (int64_t)(next - i), error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const badge *b = rule->parameters;
    size_t from = e->awards->n;
    cci_string_set holders;
    cci_string_set_init(&holders, &e->scratch.allocator);
    cocreate_status status =
        b->by_entries ? by_entries(e, rule, &holders, error) : by_events(e, rule, &holders, error);
    if (status == COCREATE_OK && !b->temporary)
        status = keep_held(e, rule, &holders, error);
    cci_string_set_free(&holders);
    return status == COCREATE_OK ? add_points(e, rule, from, error) : status;
}

const cci_rule_kind cci_rule_badge = {
    .kind = "badge",
    .title = "A badge for whoever meets a condition",
    .parameters = parameters,
    .bound = "nothing",
    .source = "1EdTech, Open Badges 3.0 (Achievement: criteria, role); Discourse (multiple_grant, "
              "auto_revoke); merit (multiple, temporary)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
