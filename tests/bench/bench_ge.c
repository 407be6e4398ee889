/* A campaign of the size of GE's ecomagination challenge of 2010 (70,000 people, 4,000 ideas, 10,000
 * comments; the 500,000 votes are ours): loaded by commands, counted, shown, verified.
 *
 *     bench_ge [file] [percent of the size]
 *
 * Times are CPU times; the memory is the most that the process held so far. */
#define _POSIX_C_SOURCE 200809L

#include "bench.h"

#include <string.h>
#include <sys/resource.h>

#include "cocreate/campaign.h"
#include "cocreate/report.h"

enum { BATCH = 1000, CHOICES = 5 };

#define DAY INT64_C(86400000000)

static const char brief[] =
    "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.create\",\"campaign\":\"ge\",\"brief\":{"
    "\"brief\":\"cocreate.brief/1\",\"title\":\"Powering the grid\",\"mode\":\"collaborating\","
    "\"contributors\":[\"customer\"],\"kinds\":[\"entry\",\"comment\"],"
    "\"phases\":[{\"id\":\"ideas\",\"after_us\":0,\"for_us\":86400000000,"
    "\"allows\":[\"submit\",\"comment\",\"vote\"]},"
    "{\"id\":\"vote\",\"after_us\":86400000000,\"for_us\":86400000000,\"allows\":[\"vote\"]}],"
    "\"rounds\":[{\"id\":\"crowd\",\"lead\":\"customer\",\"instrument\":\"up\","
    "\"phase\":\"vote\",\"cut\":{\"top\":100,\"ties\":\"in\"},\"certify\":\"auto\"}]}}";
static const char publish[] =
    "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\",\"campaign\":\"ge\"}";

typedef struct sizes {
    unsigned people, ideas, comments, votes;
} sizes;

static double last;

static void say(const char *what, double items)
{
    struct rusage usage;
    double now = bench_seconds();
    getrusage(RUSAGE_SELF, &usage);
    printf("%-28s %9.2f s CPU, %7.1f us each, %5ld MiB\n", what, now - last,
           (now - last) / items * 1e6, usage.ru_maxrss / 1024);
    fflush(stdout);
    last = bench_seconds();
}

static void command(cocreate_store *store, const char *text)
{
    bench_must(cocreate_execute(store, text, strlen(text), NULL, NULL));
}

static void batch(cocreate_store *store, unsigned i)
{
    if (i % BATCH != 0)
        return;
    if (i > 0)
        bench_must(cocreate_store_commit(store, NULL));
    bench_must(cocreate_store_begin(store, NULL));
}

static void load(cocreate_store *store, const sizes *n)
{
    char id[32], author[32], text[512];
    for (unsigned i = 0; i < n->people; i++) {
        batch(store, i);
        snprintf(id, sizeof id, "p%u", i);
        bench_must(cocreate_participant_put(store, 1, "host", id, "customer", NULL, NULL));
    }
    bench_must(cocreate_store_commit(store, NULL));
    say("people", n->people);
    for (unsigned i = 0; i < n->ideas; i++) {
        batch(store, i);
        snprintf(author, sizeof author, "p%u", i * 7 % n->people);
        snprintf(id, sizeof id, "i%u", i);
        bench_must(cocreate_contribution_submit(store, "ge", 2, author, id, NULL, NULL, NULL));
    }
    bench_must(cocreate_store_commit(store, NULL));
    say("ideas", n->ideas);
    for (unsigned i = 0; i < n->comments; i++) {
        batch(store, i);
        snprintf(text, sizeof text,
                 "{\"at\":3,\"actor\":\"p%u\",\"do\":\"contribution.submit\",\"campaign\":\"ge\","
                 "\"contribution\":\"c%u\",\"kind\":\"comment\",\"reply_to\":\"i%u\"}",
                 i * 11 % n->people, i, i % n->ideas);
        command(store, text);
    }
    bench_must(cocreate_store_commit(store, NULL));
    say("comments", n->comments);
}

/* One idea a vote; the voters come in no order. */
static void cast(cocreate_store *store, const sizes *n)
{
    uint64_t seed = 1;
    char voter[32], idea[32];
    const char *options[1] = {idea};
    for (unsigned i = 0; i < n->votes; i++) {
        batch(store, i);
        cocreate_status status;
        do { /* nobody votes for their own idea: drawn again */
            snprintf(voter, sizeof voter, "p%u", (unsigned)(bench_random(&seed) % n->people));
            snprintf(idea, sizeof idea, "i%u", (unsigned)(bench_random(&seed) % n->ideas));
            status = cocreate_vote(store, "ge", "crowd", DAY + 2, voter, options, NULL, 1, NULL);
        } while (status == COCREATE_EXISTS || status == COCREATE_ERR_REFUSED);
        bench_must(status);
    }
    bench_must(cocreate_store_commit(store, NULL));
    say("votes", n->votes);
}

/* The nine of them, each alone. */
static void report(cocreate_store *store)
{
    for (size_t i = 0; i < cocreate_report_count(); i++) {
        cocreate_report_info info = {.size = sizeof info};
        cocreate_text *text = NULL;
        char what[64];
        bench_must(cocreate_report_at(i, &info, NULL));
        snprintf(what, sizeof what, "report: %s", info.name);
        bench_must(cocreate_report(store, "ge", info.name, COCREATE_NO_TIME, &text, NULL));
        cocreate_text_free(text);
        say(what, 1);
    }
}

int main(int argc, char **argv)
{
    sizes n = {70000, 4000, 10000, 500000};
    cocreate_store *store = NULL;
    cocreate_text *text = NULL;
    unsigned percent = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 100;
    if (percent < 1 || percent > 100)
        return 2;
    n = (sizes){n.people / 100 * percent, n.ideas / 100 * percent, n.comments / 100 * percent,
                n.votes / 100 * percent};
    bench_must(cocreate_store_open(NULL, argc > 1 ? argv[1] : ":memory:", NULL, &store, NULL));
    last = bench_seconds();
    command(store, brief);
    command(store, publish);
    load(store, &n);
    bench_must(cocreate_tick(store, DAY + 1, NULL));
    say("the round opens", 1);
    cast(store, &n);
    bench_must(cocreate_tick(store, 2 * DAY, NULL));
    say("closed, sealed, tallied", 1);
    bench_must(cocreate_show(store, "ge", &text, NULL));
    cocreate_text_free(text);
    say("shown", 1);
    report(store);
    bench_must(cocreate_verify(store, NULL, 0, NULL, NULL, NULL));
    say("verified", (double)n.people + n.ideas + n.comments + n.votes);
    cocreate_store_close(store);
    return 0;
}
