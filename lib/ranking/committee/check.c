/* Checking a committee: reading what is asked, and telling what was found. */
#include "ranking/committee/check.h"

#include <string.h>

#include "base/checked.h"
#include "base/json.h"
#include "base/text.h"
#include "profile/ballots.h"

static const cci_property properties[] = {
    {"jr", cci_find_jr, "none of them approves a member", NULL, NULL},
    {"pjr", cci_find_pjr, "together they approve only ", " of the members", NULL},
    {"ejr", cci_find_ejr, "none of them approves more than ", " of the members", NULL},
    {"ejr_plus", cci_find_ejr_plus, "none of them approves more than ", " of the members", NULL},
    {"fjr", cci_find_fjr, "none of them approves more than ", " of the members", NULL},
    {"core", cci_find_core, "each of them approves fewer of the members", NULL, NULL},
    {"pareto", cci_find_pareto, NULL, NULL, ", and no voter approves fewer"},
    {"priceability", cci_find_prices, NULL, NULL,
     "with the same money for every voter, supporters cannot pay the same price for every member and have "
     "too little left for any other option"},
    {"stable_priceability", cci_find_stable_prices, NULL, NULL,
     "with the same money for every voter, supporters cannot pay the same price for every member so that "
     "none would rather pay for another option"},
};

#define PROPERTIES (sizeof properties / sizeof properties[0])

int cci_check_enough(const cci_check *check, int64_t group, size_t deserved)
{
    return group > 0 && cci_compare_products((uint64_t)group, check->seats, deserved,
                                             (uint64_t)check->voters.total) >= 0;
}

cocreate_status cci_check_steps(cci_check *check, uint64_t steps, cocreate_error *error)
{
    const cocreate_progress *p = check->progress;
    uint64_t before = check->steps >> 20;
    check->steps += steps;
    if (check->steps > CCI_CHECK_STEPS)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s is searched in at most %llu million steps, and they do not suffice for "
                        "%zu seats and %zu options",
                        check->property, (unsigned long long)(CCI_CHECK_STEPS / 1000000),
                        check->seats, check->voters.candidates);
    if (check->steps >> 20 != before && p != NULL && p->call != NULL &&
        p->call(p->user, check->steps, 0) != 0)
        return cci_fail(error, COCREATE_ERR_CANCELLED, "the check of %s was cancelled",
                        check->property);
    return COCREATE_OK;
}

/* -- Reading ---------------------------------------------------------------------------------- */

static cocreate_status find_property(const char *name, const cci_property **out,
                                     cocreate_error *error)
{
    char shown[48];
    for (size_t i = 0; i < PROPERTIES; i++)
        if (strcmp(properties[i].name, name) == 0) {
            *out = &properties[i];
            return COCREATE_OK;
        }
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "no property \"%s\"; there are jr, pjr, ejr, ejr_plus, fjr, core, pareto, "
                    "priceability and stable_priceability",
                    cci_quote(name, strlen(name), shown, sizeof shown));
}

static cocreate_status read_committee(cci_check *c, const cci_roster *roster,
                                      const uint32_t *committee, size_t n, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        size_t o = 0;
        while (o < roster->count && roster->candidates[o].index != committee[i])
            o++;
        if (o == roster->count)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "option %lu is not in the profile, or was withdrawn",
                               (unsigned long)committee[i]);
        if (c->member[o])
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "%s is in the committee twice", roster->candidates[o].name);
        c->member[o] = 1;
    }
    return COCREATE_OK;
}

static cocreate_status prepare(cci_check *c, const cocreate_profile *profile,
                               const cci_roster *roster, cci_electorate *e,
                               const uint32_t *committee, size_t n, cocreate_error *error)
{
    const cocreate_allocator *a = &c->allocator;
    CCI_TRY(cci_electorate_open(profile, roster, 0, e, error));
    CCI_TRY(cci_approvals_open(e, a, &c->voters, error));
    c->member = cci_alloc(a, roster->count, sizeof *c->member);
    c->hits = cci_alloc(a, c->voters.ballots, sizeof *c->hits);
    c->options = cci_alloc(a, roster->count, sizeof *c->options);
    if (c->member == NULL || c->hits == NULL || c->options == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_committee(c, roster, committee, n, error));
    for (size_t b = 0; b < c->voters.ballots; b++)
        for (size_t i = c->voters.start[b]; i < c->voters.start[b + 1]; i++)
            c->hits[b] += c->member[c->voters.options[i]];
    return COCREATE_OK;
}

/* -- Telling ---------------------------------------------------------------------------------- */

static json_t *ids_json(const cci_roster *roster, const uint32_t *options, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < n; i++)
        if (!cci_json_push(list, json_string(roster->candidates[options[i]].id))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *number_json(int64_t n)
{
    char digits[24];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    return json_string(digits + at);
}

static void write_options(const cci_check *c, const cci_roster *roster, cci_buffer *out)
{
    for (size_t i = 0; i < c->option_count; i++) {
        cci_buffer_text(out, i == 0 ? "" : i + 1 == c->option_count ? " and " : ", ");
        cci_buffer_text(out, roster->candidates[c->options[i]].name);
    }
}

static void write_rather(const cci_check *c, const cci_property *property, const cci_roster *roster,
                         cci_buffer *out)
{
    if (c->group > 0) {
        cci_buffer_format(out, "%lld of %lld voters approve more of ", (long long)c->group,
                          (long long)c->voters.total);
        write_options(c, roster, out);
        cci_buffer_text(out, " than of the members");
    }
    cci_buffer_text(out, property->rather);
}

static void write_sentence(const cci_check *c, const cci_property *property,
                           const cci_roster *roster, cci_buffer *out)
{
    cci_buffer_format(out, "%lld of %lld voters ", (long long)c->group,
                      (long long)c->voters.total);
    if (c->agrees == c->option_count)
        cci_buffer_text(out, "all approve ");
    else if (c->agrees > 0)
        cci_buffer_format(out, "each approve at least %zu of ", c->agrees);
    else
        cci_buffer_text(out, "would rather have ");
    write_options(c, roster, out);
    cci_buffer_format(out, ", enough for %zu seat%s, but ", c->deserves,
                      c->deserves == 1 ? "" : "s");
    if (c->has == 0 && property->members != NULL)
        cci_buffer_text(out, "none of them approves a member");
    else
        cci_buffer_text(out, property->but);
    if (c->has > 0 && property->members != NULL)
        cci_buffer_format(out, "%zu%s", c->has, property->members);
}

static cocreate_status put_violation(const cci_check *c, const cci_property *property,
                                     const cci_roster *roster, json_t *out, cocreate_error *error)
{
    json_t *violation = cci_json_new();
    cci_buffer sentence;
    cci_buffer_init(&sentence, &c->allocator);
    (property->rather != NULL ? write_rather : write_sentence)(c, property, roster, &sentence);
    int good = !sentence.failed && violation != NULL &&
               cci_json_put(violation, "approve", json_integer((json_int_t)c->agrees)) &&
               cci_json_put(violation, "deserves", json_integer((json_int_t)c->deserves)) &&
               cci_json_put(violation, "has", json_integer((json_int_t)c->has)) &&
               cci_json_put(violation, "options",
                            ids_json(roster, c->options, c->option_count)) &&
               cci_json_put(violation, "sentence", json_stringn(sentence.data, sentence.size)) &&
               cci_json_put(violation, "voters", number_json(c->group));
    cci_buffer_free(&sentence);
    if (!good) {
        json_decref(violation);
        return cci_no_memory(error);
    }
    return cci_json_put(out, "violation", violation) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status put_all(const cci_check *c, const cci_property *property,
                               const cci_roster *roster, json_t *out, cocreate_error *error)
{
    json_t *members = json_array();
    int good = members != NULL;
    for (uint32_t o = 0; good && o < roster->count; o++)
        if (c->member[o])
            good = cci_json_push(members, json_string(roster->candidates[o].id));
    good = cci_json_put(out, "committee", members) && good;
    good = good && cci_json_put(out, "property", json_string(property->name)) &&
           cci_json_put(out, "satisfied", json_boolean(!c->violated)) &&
           cci_json_put(out, "schema", json_string("cocreate.committee_check/1")) &&
           cci_json_put(out, "seats", json_integer((json_int_t)c->seats)) &&
           cci_json_put(out, "voters", number_json(c->voters.total));
    if (!good)
        return cci_no_memory(error);
    return c->violated ? put_violation(c, property, roster, out, error) : COCREATE_OK;
}

static cocreate_status write(const cci_check *c, const cci_property *property,
                             const cci_roster *roster, cocreate_text **out, cocreate_error *error)
{
    json_t *json = cci_json_new();
    cci_buffer buffer;
    cci_buffer_init(&buffer, &c->allocator);
    cocreate_status status = json != NULL ? put_all(c, property, roster, json, error)
                                          : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_json_canonical(json, &buffer, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&buffer, out, error);
    json_decref(json);
    cci_buffer_free(&buffer);
    return status;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status check_arguments(const cocreate_profile *profile, size_t n, size_t seats,
                                       const cci_roster *roster, cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.kind != COCREATE_BALLOT_APPROVAL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a committee is checked against approvals, and the ballots are others");
    if (seats == 0 || n > seats || seats > roster->count)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a committee of %zu for %zu seat%s, of %zu options", n, seats,
                        seats == 1 ? "" : "s", roster->count);
    return COCREATE_OK;
}

static cocreate_status run_check(cci_check *c, const cci_property *property,
                                 const cocreate_profile *profile, const cci_roster *roster,
                                 const uint32_t *committee, size_t n, cocreate_text **out,
                                 cocreate_error *error)
{
    cci_electorate e = {.candidates = 0};
    CCI_TRY(check_arguments(profile, n, c->seats, roster, error));
    cocreate_status status = prepare(c, profile, roster, &e, committee, n, error);
    if (status == COCREATE_OK && c->voters.total > 0)
        status = property->find(c, error);
    if (status == COCREATE_OK)
        status = write(c, property, roster, out, error);
    cci_electorate_close(&e);
    cci_approvals_close(&c->voters);
    cci_free(&c->allocator, c->member);
    cci_free(&c->allocator, c->hits);
    cci_free(&c->allocator, c->options);
    return status;
}

cocreate_status cocreate_committee_check(const cocreate_profile *profile,
                                         const uint32_t *committee, size_t n, size_t seats,
                                         const char *property, const cocreate_progress *progress,
                                         cocreate_text **out, cocreate_error *error)
{
    const cci_property *found = NULL;
    cci_roster roster;
    CCI_TRY(find_property(property, &found, error));
    CCI_TRY(cci_roster_of_profile(profile, &roster, error));
    cci_check c = {.allocator = *cci_profile_allocator(profile),
                   .property = found->name,
                   .progress = progress,
                   .seats = seats > 0 ? seats : n};
    cocreate_status status = run_check(&c, found, profile, &roster, committee, n, out, error);
    cci_roster_free(&roster, &c.allocator);
    return status;
}
