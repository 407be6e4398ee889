/* Threadless, 2007: the crowd scores T-shirts, the staff prints ten. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("staff", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("fan", "public"),
    DO("2007-05-01T00:00:00Z", "staff", "campaign.create", "preset": "threadless_2007"),
    DO("2007-05-01T00:00:00Z", "staff", "campaign.publish"),
    DO("2007-05-02T00:00:00Z", "ann", "contribution.submit", "contribution": "cat", "terms": "v1",
       "fields": {"colors": 3, "template": "t-shirt"}),
    DO("2007-05-02T00:00:00Z", "bo", "contribution.submit", "contribution": "dog", "terms": "v1",
       "fields": {"colors": 8, "template": "t-shirt"}),
    DO("2007-05-03T00:00:00Z", "staff", "contribution.screen", "contribution": "cat", "verdict": "accept"),
    DO("2007-05-03T00:00:00Z", "staff", "contribution.screen", "contribution": "dog", "verdict": "accept"),
    DO("2007-05-03T12:00:00Z", "fan", "ballot.cast", "round": "crowd", "ballot": {"cat": 5},
       "extras": {"would_buy": ["cat"]}),
    DO("2007-05-03T12:00:00Z", "fan", "ballot.cast", "round": "crowd", "ballot": {"dog": 3}),
    DO("2007-05-16T00:00:00Z", "staff", "decision.make", "round": "staff", "contribution": "cat",
       "verdict": "select"),
    DO("2007-10-22T00:00:00Z", "staff", "round.certify", "round": "staff"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "cat", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
