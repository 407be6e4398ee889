#include "reward/contest/supports.h"

#include <stdlib.h>
#include <string.h>

#include "reward/section.h"

typedef struct support {
    const cci_entry *entry;
    const char *person;
    cci_time at; /* unknown ones stand last */
} support;

static int compare_time(const support *x, const support *y)
{
    if (x->at.known != y->at.known)
        return x->at.known ? -1 : 1;
    return (x->at.at > y->at.at) - (x->at.at < y->at.at);
}

static int by_person(const void *a, const void *b)
{
    const support *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    int order = strcmp(x->person, y->person);
    return order != 0 ? order : compare_time(x, y);
}

static int by_time(const void *a, const void *b)
{
    const support *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    int order = compare_time(x, y);
    return order != 0 ? order : strcmp(x->person, y->person);
}

static int stands_behind(const cci_entry *entry, const char *person)
{
    for (size_t i = 0; i < entry->n_team; i++)
        if (strcmp(entry->team[i].id, person) == 0)
            return 1;
    return (entry->owner != NULL && strcmp(entry->owner, person) == 0) ||
           strcmp(entry->id, person) == 0;
}

/* Whoever is said not to be verified does not count. */
static cocreate_status may_support(const cci_evaluation *e, const cci_rule *rule, const support *s,
                                   int *out, cocreate_error *error)
{
    const cci_person *person = cci_result_person(e->result, s->person);
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "persons");
    int verified = 1;
    if (person != NULL) {
        cci_path at = cci_path_at(&list, person->index);
        CCI_TRY(cci_json_bool_opt(person->facts, "verified", &verified, &at, error));
    }
    *out = verified && cci_person_eligible(e, rule, s->person) &&
           !stands_behind(s->entry, s->person);
    return COCREATE_OK;
}

static cocreate_status read_supports(cci_evaluation *e, const cci_rule *rule, support **out,
                                     size_t *n, cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "supports", 0, &section, error));
    support *list = cci_arena_alloc(&e->scratch, section.n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path path;
        int withdrawn = 0, may = 0;
        support s = {.entry = NULL};
        CCI_TRY(cci_section_row(&section, i, &row, &path, error));
        CCI_TRY(cci_row_entry(e, row, "entry", &s.entry, &path, error));
        CCI_TRY(cci_json_id(row, "person", &s.person, &path, error));
        CCI_TRY(cci_row_time(row, "at", &s.at, &path, error));
        CCI_TRY(cci_json_bool_opt(row, "withdrawn", &withdrawn, &path, error));
        CCI_TRY(may_support(e, rule, &s, &may, error));
        if (may && !withdrawn)
            list[(*n)++] = s;
    }
    *out = list;
    return COCREATE_OK;
}

cocreate_status cci_supports_count(cci_evaluation *e, const cci_rule *rule, int64_t needed,
                                   cci_entry **out, cocreate_error *error)
{
    const cci_result *result = e->result;
    support *list = NULL;
    size_t n = 0, kept = 0;
    CCI_TRY(read_supports(e, rule, &list, &n, error));
    cci_entry *entries = cci_arena_alloc(&e->scratch, result->n, sizeof *entries);
    if (entries == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < result->n; i++) {
        entries[i] = result->entries[i];
        entries[i].metrics[CCI_METRIC_SUPPORTERS] = (cci_number){0, 1};
        entries[i].reached = (cci_time){0, 0};
    }
    if (n > 1)
        qsort(list, n, sizeof *list, by_person);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || list[i].entry != list[kept - 1].entry ||
            strcmp(list[i].person, list[kept - 1].person) != 0)
            list[kept++] = list[i];
    if (kept > 1)
        qsort(list, kept, sizeof *list, by_time);
    for (size_t i = 0; i < kept; i++) {
        cci_entry *entry = &entries[list[i].entry - result->entries];
        if (++entry->metrics[CCI_METRIC_SUPPORTERS].num == needed)
            entry->reached = list[i].at;
    }
    *out = entries;
    return COCREATE_OK;
}
