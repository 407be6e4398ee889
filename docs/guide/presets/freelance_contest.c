/* A freelance contest: the prize less a tenth for the agent. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>
#define DO(at, who, ...) "{\"at\":" #at ",\"actor\":\"" who "\",\"campaign\":\"c\"," #__VA_ARGS__ "}"
static const char *const commands[] = {
    DO(0, "shop", "do": "campaign.create", "preset": "freelance_contest"),
    DO(0, "shop", "do": "campaign.publish"),
    DO(1, "ann", "do": "contribution.submit", "contribution": "a", "terms": "v1",
        "fields": {"artwork": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
    DO(1382400000000, "shop", "do": "decision.make", "round": "winner", "contribution": "a",
        "verdict": "select"), DO(1987200000000, "shop", "do": "round.certify", "round": "winner"),
};
int main(void)
{
    cocreate_error e = {0};
    cocreate_store *s = NULL;
    cocreate_text *shown = NULL;
    int ok = cocreate_store_open(NULL, ":memory:", NULL, &s, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "shop", "firm", NULL, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "ann", "public", NULL, &e) >= 0;
    for (size_t i = 0; ok && i < sizeof commands / sizeof *commands; i++)
        ok = cocreate_execute(s, commands[i], strlen(commands[i]), NULL, &e) >= 0;
    ok = ok && cocreate_tick(s, 1987200000000, &e) >= 0 &&
         cocreate_explain(s, "a", "c", &shown, &e) >= 0;
    puts(ok ? cocreate_text_data(shown) : e.text);
    cocreate_text_free(shown);
    cocreate_store_close(s);
    return !ok;
}
