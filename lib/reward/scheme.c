/* Reading a scheme: strict, and refused where it could cost more than its funds hold. */
#include "cocreate/reward.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/guards.h"
#include "reward/rule.h"
#include "reward/terms.h"

/* Ids are compared with all before them. */
enum { RULES_MAX = 1000 };

static cocreate_status copy(cocreate_scheme *scheme, const char *text, const char **out,
                            cocreate_error *error)
{
    *out = cci_arena_copy(&scheme->arena, text, strlen(text));
    return *out == NULL ? cci_no_memory(error) : COCREATE_OK;
}

static int is_unit_code(const char *code)
{
    size_t n = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return n >= 1 && n <= 12 && code[n] == '\0';
}

/* An ISO currency, or a unit of the host's own with declared decimals. */
static cocreate_status read_currency(cocreate_scheme *scheme, const json_t *json,
                                     cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "currency");
    cci_path unit_at = cci_path_key(&root, "minor_unit");
    const char *code;
    int64_t unit = -1;
    CCI_TRY(cci_json_string(json, "currency", &code, &root, error));
    CCI_TRY(cci_json_i64_opt(json, "minor_unit", 0, 18, &unit, &root, error));
    if (!is_unit_code(code))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "a currency is 1 to 12 characters of A-Z, 0-9 and _");
    cocreate_currency currency = {.size = sizeof currency};
    if (cocreate_currency_find(code, &currency, NULL) == COCREATE_OK) {
        if (!currency.is_currency && strcmp(code, "XTS") != 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "%s is a code of ISO 4217 but no currency to award", code);
        if (unit >= 0 && unit != currency.exponent)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &unit_at,
                                 "is %" PRId64 ", but %s has %" PRId32 " decimals", unit, code,
                                 currency.exponent);
        unit = currency.exponent;
    } else if (unit < 0) {
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &unit_at,
                             "required, but missing: %s is no ISO 4217 currency, so its decimals are to "
                             "be declared",
                             code);
    }
    scheme->exponent = (int32_t)unit;
    return copy(scheme, code, &scheme->currency, error);
}

static cocreate_status read_commitment(cocreate_scheme *scheme, const json_t *json,
                                       cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "seed_commitment");
    const char *text = NULL;
    CCI_TRY(cci_json_string_opt(json, "seed_commitment", &text, &root, error));
    if (text == NULL)
        return COCREATE_OK;
    if (!cci_digest_parse(text, NULL) || strspn(text + 7, "0123456789abcdef") != 64)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "not \"sha256:\" and 64 lower-case hex digits");
    return copy(scheme, text, &scheme->seed_commitment, error);
}

cocreate_status cci_read_amount_value(const cocreate_scheme *scheme, const json_t *value,
                                      int64_t *out, const cci_path *path, cocreate_error *error)
{
    cocreate_error inner;
    int64_t minor;
    if (!json_is_string(value))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "an amount is a string such as \"1000.00\"");
    cocreate_status status =
        cocreate_amount_parse(json_string_value(value), scheme->exponent, &minor, &inner);
    if (status == COCREATE_ERR_OVERFLOW || (status == COCREATE_OK && minor > CCI_MINOR_MAX))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "more than 2^53 - 1 minor units of %s", scheme->currency);
    if (status != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "%s", inner.text);
    if (minor <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "is not more than 0");
    *out = minor;
    return COCREATE_OK;
}

cocreate_status cci_read_amount_opt(const cocreate_scheme *scheme, const json_t *json,
                                    const char *key, int64_t *out, const cci_path *path,
                                    cocreate_error *error)
{
    const json_t *value = json_object_get(json, key);
    cci_path at = cci_path_key(path, key);
    *out = 0;
    if (value == NULL || json_is_null(value))
        return COCREATE_OK;
    return cci_read_amount_value(scheme, value, out, &at, error);
}

cocreate_status cci_read_amount(const cocreate_scheme *scheme, const json_t *json, const char *key,
                                int64_t *out, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_read_amount_opt(scheme, json, key, out, path, error));
    return *out == 0 ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing")
                     : COCREATE_OK;
}

const char *cci_amount_text(const cocreate_scheme *scheme, int64_t minor,
                            char out[COCREATE_AMOUNT_TEXT])
{
    cocreate_status status = cocreate_amount_print(minor, scheme->exponent, out, NULL);
    assert(status == COCREATE_OK);
    (void)status;
    return out;
}

cocreate_status cci_unbounded(const cci_rule *rule, const cci_path *path, const char *remedy,
                              cocreate_error *error)
{
    return cci_json_fail(error, COCREATE_ERR_UNBOUNDED, path,
                         "rule \"%s\" has no bound on what it may cost: it needs %s", rule->id,
                         remedy);
}

cocreate_status cci_arena_finish(cci_arena *arena, cci_buffer *text, const char **out,
                                 cocreate_error *error)
{
    const char *kept = text->failed ? NULL : cci_arena_copy(arena, text->data, text->size);
    cci_buffer_free(text);
    if (kept == NULL)
        return cci_no_memory(error);
    *out = kept;
    return COCREATE_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static cocreate_status read_eligibility(cocreate_scheme *scheme, const json_t *json,
                                        cci_rule *rule, const cci_path *path,
                                        cocreate_error *error)
{
    static const char *const keys[] = {"status", "min_score", "exclude", NULL};
    cci_eligibility *e = &rule->eligibility;
    cci_path at = cci_path_key(path, "eligibility");
    json_t *eligibility, *exclude;
    const char *status = "valid";
    CCI_TRY(cci_json_get_object_opt(json, "eligibility", &eligibility, path, error));
    e->status = status;
    if (eligibility == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(eligibility, keys, &at, error));
    CCI_TRY(cci_json_string_opt(eligibility, "status", &status, &at, error));
    cci_path status_at = cci_path_key(&at, "status");
    if (strcmp(status, "withdrawn") == 0 || strcmp(status, "disqualified") == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &status_at,
                             "entries that are %s take part in nothing", status);
    CCI_TRY(copy(scheme, status, &e->status, error));
    const json_t *minimum = json_object_get(eligibility, "min_score");
    cci_path minimum_at = cci_path_key(&at, "min_score");
    if (minimum != NULL && !json_is_null(minimum))
        CCI_TRY(cci_number_read(minimum, &e->min_score, &minimum_at, error));
    CCI_TRY(cci_json_get_array_opt(eligibility, "exclude", &exclude, &at, error));
    cci_path exclude_at = cci_path_key(&at, "exclude");
    size_t n = exclude == NULL ? 0 : json_array_size(exclude);
    e->exclude = cci_arena_alloc(&scheme->arena, n, sizeof *e->exclude);
    if (e->exclude == NULL)
        return cci_no_memory(error);
    for (; e->n_exclude < n; e->n_exclude++) {
        const json_t *item = json_array_get(exclude, e->n_exclude);
        cci_path here = cci_path_at(&exclude_at, e->n_exclude);
        if (!json_is_string(item))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "an exclusion is the id or the role of somebody, a string");
        CCI_TRY(copy(scheme, json_string_value(item), &e->exclude[e->n_exclude], error));
    }
    qsort(e->exclude, n, sizeof *e->exclude, by_text);
    return COCREATE_OK;
}

static cocreate_status read_tie_break(const json_t *rounding, cci_rule *rule, const cci_path *path,
                                      cocreate_error *error)
{
    static const char *const steps[] = {"id", "lot", "weight"};
    cci_path at = cci_path_key(path, "tie_break");
    json_t *chain;
    CCI_TRY(cci_json_get_array_opt(rounding, "tie_break", &chain, path, error));
    if (chain == NULL)
        return COCREATE_OK;
    size_t n = json_array_size(chain);
    if (n == 0 || n > 2)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "holds %zu steps: [\"id\"], [\"lot\"] or [\"weight\",\"id\"]", n);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        const char *step = json_string_value(json_array_get(chain, i));
        size_t k = 0;
        while (step != NULL && k < 3 && strcmp(steps[k], step) != 0)
            k++;
        if (step == NULL || k == 3)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "not one of \"id\", \"lot\" and \"weight\"");
        /* "id" and "lot" leave no tie, and what follows "weight" is "id" in any case. */
        if (i == 1 && (k != 0 || strcmp(rule->ties, "weight") != 0))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "only \"id\" may follow, and only \"weight\"");
        if (i == 0)
            rule->ties = steps[k];
    }
    return COCREATE_OK;
}

static cocreate_status read_rounding(const json_t *json, cci_rule *rule, const cci_path *path,
                                     cocreate_error *error)
{
    static const char *const keys[] = {"method", "tie_break", NULL};
    cci_path at = cci_path_key(path, "rounding"), method_at = cci_path_key(&at, "method");
    const char *method = rule->method;
    json_t *rounding;
    CCI_TRY(cci_json_get_object_opt(json, "rounding", &rounding, path, error));
    if (rounding == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(rounding, keys, &at, error));
    CCI_TRY(cci_json_string_opt(rounding, "method", &method, &at, error));
    rule->method = NULL;
    for (size_t i = 0; i < cocreate_split_method_count(); i++)
        if (strcmp(cocreate_split_method_at(i), method) == 0)
            rule->method = cocreate_split_method_at(i);
    if (rule->method == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &method_at,
                             "no way of splitting is called \"%.40s\"; \"largest_remainder\" is one",
                             method);
    return read_tie_break(rounding, rule, &at, error);
}

static cocreate_status read_team(const json_t *json, cci_rule *rule, const cci_path *path,
                                 cocreate_error *error)
{
    static const char *const keys[] = {"split", NULL};
    cci_path at = cci_path_key(path, "team");
    json_t *team;
    int split = -1;
    CCI_TRY(cci_json_get_object_opt(json, "team", &team, path, error));
    if (team == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(team, keys, &at, error));
    CCI_TRY(cci_json_choice(team, "split", cci_team_splits, &split, &at, error));
    rule->team = CCI_TEAM_DECLARED + split;
    return COCREATE_OK;
}

/* What points are called. */
static cocreate_status read_unit(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"code", "minor_unit", NULL};
    cci_path at = cci_path_key(path, "unit"), code_at = cci_path_key(&at, "code");
    const char *code = "POINTS";
    int64_t decimals = 0;
    json_t *unit;
    CCI_TRY(cci_json_get_object_opt(json, "unit", &unit, path, error));
    if (unit != NULL) {
        CCI_TRY(cci_json_keys(unit, keys, &at, error));
        CCI_TRY(cci_json_string(unit, "code", &code, &at, error));
        CCI_TRY(cci_json_i64_opt(unit, "minor_unit", 0, 18, &decimals, &at, error));
    }
    if (!is_unit_code(code) || strcmp(code, scheme->currency) == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &code_at,
                             "points are called by 1 to 12 characters of A-Z, 0-9 and _, and not "
                             "as the currency");
    rule->unit_exponent = (int32_t)decimals;
    return copy(scheme, code, &rule->unit, error);
}

static int has_parameter(const cci_rule_kind *kind, const char *name)
{
    for (const cci_parameter *p = kind->parameters; p->name != NULL; p++)
        if (strcmp(p->name, name) == 0)
            return 1;
    return 0;
}

#define KINDS_MAX 200

static cocreate_status no_kind(const char *kind, const cci_path *at, cocreate_error *error)
{
    const char *kinds[KINDS_MAX + 1] = {NULL};
    for (size_t i = 0; cci_rule_kind_at(i) && i < KINDS_MAX; i++)
        kinds[i] = cci_rule_kind_at(i)->kind;
    const char *nearest = cci_nearest(kind, kinds);
    if (nearest)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, at,
                             "no kind of rule is called \"%.40s\"; did you mean \"%s\"?", kind, nearest);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, at,
                         "no kind of rule is called \"%.40s\"; \"ranked_prizes\" is one", kind);
}

static cocreate_status read_kind(const json_t *json, const cci_rule_kind **out,
                                 const cci_path *path, cocreate_error *error)
{
    const char *kind;
    cci_path at = cci_path_key(path, "kind");
    CCI_TRY(cci_json_string(json, "kind", &kind, path, error));
    for (size_t i = 0; cci_rule_kind_at(i) != NULL; i++)
        if (strcmp(cci_rule_kind_at(i)->kind, kind) == 0) {
            *out = cci_rule_kind_at(i);
            return COCREATE_OK;
        }
    return no_kind(kind, &at, error);
}

static cocreate_status check_keys(const json_t *json, const cci_rule_kind *kind,
                                  const cci_path *path, cocreate_error *error)
{
    enum { KEYS_MAX = 40 };
    const char *keys[KEYS_MAX] = {"id", "kind"};
    size_t n = 2;
    for (const cci_parameter *p = kind->parameters; p->name != NULL; p++) {
        assert(n + 1 < KEYS_MAX);
        keys[n++] = p->name;
    }
    keys[n] = NULL;
    return cci_json_keys(json, keys, path, error);
}

static cocreate_status read_rule(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_id(json, "id", &id, path, error));
    CCI_TRY(copy(scheme, id, &rule->id, error));
    CCI_TRY(read_kind(json, &rule->kind, path, error));
    CCI_TRY(check_keys(json, rule->kind, path, error));
    rule->method = "largest_remainder";
    rule->ties = "id";
    if (has_parameter(rule->kind, "fund"))
        CCI_TRY(cci_read_fund_of(scheme, json, rule, path, error));
    CCI_TRY(read_eligibility(scheme, json, rule, path, error));
    if (has_parameter(rule->kind, "rounding"))
        CCI_TRY(read_rounding(json, rule, path, error));
    if (has_parameter(rule->kind, "unit"))
        CCI_TRY(read_unit(scheme, json, rule, path, error));
    if (!rule->kind->own_lists)
        scheme->needs |= CCI_NEED_ENTRIES;
    if (has_parameter(rule->kind, "team"))
        CCI_TRY(read_team(json, rule, path, error));
    return rule->kind->parse(scheme, json, path, rule, error);
}

static int same_rule_id(const cocreate_scheme *scheme, size_t index, size_t *other)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(scheme->rules[i].id, scheme->rules[index].id) == 0) {
            *other = i;
            return 1;
        }
    return 0;
}

static cocreate_status read_rules(cocreate_scheme *scheme, const json_t *json,
                                  cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "rules");
    json_t *rules;
    size_t other = 0;
    CCI_TRY(cci_json_get_array(json, "rules", &rules, &root, error));
    size_t n = json_array_size(rules);
    if (n == 0 || n > RULES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu rules, not 1 to %d", n,
                             RULES_MAX);
    scheme->rules = cci_arena_alloc(&scheme->arena, n, sizeof *scheme->rules);
    if (scheme->rules == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        cci_rule *rule = &scheme->rules[i];
        rule->index = i;
        CCI_TRY(read_rule(scheme, json_array_get(rules, i), rule, &here, error));
        if (same_rule_id(scheme, i, &other))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "the id \"%s\" is that of $.rules[%zu] already", rule->id, other);
    }
    scheme->n_rules = n;
    return COCREATE_OK;
}

static cocreate_status keep_canonical(cocreate_scheme *scheme, const json_t *json,
                                      cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &scheme->arena.allocator);
    cocreate_status status = cci_json_canonical(json, &text, error);
    if (status != COCREATE_OK) {
        cci_buffer_free(&text);
        return status;
    }
    cci_digest digest = cci_sha256(text.data, text.size);
    cci_digest_text(&digest, scheme->digest);
    return cci_arena_finish(&scheme->arena, &text, &scheme->json, error);
}

static cocreate_status read_scheme(cocreate_scheme *scheme, const json_t *json,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"scheme", "currency", "minor_unit", "seed_commitment",
                                       "funds", "rules", "guards", "deductions", "lifecycle",
                                       NULL};
    static const char *const versions[] = {"cocreate.incentives/1", NULL};
    cci_path root = CCI_ROOT;
    int version;
    CCI_TRY(cci_json_object(json, &root, error));
    CCI_TRY(cci_json_keys(json, keys, &root, error));
    CCI_TRY(cci_json_choice(json, "scheme", versions, &version, &root, error));
    CCI_TRY(read_currency(scheme, json, error));
    CCI_TRY(read_commitment(scheme, json, error));
    CCI_TRY(cci_read_funds(scheme, json, error));
    CCI_TRY(read_rules(scheme, json, error));
    CCI_TRY(cci_guards_read(scheme, json, error));
    cci_terms terms; /* checked here, read again when awards are paid out */
    CCI_TRY(cci_terms_read(scheme, json, &terms, error));
    CCI_TRY(cci_check_bounds(scheme, error));
    return keep_canonical(scheme, json, error);
}

cocreate_status cocreate_scheme_parse(const cocreate_allocator *allocator, const char *json,
                                      size_t size, cocreate_scheme **out, cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_allocator a = cci_allocator(allocator);
    json_t *document;
    CCI_TRY(cci_json_parse(json, size, &document, error));
    cocreate_scheme *scheme = cci_alloc(&a, 1, sizeof *scheme);
    cocreate_status status = COCREATE_OK;
    if (scheme == NULL) {
        status = cci_no_memory(error);
    } else {
        cci_arena_init(&scheme->arena, &a);
        status = read_scheme(scheme, document, error);
    }
    json_decref(document);
    if (status == COCREATE_OK)
        *out = scheme;
    else
        cocreate_scheme_free(scheme);
    return status;
}

void cocreate_scheme_free(cocreate_scheme *scheme)
{
    if (scheme == NULL)
        return;
    cocreate_allocator a = scheme->arena.allocator;
    cci_arena_free(&scheme->arena);
    cci_free(&a, scheme);
}

const char *cocreate_scheme_json(const cocreate_scheme *scheme)
{
    return scheme->json;
}

const char *cocreate_scheme_digest(const cocreate_scheme *scheme)
{
    return scheme->digest;
}
