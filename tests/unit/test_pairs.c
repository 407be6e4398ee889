/* Pairs that are chosen step by step, against a plain search over all pairs. Expected by hand from
 * docs/reference/briefs.md. */
#include "rounds.h"

#define PAIRS(more)                                                                                       \
    "{'id':'r','lead':'customer','instrument':'pair','phase':'vote','cut':'all','certify':'auto'," more "}"

static cocreate_status ask(cocreate_store *s, int64_t at, const char *who, char a[16], char b[16], int *left,
                           char *told, size_t size)
{
    char command[256];
    cocreate_text *out = NULL;
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'host','do':'pair.next','campaign':'x','round':'r','participant':'%s'}",
             (long long)at, who);
    cocreate_status status = execute(s, command, &out);
    if (status != COCREATE_OK)
        return status;
    const char *text = cocreate_text_data(out);
    assert_int_equal(sscanf(strstr(text, "\"left\""), "\"left\":%d", left), 1);
    assert_int_equal(sscanf(strstr(text, "\"pair\""), "\"pair\":[\"%15[^\"]\",\"%15[^\"]\"]", a, b), 2);
    if (told)
        snprintf(told, size, "%s", text);
    cocreate_text_free(out);
    return status;
}

static void judge(cocreate_store *s, int64_t at, const char *who, const char *better, const char *other)
{
    const char *options[] = {better, other};
    const int64_t values[] = {1, 0};
    assert_status(cocreate_vote(s, "x", "r", at, who, options, values, 2, &check_error), COCREATE_OK);
}

/* Options a..e by c1..c5: c6 has 10 pairs, c1 the 6 without a. None comes twice, and then none is left. */
static void nobody_is_given_a_pair_twice(void **state)
{
    static const char *const people[] = {"c6", "c1", "c7"};
    static const int pairs[] = {10, 6, 10};
    (void)state;
    cocreate_store *s = open_round(PAIRS("'adaptive':{'seed':'2026'}"));
    for (size_t p = 0; p < 3; p++) {
        int met[5][5] = {{0}}, left = 0;
        char a[16], b[16], again[2][16];
        for (int i = 0; i < pairs[p]; i++) {
            assert_status(ask(s, 100, people[p], a, b, &left, NULL, 0), COCREATE_OK);
            assert_int_equal(left, pairs[p] - i);
            assert_status(ask(s, 100, people[p], again[0], again[1], &left, NULL, 0), COCREATE_OK);
            assert_string_equal(a, again[0]); /* asking writes nothing */
            assert_string_equal(b, again[1]);
            int x = a[0] - 'a', y = b[0] - 'a';
            assert_true(x != y && !met[x][y] && !(p == 1 && (x == 0 || y == 0)));
            met[x][y] = met[y][x] = 1;
            judge(s, 100, people[p], x < y ? a : b, x < y ? b : a);
        }
        assert_status(ask(s, 101, people[p], a, b, &left, NULL, 0), COCREATE_ERR_NOT_FOUND);
    }
    refused(s, "{'at':101,'actor':'c1','do':'pair.next','campaign':'x','round':'r'}", COCREATE_ERR_NOT_FOUND,
            "$.rounds[0].adaptive: no pair is left for 'c1' in round 'r': of its 5 options 4 may be compared,"
            " and "
            "were, each with each");
    refused(s, "{'at':101,'actor':'c1','do':'pair.next','campaign':'x','round':'r','participant':'c2'}",
            COCREATE_ERR_PERMISSION, "'c1' takes no pairs for 'c2'");
    done(s, "{'at':102,'actor':'c6','do':'ballot.retract','campaign':'x','round':'r','options':['a','b']}");
    done(s, "{'at':102,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c7',"
            "'options':['a','b'],'reason':'a bot'}");
    int left;
    char a[16], b[16];
    assert_status(ask(s, 103, "c6", a, b, &left, NULL, 0), COCREATE_OK); /* taken back: it may come again */
    assert_true(left == 1 && (a[0] == 'a' || b[0] == 'a'));
    assert_status(ask(s, 103, "c7", a, b, &left, NULL, 0), COCREATE_ERR_NOT_FOUND); /* struck: it may not */
    verified_close(s);
}

/* (w + 1) / (d + 2) of two options, n the duels: the rules of docs/reference/briefs.md, but for lots. */
typedef struct plain {
    int duels[5], wins[5], seen[5], met[5][5];
} plain;

static long far_apart(const plain *m, int x, int y) /* times the product of all (d + 2) */
{
    long far = (long)(m->wins[x] + 1) * (m->duels[y] + 2) - (long)(m->wins[y] + 1) * (m->duels[x] + 2);
    for (int k = 0; k < 5; k++)
        far *= k == x || k == y ? 1 : m->duels[k] + 2;
    return far < 0 ? -far : far;
}

/* Is the first one of the most needed that has a partner, and the other of the nearest of its partners? */
static int follows(const plain *m, int first, int other)
{
    for (int k = 0; k < 5; k++) {
        int any = 0;
        for (int l = 0; l < 5; l++)
            any |= l != k && !m->met[k][l];
        if (any && (m->duels[k] < m->duels[first] ||
                    (m->duels[k] == m->duels[first] && m->seen[k] < m->seen[first])))
            return 0;
        if (k == first || m->met[first][k])
            continue;
        long a = far_apart(m, first, k), b = far_apart(m, first, other);
        if (a < b || (a == b && m->duels[k] < m->duels[other]))
            return 0;
    }
    return !m->met[first][other];
}

static void the_least_compared_beside_the_nearest(void **state)
{
    static const char *const people[] = {"c6", "c7", "c8", "c9"};
    uint64_t random = 1;
    int turns = 0;
    (void)state;
    cocreate_store *s = open_round(PAIRS("'adaptive':{}"));
    plain m[4] = {{{0}, {0}, {0}, {{0}}}};
    for (int i = 0; i < 400 && turns < 40; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        int p = (int)(random >> 33) % 4, left;
        char a[16], b[16];
        for (int k = 0; k < 5; k++) { /* duels are of all, what was seen of one */
            m[p].duels[k] = m[0].duels[k] = m[0].duels[k];
            m[p].wins[k] = m[0].wins[k];
        }
        if (ask(s, 100 + i / 10, people[p], a, b, &left, NULL, 0) != COCREATE_OK)
            continue;
        int x = a[0] - 'a', y = b[0] - 'a', won = (int)(random >> 40) % 3 ? (x < y ? x : y) : x;
        assert_true(follows(&m[p], x, y) || follows(&m[p], y, x));
        judge(s, 100 + i / 10, people[p], won == x ? a : b, won == x ? b : a);
        m[p].met[x][y] = m[p].met[y][x] = 1;
        m[p].seen[x]++;
        m[p].seen[y]++;
        m[0].duels[x]++;
        m[0].duels[y]++;
        m[0].wins[won]++;
        turns++;
    }
    assert_int_equal(turns, 40); /* four people, ten pairs each */
    verified_close(s);
}

/* Three voters say a > b > c > d > e in every pair. With z = 1 the neighbours are told apart, with 5/4 those
 * in the middle are not; before the first duel none is. */
static void a_settled_order_is_told(void **state)
{
    (void)state;
    char a[16], b[16], told[512];
    int left, open = -1;
    cocreate_store *s = open_round(PAIRS("'adaptive':{'settled':{'z':'1','duels':5}}"));
    assert_status(ask(s, 100, "c9", a, b, &left, told, sizeof told), COCREATE_OK);
    assert_int_equal(sscanf(strstr(told, "\"open\""), "\"open\":%d", &open), 1);
    assert_int_equal(open, 4);
    assert_non_null(strstr(told, "\"settled\":false"));
    for (int v = 6; v <= 8; v++)
        for (char x = 'a'; x <= 'e'; x++)
            for (char y = (char)(x + 1); y <= 'e'; y++) {
                const char who[] = {'c', (char)('0' + v), 0}, one[] = {x, 0}, two[] = {y, 0};
                judge(s, 101, who, one, two);
            }
    /* 12 duels each, wins 12 9 6 3 0: scores 13/14 10/14 7/14 4/14 1/14, 3/14 apart; the variances are
     * 13 40 49 40 13 times 1/(196 15): (3/14)^2 = 135/(196 15), and 40 + 49 = 89 is the largest sum. */
    assert_status(ask(s, 102, "c9", a, b, &left, told, sizeof told), COCREATE_OK);
    assert_non_null(strstr(told, "\"open\":0"));
    assert_non_null(strstr(told, "\"settled\":true"));
    verified_close(s);
    s = open_round(PAIRS("'adaptive':{'settled':{'z':'5/4',"
                         "'duels':5}}")); /* 25/16 * 89 = 139 > 135 > 25/16 * 53 */
    for (int v = 6; v <= 8; v++)
        for (char x = 'a'; x <= 'e'; x++)
            for (char y = (char)(x + 1); y <= 'e'; y++) {
                const char who[] = {'c', (char)('0' + v), 0}, one[] = {x, 0}, two[] = {y, 0};
                judge(s, 101, who, one, two);
            }
    assert_status(ask(s, 102, "c9", a, b, &left, told, sizeof told), COCREATE_OK);
    assert_non_null(strstr(told, "\"open\":2"));
    verified_close(s);
}

static void what_it_does_not_go_with_is_refused(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PAIRS("'adaptive':{}"));
    refused(s, "{'at':110,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'a',"
               "'into':'b'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].adaptive: 'a' is compared in round 'r', which chooses pairs by what was: merge it "
            "before, or from 1970-01-01T00:00:00.000200Z");
    refused(s, "{'at':50,'actor':'c6','do':'pair.next','campaign':'x','round':'none'}",
            COCREATE_ERR_NOT_FOUND, "campaign 'x' has no round 'none'");
    cocreate_store_close(s);
    s = open_round(PAIRS("'binding':true"));
    refused(s, "{'at':110,'actor':'c6','do':'pair.next','campaign':'x','round':'r'}", COCREATE_ERR_REFUSED,
            "$.rounds[0].adaptive: round 'r' chooses no pairs");
    refused(s, "{'at':110,'actor':'firm','do':'campaign.create','campaign':'y',"
               "'brief':{'brief':'cocreate.brief/1',"
               "'title':'T','mode':'tinkering','contributors':['customer'],'phases':[{'id':'vote',"
               "'after_us':0,"
               "'for_us':9,'allows':['submit','vote']}],'rounds':[" PAIRS("'rolling':true,"
                                                                          "'adaptive':{}") "]}}",
            COCREATE_ERR_SCHEMA,
            "$.brief.rounds[0].adaptive: needs to know all options from the start, and others join a rolling "
            "round");
    refused(s, "{'at':110,'actor':'firm','do':'campaign.create','campaign':'y',"
               "'brief':{'brief':'cocreate.brief/1',"
               "'title':'T','mode':'tinkering','contributors':['customer'],'phases':[{'id':'vote',"
               "'after_us':0,"
               "'for_us':9,'allows':['submit','vote']}],"
               "'rounds':[" PAIRS("'adaptive':{'settled':{'z':'-1'}}") "]}}",
            COCREATE_ERR_SCHEMA, "$.brief.rounds[0].adaptive.settled.z: expected a number from 0 on");
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_given_a_pair_twice),
        cmocka_unit_test(the_least_compared_beside_the_nearest),
        cmocka_unit_test(a_settled_order_is_told),
        cmocka_unit_test(what_it_does_not_go_with_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
