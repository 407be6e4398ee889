/* From a scheme and a closed result to awards. */
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "money/split.h"
#include "reward/awards.h"
#include "reward/guards.h"

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int named(const cci_eligibility *e, const char *name)
{
    return bsearch(&name, e->exclude, e->n_exclude, sizeof *e->exclude, by_text) != NULL;
}

static int excluded(const cci_eligibility *e, const cci_entry *entry)
{
    if (e->n_exclude == 0)
        return 0;
    if (named(e, entry->id) ||
        (entry->owner != NULL && named(e, entry->owner)))
        return 1;
    for (size_t i = 0; i < entry->n_roles; i++)
        if (named(e, entry->roles[i]))
            return 1;
    for (size_t i = 0; i < entry->n_team; i++)
        if (named(e, entry->team[i].id))
            return 1;
    return 0;
}

int cci_eligible(const cci_rule *rule, const cci_entry *entry)
{
    const cci_eligibility *e = &rule->eligibility;
    cci_number score = entry->metrics[CCI_METRIC_SCORE];
    if (strcmp(entry->status, e->status) != 0)
        return 0;
    if (e->min_score.den > 0 && (score.den == 0 || cci_number_compare(score, e->min_score) < 0))
        return 0;
    return !excluded(e, entry);
}

int cci_person_eligible(const cci_evaluation *e, const cci_rule *rule, const char *person)
{
    const cci_eligibility *eligibility = &rule->eligibility;
    if (eligibility->n_exclude == 0)
        return 1;
    const cci_person *found = cci_result_person(e->result, person);
    for (size_t i = 0; found != NULL && i < found->n_roles; i++)
        if (named(eligibility, found->roles[i]))
            return 0;
    return !named(eligibility, person);
}

/* Mark the entry unless a person behind it has a better one already. */
static cocreate_status claim(cci_string_set *persons, const cci_entry *entry, char *taken,
                             cocreate_error *error)
{
    const char *single = entry->owner != NULL ? entry->owner : entry->id;
    int first = 1, added;
    uint32_t index;
    if (entry->owner != NULL || entry->n_team == 0)
        first = cci_string_set_find(persons, single) == CCI_TABLE_NONE;
    for (size_t i = 0; i < entry->n_team && first; i++)
        first = cci_string_set_find(persons, entry->team[i].id) == CCI_TABLE_NONE;
    if (!first)
        return COCREATE_OK;
    *taken = 1;
    if (entry->owner != NULL || entry->n_team == 0)
        CCI_TRY(cci_string_set_add(persons, single, &index, &added, error));
    for (size_t i = 0; i < entry->n_team; i++)
        CCI_TRY(cci_string_set_add(persons, entry->team[i].id, &index, &added, error));
    return COCREATE_OK;
}

static cocreate_status take_best(cci_evaluation *e, const cci_rule *rule, char *taken,
                                 cocreate_error *error)
{
    cci_string_set persons;
    cocreate_status status = COCREATE_OK;
    cci_string_set_init(&persons, &e->scratch.allocator);
    for (size_t i = 0; i < e->result->n && status == COCREATE_OK; i++) {
        const cci_entry *entry = e->result->by_time[i];
        if (cci_eligible(rule, entry))
            status = claim(&persons, entry, &taken[entry - e->result->entries], error);
    }
    cci_string_set_free(&persons);
    return status;
}

cocreate_status cci_standing(cci_evaluation *e, const cci_rule *rule, int best_only,
                             cci_stand **out, size_t *n, cocreate_error *error)
{
    const cci_result *result = e->result;
    cci_stand *stands = cci_arena_alloc(&e->scratch, result->n, sizeof *stands);
    char *taken = cci_arena_alloc(&e->scratch, result->n, 1);
    size_t count = 0;
    if (stands == NULL || taken == NULL)
        return cci_no_memory(error);
    if (best_only)
        CCI_TRY(take_best(e, rule, taken, error));
    for (size_t i = 0; i < result->n; i++) {
        const cci_entry *entry = result->by_level[i];
        if (best_only ? taken[entry - result->entries] : cci_eligible(rule, entry))
            stands[count++].entry = entry;
    }
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && stands[next].entry->level == stands[i].entry->level;)
            next++;
        for (size_t k = i; k < next; k++) {
            stands[k].place = (int64_t)i + 1;
            stands[k].tied = next - i;
        }
    }
    *out = stands;
    *n = count;
    return COCREATE_OK;
}

cocreate_status cci_need_seed(const cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    if (e->seed != NULL)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "$.rules[%zu]: rule \"%s\" draws lots and needs a "
                    "seed", rule->index, rule->id);
}

cocreate_status cci_split_options_of(const cci_evaluation *e, const cci_rule *rule,
                                     const char *const *ids, cocreate_split_options *out,
                                     cocreate_error *error)
{
    cocreate_split_options_init(out);
    out->method = rule->method;
    out->ties = rule->ties;
    out->ids = ids;
    if (strcmp(rule->ties, "lot") != 0)
        return COCREATE_OK;
    out->seed = e->seed;
    return cci_need_seed(e, rule, error);
}

cocreate_status cci_split_for(cci_evaluation *e, const cci_rule *rule, int64_t pool,
                              const int64_t *weights, const char *const *ids, size_t n,
                              int64_t cap, int64_t minimum, int64_t *shares, cocreate_error *error)
{
    cocreate_split_options options;
    int64_t returned;
    CCI_TRY(cci_split_options_of(e, rule, ids, &options, error));
    options.cap = cap;
    options.minimum = minimum;
    return cci_split_i64(&e->scratch.allocator, pool, weights, n, &options, shares, &returned,
                         error);
}

/* A seed that was committed to must be the one that was meant. */
static cocreate_status check_seed(const cocreate_scheme *scheme, const uint8_t *seed,
                                  cocreate_error *error)
{
    if (seed == NULL || scheme->seed_commitment == NULL)
        return COCREATE_OK;
    char text[CCI_DIGEST_TEXT];
    cci_digest digest = cci_sha256(seed, 32);
    cci_digest_text(&digest, text);
    if (strcmp(text, scheme->seed_commitment) == 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    "$.seed_commitment: the seed is not the one the scheme commits to");
}

static cocreate_status evaluate(cci_evaluation *e, const json_t *json, cocreate_error *error)
{
    const cocreate_scheme *scheme = e->scheme;
    cci_result result;
    char digest[CCI_DIGEST_TEXT];
    CCI_TRY(cci_result_read(&e->scratch, json, scheme->needs, &result, error));
    CCI_TRY(cci_json_digest(&e->scratch.allocator, json, digest, error));
    e->result = &result;
    e->document = json;
    e->result_digest = digest;
    e->received = cci_arena_alloc(&e->scratch, scheme->n_rules, sizeof *e->received);
    if (e->received == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < scheme->n_rules; i++)
        CCI_TRY(scheme->rules[i].kind->evaluate(e, &scheme->rules[i], error));
    CCI_TRY(cci_guards_apply(e, error));
    return cci_awards_finish(e, error);
}

cocreate_status cocreate_reward(const cocreate_scheme *scheme, const char *result, size_t size,
                                const uint8_t *seed, cocreate_awards **out, cocreate_error *error)
{
    const cocreate_allocator *a = &scheme->arena.allocator;
    json_t *document;
    CCI_TRY(check_seed(scheme, seed, error));
    CCI_TRY(cci_json_parse(result, size, &document, error));
    cci_evaluation e = {.scheme = scheme, .seed = seed};
    cocreate_status status = COCREATE_OK;
    cci_arena_init(&e.scratch, a);
    cci_buffer_init(&e.trace.text, a);
    e.awards = cci_alloc(a, 1, sizeof *e.awards);
    if (e.awards == NULL) {
        status = cci_no_memory(error);
    } else {
        cci_arena_init(&e.awards->arena, a);
        status = evaluate(&e, document, error);
    }
    cci_figures_free(&e.trace.figures);
    cci_buffer_free(&e.trace.text);
    cci_arena_free(&e.scratch);
    json_decref(document);
    if (status == COCREATE_OK)
        *out = e.awards;
    else
        cocreate_awards_free(e.awards);
    return status;
}
