/* trust_level: the levels of Discourse, which are harder to reach than to keep. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reward/standing/trust_needs.h"

enum { MEMBER = 2, REGULAR = 3, LEADER = 4 };

typedef struct trust {
    int64_t settings[CCI_TRUST_SETTINGS];
} trust;

static const cci_parameter parameters[] = {
    {"settings", "object", 0,
     "settings of Discourse that differ from its defaults, by their names there, as "
     "tl3_requires_days_visited"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    const char *keys[CCI_TRUST_SETTINGS + 1] = {NULL};
    cci_path at = cci_path_key(path, "settings");
    json_t *settings;
    trust *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    if (r == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_get_object_opt(json, "settings", &settings, path, error));
    for (int i = 0; i < CCI_TRUST_SETTINGS; i++) {
        keys[i] = cci_trust_settings[i].name;
        r->settings[i] = cci_trust_settings[i].value;
    }
    if (settings != NULL)
        CCI_TRY(cci_json_keys(settings, keys, &at, error));
    for (int i = 0; i < CCI_TRUST_SETTINGS && settings != NULL; i++)
        CCI_TRY(cci_json_i64_opt(settings, keys[i], 0, cci_trust_settings[i].max, &r->settings[i], &at,
                                 error));
    rule->parameters = r;
    rule->why = "levels cost nothing";
    return COCREATE_OK;
}

/* -- Reading ---------------------------------------------------------------------------------- */

typedef struct person {
    const char *id;
    int64_t level;
    int locked;
    cci_time since; /* when they reached level 3 */
    int64_t facts[CCI_FACTS];
} person;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const person *)a)->id, ((const person *)b)->id);
}

static cocreate_status read_person(const cci_section *list, size_t i, const cci_time *as_of, person *p,
                                   cocreate_error *error)
{
    const json_t *row;
    cci_path at;
    cci_time created;
    CCI_TRY(cci_section_row(list, i, &row, &at, error));
    CCI_TRY(cci_json_id(row, "person", &p->id, &at, error));
    CCI_TRY(cci_json_i64_opt(row, "level", 0, LEADER, &p->level, &at, error));
    CCI_TRY(cci_json_bool_opt(row, "locked", &p->locked, &at, error));
    CCI_TRY(cci_row_time(row, "since", &p->since, &at, error));
    CCI_TRY(cci_row_time(row, "created_at", &created, &at, error));
    CCI_TRY(cci_facts_read(row, p->facts, &at, error));
    if (created.known && as_of->known)
        p->facts[CCI_FACT_ACCOUNT] =
            as_of->at > created.at ? (as_of->at - created.at) / 60000000 : 0;
    return COCREATE_OK;
}

static cocreate_status read_people(cci_evaluation *e, const cci_rule *rule, const cci_time *as_of,
                                   person **out, size_t *n, cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "activity", 0, &list, error));
    person *people = cci_arena_alloc(&e->scratch, list.n, sizeof *people);
    if (people == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++)
        CCI_TRY(read_person(&list, i, as_of, &people[i], error));
    if (list.n > 0)
        qsort(people, list.n, sizeof *people, by_id);
    for (size_t i = 1; i < list.n; i++)
        if (strcmp(people[i].id, people[i - 1].id) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list.list, "\"%s\" is there twice",
                                 people[i].id);
    *out = people;
    *n = list.n;
    return COCREATE_OK;
}

/* -- Levels ----------------------------------------------------------------------------------- */

/* The first need of a level that is not met, or NULL. */
static const cci_need *unmet(const person *p, int64_t level, const int64_t *limits, int keeping)
{
    const cci_need *need;
    for (size_t i = 0; (need = cci_need_at(i)) != NULL; i++)
        if (need->level == level && !cci_need_met(need, p->facts, limits, keeping))
            return need;
    return NULL;
}

static cocreate_status trace_grace(cci_trace *t, int64_t grace, int64_t age, cocreate_error *error)
{
    CCI_TRY(cci_trace_number(t, "days", CCI_UNIT_NONE, cci_number_of(age, CCI_DAY_US), error));
    CCI_TRY(cci_trace_integer(t, "grace", CCI_UNIT_NONE, grace, error));
    CCI_TRY(cci_trace_check(t, "days", "at_most", "grace", error));
    cci_trace_say(t, "Level 3 stays: it was reached within the last {grace} days.");
    return COCREATE_OK;
}

typedef struct community {
    int known; /* the result tells what was new */
    int64_t limits[CCI_LIMITS];
    cci_trust_news news;
    cci_time as_of;
} community;

/* Level 3 is lost below nine tenths of what it needs, but not within the days of grace. */
static cocreate_status review_regular(const person *p, const community *c, cci_trace *t,
                                      int64_t *level, const char **why, cocreate_error *error)
{
    int64_t grace = c->limits[CCI_TL3_GRACE];
    int64_t age = p->since.known && c->as_of.known ? c->as_of.at - p->since.at : INT64_MAX;
    if (age <= grace * CCI_DAY_US) {
        *why = "grace";
        return trace_grace(t, grace, age > 0 ? age : 0, error);
    }
    const cci_need *lost = unmet(p, REGULAR, c->limits, 1);
    *why = lost != NULL ? "lost" : "kept";
    if (lost == NULL)
        return cci_trace_needs(t, REGULAR, 1, p->facts, c->limits, c->news, error);
    *level = MEMBER;
    return cci_trace_lost(t, lost, p->facts, c->limits, c->news, error);
}

static cocreate_status review(const person *p, const community *c, cci_trace *t, int64_t *level,
                              const char **why, cocreate_error *error)
{
    char text[80];
    *why = p->locked ? "locked" : p->level == LEADER ? "manual" : "stays";
    *level = p->level;
    while (!p->locked && *level < MEMBER && unmet(p, *level + 1, c->limits, 0) == NULL)
        ++*level;
    if (!p->locked && (*level == MEMBER || *level == REGULAR) && !c->known)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.new_topics: required, with new_posts, to review \"%s\" for level 3", p->id);
    if (!p->locked && *level == REGULAR)
        return review_regular(p, c, t, level, why, error);
    if (!p->locked && *level == MEMBER && unmet(p, REGULAR, c->limits, 0) == NULL)
        ++*level;
    if (*level > p->level) {
        *why = "promoted";
        return cci_trace_needs(t, (int)*level, 0, p->facts, c->limits, c->news, error);
    }
    snprintf(text, sizeof text, "Level %" PRId64 "%s.", *level,
             p->locked              ? " is locked"
             : p->level == LEADER   ? " is given and taken by hand"
                                    : " stays, as it is never lost");
    cci_trace_say(t, text);
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const person *p,
                             const community *c, cocreate_error *error)
{
    int64_t level = 0;
    const char *why = NULL;
    cci_buffer b;
    cci_trace_begin(&e->trace);
    CCI_TRY(review(p, c, &e->trace, &level, &why, error));
    if (level == 0)
        return COCREATE_OK;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_integer(&b, "level", level);
    cci_detail_integer(&b, "was", p->level);
    cci_detail_text(&b, "why", why);
    return cci_recognise_with(e, rule, p->id, "", NULL, &b, error);
}

static cocreate_status read_community(cci_evaluation *e, const cci_rule *rule, community *c,
                                      cocreate_error *error)
{
    const trust *r = rule->parameters;
    cci_path root = CCI_ROOT;
    memcpy(c->limits, r->settings, sizeof r->settings);
    CCI_TRY(cci_json_i64_opt(e->document, "new_topics", 0, 1000000000, &c->news.topics, &root, error));
    CCI_TRY(cci_json_i64_opt(e->document, "new_posts", 0, 1000000000, &c->news.posts, &root, error));
    c->known = json_is_integer(json_object_get(e->document, "new_topics")) &&
               json_is_integer(json_object_get(e->document, "new_posts"));
    cci_trust_limits(c->limits, c->news);
    return cci_document_time(e, "as_of", &c->as_of, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    community c = {0};
    person *people = NULL;
    size_t n = 0;
    CCI_TRY(read_community(e, rule, &c, error));
    CCI_TRY(read_people(e, rule, &c.as_of, &people, &n, error));
    for (size_t i = 0; i < n; i++)
        if (cci_person_eligible(e, rule, people[i].id))
            CCI_TRY(award(e, rule, &people[i], &c, error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_trust_level = {
    .kind = "trust_level",
    .title = "Trust levels that are harder to reach than to keep",
    .parameters = parameters,
    .bound = "nothing",
    .source = "Discourse, trust_level3_requirements.rb, promotion.rb and site_settings.yml",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
