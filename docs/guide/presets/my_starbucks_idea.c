/* My Starbucks Idea, 2008: votes of 10 points with a half-life of 14 days, the company decides. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("sb", "firm"), PUT("ann", "customer"), PUT("bo", "customer"), PUT("cy", "customer"),
    DO("2008-03-19T00:00:00Z", "sb", "campaign.create", "preset": "my_starbucks_idea"),
    DO("2008-03-19T00:00:00Z", "sb", "campaign.publish"),
    DO("2008-03-20T00:00:00Z", "ann", "contribution.submit", "contribution": "wifi",
       "category": "experience", "fields": {"description": "Free wifi"}),
    DO("2008-03-20T00:00:00Z", "bo", "contribution.submit", "contribution": "decaf", "category": "product",
       "fields": {"description": "Decaf in the morning"}),
    DO("2009-02-19T00:00:00Z", "bo", "ballot.cast", "round": "members", "ballot": {"wifi": 1}),
    DO("2009-03-05T00:00:00Z", "cy", "ballot.cast", "round": "members", "ballot": {"wifi": 1}),
    DO("2009-03-05T00:00:00Z", "cy", "ballot.cast", "round": "members", "ballot": {"decaf": -1}),
    DO("2009-03-20T00:00:00Z", "sb", "decision.make", "round": "partners", "contribution": "wifi",
       "verdict": "select"),
    DO("2009-06-20T00:00:00Z", "sb", "round.certify", "round": "partners"),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "wifi", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
