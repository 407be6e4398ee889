/* What a new brief may not say, though it can be read: it would not mean what its author thinks.
 * Briefs in logs are taken as they are: this is asked where a brief comes in, never by a replay. */
#include <string.h>

#include "campaign/brief.h"
#include "campaign/brief_read.h"
#include "campaign/predicate/predicate.h"

/* "reopen" is for a round that fails, and one that may select nobody does not. */
static cocreate_status check_reopening(const cci_brief *b, cocreate_error *error)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds");
    for (size_t i = 0; i < b->n_rounds; i++) {
        const cci_round_spec *spec = &b->rounds[i];
        cci_path here = cci_path_at(&rounds, i);
        if (spec->reopens && spec->select_min == 0)
            return cci_brief_wrong(&here, "on_none", error,
                                   "round '%.60s' does not fail where it selects nobody, so that nothing "
                                   "opens again: 'select' begins at 1 here", spec->id);
    }
    return COCREATE_OK;
}

/* A word that is no number and stands where a value does: ["<=", "age", 18]. */
static const char *stray_word(const json_t *json)
{
    const char *word = json_string_value(json);
    return word && (word[0] < '0' || word[0] > '9') && word[0] != '-' && word[0] != '.' ? word : NULL;
}

/* It is never about anybody, and holds for everybody or nobody. */
static cocreate_status check_comparison(const json_t *json, const cci_path *path, cocreate_error *error)
{
    const json_t *left = json_array_get(json, 1), *right = json_array_get(json, 2);
    int lists = strcmp(json_string_value(json_array_get(json, 0)), "in") == 0;
    if (json_is_array(left) || (json_is_array(right) && !lists))
        return COCREATE_OK;
    const char *word = stray_word(left);
    int index = word ? 1 : 2;
    if (!word && !lists)
        word = stray_word(right);
    if (!word)
        return COCREATE_OK;
    cci_path here = cci_path_at(path, (size_t)index);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "two constants are compared; an attribute is [\"attribute\", \"%.60s\"]", word);
}

/* The depth is bounded: it was checked. */
static cocreate_status check_predicate(const json_t *json, const cci_path *path, cocreate_error *error)
{
    static const char *const joins[] = {"and", "or", "not"};
    static const char *const about_one[] = {"has", "role"};
    const char *word = json_string_value(json_array_get(json, 0));
    for (size_t i = 0; word && i < sizeof about_one / sizeof *about_one; i++)
        if (strcmp(word, about_one[i]) == 0)
            return COCREATE_OK;
    for (size_t i = 0; word && i < sizeof joins / sizeof *joins; i++) {
        if (strcmp(word, joins[i]) != 0)
            continue;
        for (size_t k = 1; k < json_array_size(json); k++) {
            cci_path here = cci_path_at(path, k);
            CCI_TRY(check_predicate(json_array_get(json, k), &here, error));
        }
        return COCREATE_OK;
    }
    return word ? check_comparison(json, path, error) : COCREATE_OK;
}

static cocreate_status check_predicates(const cci_brief *b, cocreate_error *error)
{
    cci_path list = cci_path_key(&CCI_ROOT, "eligibility");
    const char *key;
    json_t *value, *all = json_object_get(b->json, "eligibility");
    size_t index;
    json_object_foreach(all, key, value)
    {
        cci_path here = cci_path_key(&list, key);
        CCI_TRY(check_predicate(value, &here, error));
    }
    list = cci_path_key(&CCI_ROOT, "limits");
    json_array_foreach(json_object_get(b->json, "limits"), index, value)
    {
        cci_path limit = cci_path_at(&list, index), here = cci_path_key(&limit, "where");
        CCI_TRY(check_predicate(json_object_get(value, "where"), &here, error));
    }
    list = cci_path_key(&CCI_ROOT, "rounds");
    json_array_foreach(json_object_get(b->json, "rounds"), index, value)
    {
        cci_path round = cci_path_at(&list, index), here = cci_path_key(&round, "electorate");
        const json_t *electorate = json_object_get(value, "electorate");
        if (cci_predicate_is(electorate))
            CCI_TRY(check_predicate(electorate, &here, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_brief_sense(const cci_brief *b, cocreate_error *error)
{
    CCI_TRY(check_reopening(b, error));
    return check_predicates(b, error);
}
