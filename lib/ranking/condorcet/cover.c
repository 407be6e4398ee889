/* Sets of the options that no other one covers. */
#include "ranking/condorcet/cover.h"

#include "ranking/write.h"

/* {"c":"a",..}: a first one that covers each of those that are covered. */
static void write_covered(cci_contest *c, const uint32_t *by, const char *verb)
{
    cci_buffer *out = &c->run->trace, *notes = &c->run->notes;
    const char *comma = "";
    cci_buffer_text(out, ",\"covered_by\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t b = c->run->roster->by_key[i];
        if (c->in[b])
            continue;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_write_id(c->run, out, b);
        cci_buffer_byte(out, ':');
        cci_write_id(c->run, out, by[b]);
    }
    cci_buffer_byte(out, '}');
    for (uint32_t b = 0; b < c->m && cci_is_traced(c); b++)
        if (!c->in[b]) {
            cci_buffer_text(notes, cci_name(c->run, by[b]));
            cci_buffer_text(notes, verb);
            cci_buffer_text(notes, cci_name(c->run, b));
            cci_buffer_text(notes, ".\n");
        }
}

cocreate_status cci_place_uncovered(cci_contest *c,
                                    int (*covers)(const cci_contest *c, const void *context,
                                                  size_t a, size_t b),
                                    const void *context, const char *verb, cocreate_error *error)
{
    uint32_t *by = cci_contest_alloc(c, c->m, sizeof *by);
    if (by == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < c->m; b++) {
        c->in[b] = 1;
        for (size_t a = 0; a < c->m && c->in[b]; a++)
            if (a != b && covers(c, context, a, b)) {
                c->in[b] = 0;
                by[b] = (uint32_t)a;
            }
        CCI_TRY(cci_run_progress(c->run, b, c->m, error));
    }
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_blank(c);
    write_covered(c, by, verb);
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    return COCREATE_OK;
}
