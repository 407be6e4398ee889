/* Counting stored ballots: from the sealed columns, and from the rows, a row a voter.
 *
 *     bench_segments [most votes] [file]
 *
 * A vote is a mark on a ballot. The ballots are put beside the log, since only their counting is
 * measured here; bench_votes measures how they come in. The profile and the ranking are part of a
 * tally. */
#define _POSIX_C_SOURCE 200809L

#include "bench.h"

#include <string.h>

#include "campaign/rounds/rounds.h"
#include "campaign/segments/segment.h"
#include "cocreate/campaign.h"

enum { BATCH = 100000 };

#define DAY INT64_C(86400000000)

typedef struct workload {
    const char *title, *round;
    unsigned candidates, marks; /* on a ballot */
    unsigned scale;             /* of scores; 0: approvals, or ranks */
    int ranked;
} workload;

static const workload workloads[] = {
    {"one of 1,000", "'instrument':'choice'", 1000, 1, 0, 0},
    {"up: one of 1,000", "'instrument':'up'", 1000, 1, 0, 0},
    {"3 approvals of 50", "'instrument':'approve','method':'approval'", 50, 3, 0, 0},
    {"5 approvals of 1,000", "'instrument':'approve','method':'approval'", 1000, 5, 0, 0},
    {"5 scores of 200", "'instrument':'score','scale':[0,10],'method':'score'", 200, 5, 11, 0},
    {"5 ranks of 200, borda", "'instrument':'rank','method':'borda'", 200, 5, 0, 1},
    {"5 ranks of 200, schulze", "'instrument':'rank','method':'schulze'", 200, 5, 0, 1},
};

static void command(cocreate_store *store, const char *text)
{
    char json[4096];
    size_t n = strlen(text);
    for (size_t i = 0; i <= n; i++)
        json[i] = text[i] == '\'' ? '"' : text[i];
    bench_must(cocreate_execute(store, json, n, NULL, NULL));
}

static cocreate_store *open_campaign(const char *path, const workload *w)
{
    cocreate_store *store = NULL;
    char text[2048];
    bench_must(cocreate_store_open(NULL, path, NULL, &store, NULL));
    bench_must(cocreate_store_begin(store, NULL));
    snprintf(text, sizeof text,
             "{'at':0,'actor':'host','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'Votes','mode':'collaborating',"
             "'contributors':['customer'],'phases':["
             "{'id':'in','after_us':0,'for_us':86400000000,'allows':['submit']},"
             "{'id':'vote','after_us':86400000000,'for_us':86400000000,'allows':['vote']}],"
             "'rounds':[{'id':'r','lead':'customer','phase':'vote','electorate':['customer'],%s,"
             "'cut':{'top':3,'ties':'in'},'certify':'auto'}]}}",
             w->round);
    command(store, text);
    command(store, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'x'}");
    bench_must(cocreate_participant_put(store, 1, "host", "band", "customer", NULL, NULL));
    for (unsigned i = 0; i < w->candidates; i++) {
        char id[32];
        snprintf(id, sizeof id, "song-%u", i);
        bench_must(cocreate_contribution_submit(store, "x", 1, "band", id, NULL, NULL, NULL));
    }
    bench_must(cocreate_store_commit(store, NULL));
    bench_must(cocreate_tick(store, DAY + 1, NULL));
    return store;
}

/* Canonical, as long as the names are in order: marks of one ballot are drawn in ascending steps,
 * and names of one length are compared as their numbers. */
static size_t write_ballot(const workload *w, uint64_t *seed, char *out, size_t size)
{
    size_t n = 0;
    unsigned first = w->candidates > 100 ? 100 : 10; /* "song-100".. or "song-10".. */
    unsigned step = (w->candidates - first) / w->marks;
    unsigned turn = (unsigned)(bench_random(seed) % w->marks); /* where the first rank goes */
    for (unsigned i = 0; i < w->marks; i++) {
        uint64_t random = bench_random(seed);
        unsigned option = first + i * step + (unsigned)(random % step);
        unsigned value = w->scale > 0 ? (unsigned)(random >> 32) % w->scale : 1;
        if (w->ranked)
            value = (i + turn) % w->marks + 1;
        n += (size_t)snprintf(out + n, size - n, "%c\"song-%u\":%u", i > 0 ? ',' : '{', option,
                              value);
    }
    out[n++] = '}';
    return n;
}

static void put_ballots(cocreate_store *store, const cci_campaign *c, const workload *w,
                        uint64_t from, uint64_t to)
{
    uint64_t seed = from;
    char voter[32], data[256];
    for (uint64_t i = from; i < to;) {
        bench_must(store->backend->begin(store->self, NULL));
        for (uint64_t k = 0; k < BATCH && i < to; k++, i++) {
            int added;
            size_t n = (size_t)snprintf(voter, sizeof voter, "v%012llu", (unsigned long long)i);
            cci_ballot_row row = {{voter, n}, i + 1, 1, {data, 0}};
            row.data.size = write_ballot(w, &seed, data, sizeof data);
            bench_must(store->backend->add_ballot(store->self, c->part, 0, &row, &added, NULL));
        }
        bench_must(store->backend->commit(store->self, NULL));
    }
}

static json_t *tally(cci_engine *e, const cci_campaign *c, const json_t *row, int by_rows,
                     double *seconds)
{
    json_t *result = NULL;
    char reason[240];
    double start = bench_seconds();
    e->verifying = by_rows;
    bench_must(cci_tally(e, c, 0, row, &result, reason, NULL));
    e->verifying = 0;
    *seconds = bench_seconds() - start;
    return result;
}

static cocreate_status add_size(void *user, int64_t part, int32_t kind, cci_bytes id,
                                cci_bytes data, cocreate_error *error)
{
    (void)part, (void)kind, (void)id, (void)error;
    *(size_t *)user += data.size;
    return COCREATE_OK;
}

static void measure(cocreate_store *store, const workload *w, uint64_t ballots)
{
    cci_engine *e = NULL;
    cci_campaign *c = NULL;
    json_t *row = NULL;
    cci_round_state state;
    size_t bytes = 0;
    double sealing = 0, best = 1e9, rows = 0, votes = (double)ballots * w->marks;
    bench_must(cci_engine_of(store, &e, NULL));
    bench_must(cci_campaign_get(e, "x", &c, NULL));
    bench_must(cci_round_get(e, c, "r", &row, &state, NULL));
    bench_must(cci_transaction_begin(e, NULL));
    bench_must(cci_seal_break(e, c, 0, NULL));
    double start = bench_seconds();
    bench_must(cci_seal_round(e, c, 0, json_object_get(row, "candidates"), NULL));
    sealing = bench_seconds() - start;
    bench_must(cci_transaction_end(e, COCREATE_OK, NULL));
    bench_must(store->backend->scan_rows(store->self, c->part, CCI_KIND_SEGMENT,
                                         (cci_bytes){"", 0}, add_size, &bytes, NULL));
    json_t *a = tally(e, c, row, 1, &rows), *b = NULL;
    for (int i = 0; i < 3; i++) {
        double seconds;
        json_decref(b);
        b = tally(e, c, row, 0, &seconds);
        best = seconds < best ? seconds : best;
    }
    if (!json_equal(a, b))
        exit(1);
    printf("%-23s %10.0f votes: tally %9.1f M votes/s (%7.3f ms), from rows %5.1f M votes/s;"
           " sealing %5.0f ns a vote, %5.3f bytes a vote\n",
           w->title, votes, votes / best * 1e-6, best * 1e3, votes / rows * 1e-6,
           sealing / votes * 1e9, (double)bytes / votes);
    fflush(stdout);
    json_decref(a);
    json_decref(b);
    json_decref(row);
}

static void run(const char *path, const workload *w, uint64_t most)
{
    cocreate_store *store = open_campaign(path, w);
    cci_engine *e = NULL;
    cci_campaign *c = NULL;
    bench_must(cci_engine_of(store, &e, NULL));
    bench_must(cci_campaign_get(e, "x", &c, NULL));
    uint64_t have = 0;
    for (uint64_t votes = 10000; votes <= most; votes *= 10) {
        put_ballots(store, c, w, have, votes / w->marks);
        have = votes / w->marks;
        measure(store, w, have);
    }
    cocreate_store_close(store);
}

int main(int argc, char **argv)
{
    uint64_t most = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        run(argc > 2 ? argv[2] : ":memory:", &workloads[i], most);
    return 0;
}
