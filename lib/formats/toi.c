/* PrefLib .toi: orders with ties, incomplete list. */
#include "formats/preflib.h"

static const cci_preflib_orders orders = {.name = "toi", .complete = 0, .strict = 0};

static cocreate_status read_toi(cci_reader *r)
{
    return cci_preflib_read_orders(r, &orders);
}

static cocreate_status write_toi(const cocreate_profile *profile, cci_buffer *out,
                                 cocreate_error *error)
{
    return cci_preflib_write_orders(profile, &orders, out, error);
}

const cci_format cci_format_toi = {
    "toi", "PrefLib: orders with ties, incomplete list",
    "PrefLib, Format Specification, https://preflib.github.io/PrefLib-Jekyll/format",
    cci_rules_counts, read_toi, write_toi};
