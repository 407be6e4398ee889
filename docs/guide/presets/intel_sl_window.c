/* Intel, 2006: 72 hours of building in Second Life, seen in a shop window. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>

#define TEXT(...) #__VA_ARGS__
#define PUT(p, s) TEXT({"at": 0, "actor": "host", "do": "participant.put", "participant": p, "side": s})
#define DO(when, who, ...) TEXT({"at": when, "actor": who, "campaign": "c", "do": __VA_ARGS__})

static const char *const story[] = {
    PUT("curator", "firm"), PUT("versu", "partner"), PUT("ann", "public"), PUT("bo", "public"),
    DO("2006-10-20T00:00:00Z", "curator", "campaign.create", "preset": "intel_sl_window"),
    DO("2006-10-20T00:00:00Z", "curator", "campaign.publish"),
    DO("2006-10-20T00:00:00Z", "versu", "contribution.submit", "contribution": "wall", "terms": "v1",
       "fields": {"act": "A wall"}),
    DO("2006-10-20T00:00:00Z", "ann", "contribution.submit", "contribution": "higher", "kind": "comment",
       "reply_to": "wall", "fields": {"act": "Higher!"}),
    DO("2006-10-21T00:00:00Z", "bo", "contribution.submit", "contribution": "sign", "terms": "v1",
       "fields": {"act": "Hello NYC"}),
};

int main(void)
{
    cocreate_store *store = NULL;
    cocreate_text *why = NULL;
    cocreate_error error;
    cocreate_status status = cocreate_store_open(NULL, ":memory:", NULL, &store, &error);
    for (size_t i = 0; status >= 0 && i < sizeof story / sizeof *story; i++)
        status = cocreate_execute(store, story[i], strlen(story[i]), NULL, &error);
    status = status < 0 ? status : cocreate_explain(store, "sign", "c", &why, &error);
    puts(status < 0 ? error.text : cocreate_text_data(why));
    cocreate_text_free(why), cocreate_store_close(store);
    return status < 0;
}
