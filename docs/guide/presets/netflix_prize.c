/* Netflix Prize, 2006 to 2009: a million for an error 10 % smaller. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("netflix", "firm"), PUT("korbell", "public"), PUT("ensemble", "public"),
    DO("2006-10-02T00:00:00Z", "netflix", "campaign.create", "preset": "netflix_prize"),
    DO("2006-10-02T00:00:00Z", "netflix", "campaign.publish"),
    DO("2006-10-03T00:00:00Z", "korbell", "contribution.submit", "contribution": "bellkor", "terms": "v1",
       "fields": {"predictions": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2006-10-03T00:00:00Z", "ensemble", "contribution.submit", "contribution": "the-ensemble",
       "terms": "v1",
       "fields": {"predictions": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2009-06-26T18:42:37Z", "netflix", "run.record", "round": "rmse", "contribution": "bellkor",
       "run": "first", "value": "0.8558", "private": "0.8571"),
    DO("2009-07-26T18:18:28Z", "netflix", "run.record", "round": "rmse", "contribution": "bellkor",
       "run": "last", "value": "0.8554", "private": "0.856704"),
    DO("2009-07-26T18:38:22Z", "netflix", "run.record", "round": "rmse", "contribution": "the-ensemble",
       "run": "last", "value": "0.8553", "private": "0.856714"),
    DO("2009-09-18T00:00:00Z", "netflix", "decision.make", "round": "verify", "contribution": "bellkor",
       "verdict": "select", "reason": "the source reproduces the predictions"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "the-ensemble", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
