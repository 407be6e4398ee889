/* What an elimination tells: its rounds as JSON, and sentences. */
#include "ranking/elimination/process.h"
#include "ranking/write.h"

static int is_traced(const cci_process *p)
{
    return p->run->roster->count <= CCI_TRACE_OPTIONS;
}

/* " with 3 votes": the score that the first of them has. */
static cocreate_status say_score(cci_process *p, uint32_t option, cocreate_error *error)
{
    cci_buffer *notes = &p->run->notes;
    if (p->rule->with == NULL || cci_value_missing(&p->scores[option]))
        return COCREATE_OK;
    cci_buffer_text(notes, p->rule->with);
    CCI_TRY(cci_value_say(&p->scores[option], notes, error));
    cci_write_plural(notes, p->rule->unit, &p->scores[option]);
    return COCREATE_OK;
}

static cocreate_status say_round(cci_process *p, const uint32_t *group, size_t n, int elected,
                                 cocreate_error *error)
{
    cci_buffer *notes = &p->run->notes;
    cci_buffer_format(notes, "Round %zu: ", p->round);
    cci_write_names(p->run, notes, group, n);
    if (elected)
        cci_buffer_text(notes, n == 1 ? " wins" : " win");
    else if (p->verdict == CCI_ALL_LEAVE)
        cci_buffer_text(notes, n == 1 ? " leaves" : " leave");
    else {
        cci_buffer_text(notes, n == 1 ? " leaves" : " leave together, each");
        CCI_TRY(say_score(p, group[0], error));
    }
    if (p->rival != CCI_NOBODY && !elected) {
        cci_buffer_text(notes, ", after the comparison with ");
        cci_buffer_text(notes, cci_name(p->run, p->rival));
    }
    if (p->why != NULL) {
        cci_buffer_text(notes, ": ");
        cci_buffer_text(notes, p->why);
    }
    cci_buffer_text(notes, ".\n");
    return COCREATE_OK;
}

cocreate_status cci_process_tell(cci_process *p, const uint32_t *group, size_t n, int elected,
                                 cocreate_error *error)
{
    cci_buffer *out = &p->rounds_trace;
    cci_buffer_text(out, out->size > 0 ? ",{" : "{");
    if (elected) {
        cci_buffer_text(out, "\"elected\":");
        cci_write_ids(p->run, out, group, n);
        cci_buffer_byte(out, ',');
    }
    cci_buffer_text(out, "\"eliminated\":");
    cci_write_ids(p->run, out, group, elected ? 0 : n);
    if (p->exhausted >= 0)
        cci_buffer_format(out, ",\"exhausted\":\"%lld\"", (long long)p->exhausted);
    if (p->rival != CCI_NOBODY && n > 0 && !elected) {
        cci_buffer_text(out, ",\"rival\":");
        cci_write_id(p->run, out, p->rival);
    }
    cci_buffer_format(out, ",\"round\":%zu", p->round);
    return n > 0 ? say_round(p, group, n, elected, error) : COCREATE_OK;
}

/* now - was, into rounds.sum where it is no small integer; *sign tells the sign. */
static cocreate_status write_gain(cci_process *p, const cci_value *now, const cci_value *was,
                                  uint32_t option, int *first, cocreate_error *error)
{
    cci_buffer *out = &p->rounds_trace;
    cci_rational *gain = &p->rounds.sum, *term = &p->rounds.term;
    int small = now->den == 1 && was->den == 1; /* votes: no overflow, both are at least 0 */
    if (small && now->num == was->num)
        return COCREATE_OK;
    if (!small) {
        CCI_TRY(cci_value_get(now, gain, error));
        CCI_TRY(cci_value_get(was, term, error));
        CCI_TRY(cci_rational_sub(gain, term, gain, error));
        if (cci_rational_sign(gain) == 0)
            return COCREATE_OK;
    }
    if (!*first)
        cci_buffer_byte(out, ',');
    *first = 0;
    cci_write_id(p->run, out, option);
    cci_buffer_text(out, ":\"");
    if (small)
        cci_buffer_i64(out, now->num - was->num);
    else
        CCI_TRY(cci_rational_text(gain, out, error));
    cci_buffer_byte(out, '"');
    return COCREATE_OK;
}

static cocreate_status write_transfers(cci_process *p, cocreate_error *error)
{
    int first = 1;
    cci_buffer_text(&p->rounds_trace, ",\"transfers\":{");
    for (size_t i = 0; i < p->run->roster->count; i++) {
        uint32_t o = p->run->roster->by_key[i];
        if (p->continuing[o])
            CCI_TRY(write_gain(p, &p->scores[o], &p->before[o], o, &first, error));
    }
    cci_buffer_byte(&p->rounds_trace, '}');
    return COCREATE_OK;
}

cocreate_status cci_process_tell_scores(cci_process *p, const cci_value *scores, int transfers,
                                        cocreate_error *error)
{
    if (is_traced(p) && p->rule->with != NULL) {
        if (transfers && p->rule->votes)
            CCI_TRY(write_transfers(p, error));
        cci_buffer_text(&p->rounds_trace, p->rule->votes ? ",\"votes\":" : ",\"scores\":");
        CCI_TRY(cci_write_values(p->run, &p->rounds_trace, scores, NULL, error));
    }
    cci_buffer_byte(&p->rounds_trace, '}');
    return COCREATE_OK;
}

/* The matrix, and the names of its rows. */
static void write_matrix(const cci_process *p)
{
    cci_buffer *out = &p->run->trace;
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        cci_buffer_text(out, o > 0 ? "," : ",\"order\":[");
        cci_write_id(p->run, out, o);
    }
    cci_buffer_text(out, "],\"pairwise\":");
    cci_write_matrix(p->run, out, p->matrix);
}

static void write_omitted(const cci_process *p)
{
    const char *before = "";
    cci_buffer_text(&p->run->trace, ",\"omitted\":[");
    if (p->rule->pairwise) {
        cci_buffer_text(&p->run->trace, "\"order\",\"pairwise\"");
        before = ",";
    }
    if (p->rule->votes)
        cci_buffer_format(&p->run->trace, "%s\"transfers\",\"votes\"", before);
    else if (p->rule->with != NULL)
        cci_buffer_format(&p->run->trace, "%s\"scores\"", before);
    cci_buffer_byte(&p->run->trace, ']');
}

static void write_smith(const cci_process *p)
{
    cci_buffer *out = &p->run->trace;
    int first = 1;
    cci_buffer_text(out, ",\"smith\":[");
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->marks[o]) {
            cci_buffer_text(out, first ? "" : ",");
            cci_write_id(p->run, out, o);
            first = 0;
        }
    cci_buffer_byte(out, ']');
}

static void write_majority(const cci_process *p)
{
    cci_run *run = p->run;
    cci_buffer_text(&run->trace, ",\"majority\":{\"option\":");
    cci_write_id(run, &run->trace, p->majority);
    cci_buffer_format(&run->trace, ",\"round\":%zu}", p->majority_round);
    cci_buffer_text(&run->notes, cci_name(run, p->majority));
    cci_buffer_format(&run->notes, " has a majority of the continuing votes in round %zu.\n",
                      p->majority_round);
}

void cci_process_finish_trace(cci_process *p)
{
    cci_run *run = p->run;
    cci_buffer *out = &run->trace;
    if (p->given_up > 0) {
        cci_buffer_format(out, "\"all_tied_from_round\":%zu,", p->given_up);
        cci_buffer_format(&run->notes,
                          "From round %zu on all who stand last leave together: nothing tells who "
                          "goes first, and the orders are too many to follow.\n",
                          p->given_up);
    }
    cci_buffer_format(out, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (p->majority_round > 0)
        write_majority(p);
    if (!is_traced(p))
        write_omitted(p);
    else if (p->rule->pairwise)
        write_matrix(p);
    cci_buffer_text(out, ",\"rounds\":[");
    cci_buffer_add(out, p->rounds_trace.data, p->rounds_trace.size);
    cci_buffer_byte(out, ']');
    out->failed |= p->rounds_trace.failed;
    if (p->rule->smith)
        write_smith(p);
    if (p->universes > 0) {
        cci_buffer_format(out, ",\"universes\":{\"from_round\":%zu,\"sets\":%zu}", p->round,
                          p->universes);
        cci_buffer_format(&run->notes,
                          "Round %zu: several stand last, and nothing tells who leaves. Every "
                          "order was followed, over %zu sets of options: who wins in any of them "
                          "is a winner.\n",
                          p->round, p->universes);
    }
}
