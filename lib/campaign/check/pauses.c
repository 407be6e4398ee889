/* Invariant of pauses: what is left of every clock when a campaign goes on is what was left when it
 * stopped; where the brief keeps the times, nothing moves. */
#include <string.h>

#include "campaign/check/check.h"

cocreate_status cci_hear_pauses(cci_check *k, const cci_told *event, cocreate_error *error)
{
    (void)error;
    if (strcmp(event->type, "campaign.resumed") != 0)
        return COCREATE_OK;
    const json_t *paused = cci_fact(k, "pauses", event->campaign);
    const json_t *brief = cci_fact(k, "briefs", event->campaign);
    int keeps = strcmp(cci_json_text(brief, "pause"), "keeps") == 0;
    int64_t length = paused ? event->at - json_integer_value(paused) : 0;
    int64_t shift = json_integer_value(json_object_get(event->data, "shift_us"));
    k->checked++;
    if (shift != (keeps ? 0 : length))
        cci_violation_at(k, event, "clocks move by %lld us after a pause of %lld us%s", (long long)shift,
                         (long long)length, keeps ? ", which keeps the times" : "");
    return COCREATE_OK;
}
