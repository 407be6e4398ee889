/* What all limits share: whom they are for, and how they refuse. */
#include "campaign/limits/limits.h"

#include <stdio.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/predicate/predicate.h"
#include "campaign/windows/versions.h"

cocreate_status cci_limit_applies(cci_engine *e, const cci_campaign *c, const cci_limit *limit,
                                  const char *person, int64_t at, int *applies, cocreate_error *error)
{
    char why[CCI_WHY_SIZE];
    *applies = 1;
    return limit->where ? cci_predicate_holds(e, c, limit->where, person, at, applies, why, error)
                        : COCREATE_OK;
}

/* ", by version 2 of the rules", where they were amended. */
static const char *by_version(const cci_campaign *c, char out[48])
{
    int64_t version = cci_rules_version(c);
    out[0] = '\0';
    if (version > 1)
        snprintf(out, 48, ", by version %lld of the rules", (long long)version);
    return out;
}

cocreate_status cci_limit_refuse(const cci_campaign *c, size_t index, const char *person,
                                 const cci_limit_use *use, cocreate_error *error)
{
    const cci_limit *limit = &c->brief.limits[index];
    char until[CCI_TIME_TEXT], length[CCI_TIME_TEXT], version[48];
    cci_path limits = cci_path_key(&CCI_ROOT, "limits");
    cci_path path = cci_path_at(&limits, index);
    char about[COCREATE_ID_MAX + 24] = "";
    const char *by = by_version(c, version);
    char sharing[COCREATE_ID_MAX + 24];
    const char *who = use->who;
    if (limit->attribute) {
        snprintf(sharing, sizeof sharing, "the %s of", limit->attribute);
        who = sharing;
    }
    if (use->category)
        snprintf(about, sizeof about, " in category '%s'", use->category);
    else if (limit->per_item)
        snprintf(about, sizeof about, " about it");
    long long count = (long long)use->count, max = (long long)limit->max;
    const char *s = cci_plural(limit->max);
    if (limit->rolling_us)
        return cci_refuse_at(error, &path,
                             "%s '%s' has %lld of at most %lld %s%s%s in %s%s; the next from %s", who,
                             person, count, max, use->what, s, about,
                             cci_duration_text(limit->rolling_us, length), by,
                             cci_time_text(use->oldest + limit->rolling_us, until));
    if (limit->concurrent)
        return cci_refuse_at(error, &path, "%s '%s' has %lld of at most %lld live %s%s%s%s: %s", who,
                             person, count, max, use->what, s, about, by, use->release);
    if (limit->window_us == 0)
        return cci_refuse_at(error, &path, "%s '%s' has %lld of at most %lld %s%s%s%s", who, person,
                             count, max, use->what, s, about, by);
    return cci_refuse_at(error, &path, "%s '%s' has %lld of at most %lld %s%s%s before %s%s", who,
                         person, count, max, use->what, s, about, cci_time_text(use->until, until), by);
}
