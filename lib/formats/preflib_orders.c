/* The four kinds of orders of PrefLib: what a ballot must be, and writing. */
#include "formats/preflib.h"

static cocreate_status take_order(cci_preflib_reader *p)
{
    const cci_preflib_ballot *b = &p->ballot;
    const cci_preflib_orders *orders = p->orders;
    for (size_t i = 1; orders->strict && i < b->n; i++)
        if (b->groups[i] == b->groups[i - 1])
            return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                                   "alternatives %u and %u are tied, but %s has strict orders",
                                   (unsigned)b->options[i - 1] + 1, (unsigned)b->options[i] + 1,
                                   orders->name);
    if (orders->complete && b->n < (size_t)p->header.alternatives)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "the ballot ranks %zu of %" PRId64
                               " alternatives, but %s has complete orders",
                               b->n, p->header.alternatives, orders->name);
    return cci_preflib_add(p, b->n, b->groups);
}

cocreate_status cci_preflib_read_orders(cci_reader *r, const cci_preflib_orders *orders)
{
    cci_preflib_reader p = {.r = r, .orders = orders, .take = take_order};
    return cci_preflib_read(&p);
}

/* --- writing --- */

static void header_line(cci_buffer *out, const char *key, int64_t value)
{
    cci_buffer_format(out, "# %s: %" PRId64 "\n", key, value);
}

cocreate_status cci_preflib_write_header(const cocreate_profile *profile, const char *name,
                                         const char *unique, int64_t categories, cci_buffer *out,
                                         cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    cci_buffer_format(out,
                      "# FILE NAME: \n# TITLE: \n# DESCRIPTION: \n# DATA TYPE: %s\n"
                      "# MODIFICATION TYPE: \n# RELATES TO: \n# RELATED FILES: \n"
                      "# PUBLICATION DATE: \n# MODIFICATION DATE: \n",
                      name);
    header_line(out, "NUMBER ALTERNATIVES", (int64_t)info.options);
    header_line(out, "NUMBER VOTERS", info.ballots);
    header_line(out, unique, (int64_t)info.distinct);
    if (categories > 0)
        header_line(out, "NUMBER CATEGORIES", categories);
    for (int64_t i = 1; i <= categories; i++)
        cci_buffer_format(out, "# CATEGORY NAME %" PRId64 ": %" PRId64 "\n", i, i);
    for (size_t i = 0; i < info.options; i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(profile, i, &option, error));
        if (strpbrk(option.name, "\r\n"))
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "%s has no place for the name of option %zu, which has more than "
                               "one line",
                               name, i);
        cci_buffer_format(out, "# ALTERNATIVE NAME %zu: ", i + 1);
        cci_buffer_text(out, option.name);
        cci_buffer_byte(out, '\n');
    }
    return COCREATE_OK;
}

static cocreate_status write_order(const cci_ballots *b, const cci_preflib_orders *orders,
                                   cci_buffer *out, cocreate_error *error)
{
    if (orders->complete && b->n < cci_profile_options(b->profile))
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, b->next - 1,
                           "%s has complete orders, but ballot %zu ranks %zu of %zu options",
                           orders->name, b->next - 1, b->n, cci_profile_options(b->profile));
    cci_buffer_i64(out, b->count);
    cci_buffer_text(out, ": ");
    for (size_t i = 0; i < b->n; i++) {
        int with_before = i > 0 && b->values[i] == b->values[i - 1];
        int with_next = i + 1 < b->n && b->values[i] == b->values[i + 1];
        if ((with_before || with_next) && orders->strict)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, b->next - 1,
                               "%s has strict orders, but ballot %zu has ties", orders->name,
                               b->next - 1);
        if (i > 0)
            cci_buffer_byte(out, ',');
        if (with_next && !with_before)
            cci_buffer_byte(out, '{');
        cci_buffer_u64(out, b->options[i] + UINT64_C(1));
        if (with_before && !with_next)
            cci_buffer_byte(out, '}');
    }
    cci_buffer_byte(out, '\n');
    return COCREATE_OK;
}

cocreate_status cci_preflib_write_orders(const cocreate_profile *profile,
                                         const cci_preflib_orders *orders, cci_buffer *out,
                                         cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.kind != COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s holds rankings only", orders->name);
    CCI_TRY(cci_writer_check(profile, orders->name, CCI_SAYS_NAMES, error));
    CCI_TRY(cci_preflib_write_header(profile, orders->name, "NUMBER UNIQUE ORDERS", 0, out,
                                     error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && cci_ballots_next(&ballots))
        status = write_order(&ballots, orders, out, error);
    cci_ballots_close(&ballots);
    return status;
}
