/* Harley-Davidson, 2006: a gallery of riders' creeds, nothing to win. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("harley", "firm"), PUT("ann", "public"), PUT("bo", "public"),
    DO("2006-05-01T00:00:00Z", "harley", "campaign.create", "preset": "harley_creed"),
    DO("2006-05-01T00:00:00Z", "harley", "campaign.publish"),
    DO("2006-05-02T00:00:00Z", "ann", "contribution.submit", "contribution": "road", "terms": "v1",
       "fields": {"creed": "We believe in the road."}),
    DO("2006-05-02T00:00:00Z", "bo", "contribution.submit", "contribution": "ad", "terms": "v1",
       "fields": {"creed": "Buy my helmets."}),
    DO("2006-05-03T00:00:00Z", "harley", "contribution.screen", "contribution": "road", "verdict": "accept"),
    DO("2006-05-03T00:00:00Z", "harley", "contribution.screen", "contribution": "ad", "verdict": "decline",
       "reason": "an advertisement"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "ad", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
