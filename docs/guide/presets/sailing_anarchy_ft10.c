/* Sailing Anarchy, 2005: a boat from a forum, built from fifty deposits on. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})
#define WHEN(when) TEXT({"at": when, "actor": "host", "do": "tick"})

static const char *const story[] = {
    PUT("yard", "firm"), PUT("perry", "partner"), PUT("ann", "customer"), PUT("bo", "customer"),
    DO("2005-01-01T00:00:00Z", "yard", "campaign.create", "preset": "sailing_anarchy_ft10"),
    DO("2005-01-01T00:00:00Z", "yard", "campaign.publish"),
    DO("2005-01-02T00:00:00Z", "ann", "contribution.submit", "contribution": "trailer", "kind": "idea",
       "fields": {"text": "It must fit a trailer."}),
    DO("2005-04-02T00:00:00Z", "bo", "ballot.cast", "round": "poll", "ballot": {"trailer": 1}),
    DO("2005-04-20T00:00:00Z", "perry", "contribution.submit", "contribution": "draft", "kind": "design",
       "fields": {"text": "Lines, 10 m"}),
    DO("2005-06-15T00:00:00Z", "ann", "ballot.cast", "round": "deposits", "ballot": {"draft": 100000}),
    WHEN("2005-08-15T00:00:00Z"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "draft", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
