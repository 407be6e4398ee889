/* GE, 2011: ideas for homes, votes as advice, five awards by a jury. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("ge", "firm"), PUT("prof", "partner"), PUT("ann", "public"), PUT("bo", "public"),
    DO("2011-01-18T00:00:00Z", "ge", "campaign.create", "preset": "ge_powering_your_home"),
    DO("2011-01-18T00:00:00Z", "ge", "campaign.publish"),
    DO("2011-01-19T00:00:00Z", "ann", "contribution.submit", "contribution": "meter",
       "fields": {"summary": "A meter that talks",
       "confidential": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}),
    DO("2011-01-20T00:00:00Z", "bo", "contribution.submit", "contribution": "paint",
       "fields": {"summary": "Paint that makes power"}),
    DO("2011-03-02T00:00:00Z", "bo", "ballot.cast", "round": "public", "ballot": {"meter": 1}),
    DO("2011-04-02T00:00:00Z", "prof", "decision.make", "round": "judges", "contribution": "paint",
       "verdict": "select"),
    DO("2011-07-01T00:00:00Z", "ge", "round.certify", "round": "judges"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "paint", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
