/* Local Motors, 2009: a part of a car in four days, chosen by the community. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("lm", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("cy", "customer"),
    DO("2009-01-31T00:00:00Z", "lm", "campaign.create", "preset": "local_motors_parts"),
    DO("2009-01-31T00:00:00Z", "lm", "campaign.publish"),
    DO("2009-02-01T00:00:00Z", "ann", "contribution.submit", "contribution": "vent", "terms": "BY-NC-SA",
       "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2009-02-02T00:00:00Z", "bo", "contribution.submit", "contribution": "slot", "terms": "BY-NC-SA",
       "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2009-02-02T00:00:00Z", "bo", "edge.propose", "from": "slot", "to": "vent", "type": "derives",
       "credit": "1/4"),
    DO("2009-02-03T00:00:00Z", "ann", "edge.accept", "from": "slot", "to": "vent", "type": "derives"),
    DO("2009-02-05T00:00:00Z", "cy", "ballot.cast", "round": "vote", "ballot": {"slot": 1}),
    DO("2009-02-06T00:00:00Z", "lm", "round.certify", "round": "vote"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "slot", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
