/* What writers share. */
#include "formats/format.h"

/* The first thing a profile knows of an option that the format cannot say; NULL if none. */
static const char *unsayable(const cocreate_option *o, size_t index, unsigned says)
{
    int64_t number;
    if (!(says & CCI_SAYS_IDS) &&
        (!cci_parse_number(o->id, strlen(o->id), &number) || number != (int64_t)index + 1 ||
         o->id[0] == '0'))
        return "ids";
    if (!(says & CCI_SAYS_NAMES) && strcmp(o->name, o->id) != 0)
        return "names";
    if (!(says & CCI_SAYS_COSTS) && o->cost != 0)
        return "costs";
    if (o->at != COCREATE_NO_TIME)
        return "times of submission";
    return o->withdrawn && !(says & CCI_SAYS_WITHDRAWN) ? "withdrawn options" : NULL;
}

cocreate_status cci_writer_check(const cocreate_profile *p, const char *format, unsigned says,
                                 cocreate_error *error)
{
    for (size_t i = 0; i < cci_profile_options(p); i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(p, i, &option, error));
        const char *what = unsayable(&option, i, says);
        if (what)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "%s has no place for %s, as option %zu (\"%s\") has", format, what,
                               i, option.id);
    }
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(p, &info, error));
    if (!(says & CCI_SAYS_COSTS) && info.budget >= 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s has no place for a budget", format);
    if (!(says & CCI_SAYS_SEATS) && info.seats > 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s has no place for the number of seats",
                        format);
    if (!(says & CCI_SAYS_LEXICAL) && cci_profile_lexical(p))
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%s has no place for the order of ids by their text", format);
    for (size_t i = 0; !(says & CCI_SAYS_WEIGHTS) && i < cci_profile_distinct(p); i++) {
        int64_t count, weight;
        cci_profile_get(p, i, NULL, NULL, &count, &weight);
        if (count != weight)
            return cci_fail(error, COCREATE_ERR_ARGUMENT,
                            "%s has no place for weights: %" PRId64 " ballots weigh %" PRId64,
                            format, count, weight);
    }
    return COCREATE_OK;
}

cocreate_status cci_ballots_open(cci_ballots *b, const cocreate_profile *p, cocreate_error *error)
{
    const cocreate_allocator *a = cci_profile_allocator(p);
    size_t n = cci_profile_options(p), unused;
    int64_t count, weight;
    *b = (cci_ballots){.profile = p, .distinct = cci_profile_distinct(p)};
    /* Asks whether the profile is sorted. */
    if (b->distinct > 0)
        CCI_TRY(cocreate_profile_ballot(p, 0, 0, NULL, NULL, &unused, &count, &weight, error));
    b->options = cci_alloc(a, n, sizeof *b->options);
    b->values = cci_alloc(a, n, sizeof *b->values);
    if (b->options && b->values)
        return COCREATE_OK;
    cci_ballots_close(b);
    return cci_no_memory(error);
}

int cci_ballots_next(cci_ballots *b)
{
    if (b->next == b->distinct)
        return 0;
    cocreate_status status =
        cocreate_profile_ballot(b->profile, b->next++, cci_profile_options(b->profile), b->options,
                                b->values, &b->n, &b->count, &b->weight, NULL);
    assert(status == COCREATE_OK);
    return status == COCREATE_OK;
}

void cci_ballots_close(cci_ballots *b)
{
    cci_free(cci_profile_allocator(b->profile), b->options);
    cci_free(cci_profile_allocator(b->profile), b->values);
}
