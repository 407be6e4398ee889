/* Who may receive anything, where the result lists them. */
#include <stdlib.h>
#include <string.h>

#include "reward/result.h"

static int by_id(const void *a, const void *b)
{
    const cci_person *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

const cci_person *cci_result_person(const cci_result *result, const char *id)
{
    size_t low = 0, high = result->n_persons;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, result->persons[middle].id);
        if (order == 0)
            return &result->persons[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

cocreate_status cci_result_persons(cci_arena *arena, const json_t *json, cci_result *result,
                                   cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "persons");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "persons", &list, &root, error));
    if (list == NULL)
        return COCREATE_OK;
    size_t n = json_array_size(list);
    cci_person *persons = cci_arena_alloc(arena, n, sizeof *persons);
    if (persons == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        cci_person *p = &persons[i];
        p->facts = json_array_get(list, i);
        p->index = i;
        CCI_TRY(cci_json_object(p->facts, &here, error));
        CCI_TRY(cci_json_id(p->facts, "id", &p->id, &here, error));
        CCI_TRY(cci_result_roles(arena, p->facts, &p->roles, &p->n_roles, &here, error));
    }
    qsort(persons, n, sizeof *persons, by_id);
    for (size_t i = 1; i < n; i++)
        if (strcmp(persons[i - 1].id, persons[i].id) == 0) {
            cci_path here = cci_path_at(&at, persons[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "the id \"%s\" is that of $.persons[%zu] already", persons[i].id,
                                 persons[i - 1].index);
        }
    result->persons = persons;
    result->n_persons = n;
    result->has_persons = 1;
    return COCREATE_OK;
}
