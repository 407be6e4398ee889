/* Payments that come by themselves: what was handed over, what stops them, and what comes next. */
#include <string.h>

#include "base/time.h"
#include "campaign/money/book.h"
#include "campaign/report/explain.h"

/* Neither paid, in part or in full, nor ended. */
static int is_open(const json_t *award)
{
    const char *state = cci_json_text(award, "state");
    return (strcmp(state, "offered") == 0 || strcmp(state, "accepted") == 0) &&
           json_integer_value(json_object_get(award, "paid")) == 0;
}

static cocreate_status say_waiting(cci_story *s, const json_t *award, int own, cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    const json_t *release = json_object_get(award, "release_at");
    const char *next = own           ? ", unless the firm disputes it before"
                       : s->v.firm   ? "; award.dispute stops that before"
                                     : "";
    if (!release)
        return COCREATE_OK;
    if (strcmp(cci_json_text(s->c->doc, "state"), "paused") == 0)
        return cci_story_say(s, error,
                             "It is paid by itself some time after campaign.resume: the clock stands while "
                             "the campaign is paused.");
    return cci_story_say(s, error, "It is paid by itself at %s%s.",
                         cci_time_text(json_integer_value(release), at), next);
}

/* Why it is not paid by itself, and what is to be done. */
static cocreate_status say_stopped(cci_story *s, const json_t *award, int own, cocreate_error *error)
{
    const char *disputed = cci_json_text(award, "disputed"), *withheld = cci_json_text(award, "withheld");
    if (*disputed) {
        CCI_TRY(cci_story_say(s, error, "The firm disputes the delivery, because: %s", disputed));
        if (own)
            CCI_TRY(cci_story_say(s, error, "award.deliver hands over another one, and the time runs anew."));
        if (s->v.firm)
            CCI_TRY(cci_story_say(s, error, "It stays owed: award.pay pays it, or another delivery does."));
    }
    if (*withheld) {
        CCI_TRY(cci_story_say(s, error, "It was to be paid by itself and was not, because: %s", withheld));
        if (own || s->v.firm)
            CCI_TRY(cci_story_say(s, error, "It stays owed: award.pay pays it once that is mended."));
    }
    return COCREATE_OK;
}

static cocreate_status say_delivery(cci_story *s, const json_t *award, int64_t after, int own,
                                    cocreate_error *error)
{
    const json_t *delivered = json_object_get(award, "delivered");
    char text[CCI_TIME_TEXT];
    if (delivered)
        return cci_story_say(s, error, "What it is for was delivered at %s.",
                             cci_time_text(json_integer_value(json_object_get(delivered, "at")), text));
    if (!is_open(award) || !(own || s->v.firm))
        return COCREATE_OK;
    return cci_story_say(s, error, "It is paid by itself %s after award.deliver says what was handed over.",
                         cci_duration_text(after, text));
}

cocreate_status cci_story_release(cci_story *s, const json_t *award, cocreate_error *error)
{
    size_t reward = 0;
    cocreate_error none;
    if (cci_reward_find(s->c, cci_json_text(award, "reward"), &reward, &none) != COCREATE_OK ||
        s->c->brief.rewards[reward].release_us == 0 || !cci_is_money(award))
        return COCREATE_OK;
    int own = s->viewer && strcmp(cci_json_text(award, "to"), s->viewer) == 0;
    CCI_TRY(say_delivery(s, award, s->c->brief.rewards[reward].release_us, own, error));
    if (!is_open(award))
        return COCREATE_OK;
    CCI_TRY(say_stopped(s, award, own, error));
    return say_waiting(s, award, own, error);
}
