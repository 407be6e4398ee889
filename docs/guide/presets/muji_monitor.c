/* Muji, 2016: two years in a house, by documents and two interviews. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("mj", "firm"), TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": "ann",
       "side": "public", "attributes": {"household": "4 Elm Road"}}),
    DO("2016-07-01T00:00:00Z", "mj", "campaign.create", "preset": "muji_monitor"),
    DO("2016-07-01T00:00:00Z", "mj", "campaign.publish"),
    DO("2016-07-02T00:00:00Z", "ann", "contribution.submit", "contribution": "a", "terms": "v1",
       "fields": {"appeal": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
       "pages": 2, "can_live_24_months": "yes", "accepts_reporting": "yes"}),
    DO("2016-09-02T00:00:00Z", "mj", "decision.make", "round": "documents", "contribution": "a",
       "verdict": "select"),
    DO("2016-09-15T00:00:00Z", "mj", "round.certify", "round": "documents"),
    DO("2016-09-16T00:00:00Z", "mj", "decision.make", "round": "first", "contribution": "a",
       "verdict": "select"),
    DO("2016-09-29T00:00:00Z", "mj", "round.certify", "round": "first"),
    DO("2016-09-30T00:00:00Z", "mj", "decision.make", "round": "second", "contribution": "a",
       "verdict": "select"),
    DO("2016-10-13T00:00:00Z", "mj", "round.certify", "round": "second"),
    DO("2017-03-31T00:00:00Z", "mj", "reward.evaluate", "reward": "house", "period": "2017-03"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "a", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
