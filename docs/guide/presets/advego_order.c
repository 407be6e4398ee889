/* Advego: a guru found after 48 hours has 21/2 of the least price. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>
#define DO(at, who, ...) "{\"at\":" #at ",\"actor\":\"" who "\",\"campaign\":\"c\"," #__VA_ARGS__ "}"
static const char *const commands[] = {
    "{\"at\":0,\"actor\":\"host\",\"do\":\"participant.put\""
    ",\"participant\":\"ann\",\"side\":\"public\",\"attributes\":{\"tier\":\"guru\"}}",
    DO(0, "shop", "do": "campaign.create", "preset": "advego_order"), DO(0, "shop", "do": "campaign.publish"),
    DO(1, "ann", "do": "contribution.submit", "contribution": "a", "terms": "v1",
        "fields": {"search": "auto_48h",
        "text": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
    DO(2, "shop", "do": "decision.make", "round": "accepted", "contribution": "a", "verdict": "select"),
};
int main(void)
{
    cocreate_error e = {0};
    cocreate_store *s = NULL;
    cocreate_text *shown = NULL;
    int ok = cocreate_store_open(NULL, ":memory:", NULL, &s, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "shop", "firm", NULL, &e) >= 0;
    for (size_t i = 0; ok && i < sizeof commands / sizeof *commands; i++)
        ok = cocreate_execute(s, commands[i], strlen(commands[i]), NULL, &e) >= 0;
    ok = ok && cocreate_tick(s, 3, &e) >= 0 &&
         cocreate_explain(s, "a", "c", &shown, &e) >= 0;
    puts(ok ? cocreate_text_data(shown) : e.text);
    cocreate_text_free(shown);
    cocreate_store_close(s);
    return !ok;
}
