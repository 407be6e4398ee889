/* Building profiles: options, ballots, matrices. Expected values are worked out by hand from the
 * definitions in profile.h. */
#include "check.h"

#include "cocreate/profile.h"

static cocreate_profile *new_profile(int32_t kind, size_t n_options)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, kind, n_options, &p, &check_error), COCREATE_OK);
    return p;
}

static cocreate_profile_info info_of(const cocreate_profile *p)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    return info;
}

static void add(cocreate_profile *p, size_t n, const uint32_t *options, const int64_t *values,
                int64_t count)
{
    assert_status(cocreate_profile_add(p, options, values, n, count, count, &check_error),
                  COCREATE_OK);
}

/* Ballot `index` in canonical order is exactly this. */
static void expect_ballot(const cocreate_profile *p, size_t index, size_t n,
                          const uint32_t *options, const int64_t *values, int64_t count,
                          int64_t weight)
{
    uint32_t o[16];
    int64_t v[16], c = 0, w = 0;
    size_t got = 0;
    assert_status(cocreate_profile_ballot(p, index, 16, o, v, &got, &c, &w, &check_error),
                  COCREATE_OK);
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(o[i], options[i]);
        assert_int_equal(v[i], values[i]);
    }
    assert_int_equal(c, count);
    assert_int_equal(w, weight);
}

static void sort(cocreate_profile *p)
{
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
}

static void set_id(cocreate_profile *p, size_t index, const char *id)
{
    cocreate_option option = {sizeof option, id, NULL, 0, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(p, index, &option, &check_error), COCREATE_OK);
}

static const char *id_of(const cocreate_profile *p, size_t index)
{
    cocreate_option option = {.size = sizeof option};
    assert_status(cocreate_profile_option(p, index, &option, &check_error), COCREATE_OK);
    return option.id;
}

static size_t find(const cocreate_profile *p, const char *id)
{
    size_t index = SIZE_MAX;
    assert_status(cocreate_profile_find(p, id, &index, &check_error), COCREATE_OK);
    return index;
}

/* --- making one --- */

static void refuses_impossible_profiles(void **state)
{
    (void)state;
    cocreate_profile *p = NULL;
    assert_failure(cocreate_profile_new(NULL, 0, 3, &p, &check_error), COCREATE_ERR_ARGUMENT,
                   "0 is not a kind of ballot");
    assert_failure(cocreate_profile_new(NULL, 5, 3, &p, &check_error), COCREATE_ERR_ARGUMENT,
                   "5 is not a kind of ballot");
    assert_failure(cocreate_profile_new(NULL, 2, 0, &p, &check_error), COCREATE_ERR_ARGUMENT,
                   "a profile needs at least one option");
    assert_failure(cocreate_profile_new(NULL, 2, 1000001, &p, &check_error), COCREATE_ERR_LIMIT,
                   "1000001 options are more than 1000000");
    assert_null(p);
    cocreate_allocator broken = {sizeof broken, NULL, NULL, NULL, NULL};
    assert_status(cocreate_profile_new(&broken, 2, 3, &p, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_profile_free(NULL);
}

static void begins_empty(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_SCORE, 1000000);
    cocreate_profile_info info = info_of(p);
    assert_int_equal(info.kind, COCREATE_BALLOT_SCORE);
    assert_int_equal(info.options, 1000000);
    assert_int_equal(info.ballots, 0);
    assert_int_equal(info.weight, 0);
    assert_int_equal(info.empty, 0);
    assert_int_equal(info.distinct, 0);
    assert_int_equal(info.budget, -1);
    assert_int_equal(info.cost_exponent, 0);
    assert_string_equal(id_of(p, 999999), "1000000");
    assert_int_equal(find(p, "1000000"), 999999);
    cocreate_profile_free(p);
}

/* --- options --- */

static void describes_options(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, 2);
    cocreate_option in = {sizeof in, "oak", "An oak", 250, 17, 1};
    assert_status(cocreate_profile_set_option(p, 1, &in, &check_error), COCREATE_OK);
    cocreate_option out = {.size = sizeof out};
    assert_status(cocreate_profile_option(p, 1, &out, &check_error), COCREATE_OK);
    assert_string_equal(out.id, "oak");
    assert_string_equal(out.name, "An oak");
    assert_int_equal(out.cost, 250);
    assert_int_equal(out.at, 17);
    assert_int_equal(out.withdrawn, 1);
    /* NULL keeps what stands; an empty name falls back to the id. */
    in = (cocreate_option){sizeof in, NULL, NULL, 3, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(p, 1, &in, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_option(p, 1, &out, &check_error), COCREATE_OK);
    assert_string_equal(out.name, "An oak");
    assert_int_equal(out.cost, 3);
    in.name = "";
    assert_status(cocreate_profile_set_option(p, 1, &in, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_option(p, 1, &out, &check_error), COCREATE_OK);
    assert_string_equal(out.name, "oak");
    assert_int_equal(find(p, "oak"), 1);
    assert_int_equal(find(p, "1"), 0);
    size_t index = 7;
    assert_failure(cocreate_profile_find(p, "2", &index, &check_error), COCREATE_ERR_NOT_FOUND,
                   "no option has the id \"2\"");
    assert_failure(cocreate_profile_find(p, "elm\n", &index, &check_error),
                   COCREATE_ERR_NOT_FOUND, "no option has the id \"elm?\"");
    assert_int_equal(index, 7);
    cocreate_profile_free(p);
}

static void refuses_bad_options(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, 3);
    set_id(p, 0, "a");
    cocreate_option o = {sizeof o, "a", NULL, 0, 0, 0};
    assert_failure(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "the id \"a\" is that of option 0 already");
    assert_int_equal(check_error.where, 1);
    o.id = "b";
    assert_failure(cocreate_profile_set_option(p, 0, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "option 0 has the id \"a\" already; it cannot become \"b\"");
    assert_failure(cocreate_profile_set_option(p, 3, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "option index 3 is not below the number of options, 3");
    o.cost = -1;
    assert_failure(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "the cost of option 1 is negative");
    o.cost = 0;
    o.withdrawn = 2;
    assert_failure(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "withdrawn is 2, neither 0 nor 1");
    o.withdrawn = 0;
    o.name = "\xff";
    assert_failure(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT,
                   "the name of option 1 is not valid UTF-8");
    o.name = NULL;
    o.id = "";
    assert_status(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT);
    o.size = 3;
    assert_status(cocreate_profile_set_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT);
    assert_status(cocreate_profile_option(p, 1, &o, &check_error), COCREATE_ERR_ARGUMENT);
    /* Nothing of all that has happened. */
    assert_string_equal(id_of(p, 1), "2");
    set_id(p, 0, "a");
    cocreate_profile_free(p);
}

/* Ids are unique at every moment, also while numbers are being handed out anew one by one. */
static void default_ids_give_way(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, 3);
    set_id(p, 0, "3");
    assert_string_equal(id_of(p, 2), "3'");
    assert_int_equal(find(p, "3"), 0);
    assert_int_equal(find(p, "3'"), 2);
    set_id(p, 1, "3'");
    assert_string_equal(id_of(p, 2), "3''");
    set_id(p, 2, "1");
    assert_int_equal(find(p, "1"), 2);
    assert_int_equal(find(p, "3"), 0);
    assert_int_equal(find(p, "3'"), 1);
    size_t index;
    assert_status(cocreate_profile_find(p, "3''", &index, NULL), COCREATE_ERR_NOT_FOUND);
    assert_status(cocreate_profile_find(p, "2", &index, NULL), COCREATE_ERR_NOT_FOUND);
    cocreate_profile_free(p);
}

static void keeps_the_number_of_seats(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 3), *q = NULL;
    cocreate_text *bytes = NULL;
    assert_int_equal(info_of(p).seats, 0);
    assert_failure(cocreate_profile_set_seats(p, 4, &check_error), COCREATE_ERR_ARGUMENT,
                   "4 seats are more than 3 options");
    assert_failure(cocreate_profile_set_seats(p, -1, &check_error), COCREATE_ERR_ARGUMENT,
                   "the number of seats is negative");
    assert_status(cocreate_profile_set_seats(p, 2, &check_error), COCREATE_OK);
    assert_int_equal(info_of(p).seats, 2);
    assert_status(cocreate_profile_encode(p, &bytes, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_decode(NULL, cocreate_text_data(bytes),
                                          cocreate_text_size(bytes), &q, &check_error),
                  COCREATE_OK);
    assert_int_equal(info_of(q).seats, 2);
    assert_status(cocreate_profile_set_seats(p, 0, &check_error), COCREATE_OK);
    assert_int_equal(info_of(p).seats, 0);
    cocreate_text_free(bytes);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void keeps_a_budget(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, 3);
    assert_status(cocreate_profile_set_budget(p, 1000, 2, &check_error), COCREATE_OK);
    assert_failure(cocreate_profile_set_budget(p, -1, 2, &check_error), COCREATE_ERR_ARGUMENT,
                   "the budget is negative");
    assert_failure(cocreate_profile_set_budget(p, 1, 19, &check_error), COCREATE_ERR_ARGUMENT,
                   "cost exponent 19 is not in 0..18");
    assert_int_equal(info_of(p).budget, 1000);
    assert_int_equal(info_of(p).cost_exponent, 2);
    cocreate_profile_free(p);
}

/* --- one ballot --- */

static void keeps_distinct_rankings(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 4);
    add(p, 3, (uint32_t[]){2, 0, 1}, NULL, 5);
    /* Only the order of ranks counts, and options may come in any order. */
    add(p, 3, (uint32_t[]){1, 0, 2}, (int64_t[]){900, 40, 1}, 1);
    add(p, 3, (uint32_t[]){3, 1, 0}, (int64_t[]){2, 1, 2}, 1);
    add(p, 3, (uint32_t[]){0, 1, 3}, (int64_t[]){INT64_MAX, 1, INT64_MAX}, 1);
    add(p, 0, NULL, NULL, 2);
    sort(p);
    cocreate_profile_info info = info_of(p);
    assert_int_equal(info.ballots, 10);
    assert_int_equal(info.weight, 10);
    assert_int_equal(info.empty, 2);
    assert_int_equal(info.distinct, 3);
    expect_ballot(p, 0, 0, NULL, NULL, 2, 2);
    expect_ballot(p, 1, 3, (uint32_t[]){1, 0, 3}, (int64_t[]){1, 2, 2}, 2, 2);
    expect_ballot(p, 2, 3, (uint32_t[]){2, 0, 1}, (int64_t[]){1, 2, 3}, 6, 6);
    cocreate_profile_free(p);
}

static void keeps_distinct_scores(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_SCORE, 3);
    add(p, 3, (uint32_t[]){2, 1, 0}, (int64_t[]){INT64_MAX, INT64_MIN, 0}, 1);
    add(p, 3, (uint32_t[]){0, 1, 2}, (int64_t[]){0, INT64_MIN, INT64_MAX}, 1);
    add(p, 2, (uint32_t[]){1, 2}, (int64_t[]){INT64_MIN, INT64_MAX}, 1);
    sort(p);
    assert_int_equal(info_of(p).distinct, 2);
    expect_ballot(p, 0, 3, (uint32_t[]){0, 1, 2}, (int64_t[]){0, INT64_MIN, INT64_MAX}, 2, 2);
    expect_ballot(p, 1, 2, (uint32_t[]){1, 2}, (int64_t[]){INT64_MIN, INT64_MAX}, 1, 1);
    cocreate_profile_free(p);
}

static void refuses_bad_ballots(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 3);
    const uint32_t two[] = {0, 2, 0}, outside[] = {0, 3};
    assert_failure(cocreate_profile_add(p, two, NULL, 3, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "option 0 is named twice");
    assert_int_equal(check_error.where, 2);
    assert_failure(cocreate_profile_add(p, outside, NULL, 2, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "option 3 is not below the number of options, 3");
    assert_int_equal(check_error.where, 1);
    const int64_t ranks[] = {1, 0};
    assert_failure(cocreate_profile_add(p, two, ranks, 2, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "rank 0 is below 1");
    assert_failure(cocreate_profile_add(p, two, NULL, 4, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a ballot of 4 options is longer than the list of 3");
    assert_failure(cocreate_profile_add(p, NULL, NULL, 1, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "options is NULL");
    assert_failure(cocreate_profile_add(p, two, NULL, 2, 0, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "count 0 is below 1");
    assert_failure(cocreate_profile_add(p, two, NULL, 2, 1, -1, &check_error),
                   COCREATE_ERR_ARGUMENT, "weight -1 is negative");
    assert_int_equal(info_of(p).distinct, 0);
    cocreate_profile_free(p);

    p = new_profile(COCREATE_BALLOT_POINTS, 3);
    assert_failure(cocreate_profile_add(p, two, (int64_t[]){1, -2}, 2, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "points -2 are below 0");
    assert_failure(cocreate_profile_add(p, two, NULL, 2, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "scores and points need values");
    cocreate_profile_free(p);

    p = new_profile(COCREATE_BALLOT_APPROVAL, 3);
    assert_failure(cocreate_profile_add(p, two, (int64_t[]){1, 2}, 2, 1, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "value 2 of an approval is not 1");
    cocreate_profile_free(p);
}

static void refuses_overflow(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 2);
    const uint32_t o[] = {1};
    assert_status(cocreate_profile_add(p, o, NULL, 1, INT64_MAX, 5, &check_error), COCREATE_OK);
    assert_failure(cocreate_profile_add(p, o, NULL, 1, 1, 1, &check_error),
                   COCREATE_ERR_OVERFLOW, "the ballots together would be more than 2^63 - 1");
    cocreate_profile *q = new_profile(COCREATE_BALLOT_RANKING, 2);
    assert_status(cocreate_profile_add(q, NULL, NULL, 0, 1, INT64_MAX, &check_error),
                  COCREATE_OK);
    assert_failure(cocreate_profile_add(q, o, NULL, 1, 1, 1, &check_error),
                   COCREATE_ERR_OVERFLOW, "the weights together would be more than 2^63 - 1");
    assert_failure(cocreate_profile_merge(p, q, &check_error), COCREATE_ERR_OVERFLOW,
                   "the ballots together would be more than 2^63 - 1");
    assert_int_equal(info_of(q).ballots, 1);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void reads_need_sorting(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, 3);
    add(p, 2, (uint32_t[]){1, 0}, NULL, 1);
    size_t n = 99;
    int64_t count, weight;
    assert_failure(cocreate_profile_ballot(p, 0, 0, NULL, NULL, &n, &count, &weight, &check_error),
                   COCREATE_ERR_ARGUMENT, "the profile has changed since it was last sorted");
    sort(p);
    assert_status(cocreate_profile_ballot(p, 0, 0, NULL, NULL, &n, &count, &weight, &check_error),
                  COCREATE_OK);
    assert_int_equal(n, 2);
    uint32_t one[1];
    assert_failure(cocreate_profile_ballot(p, 0, 1, one, NULL, &n, &count, &weight, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a ballot of 2 options does not fit into a capacity of 1");
    assert_failure(cocreate_profile_ballot(p, 1, 0, NULL, NULL, &n, &count, &weight, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "ballot index 1 is not below the number of distinct ballots, 1");
    /* Counting up what is there leaves the order as it was. */
    add(p, 2, (uint32_t[]){1, 0}, NULL, 1);
    expect_ballot(p, 0, 2, (uint32_t[]){1, 0}, (int64_t[]){1, 2}, 2, 2);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_impossible_profiles),
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(describes_options),
        cmocka_unit_test(refuses_bad_options),
        cmocka_unit_test(default_ids_give_way),
        cmocka_unit_test(keeps_a_budget),
        cmocka_unit_test(keeps_the_number_of_seats),
        cmocka_unit_test(keeps_distinct_rankings),
        cmocka_unit_test(keeps_distinct_scores),
        cmocka_unit_test(refuses_bad_ballots),
        cmocka_unit_test(refuses_overflow),
        cmocka_unit_test(reads_need_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
