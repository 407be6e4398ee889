#include "reward/recognition/events.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cocreate_status read_serial(const json_t *json, cci_guards *out, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"events", "hours", NULL};
    json_t *serial;
    cci_path at = cci_path_key(path, "serial");
    CCI_TRY(cci_json_get_object_opt(json, "serial", &serial, path, error));
    if (serial == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(serial, keys, &at, error));
    CCI_TRY(cci_json_i64(serial, "events", 1, 1000000, &out->serial, &at, error));
    return cci_json_i64(serial, "hours", 1, 1000000, &out->serial_hours, &at, error);
}

cocreate_status cci_read_guards(cocreate_scheme *scheme, const json_t *json, cci_guards *out,
                                const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"self",         "pair_cap", "pair_days", "serial",
                                       "min_age_days", "novice",   NULL};
    json_t *guards;
    const char *novice = NULL;
    cci_path at = cci_path_key(path, "guards");
    *out = (cci_guards){.pair_days = 1};
    CCI_TRY(cci_json_get_object_opt(json, "guards", &guards, path, error));
    if (guards == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(guards, keys, &at, error));
    CCI_TRY(cci_json_bool_opt(guards, "self", &out->self, &at, error));
    CCI_TRY(cci_json_i64_opt(guards, "pair_cap", 1, 1000000, &out->pair_cap, &at, error));
    CCI_TRY(cci_json_i64_opt(guards, "pair_days", 1, 1000000, &out->pair_days, &at, error));
    CCI_TRY(read_serial(guards, out, &at, error));
    CCI_TRY(cci_json_i64_opt(guards, "min_age_days", 0, 1000000, &out->min_age_days, &at, error));
    CCI_TRY(cci_json_id_opt(guards, "novice", &novice, &at, error));
    if (novice == NULL)
        return COCREATE_OK;
    out->novice = cci_arena_copy(&scheme->arena, novice, strlen(novice));
    return out->novice == NULL ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_read_zone(const json_t *json, int64_t *offset, const cci_path *path,
                              cocreate_error *error)
{
    const char *zone = NULL;
    char text[32];
    int64_t west;
    cci_path at = cci_path_key(path, "zone");
    CCI_TRY(cci_json_string_opt(json, "zone", &zone, path, error));
    if (zone == NULL)
        return COCREATE_OK;
    if (strlen(zone) > 6 ||
        snprintf(text, sizeof text, "1970-01-01T00:00:00%s", zone) < 0 ||
        !cci_time_parse(text, &west))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not Z or an offset such as +02:00");
    *offset = -west;
    return COCREATE_OK;
}

/* -- Reading ---------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const cci_deed *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_time(const cci_deed *x, const cci_deed *y)
{
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->id, y->id);
}

static int by_pair(const void *a, const void *b)
{
    const cci_deed *x = a, *y = b;
    int order = strcmp(x->by != NULL ? x->by : "", y->by != NULL ? y->by : "");
    if (order == 0)
        order = strcmp(x->person, y->person);
    return order != 0 ? order : by_time(x, y);
}

static int by_person(const void *a, const void *b)
{
    const cci_deed *x = a, *y = b;
    int order = strcmp(x->person, y->person);
    if (order == 0 && x->day != y->day)
        order = x->day < y->day ? -1 : 1;
    return order != 0 ? order : by_time(x, y);
}

static int same_pair(const cci_deed *x, const cci_deed *y)
{
    return x->by != NULL && y->by != NULL && strcmp(x->by, y->by) == 0 &&
           strcmp(x->person, y->person) == 0;
}

int64_t cci_day_of(int64_t at, int64_t offset)
{
    int64_t day = at / CCI_DAY_US, rest = at % CCI_DAY_US + offset;
    while (rest < 0) {
        rest += CCI_DAY_US;
        day--;
    }
    return day + rest / CCI_DAY_US;
}

static cocreate_status read_event(const cci_section *section, size_t i, int64_t zone,
                                  cci_deed *out, int *valid, cocreate_error *error)
{
    cci_path at;
    const char *status = "valid";
    CCI_TRY(cci_section_row(section, i, &out->row, &at, error));
    out->index = i;
    CCI_TRY(cci_json_id(out->row, "id", &out->id, &at, error));
    CCI_TRY(cci_json_id(out->row, "kind", &out->kind, &at, error));
    CCI_TRY(cci_json_id(out->row, "person", &out->person, &at, error));
    CCI_TRY(cci_json_id_opt(out->row, "by", &out->by, &at, error));
    CCI_TRY(cci_json_id_opt(out->row, "subject", &out->subject, &at, error));
    CCI_TRY(cci_json_time(out->row, "at", &out->at, &at, error));
    CCI_TRY(cci_row_number(out->row, "value", 1, &out->value, &at, error));
    CCI_TRY(cci_json_string_opt(out->row, "status", &status, &at, error));
    CCI_TRY(cci_read_zone(out->row, &zone, &at, error));
    if (out->value.den == 0)
        out->value = (cci_number){1, 1};
    out->day = cci_day_of(out->at, zone);
    *valid = strcmp(status, "valid") == 0;
    return COCREATE_OK;
}

/* The same event told twice is one; two events of one id are a mistake. */
static cocreate_status drop_repeated(const cci_section *section, cci_deed *events, size_t *n,
                                     cocreate_error *error)
{
    size_t kept = 0;
    if (*n > 0)
        qsort(events, *n, sizeof *events, by_id);
    for (size_t i = 0; i < *n; i++) {
        const cci_deed *last = kept > 0 ? &events[kept - 1] : NULL;
        if (last == NULL || strcmp(last->id, events[i].id) != 0) {
            events[kept++] = events[i];
        } else if (!json_equal(last->row, events[i].row)) {
            cci_path at = cci_path_at(&section->list, events[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" is not the event of that id in $.events[%zu]", last->id,
                                 last->index);
        }
    }
    *n = kept;
    return COCREATE_OK;
}

/* -- Guards ----------------------------------------------------------------------------------- */

static cocreate_status old_enough(const cci_evaluation *e, const cci_rule *rule,
                                  const cci_guards *guards, const cci_deed *event, int *counts,
                                  cocreate_error *error)
{
    const cci_person *p = cci_result_person(e->result, event->by);
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "persons");
    cci_time since = {0, 0};
    if (p == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list,
                             "\"%s\" is not among them, but rule \"%s\" counts by accounts",
                             event->by, rule->id);
    cci_path at = cci_path_at(&list, p->index);
    if (guards->novice != NULL)
        for (size_t i = 0; i < p->n_roles; i++)
            if (strcmp(p->roles[i], guards->novice) == 0)
                *counts = 0;
    if (guards->min_age_days == 0)
        return COCREATE_OK;
    CCI_TRY(cci_row_time(p->facts, "since", &since, &at, error));
    cci_path since_at = cci_path_key(&at, "since");
    if (!since.known)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &since_at,
                             "required by the guards of rule \"%s\", but missing", rule->id);
    if (event->at - since.at < guards->min_age_days * CCI_DAY_US)
        *counts = 0;
    return COCREATE_OK;
}

static cocreate_status passes(const cci_evaluation *e, const cci_rule *rule,
                              const cci_guards *guards, const cci_deed *event, int *counts,
                              cocreate_error *error)
{
    *counts = 1;
    if (event->by == NULL)
        return COCREATE_OK;
    if (!guards->self && strcmp(event->by, event->person) == 0)
        *counts = 0;
    if (guards->novice != NULL || guards->min_age_days > 0)
        CCI_TRY(old_enough(e, rule, guards, event, counts, error));
    return COCREATE_OK;
}

/* Of events by pair and time: drop all of a burst, then those beyond the cap of a period. */
static size_t drop_pairs(const cci_guards *guards, cci_deed *events, size_t n, char *dropped)
{
    size_t kept = 0, marked = 0, run = (size_t)guards->serial;
    for (size_t i = 0; run > 0 && i + run < n; i++) {
        const cci_deed *last = &events[i + run];
        if (!same_pair(&events[i], last) ||
            last->at - events[i].at > guards->serial_hours * (CCI_DAY_US / 24))
            continue;
        for (marked = marked > i ? marked : i; marked <= i + run; marked++)
            dropped[marked] = 1;
    }
    int64_t count = 0, period = 0;
    const cci_deed *before = NULL;
    for (size_t i = 0; i < n; i++) {
        if (dropped[i])
            continue;
        int64_t here = cci_day_of(events[i].at, 0);
        here = here >= 0 ? here / guards->pair_days : -((-here - 1) / guards->pair_days) - 1;
        int same = before != NULL && same_pair(before, &events[i]) && here == period;
        count = same ? count + 1 : 1;
        period = here;
        dropped[i] = guards->pair_cap > 0 && events[i].by != NULL && count > guards->pair_cap;
        before = &events[i];
    }
    for (size_t i = 0; i < n; i++)
        if (!dropped[i])
            events[kept++] = events[i];
    return kept;
}

cocreate_status cci_deeds_guard(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                                cci_deed *deeds, size_t *n, cocreate_error *error)
{
    char *dropped = cci_arena_alloc(&e->scratch, *n, 1);
    size_t kept = 0;
    if (dropped == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < *n; i++) {
        int counts = 0;
        CCI_TRY(passes(e, rule, guards, &deeds[i], &counts, error));
        if (counts)
            deeds[kept++] = deeds[i];
    }
    if (kept > 0 && (guards->pair_cap > 0 || guards->serial > 0)) {
        qsort(deeds, kept, sizeof *deeds, by_pair);
        kept = drop_pairs(guards, deeds, kept, dropped);
    }
    *n = kept;
    return COCREATE_OK;
}

cocreate_status cci_deeds_read(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                                int64_t zone, cci_deed **out, size_t *n, cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "events", 0, &section, error));
    cci_deed *events = cci_arena_alloc(&e->scratch, section.n, sizeof *events);
    size_t count = 0, kept = 0;
    if (events == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        int valid = 0;
        CCI_TRY(read_event(&section, i, zone, &events[count], &valid, error));
        if (valid)
            count++;
        else
            events[count] = (cci_deed){0};
    }
    CCI_TRY(drop_repeated(&section, events, &count, error));
    for (size_t i = 0; i < count; i++)
        if (cci_person_eligible(e, rule, events[i].person))
            events[kept++] = events[i];
    CCI_TRY(cci_deeds_guard(e, rule, guards, events, &kept, error));
    if (kept > 0)
        qsort(events, kept, sizeof *events, by_person);
    *out = events;
    *n = kept;
    return COCREATE_OK;
}

size_t cci_deeds_of_person(const cci_deed *events, size_t n, size_t i)
{
    size_t next = i + 1;
    while (next < n && strcmp(events[next].person, events[i].person) == 0)
        next++;
    return next;
}
