/* A survey: everybody who answers has a voucher. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>
#define DO(at, who, ...) "{\"at\":" #at ",\"actor\":\"" who "\",\"campaign\":\"c\"," #__VA_ARGS__ "}"
static const char *const commands[] = {
    "{\"at\":0,\"actor\":\"host\",\"do\":\"participant.put\""
    ",\"participant\":\"ann\",\"side\":\"public\",\"attributes\":{\"age\":34}}",
    DO(0, "shop", "do": "campaign.create", "preset": "survey_reward"),
    DO(0, "shop", "do": "campaign.publish"),
    DO(1, "ann", "do": "ballot.cast", "round": "answers", "ballot": {"again": "yes", "stars": 5}),
    DO(2, "ann", "do": "contribution.submit", "contribution": "a", "terms": "v1",
        "fields": {"consent": "yes"}),
    DO(2419200000000, "shop", "do": "reward.evaluate", "reward": "vouchers", "period": "all"),
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
    ok = ok && cocreate_tick(s, 2419200000000, &e) >= 0 &&
         cocreate_explain(s, "a", "c", &shown, &e) >= 0;
    puts(ok ? cocreate_text_data(shown) : e.text);
    cocreate_text_free(shown);
    cocreate_store_close(s);
    return !ok;
}
