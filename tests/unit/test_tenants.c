/* Several tenants are several stores: open at once, in one thread or one a thread, they share nothing. What
 * each holds is what it holds alone; the root of its log says so. */
#define _POSIX_C_SOURCE 200809L
#include "campaign.h"

#include <pthread.h>

enum { TENANTS = 24, THREADS = 4, ROOT = 65 };

#define BRIEF                                                                                              \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':[{'id':'p','opens':100,"           \
               "'closes':200,'allows':['submit']},{'id':'v','opens':200,'closes':300,'allows':['vote']}]," \
               "'rounds':[{'id':'r','lead':'customer','instrument':'up','phase':'v','cut':'all',"          \
               "'certify':'auto'}],'limits':[{'subject':'contribution','max':9}]"

/* Step `step` of the life of tenant `n`: a work, votes for it, the end. All have the same names. */
static cocreate_status live(cocreate_store *store, int n, int step, cocreate_error *error)
{
    const char *id[] = {step % 2 ? "a" : "b"};
    char command[256];
    if (step < 2) {
        snprintf(command, sizeof command,
                 "{\"at\":%d,\"actor\":\"ann\",\"do\":\"contribution.submit\",\"campaign\":\"c\","
                 "\"contribution\":\"%s\",\"title\":\"of tenant %d\"}",
                 100 + n, id[0], n);
        return cocreate_execute(store, command, strlen(command), NULL, error);
    }
    if (step < 4)
        return cocreate_vote(store, "c", "r", 210 + n, step % 2 ? "bob" : "cat", id, NULL, 1, error);
    return cocreate_tick(store, 300 + n, error);
}

#define STEPS 5

static void root_of(cocreate_store *store, char out[ROOT])
{
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, "c", &shown, &check_error), COCREATE_OK);
    const char *root = strstr(cocreate_text_data(shown), "\"root\":\"");
    assert_non_null(root);
    memcpy(out, root + 8, ROOT - 1);
    out[ROOT - 1] = '\0';
    cocreate_text_free(shown);
}

/* Each tenant by itself. */
static void expect(char roots[TENANTS][ROOT])
{
    for (int n = 0; n < TENANTS; n++) {
        cocreate_store *store = begin(BRIEF);
        for (int step = 0; step < STEPS; step++)
            assert_status(live(store, n, step, &check_error), COCREATE_OK);
        root_of(store, roots[n]);
        cocreate_store_close(store);
    }
}

/* All open at once, a step of each in turn. */
static void many_stores_are_open_at_once(void **state)
{
    (void)state;
    char roots[TENANTS][ROOT], root[ROOT];
    cocreate_store *stores[TENANTS];
    expect(roots);
    for (int n = 0; n < TENANTS; n++)
        stores[n] = begin(BRIEF);
    for (int step = 0; step < STEPS; step++)
        for (int n = TENANTS - 1; n >= 0; n--)
            assert_status(live(stores[n], n, step, &check_error), COCREATE_OK);
    for (int n = 0; n < TENANTS; n++) {
        root_of(stores[n], root);
        assert_string_equal(root, roots[n]);
        assert_true(n == 0 || strcmp(roots[n], roots[n - 1]) != 0);
        verified_close(stores[n]);
    }
}

typedef struct worker {
    cocreate_store *stores[TENANTS / THREADS];
    int first, wrong;
} worker;

static void *work(void *user)
{
    worker *w = user;
    cocreate_error error = {0};
    for (int step = 0; step < STEPS; step++)
        for (int i = 0; i < TENANTS / THREADS; i++)
            w->wrong += live(w->stores[i], w->first + i, step, &error) != COCREATE_OK;
    for (int i = 0; i < TENANTS / THREADS; i++)
        w->wrong += cocreate_verify(w->stores[i], NULL, 0, NULL, NULL, &error) != COCREATE_OK;
    return NULL;
}

/* Each thread has its own; there is nothing to lock. */
static void threads_have_stores_of_their_own(void **state)
{
    (void)state;
    char roots[TENANTS][ROOT], root[ROOT];
    worker workers[THREADS];
    pthread_t threads[THREADS];
    expect(roots);
    for (int t = 0; t < THREADS; t++) {
        workers[t] = (worker){.first = t * (TENANTS / THREADS)};
        for (int i = 0; i < TENANTS / THREADS; i++)
            workers[t].stores[i] = begin(BRIEF);
    }
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, work, &workers[t]), 0);
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_join(threads[t], NULL), 0);
    for (int t = 0; t < THREADS; t++) {
        assert_int_equal(workers[t].wrong, 0);
        for (int i = 0; i < TENANTS / THREADS; i++) {
            root_of(workers[t].stores[i], root);
            assert_string_equal(root, roots[workers[t].first + i]);
            cocreate_store_close(workers[t].stores[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_stores_are_open_at_once),
        cmocka_unit_test(threads_have_stores_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
