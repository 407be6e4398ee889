/* LEGO Ideas: 10,000 supporters by milestones, then a review, then 1 % of net sales. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})
#define WHEN(when) TEXT({"at": when, "actor": "host", "do": "tick"})

static const char *const story[] = {
    PUT("board", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("cy", "public"),
    DO("2019-01-01T00:00:00Z", "board", "campaign.create", "preset": "lego_ideas"),
    DO("2019-01-01T00:00:00Z", "board", "campaign.publish"),
    DO("2019-01-02T00:00:00Z", "ann", "contribution.submit", "contribution": "castle", "terms": "v1",
       "fields": {"pictures": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
       "description": "A castle", "parts": 2500}),
    DO("2019-01-03T00:00:00Z", "board", "contribution.screen", "contribution": "castle",
       "verdict": "accept"),
    DO("2019-01-04T00:00:00Z", "bo", "ballot.cast", "round": "support", "ballot": {"castle": 1}),
    DO("2019-01-05T00:00:00Z", "cy", "ballot.cast", "round": "support", "ballot": {"castle": 1}),
    WHEN("2019-03-05T00:00:00Z"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "castle", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
