/* Local Motors, 2011: a military vehicle, three prizes by community scores. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("lm", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("cy", "customer"),
    DO("2011-02-03T00:00:00Z", "lm", "campaign.create", "preset": "local_motors_xc2v"),
    DO("2011-02-03T00:00:00Z", "lm", "campaign.publish"),
    DO("2011-02-04T00:00:00Z", "ann", "contribution.submit", "contribution": "tank", "terms": "BY-NC-SA",
       "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2011-02-04T00:00:00Z", "bo", "contribution.submit", "contribution": "jeep", "terms": "BY-NC-SA",
       "fields": {"drawing": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2011-03-04T00:00:00Z", "cy", "ballot.cast", "round": "vote", "ballot": {"tank": 4}),
    DO("2011-03-04T00:00:00Z", "cy", "ballot.cast", "round": "vote", "ballot": {"jeep": 5}),
    DO("2011-03-10T00:00:00Z", "lm", "round.certify", "round": "vote"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "jeep", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
