/* PrefLib .toc: orders with ties, complete list. */
#include "formats/preflib.h"

static const cci_preflib_orders orders = {.name = "toc", .complete = 1, .strict = 0};

static cocreate_status read_toc(cci_reader *r)
{
    return cci_preflib_read_orders(r, &orders);
}

static cocreate_status write_toc(const cocreate_profile *profile, cci_buffer *out,
                                 cocreate_error *error)
{
    return cci_preflib_write_orders(profile, &orders, out, error);
}

const cci_format cci_format_toc = {
    "toc", "PrefLib: orders with ties, complete list",
    "PrefLib, Format Specification, https://preflib.github.io/PrefLib-Jekyll/format",
    cci_rules_counts, read_toc, write_toc};
