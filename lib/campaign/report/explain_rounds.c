/* Votes that did not count, or lose half their worth in every so long; which review takes up what. */
#include "campaign/report/explain.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/rounds/half_life.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"

/* Ballots that did not count, for their voters cast too few. */
cocreate_status cci_story_below(cci_story *s, const char *round, const json_t *stats, cocreate_error *error)
{
    json_int_t n = json_integer_value(json_object_get(stats, "below"));
    if (n == 0)
        return COCREATE_OK;
    return cci_story_say(s, error,
                         "In round '%s', %lld ballot%s of who cast fewer than %lld votes did not count.",
                         round, (long long)n, cci_plural(n),
                         (long long)json_integer_value(json_object_get(stats, "min_to_count")));
}

/* The place of the contribution in a result, or NULL. */
static const json_t *place_in(const cci_story *s, const json_t *result)
{
    const json_t *places = json_object_get(result, "places");
    for (size_t i = 0; i < json_array_size(places); i++)
        if (strcmp(cci_json_text(json_array_get(places, i), "id"), s->id) == 0)
            return json_array_get(places, i);
    return NULL;
}

cocreate_status cci_story_worth(cci_story *s, const char *round, const json_t *result, cocreate_error *error)
{
    char at[CCI_TIME_TEXT], half[CCI_TIME_TEXT];
    const cci_round_spec *spec = cci_brief_round(&s->c->brief, round);
    const json_t *place = spec && spec->half_life_us ? place_in(s, result) : NULL;
    if (!json_object_get(place, "points"))
        return COCREATE_OK;
    return cci_story_say(s, error,
                         "Its votes gave it %lld points, which lose half their worth in %s: at %s they were "
                         "worth %s.",
                         (long long)json_integer_value(json_object_get(place, "points")),
                         cci_duration_text(spec->half_life_us, half),
                         cci_time_text(json_integer_value(json_object_get(result, "at")), at),
                         cci_json_text(place, "exact"));
}

static cocreate_status say_board(cci_story *s, const char *round, const json_t *now, cocreate_error *error)
{
    const json_t *place = place_in(s, now);
    if (!place)
        return COCREATE_OK;
    CCI_TRY(cci_story_say(s, error, "In round '%s', which is open, it is at place %lld of %zu.", round,
                          (long long)json_integer_value(json_object_get(place, "from")),
                          json_array_size(json_object_get(now, "places"))));
    return cci_story_worth(s, round, now, error);
}

cocreate_status cci_story_board(cci_story *s, size_t index, const json_t *row, cocreate_error *error)
{
    const cci_round_spec *spec = &s->c->brief.rounds[index];
    json_t *board = NULL, *now = cci_json_new();
    cocreate_status status = now ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && spec->half_life_us)
        status = cci_half_life_board(s->e, s->c, index, row, &board, error);
    if (status == COCREATE_OK && board &&
        !(cci_json_put(now, "places", json_incref(board)) &&
          cci_json_put(now, "at", json_integer(s->e->last_at))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK && board)
        status = say_board(s, spec->id, now, error);
    json_decref(board);
    json_decref(now);
    return status;
}

/* ---- reviews ---- */

static cocreate_status say_taken_up(cci_story *s, const char *round, int64_t review, cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    json_t *list = NULL;
    CCI_TRY(cci_periods_list(s->e, s->c, round, &list, error));
    const json_t *row = json_array_get(list, (size_t)review - 1);
    cocreate_status status =
        cci_story_say(s, error, "Review %lld of round '%s' took it up at %s.", (long long)review, round,
                      cci_time_text(json_integer_value(json_object_get(row, "until")), at));
    json_decref(list);
    return status;
}

/* Would the next review take it up? */
static cocreate_status say_waits(cci_story *s, const cci_round_spec *spec, const json_t *row,
                                 cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    json_t *ids = NULL, *next = NULL;
    CCI_TRY(cci_round_published(s->e, s->c, spec, &ids, error));
    cocreate_status status = cci_review_begin(s->e, s->c, spec, ids, &next, error);
    if (status == COCREATE_OK && cci_json_lists(next, s->id))
        status = cci_story_say(s, error, "It waits for the review of round '%s' that begins at %s.", spec->id,
                               cci_time_text(cci_cuts_next(row), at));
    json_decref(ids);
    json_decref(next);
    return status;
}

cocreate_status cci_story_review(cci_story *s, size_t index, cocreate_error *error)
{
    const cci_round_spec *spec = &s->c->brief.rounds[index];
    int64_t review = 0;
    if (!cci_round_decides(spec))
        return COCREATE_OK;
    CCI_TRY(cci_review_of(s->e, s->c, spec, s->id, &review, error));
    if (review > 0)
        return say_taken_up(s, spec->id, review, error);
    json_t *row = NULL;
    cci_round_state state;
    CCI_TRY(cci_round_get(s->e, s->c, spec->id, &row, &state, error));
    cocreate_status status = state == CCI_ROUND_OPEN && cci_cuts_next(row) != INT64_MAX && !spec->from_round
                                 ? say_waits(s, spec, row, error)
                                 : COCREATE_OK;
    json_decref(row);
    return status;
}
