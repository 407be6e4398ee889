/* Random votes and merges against plain sets: whatever the order of both, everybody who supported one of the
 * united supports the union once. */
#include "commands.h"

enum { WORKS = 10, VOTERS_MAX = 1200 };

typedef struct oracle {
    uint64_t random;
    cocreate_store *store;
    const char *instrument;
    int voters, updown, whole; /* votes for or against; a ballot speaks of all */
    int64_t at;
    int root[WORKS];               /* what stands for each work, along the chain */
    int marks[VOTERS_MAX][WORKS];  /* of what stands: 0, 1, -1 */
    int64_t when[VOTERS_MAX][WORKS]; /* cast */
} oracle;

static int below(oracle *o, int n)
{
    o->random ^= o->random << 13;
    o->random ^= o->random >> 7;
    o->random ^= o->random << 17;
    return (int)(o->random % (uint64_t)n);
}

static int root_of(const oracle *o, int work)
{
    while (o->root[work] != work)
        work = o->root[work];
    return work;
}

static void begin(oracle *o)
{
    char command[1024];
    o->store = open_store();
    done(o->store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    done(o->store, "{'at':0,'actor':'host','do':'participant.put','participant':'w','side':'customer'}");
    for (int v = 0; v < o->voters; v++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'v%d','side':'customer'}", v);
        done(o->store, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
             "'phases':[{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
             "{'id':'vote','after_us':100,'for_us':1000000,'allows':['vote']}],'rounds':["
             "{'id':'r','lead':'customer','instrument':'%s','method':'%s','phase':'vote','certify':'auto',"
             "'cut':'all','retract':true%s}]}}",
             o->instrument, o->updown ? "score" : "approval",
             o->updown ? ",'options':{'aggregate':'sum'}" : "");
    done(o->store, command);
    done(o->store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int k = 0; k < WORKS; k++) {
        snprintf(command, sizeof command,
                 "{'at':1,'actor':'w','do':'contribution.submit','campaign':'x','contribution':'k%d'}", k);
        done(o->store, command);
        o->root[k] = k;
    }
    o->at = 100;
}

/* A ballot by the fast path or by the command, under whatever names. */
static void vote(oracle *o)
{
    int v = below(o, o->voters), n = o->whole ? 1 + below(o, 4) : 1, used[WORKS] = {0};
    char names[4][8], voter[16];
    const char *options[4];
    int64_t values[4];
    if (o->whole)
        memset(o->marks[v], 0, sizeof o->marks[v]);
    for (int i = 0; i < n; i++) {
        int k = below(o, WORKS);
        while (used[k])
            k = (k + 1) % WORKS;
        used[k] = 1;
        snprintf(names[i], sizeof names[i], "k%d", k);
        options[i] = names[i];
        values[i] = o->updown && below(o, 2) ? -1 : 1;
        if (o->marks[v][root_of(o, k)] != (int)values[i]) /* the same again changes nothing */
            o->when[v][root_of(o, k)] = ++o->at;
        o->marks[v][root_of(o, k)] = (int)values[i];
    }
    snprintf(voter, sizeof voter, "v%d", v);
    if (n == 1 && below(o, 2)) {
        char command[256];
        snprintf(command, sizeof command,
                 "{'at':%lld,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r','ballot':{'%s':%d}}",
                 (long long)o->at, voter, names[0], (int)values[0]);
        assert_true(execute(o->store, command, NULL) >= 0);
        return;
    }
    assert_true(cocreate_vote(o->store, "x", "r", o->at, voter, options, o->updown ? values : NULL,
                              (size_t)n, &check_error) >= 0);
}

static void retract(oracle *o)
{
    int v = below(o, o->voters), k = below(o, WORKS), stands = 0;
    char command[256], option[32] = "";
    for (int i = 0; i < WORKS; i++)
        stands |= o->marks[v][i];
    if (!o->whole) {
        snprintf(option, sizeof option, ",'options':['k%d']", k);
        stands = o->marks[v][root_of(o, k)];
    }
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'v%d','do':'ballot.retract','campaign':'x','round':'r'%s}",
             (long long)++o->at, v, option);
    if (!stands)
        return;
    done(o->store, command);
    if (o->whole)
        memset(o->marks[v], 0, sizeof o->marks[v]);
    else
        o->marks[v][root_of(o, k)] = 0;
}

static void merge(oracle *o)
{
    int a = below(o, WORKS), b = below(o, WORKS), legal = o->root[a] == a && o->root[b] == b && a != b;
    char command[256];
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'k%d',"
             "'into':'k%d'}",
             (long long)++o->at, a, b);
    cocreate_status status = execute(o->store, command, NULL);
    if (!legal) {
        assert_true(status < 0 || o->root[a] == b);
        return;
    }
    assert_status(status, COCREATE_OK);
    o->root[a] = b;
    for (int v = 0; v < o->voters; v++) {
        int *from = &o->marks[v][a], *to = &o->marks[v][b];
        if (*from != 0 && (*to == 0 || o->when[v][a] > o->when[v][b])) {
            *to = *from;
            o->when[v][b] = o->when[v][a];
        }
        *from = 0;
    }
}

static void compare(oracle *o)
{
    cocreate_text *shown = NULL;
    assert_status(cocreate_tick(o->store, 2000000, &check_error), COCREATE_OK);
    assert_status(cocreate_show(o->store, "x", &shown, &check_error), COCREATE_OK);
    for (int k = 0; k < WORKS; k++) {
        char wanted[96];
        int sum = 0, n = 0;
        for (int v = 0; v < o->voters; v++) {
            sum += o->marks[v][k];
            n += o->marks[v][k] != 0;
        }
        if (o->root[k] != k) {
            snprintf(wanted, sizeof wanted, "\"id\":\"k%d\",\"into\":\"k%d\"", k, o->root[k]);
            assert_int_equal(n, 0);
        } else if (n > 0 || !o->updown) { /* who has no vote up or down has no score */
            snprintf(wanted, sizeof wanted, "\"id\":\"k%d\",\"score\":%d,", k, sum);
        } else {
            continue;
        }
        if (!strstr(cocreate_text_data(shown), wanted))
            print_error("%s\n  does not hold %s\n", cocreate_text_data(shown), wanted);
        assert_non_null(strstr(cocreate_text_data(shown), wanted));
    }
    cocreate_text_free(shown);
    verified_close(o->store);
}

static void run(const char *instrument, uint64_t seed, int voters, int steps)
{
    static oracle o;
    memset(&o, 0, sizeof o);
    o.random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    o.instrument = instrument;
    o.voters = voters;
    o.updown = strcmp(instrument, "updown") == 0;
    o.whole = strcmp(instrument, "approve") == 0;
    begin(&o);
    for (int i = 0; i < steps; i++) {
        int what = below(&o, 30);
        if (what == 0)
            merge(&o);
        else if (what < 4)
            retract(&o);
        else
            vote(&o);
    }
    compare(&o);
}

static void unions_are_those_of_sets(void **state)
{
    static const char *const instruments[] = {"up", "updown", "approve"};
    (void)state;
    for (int i = 0; i < 3; i++)
        for (uint64_t seed = 1; seed <= 100; seed++)
            run(instruments[i], seed, 12, 100);
}

/* Enough ballots that the round is sealed when it closes. */
static void sealed_rounds_count_the_same(void **state)
{
    (void)state;
    run("up", 7, 600, 3000);
    run("approve", 8, VOTERS_MAX, 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unions_are_those_of_sets),
        cmocka_unit_test(sealed_rounds_count_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
