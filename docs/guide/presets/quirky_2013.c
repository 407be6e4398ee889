/* Quirky, 2013: a fee an idea, fifteen votes, a part of sales by influence. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("quirky", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("cy", "customer"),
    DO("2013-01-01T00:00:00Z", "quirky", "campaign.create", "preset": "quirky_2013"),
    DO("2013-01-01T00:00:00Z", "quirky", "campaign.publish"),
    DO("2013-01-02T00:00:00Z", "quirky", "fee.pay", "fee": "idea", "participant": "ann",
       "reference": "card-1"),
    DO("2013-01-02T00:00:00Z", "ann", "contribution.submit", "contribution": "plug", "terms": "v1",
       "fields": {"description": "A plug that bends"}, "authors": [{"participant": "ann", "share": "3/5"},
       {"participant": "bo", "share": "2/5"}]),
    DO("2013-02-01T00:00:00Z", "cy", "ballot.cast", "round": "votes", "ballot": {"plug": 1}),
    DO("2013-02-08T00:00:00Z", "quirky", "decision.make", "round": "evaluation", "contribution": "plug",
       "verdict": "select"),
    DO("2013-02-22T00:00:00Z", "quirky", "round.certify", "round": "evaluation"),
    DO("2014-01-31T00:00:00Z", "quirky", "reward.evaluate", "reward": "influence", "period": "2014-01",
       "lists": {"sales": [{"entry": "plug", "gross": "29.99", "channel": "direct"}]}),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "plug", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
