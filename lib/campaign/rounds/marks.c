#include "campaign/rounds/marks.h"

#include <string.h>

#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "profile/ballots.h"

/* Most digits of a number that cannot overflow. */
#define DIGITS 15

cocreate_status cci_marks_init(cci_marks *m, const cocreate_allocator *a,
                               const cci_round_spec *spec, const cocreate_profile *profile,
                               size_t candidates, cocreate_error *error)
{
    *m = (cci_marks){.allocator = *a, .spec = spec, .profile = profile, .capacity = candidates};
    cci_buffer_init(&m->voter, a);
    m->options = cci_alloc(a, candidates, sizeof *m->options);
    m->values = cci_alloc(a, candidates, sizeof *m->values);
    return m->options && m->values ? COCREATE_OK : cci_no_memory(error);
}

void cci_marks_free(cci_marks *m)
{
    cci_free(&m->allocator, m->options);
    cci_free(&m->allocator, m->values);
    m->options = NULL; /* freed once, also where the next use of it fails */
    m->values = NULL;
    cci_buffer_free(&m->voter);
}

static void add(cci_marks *m, size_t option, int64_t value)
{
    const cci_instrument_type *type = m->spec->instrument;
    m->options[m->n] = (uint32_t)option;
    m->values[m->n++] = type->evidence ? type->evidence(m->spec, value) : value;
}

/* ---- any ballot ---- */

static cocreate_status read_members(cci_marks *m, const json_t *ballot, cocreate_error *error)
{
    const char *key;
    json_t *value;
    if (json_object_size(ballot) > m->capacity)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a ballot has more options than the round");
    json_object_foreach((json_t *)(uintptr_t)ballot, key, value)
    {
        size_t index;
        int64_t number;
        CCI_TRY(cocreate_profile_find(m->profile, key, &index, error));
        CCI_TRY(cci_ballot_value(m->spec, value, &CCI_ROOT, &number, error));
        add(m, index, number);
    }
    return COCREATE_OK;
}

static void copy_channel(cci_marks *m, const char *channel)
{
    size_t n = channel ? strlen(channel) : 0;
    if (n > COCREATE_ID_MAX)
        n = COCREATE_ID_MAX; /* no id, and so no channel */
    if (n > 0)
        memcpy(m->channel, channel, n);
    m->channel[n] = '\0';
}

static cocreate_status read_document(cci_marks *m, const cci_ballot_row *row,
                                     cocreate_error *error)
{
    json_t *ballot;
    const char *channel, *voided;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &ballot, error));
    const json_t *marks = cci_ballot_marks(ballot, &channel, &voided);
    m->state = marks ? CCI_BALLOT_STANDS : voided ? CCI_BALLOT_VOIDED : CCI_BALLOT_RETRACTED;
    copy_channel(m, channel);
    cocreate_status status = marks ? read_members(m, marks, error) : COCREATE_OK;
    json_decref(ballot);
    return status;
}

/* ---- most ballots: {"a":1,"b":-2}, names without escapes, numbers of few digits ---- */

static const char *read_number(const char *at, const char *end, int64_t *out)
{
    int negative = at < end && *at == '-';
    const char *start = at + negative;
    int64_t number = 0;
    for (at = start; at < end && *at >= '0' && *at <= '9' && at - start < DIGITS; at++)
        number = number * 10 + (*at - '0');
    *out = negative ? -number : number;
    return at > start ? at : NULL;
}

/* One "name":number; NULL if it is not that plain, or no candidate. */
static const char *read_mark(cci_marks *m, const char *at, const char *end)
{
    int64_t value;
    if (m->n == m->capacity || end - at < 2 || *at != '"')
        return NULL;
    const char *name = at + 1, *close = memchr(name, '"', (size_t)(end - name));
    if (!close || end - close < 2 || close[1] != ':' ||
        memchr(name, '\\', (size_t)(close - name)))
        return NULL;
    size_t index = cci_profile_find_n(m->profile, name, (size_t)(close - name));
    at = read_number(close + 2, end, &value);
    if (!at || index >= m->capacity)
        return NULL;
    add(m, index, value);
    return at;
}

/* 1, or 0 if the ballot is not that plain. */
static int read_plain(cci_marks *m, const cci_ballot_row *row)
{
    const char *at = row->data.data, *end = at + row->data.size;
    if (row->data.size < 2 || *at != '{')
        return 0;
    if (row->data.size == 2)
        return at[1] == '}';
    do {
        at = read_mark(m, at + 1, end);
        if (!at || at == end)
            return 0;
    } while (*at == ',');
    return *at == '}' && at + 1 == end;
}

/* ---- counting ---- */

static cocreate_status count_voter(cci_marks *m, cci_bytes voter, cocreate_error *error)
{
    if (m->voters > 0 && m->voter.size == voter.size && memcmp(m->voter.data, voter.data, voter.size) == 0)
        return COCREATE_OK;
    m->voters++;
    cci_buffer_clear(&m->voter);
    cci_buffer_add(&m->voter, voter.data, voter.size);
    return m->voter.failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_marks_read(cci_marks *m, const cci_ballot_row *row, cocreate_error *error)
{
    m->n = 0;
    m->channel[0] = '\0';
    m->state = CCI_BALLOT_STANDS;
    if (!read_plain(m, row)) {
        m->n = 0;
        CCI_TRY(read_document(m, row, error));
    }
    m->voided += m->state == CCI_BALLOT_VOIDED;
    m->retracted += m->state == CCI_BALLOT_RETRACTED;
    if (m->state != CCI_BALLOT_STANDS)
        return COCREATE_OK;
    m->ballots++;
    return count_voter(m, cci_ballot_voter(row), error);
}
