#include "campaign/guards.h"

#include "base/time.h"

static const char *const verbs[] = {"submit", "revise", "withdraw", "vote", "decide", "run",
                                    "comment", "review", "flag", "appeal", "label"};

static const char *verb_of(unsigned flag)
{
    size_t i = 0;
    while (i + 1 < sizeof verbs / sizeof *verbs && flag != 1u << i)
        i++;
    return verbs[i];
}

cocreate_status cci_refuse_round(cocreate_error *error, size_t round, const char *key, const char *format,
                                 ...)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"), item = cci_path_at(&rounds, round);
    cci_path member = cci_path_key(&item, key);
    va_list arguments;
    va_start(arguments, format);
    cci_json_vfail(error, COCREATE_ERR_REFUSED, key ? &member : &item, format, arguments);
    va_end(arguments);
    return COCREATE_ERR_REFUSED;
}

/* No phase allows it now: tell of the next that will, or of the last that did. */
static cocreate_status refuse_phase(const cci_campaign *c, int64_t at, unsigned flag,
                                    cocreate_error *error)
{
    const cci_brief *b = &c->brief;
    size_t best = b->n_phases;
    for (size_t i = 0; i < b->n_phases; i++) {
        const cci_phase *p = &b->phases[i];
        if (!(p->allows & flag))
            continue;
        int comes = p->opens > at;
        int best_comes = best < b->n_phases && b->phases[best].opens > at;
        if (best == b->n_phases || (comes && (!best_comes || p->opens < b->phases[best].opens)) ||
            (!comes && !best_comes && p->closes > b->phases[best].closes))
            best = i;
    }
    if (best == b->n_phases)
        return cci_refuse(error, "$.phases", "no phase allows '%s'", verb_of(flag));
    const cci_phase *p = &b->phases[best];
    char opens[CCI_TIME_TEXT], closes[CCI_TIME_TEXT], now[CCI_TIME_TEXT];
    cci_path phases = cci_path_key(&CCI_ROOT, "phases");
    cci_path path = cci_path_at(&phases, best);
    if (p->opens == CCI_JSON_INTEGER_MAX)
        return cci_refuse_at(error, &path, "phase '%s' allows '%s' once phase.advance opens it", p->id,
                             verb_of(flag));
    return cci_refuse_at(error, &path, "phase '%s' allows '%s' from %s until before %s, not at %s", p->id,
                         verb_of(flag), cci_time_text(p->opens, opens), cci_time_text(p->closes, closes),
                         cci_time_text(at, now));
}

cocreate_status cci_require_published(const cci_campaign *c, cocreate_error *error)
{
    if (cci_campaign_is(c, "published"))
        return COCREATE_OK;
    if (cci_campaign_is(c, "draft"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is a draft until campaign.publish",
                        c->id);
    if (cci_campaign_is(c, "paused"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is paused until campaign.resume",
                        c->id);
    return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is %s", c->id,
                    cci_json_text(c->doc, "state"));
}

int cci_phase_takes(const cci_phase *p, int64_t at, unsigned flag)
{
    int rounds = (flag & (CCI_ALLOW_VOTE | CCI_ALLOW_DECIDE | CCI_ALLOW_RUN)) != 0;
    return (p->allows & flag) && at >= p->opens &&
           (at < p->closes || (!rounds && at - p->closes < p->grace_us));
}

cocreate_status cci_require_phase(const cci_campaign *c, int64_t at, unsigned flag,
                                  cocreate_error *error)
{
    CCI_TRY(cci_require_published(c, error));
    for (size_t i = 0; i < c->brief.n_phases; i++) {
        if (cci_phase_takes(&c->brief.phases[i], at, flag))
            return COCREATE_OK;
    }
    return refuse_phase(c, at, flag, error);
}

void cci_limit_window(const cci_limit *limit, int64_t at, int64_t *from, int64_t *until)
{
    if (limit->rolling_us > 0) { /* (at - rolling, ...): what is later counts, too */
        *from = at - limit->rolling_us + 1;
        *until = INT64_MAX;
        return;
    }
    if (limit->window_us <= 0) {
        *from = INT64_MIN;
        *until = INT64_MAX;
        return;
    }
    /* at - offset cannot overflow: both are at most 2^53 - 1 in size. */
    int64_t into = (at - limit->offset_us) % limit->window_us;
    if (into < 0)
        into += limit->window_us;
    *from = at - into;
    *until = *from + limit->window_us;
}
