/* Who says that an answer helped. */
#include <string.h>

#include "base/time.h"
#include "campaign/care/useful.h"
#include "campaign/report/explain.h"

/* Whoever asked wrote what is answered: no name where those are hidden. */
static cocreate_status say(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_story *s = user;
    const char *by = cci_json_text(doc, "by");
    char at[CCI_TIME_TEXT];
    int own = s->viewer && strcmp(by, s->viewer) == 0;
    (void)id;
    if (!cci_useful_stands(doc))
        return COCREATE_OK;
    cci_time_text(json_integer_value(json_object_get(doc, "at")), at);
    if (own || cci_viewer_sees_names(&s->v, NULL))
        return cci_story_say(s, error, "'%s' marked it as useful at %s.", by, at);
    return cci_story_say(s, error, "It was marked as useful at %s.", at);
}

cocreate_status cci_story_useful(cci_story *s, cocreate_error *error)
{
    if (!s->c->brief.useful)
        return COCREATE_OK;
    return cci_state_scan_by(s->e, s->c->part, CCI_KIND_USEFUL, CCI_KEY(s->id, ""), say, s, error);
}
