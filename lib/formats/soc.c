/* PrefLib .soc: strict orders, complete list. */
#include "formats/preflib.h"

static const cci_preflib_orders orders = {.name = "soc", .complete = 1, .strict = 1};

static cocreate_status read_soc(cci_reader *r)
{
    return cci_preflib_read_orders(r, &orders);
}

static cocreate_status write_soc(const cocreate_profile *profile, cci_buffer *out,
                                 cocreate_error *error)
{
    return cci_preflib_write_orders(profile, &orders, out, error);
}

const cci_format cci_format_soc = {
    "soc", "PrefLib: strict orders, complete list",
    "PrefLib, Format Specification, https://preflib.github.io/PrefLib-Jekyll/format",
    cci_rules_counts, read_soc, write_soc};
