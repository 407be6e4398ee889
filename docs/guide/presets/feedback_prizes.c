/* Feedback with prizes: the best and the most creative review. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("shop", "firm"), PUT("ann", "customer"), PUT("bo", "customer"),
    DO("2012-03-01T00:00:00Z", "shop", "campaign.create", "preset": "feedback_prizes"),
    DO("2012-03-01T00:00:00Z", "shop", "campaign.publish"),
    DO("2012-03-02T00:00:00Z", "ann", "contribution.submit", "contribution": "queue", "terms": "v1",
       "fields": {"feedback": "The queue is long."}),
    DO("2012-03-02T00:00:00Z", "bo", "contribution.submit", "contribution": "cake", "terms": "v1",
       "fields": {"feedback": "A recipe of a visit"}),
    DO("2012-03-16T00:00:00Z", "shop", "decision.make", "round": "best", "contribution": "queue",
       "verdict": "select"),
    DO("2012-03-16T00:00:00Z", "shop", "decision.make", "round": "most_creative", "contribution": "cake",
       "verdict": "select"),
    DO("2012-04-01T00:00:00Z", "shop", "round.certify", "round": "best"),
    DO("2012-04-01T00:00:00Z", "shop", "round.certify", "round": "most_creative"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "queue", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
