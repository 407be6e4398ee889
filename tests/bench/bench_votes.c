/* Votes into a store through cocreate_vote(), and the same rows by a bare SQLite program.
 *
 *     bench_votes [voters [runs]]
 *
 * Both begin with the same file: a published campaign and its registered voters. The bare program
 * writes, by prepared statements, what our votes wrote (event and ballot of each, the head once a
 * commit), in the same order, in as many transactions, with the same settings. It is handed the rows
 * ready-made: it checks and decides nothing, and reads no voter. With `hashing` it at least computes
 * what stands in them: the leaf of each event and the Merkle tree. The names that we are handed are
 * made before the clock runs, too. */
#define _POSIX_C_SOURCE 200809L

#include "bench.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cocreate/campaign.h"
#include "log/tree.h"

enum { BATCH = 1000, SINGLES = 300, SONGS = 50, CHOICES = 3 };

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
static const char publish[] = "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\","
                              "\"campaign\":\"" CAMPAIGN "\"}";

static void must_sql(int code, const char *what)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return;
    fprintf(stderr, "%s: %s\n", what, sqlite3_errstr(code));
    exit(1);
}

/* Elapsed time counts here as much as CPU time: a commit waits for the disk. */
typedef struct times {
    double wall, cpu;
} times;

static times now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (times){(double)t.tv_sec + (double)t.tv_nsec * 1e-9, bench_seconds()};
}

static times since(times start)
{
    times end = now();
    return (times){end.wall - start.wall, end.cpu - start.cpu};
}

static void copy_file(const char *from, const char *to)
{
    char buffer[65536];
    size_t got;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    if (!in || !out)
        exit(1);
    while ((got = fread(buffer, 1, sizeof buffer, in)) > 0)
        if (fwrite(buffer, 1, got, out) != got)
            exit(1);
    fclose(in);
    fclose(out);
}

/* ---- ours ---- */

static cocreate_store *open_store(const char *path)
{
    cocreate_store *store = NULL;
    bench_must(cocreate_store_open(NULL, path, NULL, &store, NULL));
    return store;
}

static void voter_id(uint64_t i, char id[32])
{
    snprintf(id, 32, "v%016llx", (unsigned long long)bench_random(&i)); /* in no order */
}

static void prepare(const char *path, uint64_t voters)
{
    cocreate_store *store = open_store(path);
    char id[32];
    bench_must(cocreate_execute(store, brief, strlen(brief), NULL, NULL));
    bench_must(cocreate_execute(store, publish, strlen(publish), NULL, NULL));
    bench_must(cocreate_store_begin(store, NULL));
    bench_must(cocreate_participant_put(store, 1, "host", "band", "customer", NULL, NULL));
    for (unsigned i = 0; i < SONGS; i++) {
        snprintf(id, sizeof id, "song-%u", i);
        bench_must(cocreate_contribution_submit(store, CAMPAIGN, 1, "band", id, NULL, NULL, NULL));
    }
    for (uint64_t i = 0; i < voters; i++) {
        voter_id(i, id);
        bench_must(cocreate_participant_put(store, 2, "host", id, "customer", NULL, NULL));
    }
    bench_must(cocreate_store_commit(store, NULL));
    bench_must(cocreate_tick(store, DAY + 1, NULL));
    cocreate_store_close(store);
}

typedef struct names {
    char (*voters)[32];
    char songs[SONGS][32];
} names;

static void make_names(names *n, uint64_t votes)
{
    n->voters = malloc(votes * sizeof *n->voters);
    if (!n->voters)
        exit(1);
    for (uint64_t i = 0; i < votes; i++)
        voter_id(i, n->voters[i]);
    for (unsigned i = 0; i < SONGS; i++)
        snprintf(n->songs[i], sizeof n->songs[i], "song-%u", i);
}

static void cast(cocreate_store *store, const names *n, uint64_t voter)
{
    const char *options[CHOICES];
    for (uint64_t k = 0; k < CHOICES; k++)
        options[k] = n->songs[(voter * 7 + k * 13) % SONGS];
    bench_must(cocreate_vote(store, CAMPAIGN, "crowd", DAY + 2, n->voters[voter], options, NULL,
                             CHOICES, NULL));
}

static times ours(const char *path, uint64_t votes, uint64_t batch)
{
    cocreate_store *store = open_store(path);
    names n;
    make_names(&n, votes);
    times start = now();
    for (uint64_t i = 0; i < votes; i += batch) {
        if (batch > 1)
            bench_must(cocreate_store_begin(store, NULL));
        for (uint64_t k = i; k < i + batch && k < votes; k++)
            cast(store, &n, k);
        if (batch > 1)
            bench_must(cocreate_store_commit(store, NULL));
    }
    times took = since(start);
    cocreate_store_close(store);
    free(n.voters);
    return took;
}

/* ---- bare ---- */

typedef struct blob {
    void *data;
    int size;
} blob;

typedef struct vote_rows {
    int64_t seq, part, at, round, weight;
    blob payload, leaf, voter, data;
} vote_rows;

static blob column(sqlite3_stmt *stmt, int i)
{
    blob b = {NULL, sqlite3_column_bytes(stmt, i)};
    b.data = malloc((size_t)b.size + 1);
    if (!b.data)
        exit(1);
    memcpy(b.data, sqlite3_column_blob(stmt, i), (size_t)b.size);
    return b;
}

/* What our votes left in the file. */
static vote_rows *read_rows(const char *path, uint64_t votes, blob *head)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    vote_rows *rows = calloc(votes, sizeof *rows);
    must_sql(sqlite3_open(path, &db), "open");
    must_sql(sqlite3_prepare_v2(db, "SELECT e.seq, e.part, e.at, b.round, b.weight, e.payload,"
                                    " e.leaf, b.voter, b.data FROM ballot b"
                                    " JOIN event e ON e.seq = b.seq ORDER BY e.seq",
                                -1, &stmt, NULL),
             "prepare");
    for (uint64_t i = 0; rows && i < votes; i++) {
        if (sqlite3_step(stmt) != SQLITE_ROW)
            exit(1);
        vote_rows *r = &rows[i];
        int64_t *numbers[] = {&r->seq, &r->part, &r->at, &r->round, &r->weight};
        blob *blobs[] = {&r->payload, &r->leaf, &r->voter, &r->data};
        for (int k = 0; k < 5; k++)
            *numbers[k] = sqlite3_column_int64(stmt, k);
        for (int k = 0; k < 4; k++)
            *blobs[k] = column(stmt, 5 + k);
    }
    sqlite3_finalize(stmt);
    must_sql(sqlite3_prepare_v2(db, "SELECT data FROM head", -1, &stmt, NULL), "prepare");
    must_sql(sqlite3_step(stmt), "head");
    *head = column(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return rows;
}

static void free_rows(vote_rows *rows, uint64_t votes)
{
    for (uint64_t i = 0; i < votes; i++) {
        free(rows[i].payload.data);
        free(rows[i].leaf.data);
        free(rows[i].voter.data);
        free(rows[i].data.data);
    }
    free(rows);
}

static void run(sqlite3_stmt *stmt)
{
    if (sqlite3_step(stmt) != SQLITE_DONE)
        exit(1);
    sqlite3_reset(stmt);
}

static void bind_blob(sqlite3_stmt *stmt, int i, const blob *b)
{
    sqlite3_bind_blob(stmt, i, b->data, b->size, SQLITE_STATIC);
}

static void put(sqlite3_stmt *const stmts[2], const vote_rows *r)
{
    sqlite3_bind_int64(stmts[0], 1, r->seq);
    sqlite3_bind_int64(stmts[0], 2, r->part);
    sqlite3_bind_int64(stmts[0], 3, r->at);
    bind_blob(stmts[0], 4, &r->payload);
    bind_blob(stmts[0], 5, &r->leaf);
    run(stmts[0]);
    sqlite3_bind_int64(stmts[1], 1, r->part);
    sqlite3_bind_int64(stmts[1], 2, r->round);
    bind_blob(stmts[1], 3, &r->voter);
    sqlite3_bind_int64(stmts[1], 4, r->seq);
    sqlite3_bind_int64(stmts[1], 5, r->weight);
    bind_blob(stmts[1], 6, &r->data);
    run(stmts[1]);
}

static void append_leaf(cci_tree *tree, const vote_rows *r)
{
    cci_digest leaf;
    cocreate_log_leaf(r->payload.data, (size_t)r->payload.size, leaf.bytes);
    if (memcmp(leaf.bytes, r->leaf.data, sizeof leaf.bytes) != 0)
        exit(1);
    cci_tree_append(tree, &leaf);
}

static times bare(const char *path, const vote_rows *rows, const blob *head, uint64_t votes,
                  uint64_t batch, int hashing)
{
    static const char *const texts[] = {
        "INSERT INTO event VALUES(?1, ?2, ?3, ?4, ?5)",
        "INSERT INTO ballot VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        "UPDATE head SET data = ?1",
        "BEGIN IMMEDIATE",
        "COMMIT",
    };
    sqlite3 *db;
    sqlite3_stmt *stmts[5];
    must_sql(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), "open");
    must_sql(sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                              "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384;"
                              "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
                              "PRAGMA cell_size_check = ON",
                          NULL, NULL, NULL),
             "settings");
    for (int i = 0; i < 5; i++)
        must_sql(sqlite3_prepare_v3(db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &stmts[i], NULL),
                 texts[i]);
    cci_tree tree;
    cci_tree_init(&tree);
    times start = now();
    for (uint64_t i = 0; i < votes; i += batch) {
        run(stmts[3]);
        for (uint64_t k = i; k < i + batch && k < votes; k++) {
            if (hashing)
                append_leaf(&tree, &rows[k]);
            put(stmts, &rows[k]);
        }
        bind_blob(stmts[2], 1, head);
        run(stmts[2]);
        run(stmts[4]);
    }
    times took = since(start);
    for (int i = 0; i < 5; i++)
        sqlite3_finalize(stmts[i]);
    sqlite3_close(db);
    return took;
}

/* ---- both, in turn ---- */

static void keep_best(times *best, times took)
{
    best->wall = took.wall < best->wall ? took.wall : best->wall;
    best->cpu = took.cpu < best->cpu ? took.cpu : best->cpu;
}

static void print_line(const char *what, const times *t, const times *mine, uint64_t votes)
{
    double n = (double)votes;
    printf("  %-22s %8.0f votes/s, %6.1f us CPU a vote", what, n / t->wall, t->cpu / n * 1e6);
    if (t != mine)
        printf("; ours is %3.0f %% of that elapsed, %3.0f %% by CPU", 100 * t->wall / mine->wall,
               100 * t->cpu / mine->cpu);
    printf("\n");
}

static void compare(const char *folder, const char *start, uint64_t votes, uint64_t batch, int runs)
{
    char mine[300], other[300];
    times best[3] = {{1e9, 1e9}, {1e9, 1e9}, {1e9, 1e9}};
    snprintf(mine, sizeof mine, "%s/ours.db", folder);
    snprintf(other, sizeof other, "%s/bare.db", folder);
    for (int i = 0; i < runs; i++) {
        blob head;
        copy_file(start, mine);
        keep_best(&best[0], ours(mine, votes, batch));
        vote_rows *rows = read_rows(mine, votes, &head);
        for (int hashing = 0; hashing < 2; hashing++) {
            copy_file(start, other);
            keep_best(&best[1 + hashing], bare(other, rows, &head, votes, batch, hashing));
            remove(other);
        }
        free_rows(rows, votes);
        free(head.data);
        remove(mine);
    }
    printf("%llu votes, %llu a commit\n", (unsigned long long)votes, (unsigned long long)batch);
    print_line("cocreate_vote()", &best[0], &best[0], votes);
    print_line("bare SQLite", &best[1], &best[0], votes);
    print_line("bare SQLite, hashing", &best[2], &best[0], votes);
}

int main(int argc, char **argv)
{
    uint64_t voters = argc > 1 ? strtoull(argv[1], NULL, 10) : 50000;
    const char *base = getenv("TMPDIR");
    char folder[256], start[300];
    snprintf(folder, sizeof folder, "%s/cocreate-votes-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder))
        exit(1);
    snprintf(start, sizeof start, "%s/start.db", folder);
    prepare(start, voters);
    int runs = argc > 2 ? atoi(argv[2]) : 3;
    compare(folder, start, voters < SINGLES ? voters : SINGLES, 1, runs + 2);
    compare(folder, start, voters, BATCH, runs);
    remove(start);
    return rmdir(folder) != 0;
}
