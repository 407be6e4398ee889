/* A platform that is killed while people vote, again and again, on one store.
 *
 *     crash_votes [kills] [seed] [lie]
 *
 * A writer process runs numbered commands (participants with personal data, votes, changed votes,
 * now and then five of them in a batch) and reports each over a pipe once it has returned. After 2
 * to 60 ms it is killed by SIGKILL: while it opens the store, decides, writes, or waits for the
 * disk. Then the store is opened again, and
 * - every reported command is there: the same command again is COCREATE_EXISTS, and adds nothing;
 * - nothing is there twice, and a batch is there wholly or not at all: every command is one event,
 *   so the length of the log counts them;
 * - now and then, and at the end, cocreate_verify() replays the log and finds the same state.
 *
 * With `lie` the writer reports before it runs a command, and the program must find that out.
 *
 * This proves nothing about power failures, because what the system has taken it will write. */
#include <stdio.h>
#include <string.h>

#include "crash.h"

enum { CONTRIBUTIONS = 8 };

#define CAMPAIGN "song-of-the-year"
#define DAY INT64_C(86400000000)

static const char brief[] =
    "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.create\",\"campaign\":\"" CAMPAIGN "\","
    "\"brief\":{\"brief\":\"cocreate.brief/1\",\"title\":\"Song of the year\","
    "\"mode\":\"collaborating\",\"contributors\":[\"customer\"],"
    "\"phases\":[{\"id\":\"submit\",\"after_us\":0,\"for_us\":86400000000,"
    "\"allows\":[\"submit\"]},"
    "{\"id\":\"vote\",\"after_us\":86400000000,\"for_us\":86400000000,\"allows\":[\"vote\"]}],"
    "\"rounds\":[{\"id\":\"crowd\",\"lead\":\"customer\",\"instrument\":\"approve\","
    "\"phase\":\"vote\",\"electorate\":[\"customer\"],\"method\":\"approval\","
    "\"cut\":{\"top\":3,\"ties\":\"in\"},\"certify\":\"auto\"}]}}";

/* ---- the commands, by number ---- */

static void song(uint64_t i, char id[32])
{
    snprintf(id, 32, "song-%llu", (unsigned long long)(i % CONTRIBUTIONS));
}

static cocreate_status vote(cocreate_store *store, uint64_t voter, uint64_t choice,
                            cocreate_error *error)
{
    char id[32], first[32], second[32];
    snprintf(id, sizeof id, "voter-%llu", (unsigned long long)voter);
    song(choice, first);
    song(choice + 1, second);
    const char *options[] = {first, second};
    return cocreate_vote(store, CAMPAIGN, "crowd", DAY + 1, id, options, NULL, 2, error);
}

/* Even numbers register a participant. Odd ones are that one's vote, or the changed vote of one who
 * came long before. */
static cocreate_status command(cocreate_store *store, uint64_t number, cocreate_error *error)
{
    uint64_t voter = number / 2;
    if (number % 2)
        return voter % 7 == 6 && voter > 1000 ? vote(store, voter - 1001, number + 3, error)
                                              : vote(store, voter, number, error);
    char id[32], person[64];
    snprintf(id, sizeof id, "voter-%llu", (unsigned long long)voter);
    snprintf(person, sizeof person, "{\"mail\":\"%s@example.org\"}", id);
    return cocreate_participant_put(store, DAY + 1, "host", id, "customer",
                                    voter % 3 ? NULL : person, error);
}

static void prepare(const char *path, unsigned long kills)
{
    (void)kills;
    cocreate_error error = {0};
    cocreate_store *store = crash_open(path);
    crash_must(cocreate_execute(store, brief, strlen(brief), NULL, &error), "create", &error);
    static const char publish[] = "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\","
                                  "\"campaign\":\"" CAMPAIGN "\"}";
    crash_must(cocreate_execute(store, publish, strlen(publish), NULL, &error), "publish", &error);
    crash_must(cocreate_participant_put(store, 1, "host", "band", "customer", NULL, &error), "band",
         &error);
    for (uint64_t i = 0; i < CONTRIBUTIONS; i++) {
        char id[32];
        song(i, id);
        crash_must(cocreate_contribution_submit(store, CAMPAIGN, 1, "band", id, NULL, NULL, &error),
             "submit", &error);
    }
    crash_must(cocreate_tick(store, DAY + 1, &error), "tick", &error);
    cocreate_store_close(store);
}

int main(int argc, char **argv)
{
    static const crash_story story = {
        .name = "votes",
        .longest = 60000,
        .prepare = prepare,
        .command = command,
    };
    return crash_run(&story, argc, argv);
}
