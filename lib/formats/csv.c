/* CSV (RFC 4180): a header row of option ids, then a row for each ballot.
 *
 *   ranking   ranks from 1, equal where tied; empty: not ranked
 *   score     integers; empty: no score
 *   points    integers from 0; empty: none given
 *   approval  1 or x: approved; 0 or empty: not
 *
 * A column "count" says how many such ballots there are, a column "weight" what they weigh together
 * (default: their count). Columns that the rule "ignore" names are passed over. Blanks around a cell
 * do not count. */
#include "base/text.h"
#include "formats/records.h"
#include "formats/rules.h"

enum { COLUMN_COUNT = -1, COLUMN_WEIGHT = -2, COLUMN_IGNORED = -3 };

typedef struct csv_reader {
    cci_reader *r;
    cci_records records;
    int32_t *column; /* by column: the option, or one of the above */
    size_t n_columns;
    uint32_t *options; /* of the present row */
    int64_t *values;
} csv_reader;

/* --- header --- */

static int32_t column_called(const csv_reader *c, const cci_field *title, int32_t option)
{
    size_t n;
    cocreate_status status = cci_rule_texts(c->r, "ignore", &n);
    assert(status == COCREATE_OK);
    (void)status;
    for (size_t i = 0; i < n; i++)
        if (cci_equals(title->s, title->size, cci_rule_text_at(c->r, "ignore", i)))
            return COLUMN_IGNORED;
    return cci_equals(title->s, title->size, "count")    ? COLUMN_COUNT
           : cci_equals(title->s, title->size, "weight") ? COLUMN_WEIGHT
                                                         : option;
}

/* What each column holds; *n_options = how many are options. */
static cocreate_status read_titles(csv_reader *c, size_t *n_options)
{
    cci_reader *r = c->r;
    size_t n, had[3] = {0, 0, 0};
    CCI_TRY(cci_rule_texts(r, "ignore", &n));
    c->n_columns = c->records.n;
    c->column = cci_alloc(&c->records.allocator, c->n_columns, sizeof *c->column);
    if (!c->column)
        return cci_no_memory(r->error);
    int32_t next = 0;
    for (size_t i = 0; i < c->n_columns; i++) {
        c->column[i] = column_called(c, &c->records.fields[i], next);
        next += c->column[i] >= 0;
        if ((c->column[i] == COLUMN_COUNT || c->column[i] == COLUMN_WEIGHT) &&
            had[-c->column[i]]++)
            return cci_reader_fail(r, COCREATE_ERR_PARSE, "there are two columns \"%s\"",
                                   c->column[i] == COLUMN_COUNT ? "count" : "weight");
        if (next == INT32_MAX)
            return cci_reader_fail(r, COCREATE_ERR_LIMIT, "there are too many columns");
    }
    *n_options = (size_t)next;
    return COCREATE_OK;
}

static cocreate_status name_option(csv_reader *c, size_t column)
{
    const cci_field *title = &c->records.fields[column];
    char shown[CCI_SHOWN];
    if (cci_profile_find_n(c->r->profile, title->s, title->size) < (size_t)c->column[column])
        return cci_reader_fail(c->r, COCREATE_ERR_PARSE, "two columns are named %s",
                               cci_shown(title->s, title->size, shown));
    return cci_reader_set_option(c->r, (size_t)c->column[column], title->s, title->size, NULL, 0, 0);
}

static cocreate_status read_header(csv_reader *c)
{
    cci_reader *r = c->r;
    const cocreate_allocator *a = &c->records.allocator;
    int more;
    size_t n_options = 0;
    CCI_TRY(cci_records_next(&c->records, &more));
    if (!more)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "there is no header row");
    CCI_TRY(read_titles(c, &n_options));
    if (n_options == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "the header row names no option");
    CCI_TRY(cci_reader_new_profile(r, r->kind, n_options, "options"));
    c->options = cci_alloc(a, n_options, sizeof *c->options);
    c->values = cci_alloc(a, n_options, sizeof *c->values);
    if (!c->options || !c->values)
        return cci_no_memory(r->error);
    for (size_t i = 0; i < c->n_columns; i++)
        if (c->column[i] >= 0)
            CCI_TRY(name_option(c, i));
    return COCREATE_OK;
}

/* --- rows --- */

static cocreate_status bad_cell(csv_reader *c, size_t column, const char *s, size_t size,
                                const char *expected)
{
    char shown[CCI_SHOWN];
    cocreate_option option = {.size = sizeof option};
    if (c->column[column] >= 0)
        CCI_TRY(cocreate_profile_option(c->r->profile, (size_t)c->column[column], &option,
                                        c->r->error));
    const char *name = c->column[column] == COLUMN_COUNT    ? "count"
                       : c->column[column] == COLUMN_WEIGHT ? "weight"
                                                            : option.id;
    char name_shown[CCI_SHOWN];
    return cci_reader_fail(c->r, COCREATE_ERR_PARSE, "column %s: %s is not %s",
                           cci_shown(name, strlen(name), name_shown), cci_shown(s, size, shown),
                           expected);
}

/* The value of a cell; *marked = 0 if it says nothing. */
static cocreate_status read_cell(csv_reader *c, size_t column, int64_t *value, int *marked)
{
    const char *s = c->records.fields[column].s;
    size_t size = c->records.fields[column].size;
    cci_trim(&s, &size);
    *marked = size > 0;
    if (size == 0)
        return COCREATE_OK;
    switch (c->r->kind) {
    case COCREATE_BALLOT_APPROVAL:
        *value = 1;
        if (cci_equals(s, size, "0"))
            *marked = 0;
        else if (!cci_equals(s, size, "1") && !cci_equals(s, size, "x") &&
                 !cci_equals(s, size, "X"))
            return bad_cell(c, column, s, size, "an approval: 1, x, 0 or empty");
        return COCREATE_OK;
    case COCREATE_BALLOT_RANKING:
        if (!cci_parse_number(s, size, value) || *value < 1)
            return bad_cell(c, column, s, size, "a rank: a whole number from 1, or empty");
        return COCREATE_OK;
    case COCREATE_BALLOT_SCORE:
        if (!cci_parse_i64(s, size, value))
            return bad_cell(c, column, s, size, "a score: a whole number, or empty");
        return COCREATE_OK;
    default:
        if (!cci_parse_number(s, size, value))
            return bad_cell(c, column, s, size, "points: a whole number from 0, or empty");
        return COCREATE_OK;
    }
}

static cocreate_status read_multiplier(csv_reader *c, size_t column, int64_t least, int64_t *out)
{
    const char *s = c->records.fields[column].s;
    size_t size = c->records.fields[column].size;
    cci_trim(&s, &size);
    if (!cci_parse_number(s, size, out) || *out < least)
        return bad_cell(c, column, s, size,
                        least ? "a whole number from 1" : "a whole number from 0");
    return COCREATE_OK;
}

static cocreate_status read_row(csv_reader *c)
{
    cci_reader *r = c->r;
    if (c->records.n != c->n_columns)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "the row has %zu cells, but the header has %zu", c->records.n,
                               c->n_columns);
    int64_t count = 1, weight = -1;
    size_t n = 0;
    for (size_t i = 0; i < c->n_columns; i++) {
        int marked = 0;
        if (c->column[i] == COLUMN_COUNT) {
            CCI_TRY(read_multiplier(c, i, 1, &count));
        } else if (c->column[i] == COLUMN_WEIGHT) {
            CCI_TRY(read_multiplier(c, i, 0, &weight));
        } else if (c->column[i] >= 0) {
            CCI_TRY(read_cell(c, i, &c->values[n], &marked));
            c->options[n] = (uint32_t)c->column[i];
            n += marked ? 1 : 0;
        }
    }
    return cci_reader_add(r, c->options, c->values, n, count, weight < 0 ? count : weight);
}

static cocreate_status read_rows(csv_reader *c)
{
    CCI_TRY(read_header(c));
    for (;;) {
        int more;
        CCI_TRY(cci_records_next(&c->records, &more));
        if (!more)
            return COCREATE_OK;
        CCI_TRY(cci_reader_count_ballot(c->r));
        CCI_TRY(read_row(c));
    }
}

static cocreate_status read_csv(cci_reader *r)
{
    if (r->kind == 0)
        return cci_fail(r->error, COCREATE_ERR_ARGUMENT,
                        "csv does not say what its cells mean: give the kind of ballot");
    csv_reader c = {.r = r};
    cci_records_open(&c.records, r, ',');
    cocreate_status status = read_rows(&c);
    cci_free(&c.records.allocator, c.column);
    cci_free(&c.records.allocator, c.options);
    cci_free(&c.records.allocator, c.values);
    cci_records_close(&c.records);
    return status;
}

/* --- writing --- */

static cocreate_status write_header(const cocreate_profile *profile, int weighted,
                                    cci_buffer *out, cocreate_error *error)
{
    cci_buffer_text(out, weighted ? "count,weight" : "count");
    for (size_t i = 0; i < cci_profile_options(profile); i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(profile, i, &option, error));
        if (strcmp(option.id, "count") == 0 || strcmp(option.id, "weight") == 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "csv has another meaning for a column \"%s\", the id of option %zu",
                               option.id, i);
        cci_buffer_byte(out, ',');
        cci_records_write(out, option.id, ',');
    }
    cci_buffer_text(out, "\r\n");
    return COCREATE_OK;
}

/* `cells` is scratch: by option its place on the ballot, from 1. */
static void write_row(const cci_ballots *b, int weighted, uint32_t *cells, cci_buffer *out)
{
    size_t n_options = cci_profile_options(b->profile);
    memset(cells, 0, n_options * sizeof *cells);
    for (size_t i = 0; i < b->n; i++)
        cells[b->options[i]] = (uint32_t)i + 1;
    cci_buffer_i64(out, b->count);
    if (weighted) {
        cci_buffer_byte(out, ',');
        cci_buffer_i64(out, b->weight);
    }
    for (size_t i = 0; i < n_options; i++) {
        cci_buffer_byte(out, ',');
        if (cells[i])
            cci_buffer_i64(out, b->values[cells[i] - 1]);
    }
    cci_buffer_text(out, "\r\n");
}

static int is_weighted(const cocreate_profile *p)
{
    for (size_t i = 0; i < cci_profile_distinct(p); i++) {
        int64_t count, weight;
        cci_profile_get(p, i, NULL, NULL, &count, &weight);
        if (count != weight)
            return 1;
    }
    return 0;
}

static cocreate_status write_csv(const cocreate_profile *profile, cci_buffer *out,
                                 cocreate_error *error)
{
    int weighted = is_weighted(profile);
    CCI_TRY(cci_writer_check(profile, "csv", CCI_SAYS_IDS | CCI_SAYS_WEIGHTS, error));
    CCI_TRY(write_header(profile, weighted, out, error));
    const cocreate_allocator *a = cci_profile_allocator(profile);
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    uint32_t *cells = cci_alloc(a, cci_profile_options(profile), sizeof *cells);
    cocreate_status status = cells ? COCREATE_OK : cci_no_memory(error);
    while (status == COCREATE_OK && cci_ballots_next(&ballots))
        write_row(&ballots, weighted, cells, out);
    cci_ballots_close(&ballots);
    cci_free(a, cells);
    return status;
}

static const char *const rules[] = {"ignore", NULL};

const cci_format cci_format_csv = {
    "csv", "CSV: a column for each option, a row for each ballot", "RFC 4180",
    rules, read_csv, write_csv};
