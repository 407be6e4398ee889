/* Giving awards: to an owner, to the members of a team, to an entry that has neither, to a person. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "money/split.h"
#include "reward/awards.h"

static void framed(cci_buffer *b, const char *text)
{
    size_t size = strlen(text);
    for (int shift = 24; shift >= 0; shift -= 8)
        cci_buffer_byte(b, (uint8_t)(size >> shift));
    cci_buffer_add(b, text, size);
}

/* 16 hex digits of SHA-256 over a domain name and five texts, each after its length as four bytes,
 * big-endian: no two tuples give the same bytes. */
static cocreate_status award_id(const cci_evaluation *e, const cci_rule *rule, const char *to,
                                const char *component, char out[17], cocreate_error *error)
{
    static const char domain[] = "libcocreate/award/v1";
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_buffer_add(&b, domain, sizeof domain); /* with its NUL */
    framed(&b, e->scheme->digest);
    framed(&b, e->result_digest);
    framed(&b, rule->id);
    framed(&b, to);
    framed(&b, component);
    if (b.failed) {
        cci_buffer_free(&b);
        return cci_no_memory(error);
    }
    cci_digest digest = cci_sha256(b.data, b.size);
    cci_buffer_free(&b);
    cci_hex(digest.bytes, 8, out);
    return COCREATE_OK;
}

/* Where the result lists persons, nobody else receives anything. */
static cocreate_status check_recipient(const cci_evaluation *e, const cci_rule *rule,
                                       const char *to, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "persons");
    if (!e->result->has_persons || cci_result_person(e->result, to) != NULL)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                         "\"%s\", whom rule \"%s\" awards, is not among them", to, rule->id);
}

/* What is awarded, beside the rule and to whom. */
typedef struct award {
    const char *component; /* "" for none */
    const char *kind;
    const char *detail; /* NULL for money and points */
    int64_t minor;
} award;

static int copy(cci_arena *arena, const char *text, const char **out)
{
    if (text == NULL)
        return 1;
    *out = cci_arena_copy(arena, text, strlen(text));
    return *out != NULL;
}

static cocreate_status add_award(cci_evaluation *e, const cci_rule *rule, const char *to,
                                 const award *what, cocreate_error *error)
{
    cocreate_awards *awards = e->awards;
    cci_arena *arena = &awards->arena;
    int money = what->detail == NULL && rule->unit == NULL;
    const char *currency = what->detail != NULL ? NULL
                           : rule->unit != NULL ? rule->unit
                                                : e->scheme->currency;
    cci_award item = {.rule = rule, .minor = what->minor};
    item.exponent = rule->unit != NULL ? rule->unit_exponent : e->scheme->exponent;
    CCI_TRY(check_recipient(e, rule, to, error));
    CCI_TRY(award_id(e, rule, to, what->component, item.id, error));
    if (e->trace.text.failed)
        return cci_no_memory(error);
    char *trace = cci_arena_alloc(arena, e->trace.text.size + 2, 1);
    if (trace != NULL) {
        memcpy(trace, e->trace.text.data, e->trace.text.size);
        trace[e->trace.text.size] = ']';
    }
    item.trace = trace;
    void *items = awards->items;
    if (trace == NULL || !copy(arena, rule->id, &item.rule_id) || !copy(arena, to, &item.to) ||
        !copy(arena, what->component[0] != '\0' ? what->component : NULL, &item.entry) ||
        !copy(arena, what->kind, &item.kind) || !copy(arena, what->detail, &item.detail) ||
        !copy(arena, currency, &item.currency) ||
        !copy(arena, money && rule->fund != NULL ? rule->fund->id : NULL, &item.fund) ||
        !cci_grow(&arena->allocator, &items, &awards->capacity, awards->n + 1,
                  sizeof *awards->items))
        return cci_no_memory(error);
    awards->items = items;
    awards->items[awards->n++] = item;
    return COCREATE_OK;
}

static cocreate_status add_amount(cci_evaluation *e, const cci_rule *rule, const char *to,
                                  const char *component, int64_t minor, cocreate_error *error)
{
    award what = {component, rule->unit != NULL ? "points" : "money", NULL, minor};
    assert(rule->unit != NULL || (minor > 0 && rule->fund != NULL));
    return add_award(e, rule, to, &what, error);
}

const char *const cci_team_splits[] = {"declared", "equal", "weighted", "leader", NULL};

/* "no shares are declared, but rule "prizes" splits by them" */
static cocreate_status refuse_team(const cci_evaluation *e, const cci_rule *rule,
                                   const cci_entry *entry, const char *what, const char *does,
                                   cocreate_error *error)
{
    cci_entry_path path;
    cci_path team = cci_path_key(cci_result_path(e->result, entry, &path), "team");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &team, "%s, but rule \"%s\" %s", what, rule->id,
                         does);
}

/* The part of each in the sum of the weights. */
static cocreate_status weigh_team(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                  cci_number *shares, cocreate_error *error)
{
    size_t n = entry->n_team;
    int64_t scale = 0, sum = 0;
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    if (weights == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        shares[i] = entry->team[i].weight;
    if (!cci_number_scale(shares, n, weights, &scale, &sum))
        return refuse_team(e, rule, entry, "the weights have no common denominator of 64 bits",
                           "splits by them", error);
    if (sum == 0)
        return refuse_team(e, rule, entry, "no member has a weight", "splits by weights", error);
    for (size_t i = 0; i < n; i++)
        shares[i] = cci_number_of(weights[i], sum);
    return COCREATE_OK;
}

/* The leader has it all. */
static cocreate_status find_leader(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                   cci_number *shares, cocreate_error *error)
{
    size_t leaders = 0;
    for (size_t i = 0; i < entry->n_team; i++) {
        leaders += entry->team[i].leader != 0;
        shares[i] = (cci_number){entry->team[i].leader != 0, 1};
    }
    if (leaders == 1)
        return COCREATE_OK;
    return refuse_team(e, rule, entry,
                       leaders == 0 ? "nobody is marked as leader"
                                    : "several members are marked as leader",
                       "pays the leader", error);
}

/* The part of each member, and what the way of splitting is called. */
static cocreate_status team_shares(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                   cci_number *shares, const char **split, cocreate_error *error)
{
    int declared = entry->team[0].share.den > 0, how = rule->team;
    if (how == CCI_TEAM_AUTO)
        how = declared ? CCI_TEAM_DECLARED : CCI_TEAM_EQUAL;
    *split = cci_team_splits[how - CCI_TEAM_DECLARED];
    if (how == CCI_TEAM_WEIGHTED)
        return weigh_team(e, rule, entry, shares, error);
    if (how == CCI_TEAM_LEADER)
        return find_leader(e, rule, entry, shares, error);
    if (how == CCI_TEAM_DECLARED && !declared)
        return refuse_team(e, rule, entry, "no shares are declared", "splits by them", error);
    for (size_t i = 0; i < entry->n_team; i++)
        shares[i] = how == CCI_TEAM_DECLARED ? entry->team[i].share
                                             : (cci_number){1, (int64_t)entry->n_team};
    return COCREATE_OK;
}

static cocreate_status pay_team(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                int64_t minor, cocreate_error *error)
{
    size_t n = entry->n_team;
    cci_number *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *parts = cci_arena_alloc(&e->scratch, n, sizeof *parts);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids), *split = NULL;
    int64_t scale, sum, returned;
    if (shares == NULL || weights == NULL || parts == NULL || ids == NULL)
        return cci_no_memory(error);
    CCI_TRY(team_shares(e, rule, entry, shares, &split, error));
    if (!cci_number_scale(shares, n, weights, &scale, &sum)) {
        cci_entry_path path;
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, cci_result_path(e->result, entry, &path),
                             "the shares of the team have no common denominator of 64 bits");
    }
    for (size_t i = 0; i < n; i++)
        ids[i] = entry->team[i].id;
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.ids = ids;
    CCI_TRY(cci_split_i64(&e->scratch.allocator, minor, weights, n, &options, parts, &returned,
                          error));
    assert(returned == 0);
    size_t mark = e->trace.text.size;
    for (size_t i = 0; i < n; i++) {
        if (parts[i] == 0)
            continue;
        cci_trace_team(&e->trace, split, n, shares[i], minor);
        CCI_TRY(cci_trace_apportion(&e->trace, "largest_remainder", minor, shares[i],
                                    (cci_number){1, 1}, parts[i], error));
        CCI_TRY(add_amount(e, rule, ids[i], entry->id, parts[i], error));
        e->trace.text.size = mark; /* the next member's trace begins as this one's */
    }
    return COCREATE_OK;
}

cocreate_status cci_pay(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                        int64_t minor, cocreate_error *error)
{
    assert(minor >= 0);
    if (minor == 0)
        return COCREATE_OK;
    if (entry->n_team > 0)
        return pay_team(e, rule, entry, minor, error);
    const char *to = entry->owner != NULL ? entry->owner : entry->id;
    return add_amount(e, rule, to, entry->id, minor, error);
}

cocreate_status cci_receive(cci_evaluation *e, const cci_rule *rule, int64_t minor,
                            const cci_path *path, cocreate_error *error)
{
    int64_t *received = &e->received[rule->index];
    assert(minor >= 0);
    if (!cci_add_i64(*received, minor, received) || *received > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "rule \"%s\" receives more than 2^53 - 1 minor units", rule->id);
    return COCREATE_OK;
}

cocreate_status cci_pay_person(cci_evaluation *e, const cci_rule *rule, const char *person,
                               const char *component, int64_t minor, cocreate_error *error)
{
    assert(minor >= 0 || rule->unit != NULL);
    return minor == 0 ? COCREATE_OK : add_amount(e, rule, person, component, minor, error);
}

cocreate_status cci_recognise(cci_evaluation *e, const cci_rule *rule, const char *person,
                              const char *component, const char *kind, const char *detail,
                              cocreate_error *error)
{
    award what = {component, kind, detail, 0};
    return add_award(e, rule, person, &what, error);
}

cocreate_status cci_grant_badge(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                const char *badge, cci_string_set *holders, cocreate_error *error)
{
    size_t n = entry->n_team > 0 ? entry->n_team : 1;
    for (size_t i = 0; i < n; i++) {
        const char *to = entry->n_team > 0      ? entry->team[i].id
                         : entry->owner != NULL ? entry->owner
                                                : entry->id;
        uint32_t index;
        int added;
        CCI_TRY(cci_string_set_add(holders, to, &index, &added, error));
        if (added)
            CCI_TRY(cci_recognise(e, rule, to, entry->id, "badge", badge, error));
    }
    return COCREATE_OK;
}
