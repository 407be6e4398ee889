/* Places, winners, canonical JSON and digest. */
#include "ranking/result.h"

#include <string.h>

#include "base/digest.h"
#include "ranking/order.h"
#include "ranking/write.h"

static cocreate_status by_place(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_standing *x = (const cci_standing *)context + a;
    const cci_standing *y = (const cci_standing *)context + b;
    (void)error;
    *out = (x->from > y->from) - (x->from < y->from);
    if (*out == 0)
        *out = (x->to > y->to) - (x->to < y->to);
    return COCREATE_OK;
}

/* The exact texts stand in one buffer; offsets, since it moves while it grows. */
static cocreate_status fill_place(const cci_run *run, cocreate_ranking *r, uint32_t candidate,
                                  struct cci_result_place *out, cocreate_error *error)
{
    const cci_standing *s = &run->standings[candidate];
    *out = (struct cci_result_place){.candidate = candidate, .from = s->from, .to = s->to};
    if (cci_value_missing(&s->score))
        return COCREATE_OK;
    out->has_score = 1;
    out->exact = r->exact.size;
    CCI_TRY(cci_value_text(&s->score, &r->exact, error));
    cci_buffer_byte(&r->exact, 0);
    out->said = r->exact.size;
    CCI_TRY(cci_value_say(&s->score, &r->exact, error));
    cci_buffer_byte(&r->exact, 0);
    return cci_value_double(&s->score, &out->score, error);
}

static cocreate_status fill_places(const cci_run *run, cocreate_ranking *r, uint32_t *order,
                                   cocreate_error *error)
{
    size_t m = run->roster->count;
    for (size_t i = 0; i < m; i++)
        order[i] = (uint32_t)i;
    CCI_TRY(cci_sort(&r->allocator, order, m, by_place, run->standings, error));
    for (size_t i = 0; i < m; i++) {
        CCI_TRY(fill_place(run, r, order[i], &r->places[i], error));
        int wins = run->selected != NULL ? run->selected[order[i]]
                                         : r->places[i].from <= (uint64_t)run->seats;
        if (wins)
            r->winners[r->winner_count++] = i;
    }
    return COCREATE_OK;
}

static cocreate_status write_place(const cci_run *run, const cocreate_ranking *r, size_t i,
                                   cci_buffer *out, cocreate_error *error)
{
    const struct cci_result_place *p = &r->places[i];
    cci_buffer_text(out, i > 0 ? ",{" : "{");
    if (p->has_score)
        cci_buffer_format(out, "\"exact\":\"%s\",", r->exact.data + p->exact);
    cci_buffer_text(out, "\"from\":");
    cci_buffer_u64(out, p->from);
    cci_buffer_text(out, ",\"name\":");
    cci_json_quote(out, cci_name(run, p->candidate), strlen(cci_name(run, p->candidate)));
    cci_buffer_text(out, ",\"option\":");
    cci_write_id(run, out, p->candidate);
    cci_buffer_text(out, ",\"score\":");
    if (p->has_score)
        CCI_TRY(cci_json_double(out, p->score, error));
    else
        cci_buffer_text(out, "null");
    cci_buffer_text(out, ",\"to\":");
    cci_buffer_u64(out, p->to);
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

/* What stands before the digest. */
static cocreate_status write_head(const cci_run *run, cci_buffer *out, cocreate_error *error)
{
    static const cocreate_profile_info none;
    const cocreate_profile_info *info = run->electorate != NULL ? &run->electorate->info : &none;
    cci_buffer_text(out, "{\"ballots\":{\"count\":");
    cci_buffer_i64(out, info->ballots);
    cci_buffer_text(out, ",\"distinct\":");
    if (run->tally != NULL && !run->tally->knows_distinct)
        cci_buffer_text(out, "null"); /* nobody knows */
    else
        cci_buffer_u64(out, info->distinct);
    cci_buffer_text(out, ",\"empty\":");
    cci_buffer_i64(out, info->empty);
    if (!cci_value_missing(&run->exhausted)) {
        cci_buffer_text(out, ",\"exhausted\":\"");
        CCI_TRY(cci_value_text(&run->exhausted, out, error));
        cci_buffer_byte(out, '"');
    }
    cci_buffer_text(out, ",\"valid\":");
    cci_buffer_i64(out, run->electorate != NULL ? run->electorate->valid : 0);
    cci_buffer_text(out, ",\"weight\":\"");
    cci_buffer_i64(out, info->weight);
    cci_buffer_text(out, "\"},");
    if (run->confidence.size > 0) {
        cci_buffer_text(out, "\"confidence\":");
        cci_buffer_add(out, run->confidence.data, run->confidence.size);
        cci_buffer_byte(out, ',');
    }
    return COCREATE_OK;
}

/* All that follows the digest. */
static cocreate_status write_rest(const cci_run *run, const cocreate_ranking *r, cci_buffer *out,
                                  cocreate_error *error)
{
    if (run->margin.size > 0) {
        cci_buffer_text(out, "\"margin\":");
        cci_buffer_add(out, run->margin.data, run->margin.size);
        cci_buffer_byte(out, ',');
    }
    cci_buffer_format(out, "\"method\":\"%s\",\"options\":", run->method->name);
    CCI_TRY(cci_options_write(run, out, error));
    cci_buffer_text(out, ",\"places\":[");
    for (size_t i = 0; i < run->roster->count; i++)
        CCI_TRY(write_place(run, r, i, out, error));
    cci_buffer_text(out, "],\"schema\":\"cocreate.ranking/1\",\"seats\":");
    if (run->budgeted)
        cci_buffer_text(out, "null");
    else
        cci_buffer_i64(out, run->seats);
    cci_buffer_text(out, ",\"ties\":[");
    cci_buffer_add(out, run->ties.data, run->ties.size);
    cci_buffer_text(out, "],\"trace\":{");
    cci_buffer_add(out, run->trace.data, run->trace.size);
    cci_buffer_text(out, "},\"winners\":[");
    for (size_t i = 0; i < r->winner_count; i++) {
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(run, out, r->places[r->winners[i]].candidate);
    }
    cci_buffer_text(out, "]}");
    return COCREATE_OK;
}

/* The digest is over the canonical bytes without its own member, which stands second. */
static cocreate_status write_json(const cci_run *run, cocreate_ranking *r, cci_buffer *rest,
                                  cocreate_error *error)
{
    CCI_TRY(write_rest(run, r, rest, error));
    CCI_TRY(write_head(run, &r->json, error));
    size_t head = r->json.size;
    cci_buffer_add(&r->json, rest->data, rest->size);
    if (rest->failed || r->json.failed || run->trace.failed || run->ties.failed ||
        run->margin.failed || run->confidence.failed)
        return cci_no_memory(error);
    cci_digest digest = cci_sha256(r->json.data, r->json.size);
    cci_digest_text(&digest, r->digest);
    cci_buffer_clear(&r->json);
    CCI_TRY(write_head(run, &r->json, error));
    assert(r->json.size == head);
    (void)head;
    cci_buffer_format(&r->json, "\"digest\":\"%s\",", r->digest);
    cci_buffer_add(&r->json, rest->data, rest->size);
    return r->json.failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status fill(cci_run *run, cocreate_ranking *r, cocreate_error *error)
{
    size_t m = run->roster->count;
    r->places = cci_alloc(&r->allocator, m, sizeof *r->places);
    r->winners = cci_alloc(&r->allocator, m, sizeof *r->winners);
    uint32_t *order = cci_alloc(&r->allocator, m, sizeof *order);
    cocreate_status status = r->places != NULL && r->winners != NULL && order != NULL
                                 ? fill_places(run, r, order, error)
                                 : cci_no_memory(error);
    cci_free(&r->allocator, order);
    CCI_TRY(status);
    if (r->exact.failed)
        return cci_no_memory(error);
    cci_buffer rest;
    cci_buffer_init(&rest, &r->allocator);
    status = write_json(run, r, &rest, error);
    cci_buffer_free(&rest);
    CCI_TRY(status);
    cci_buffer_add(&r->sentences, run->notes.data, run->notes.size);
    cci_buffer_add(&r->sentences, run->tie_notes.data, run->tie_notes.size);
    return r->sentences.failed || run->notes.failed || run->tie_notes.failed ? cci_no_memory(error)
                                                                              : COCREATE_OK;
}

cocreate_status cci_result_build(cci_run *run, cocreate_ranking *r, cocreate_error *error)
{
    cci_buffer_init(&r->exact, &r->allocator);
    cci_buffer_init(&r->json, &r->allocator);
    cci_buffer_init(&r->sentences, &r->allocator);
    return fill(run, r, error);
}

void cocreate_ranking_free(cocreate_ranking *ranking)
{
    if (ranking == NULL)
        return;
    cocreate_allocator a = ranking->allocator;
    cci_roster_free(&ranking->roster, &a);
    cci_free(&a, ranking->places);
    cci_free(&a, ranking->winners);
    if (ranking->json.allocator.release != NULL) {
        cci_buffer_free(&ranking->exact);
        cci_buffer_free(&ranking->json);
        cci_buffer_free(&ranking->sentences);
    }
    cci_free(&a, ranking);
}

size_t cocreate_ranking_size(const cocreate_ranking *ranking)
{
    return ranking->roster.count;
}

cocreate_status cocreate_ranking_place(const cocreate_ranking *ranking, size_t index,
                                       cocreate_place *out, cocreate_error *error)
{
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the size of a place is %zu, not %zu",
                        sizeof *out, out->size);
    if (index >= ranking->roster.count)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index, "no place %zu of %zu", index,
                           ranking->roster.count);
    const struct cci_result_place *p = &ranking->places[index];
    out->option = ranking->roster.candidates[p->candidate].index;
    out->from = p->from;
    out->to = p->to;
    out->score = p->score;
    out->has_score = p->has_score;
    out->exact = p->has_score ? ranking->exact.data + p->exact : NULL;
    return COCREATE_OK;
}

size_t cocreate_ranking_winner_count(const cocreate_ranking *ranking)
{
    return ranking->winner_count;
}

size_t cocreate_ranking_winner(const cocreate_ranking *ranking, size_t index)
{
    if (index >= ranking->winner_count)
        return SIZE_MAX;
    uint32_t candidate = ranking->places[ranking->winners[index]].candidate;
    return (size_t)ranking->roster.candidates[candidate].index;
}

const char *cocreate_ranking_json(const cocreate_ranking *ranking)
{
    return ranking->json.data;
}

const char *cocreate_ranking_digest(const cocreate_ranking *ranking)
{
    return ranking->digest;
}
