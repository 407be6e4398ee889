/* Elections as text, the way the literature prints them.
 *
 *     cocreate_profile *p = rankings("ABCDE", "5:ACBED 3:A=BC 2:E");
 *
 * Options are single letters; '=' ties two neighbours; what is left out is not ranked. */
#ifndef COCREATE_TESTS_RANKING_BALLOTS_H
#define COCREATE_TESTS_RANKING_BALLOTS_H

#include "check.h"

#include "cocreate/ranking.h"

static inline cocreate_profile *new_profile(int32_t kind, const char *letters)
{
    cocreate_profile *p = NULL;
    size_t m = strlen(letters);
    assert_status(cocreate_profile_new(NULL, kind, m, &p, &check_error), COCREATE_OK);
    for (size_t i = 0; i < m; i++) {
        char id[2] = {letters[i], '\0'};
        cocreate_option option = {sizeof option, id, NULL, 0, COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    return p;
}

/* "5:AC=B": one ballot, or one for each group that is parted by a blank. */
CHECK_UNUSED static void add_rankings(cocreate_profile *p, const char *letters, const char *text)
{
    while (*text != '\0') {
        char *end;
        int64_t weight = strtol(text, &end, 10), rank = 0;
        uint32_t options[64];
        int64_t values[64];
        size_t n = 0;
        for (text = end + 1; *text != '\0' && *text != ' '; text++) {
            if (*text == '=')
                continue;
            rank += text[-1] != '=';
            options[n] = (uint32_t)(strchr(letters, *text) - letters);
            values[n++] = rank;
        }
        assert_status(cocreate_profile_add(p, options, values, n, weight, weight, &check_error),
                      COCREATE_OK);
        text += *text == ' ';
    }
}

CHECK_UNUSED static cocreate_profile *rankings(const char *letters, const char *text)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, letters);
    add_rankings(p, letters, text);
    return p;
}

CHECK_UNUSED static cocreate_ranking *rank(const cocreate_profile *p, const char *method,
                                           const char *options)
{
    cocreate_ranking *r = NULL;
    assert_status(cocreate_rank(p, method, options, NULL, &r, &check_error), COCREATE_OK);
    return r;
}

/* Places as text: "1 E 4, 2-3 A 5/2, 2-3 B 5/2" for from, to, id and exact score. */
CHECK_UNUSED static const char *places_text(const cocreate_profile *p, const cocreate_ranking *r)
{
    static char text[4096];
    size_t size = 0;
    text[0] = '\0';
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        cocreate_place place = {.size = sizeof place};
        cocreate_option option = {.size = sizeof option};
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        assert_status(cocreate_profile_option(p, (size_t)place.option, &option, &check_error),
                      COCREATE_OK);
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%llu", i > 0 ? ", " : "",
                                 (unsigned long long)place.from);
        if (place.to != place.from)
            size += (size_t)snprintf(text + size, sizeof text - size, "-%llu",
                                     (unsigned long long)place.to);
        size += (size_t)snprintf(text + size, sizeof text - size, " %s%s%s", option.id,
                                 place.has_score ? " " : "", place.has_score ? place.exact : "");
    }
    return text;
}

/* The ids of the winners, "AB". */
CHECK_UNUSED static const char *winners_text(const cocreate_profile *p, const cocreate_ranking *r)
{
    static char text[1024];
    text[0] = '\0';
    for (size_t i = 0; i < cocreate_ranking_winner_count(r); i++) {
        cocreate_option option = {.size = sizeof option};
        assert_status(cocreate_profile_option(p, cocreate_ranking_winner(r, i), &option,
                                              &check_error),
                      COCREATE_OK);
        strcat(text, option.id);
    }
    return text;
}

/* Rank and compare places; the profile is kept. */
CHECK_UNUSED static void expect_places(const cocreate_profile *p, const char *method,
                                       const char *options, const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    assert_string_equal(places_text(p, r), expected);
    cocreate_ranking_free(r);
}

CHECK_UNUSED static void expect_winners(const cocreate_profile *p, const char *method,
                                        const char *options, const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    assert_string_equal(winners_text(p, r), expected);
    cocreate_ranking_free(r);
}

#endif
