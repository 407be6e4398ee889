/* Intel and Poptent: two videos are bought, the public votes. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>
#define DO(at, who, ...) "{\"at\":" #at ",\"actor\":\"" who "\",\"campaign\":\"c\"," #__VA_ARGS__ "}"
#define BUY(video) DO(3628800000000, "tv", "do": "decision.make", "round": "bought", \
                      "contribution": video, "verdict": "select")
static const char *const commands[] = {
    DO(0, "tv", "do": "campaign.create", "preset": "intel_poptent",
       "override": {"form": [{"key": "seconds", "type": "integer"}]}), DO(0, "tv", "do": "campaign.publish"),
    DO(1, "al", "do": "contribution.submit", "contribution": "a", "terms": "v1", "fields": {"seconds": 30}),
    DO(1, "al", "do": "contribution.submit", "contribution": "b", "terms": "v1", "fields": {"seconds": 60}),
    BUY("a"), BUY("b"),
};
int main(void)
{
    cocreate_error e = {0};
    cocreate_store *s = NULL;
    cocreate_text *shown = NULL;
    int ok = cocreate_store_open(NULL, ":memory:", NULL, &s, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "tv", "firm", NULL, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "al", "public", NULL, &e) >= 0;
    for (size_t i = 0; ok && i < sizeof commands / sizeof *commands; i++)
        ok = cocreate_execute(s, commands[i], strlen(commands[i]), NULL, &e) >= 0;
    ok = ok && cocreate_tick(s, 7257600000000, &e) >= 0 &&
         cocreate_explain(s, "a", "c", &shown, &e) >= 0;
    puts(ok ? cocreate_text_data(shown) : e.text);
    cocreate_text_free(shown);
    cocreate_store_close(s);
    return !ok;
}
