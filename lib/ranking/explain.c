/* A result in sentences. */
#include <string.h>

#include "ranking/result.h"

#define PLACES_MAX 100

static const char *name_at(const cocreate_ranking *r, size_t place)
{
    return r->roster.candidates[r->places[place].candidate].name;
}

static void write_winners(const cocreate_ranking *r, cci_buffer *out)
{
    if (r->winner_count == 0) {
        cci_buffer_text(out, "Nothing wins.\n");
        return;
    }
    cci_buffer_text(out, r->winner_count == 1 ? "The winner is " : "The winners are ");
    for (size_t i = 0; i < r->winner_count && i < PLACES_MAX; i++) {
        if (i > 0)
            cci_buffer_text(out, i + 1 == r->winner_count ? " and " : ", ");
        cci_buffer_text(out, name_at(r, r->winners[i]));
    }
    if (r->winner_count > PLACES_MAX)
        cci_buffer_format(out, " and %zu more", r->winner_count - PLACES_MAX);
    int ends = out->size > 0 && out->data[out->size - 1] == '.'; /* as "Jr." does */
    cci_buffer_text(out, ends ? "\n" : ".\n");
}

static void write_places(const cocreate_ranking *r, cci_buffer *out)
{
    size_t m = r->roster.count;
    for (size_t i = 0; i < m && i < PLACES_MAX; i++) {
        const struct cci_result_place *p = &r->places[i];
        if (p->from == p->to)
            cci_buffer_format(out, "Place %llu: ", (unsigned long long)p->from);
        else
            cci_buffer_format(out, "Places %llu to %llu, tied: ", (unsigned long long)p->from,
                              (unsigned long long)p->to);
        cci_buffer_text(out, name_at(r, i));
        if (p->has_score)
            cci_buffer_format(out, " (%s)", r->exact.data + p->said);
        cci_buffer_text(out, ".\n");
    }
    if (m > PLACES_MAX)
        cci_buffer_format(out, "And %zu more places.\n", m - PLACES_MAX);
}

cocreate_status cocreate_ranking_explain(const cocreate_ranking *ranking, cocreate_text **out,
                                         cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &ranking->allocator);
    write_winners(ranking, &text);
    write_places(ranking, &text);
    cci_buffer_add(&text, ranking->sentences.data, ranking->sentences.size);
    cocreate_status status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    return status;
}
