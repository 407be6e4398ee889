/* "Us and them" or "we": who answers whom across the sides, and who comes back. */
#include <string.h>

#include "campaign/report/facts.h"

typedef struct activity {
    const cci_known *f;
    json_t *people; /* {participant: bits of the phases they were active in} */
    json_t *open;   /* {phase: bit} */
    int64_t bits;   /* of the phases that are open */
    int phases;
} activity;

#define PHASES_MAX 52 /* bits that a JSON integer holds */

static cocreate_status read_event(void *user, const cci_seen_event *event, cocreate_error *error)
{
    activity *a = user;
    const char *phase = json_string_value(json_object_get(event->data, "phase"));
    if (phase && strcmp(event->type, "phase.opened") == 0 && a->phases < PHASES_MAX) {
        int64_t bit = INT64_C(1) << a->phases++;
        a->bits |= bit;
        return cci_json_put(a->open, phase, json_integer(bit)) ? COCREATE_OK : cci_no_memory(error);
    }
    if (phase && strcmp(event->type, "phase.closed") == 0)
        a->bits &= ~json_integer_value(json_object_get(a->open, phase));
    if (a->bits == 0 || !json_object_get(a->f->sides, event->actor))
        return COCREATE_OK;
    int64_t old = json_integer_value(json_object_get(a->people, event->actor));
    return cci_json_put(a->people, event->actor, json_integer(old | a->bits))
               ? COCREATE_OK
               : cci_no_memory(error);
}

static void
count_people(const cci_known *f, const json_t *people, int64_t *active, int64_t *returning)
{
    const char *id;
    json_t *bits;
    json_object_foreach((json_t *)(uintptr_t)people, id, bits)
    {
        int64_t n = json_integer_value(bits);
        if (cci_known_is_firm(f, id))
            continue;
        ++*active;
        *returning += (n & (n - 1)) != 0;
    }
}

static cocreate_status measure(activity *a, json_t *out, cocreate_error *error)
{
    const cci_known *f = a->f;
    int64_t from_firm = 0, to_firm = 0, firm_works = 0, active = 0, returning = 0;
    int ok = 1;
    for (size_t i = 0; i < f->n_works; i++) {
        const cci_work *w = &f->works[i];
        const cci_work *to =
            cci_known_work(f, json_string_value(json_object_get(w->doc, "reply_to")));
        firm_works += w->by_firm && !w->is_reply;
        if (to && w->by_firm != to->by_firm)
            *(w->by_firm ? &from_firm : &to_firm) += 1;
    }
    CCI_TRY(cci_known_events(f, read_event, a, error));
    count_people(f, a->people, &active, &returning);
    cci_report_count(&ok, out, "firm_to_customers", from_firm);
    cci_report_count(&ok, out, "customers_to_firm", to_firm);
    cci_report_ratio(&ok, out, "we_index", 2 * (from_firm < to_firm ? from_firm : to_firm),
                     from_firm + to_firm);
    cci_report_count(&ok, out, "works_of_the_firm", firm_works);
    cci_report_count(&ok, out, "active", active);
    cci_report_count(&ok, out, "active_in_two_phases", returning);
    cci_report_ratio(&ok, out, "retention", returning, active);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    activity a = {.f = f, .people = cci_json_new(), .open = cci_json_new()};
    cocreate_status status = a.people && a.open ? measure(&a, out, error) : cci_no_memory(error);
    json_decref(a.people);
    json_decref(a.open);
    return status;
}

const cci_report_type cci_report_we = {
    "we", "who answers whom across the sides, and who comes back", make, 0};
