/* Stack Overflow: the asker awards the bounty to an answer. */
#include <cocreate/cocreate.h>
#include <stdio.h>
#include <string.h>
#define DO(at, who, ...) "{\"at\":" #at ",\"actor\":\"" who "\",\"campaign\":\"c\"," #__VA_ARGS__ "}"
static const char *const commands[] = {
    DO(0, "me", "do": "campaign.create", "preset": "stackoverflow_bounty"),
    DO(0, "me", "do": "campaign.publish"),
    DO(1, "me", "do": "contribution.submit", "contribution": "q", "terms": "by-sa-3.0",
        "fields": {"question": "Why does this print nothing at all?"}),
    DO(2, "ann", "do": "contribution.submit", "contribution": "a", "kind": "answer", "reply_to": "q",
        "fields": {"answer": "Flush it."}),
    DO(777600000000, "me", "do": "decision.make", "round": "award", "contribution": "a", "verdict": "select"),
};
int main(void)
{
    cocreate_error e = {0};
    cocreate_store *s = NULL;
    cocreate_text *shown = NULL;
    int ok = cocreate_store_open(NULL, ":memory:", NULL, &s, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "me", "firm", NULL, &e) >= 0;
    ok = ok && cocreate_participant_put(s, 0, "host", "ann", "public", NULL, &e) >= 0;
    for (size_t i = 0; ok && i < sizeof commands / sizeof *commands; i++)
        ok = cocreate_execute(s, commands[i], strlen(commands[i]), NULL, &e) >= 0;
    ok = ok && cocreate_tick(s, 864000000000, &e) >= 0 &&
         cocreate_explain(s, "a", "c", &shown, &e) >= 0;
    puts(ok ? cocreate_text_data(shown) : e.text);
    cocreate_text_free(shown);
    cocreate_store_close(s);
    return !ok;
}
