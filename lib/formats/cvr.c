/* Reading cast vote records: rules, titles, and the two passes over the rows. */
#include "base/text.h"
#include "formats/cvr.h"

static const char *const rules[] = {
    "overvote",  "duplicate", "max_skipped",    "max_ranks",     "first_rank", "contest",
    "delimiter", "blank",     "overvote_label", "skipped_label", "candidates", "excluded",
    NULL};

/* --- letters --- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does the text begin with these lower-case letters, in any case? */
static int begins(const char *s, size_t size, const char *word)
{
    size_t n = strlen(word);
    if (size < n)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (lower(s[i]) != lower(word[i]))
            return 0;
    return 1;
}

static int same(const char *s, size_t size, const char *word)
{
    return size == strlen(word) && begins(s, size, word);
}

/* --- rules --- */

static cocreate_status read_rules(cci_cvr_reader *c)
{
    static const char *const overvotes[] = {"refuse", "exhaust", "skip", "tie", NULL};
    static const char *const duplicates[] = {"refuse", "exhaust", "skip", NULL};
    const cci_reader *r = c->r;
    size_t n;
    CCI_TRY(cci_rule_choice(r, "overvote", overvotes, &c->overvote));
    CCI_TRY(cci_rule_choice(r, "duplicate", duplicates, &c->duplicate));
    CCI_TRY(cci_rule_integer(r, "max_skipped", 0, INT64_MAX, &c->max_skipped));
    CCI_TRY(cci_rule_integer(r, "max_ranks", 1, INT64_MAX, &c->max_ranks));
    CCI_TRY(cci_rule_integer(r, "first_rank", 1, COCREATE_OPTIONS_MAX, &c->first_rank));
    CCI_TRY(cci_rule_text(r, "contest", &c->contest));
    CCI_TRY(cci_rule_text(r, "delimiter", &c->delimiter));
    CCI_TRY(cci_rule_text(r, "blank", &c->blank));
    CCI_TRY(cci_rule_texts(r, "overvote_label", &n));
    CCI_TRY(cci_rule_texts(r, "skipped_label", &n));
    CCI_TRY(cci_rule_texts(r, "excluded", &n));
    CCI_TRY(cci_rule_texts(r, "candidates", &n));
    if (c->delimiter && c->delimiter[0] == '\0')
        return cci_fail(r->error, COCREATE_ERR_ARGUMENT, "rules of cvr: $.delimiter is empty");
    for (size_t i = 0; i < n; i++) {
        const char *name = cci_rule_text_at(r, "candidates", i);
        uint32_t index = 0;
        CCI_TRY(cci_cvr_name(c, name, strlen(name), &index));
        if (index < i)
            return cci_fail(r->error, COCREATE_ERR_ARGUMENT,
                            "rules of cvr: $.candidates: \"%s\" stands there twice", name);
    }
    c->declared = n > 0;
    return COCREATE_OK;
}

int cci_cvr_is_label(const cci_cvr_reader *c, const char *rule, const char *s, size_t size)
{
    size_t n = 0;
    cocreate_status status = cci_rule_texts(c->r, rule, &n);
    assert(status == COCREATE_OK);
    (void)status;
    if (n == 0 && strcmp(rule, "overvote_label") == 0)
        return same(s, size, "overvote");
    if (n == 0)
        return same(s, size, "undervote") || same(s, size, "skipped");
    for (size_t i = 0; i < n; i++)
        if (same(s, size, cci_rule_text_at(c->r, rule, i)))
            return 1;
    return 0;
}

/* --- names --- */

static void name_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_cvr_reader *c = owner;
    *bytes = c->names[index];
    *size = strlen(c->names[index]);
}

cocreate_status cci_cvr_name(cci_cvr_reader *c, const char *s, size_t size, uint32_t *out)
{
    cci_reader *r = c->r;
    char shown[CCI_SHOWN];
    uint64_t limit = r->limits.max_options;
    *out = cci_table_find(&c->table, s, size);
    if (*out != CCI_TABLE_NONE)
        return COCREATE_OK;
    if (c->declared)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "%s is none of the candidates",
                               cci_shown(s, size, shown));
    cocreate_error inner = {0};
    if (cci_id_check_n(s, size, "candidate", &inner) != COCREATE_OK)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "%s", inner.text);
    if (c->n >= limit || c->n >= COCREATE_OPTIONS_MAX)
        return cci_reader_fail(r, COCREATE_ERR_LIMIT,
                               "there are more candidates than the limit of %" PRIu64,
                               limit < COCREATE_OPTIONS_MAX ? limit : COCREATE_OPTIONS_MAX);
    if (!cci_grow(&c->records.allocator, (void **)&c->names, &c->names_capacity, c->n + 1,
                  sizeof *c->names) ||
        !cci_table_reserve(&c->table, 1))
        return cci_no_memory(r->error);
    char *copy = cci_strndup(&c->records.allocator, s, size);
    if (!copy)
        return cci_no_memory(r->error);
    *out = (uint32_t)c->n;
    c->names[c->n++] = copy;
    cci_table_insert(&c->table, cci_table_hash(&c->table, copy, size), *out);
    return COCREATE_OK;
}

/* --- titles --- */

/* Digits up to the end of a word; 0 if there are none, or too many. */
static int64_t number_at(const char *s, size_t size, size_t *digits)
{
    int64_t n = 0;
    *digits = 0;
    while (*digits < size && is_digit(s[*digits]))
        ++*digits;
    return *digits > 0 && *digits <= 6 && cci_parse_number(s, *digits, &n) ? n : 0;
}

/* "choice 1 (45)", "rank_2": the number behind a word for ranks that begins at s. */
static int64_t rank_behind_word(const char *s, size_t size)
{
    static const char *const words[] = {"choice", "ranking", "rank", "preference"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!begins(s, size, words[i]))
            continue;
        size_t at = strlen(words[i]), digits;
        while (at < size && (s[at] == ' ' || s[at] == '_' || s[at] == '#' || s[at] == '-'))
            at++;
        int64_t n = number_at(s + at, size - at, &digits);
        at += digits;
        if (n > 0 && (at == size || s[at] == ' ' || s[at] == '('))
            return n;
    }
    return 0;
}

/* The rank that a title tells, from 1; 0 if none: "Rank 1", "For Mayor Choice 1 (45)", "1st Choice",
 * "1". */
static int64_t rank_of_title(const char *s, size_t size)
{
    size_t digits;
    int64_t n = number_at(s, size, &digits);
    if (n > 0) {
        const char *rest = s + digits;
        size_t left = size - digits;
        int ordinal = begins(rest, left, "st") || begins(rest, left, "nd") ||
                      begins(rest, left, "rd") || begins(rest, left, "th");
        return left == 0 || (ordinal && (left == 2 || rest[2] == ' ')) ? n : 0;
    }
    for (size_t i = 0; i < size; i++)
        if ((i == 0 || s[i - 1] == ' ' || s[i - 1] == '_') &&
            (n = rank_behind_word(s + i, size - i)) > 0)
            return n;
    return 0;
}

static int contains(const char *s, size_t size, const char *part)
{
    for (size_t i = 0; i + strlen(part) <= size; i++)
        if (begins(s + i, size - i, part))
            return 1;
    return 0;
}

/* Set the column of a rank. */
static cocreate_status put_column(cci_cvr_reader *c, size_t rank, size_t column)
{
    size_t before = c->n_columns;
    if (!cci_grow(&c->records.allocator, (void **)&c->columns, &c->columns_capacity, rank,
                  sizeof *c->columns))
        return cci_no_memory(c->r->error);
    for (size_t i = before; i < rank; i++)
        c->columns[i] = SIZE_MAX;
    if (rank > before)
        c->n_columns = rank;
    if (c->columns[rank - 1] != SIZE_MAX)
        return cci_reader_fail(c->r, COCREATE_ERR_PARSE,
                               "columns %zu and %zu are both for rank %zu: choose by the rule "
                               "contest or first_rank",
                               c->columns[rank - 1] + 1, column + 1, rank);
    c->columns[rank - 1] = column;
    return COCREATE_OK;
}

static cocreate_status read_titles(cci_cvr_reader *c)
{
    cci_reader *r = c->r;
    int more;
    CCI_TRY(cci_records_next(&c->records, &more));
    if (!more)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "there is no header row");
    c->width = c->records.n;
    c->count_column = SIZE_MAX;
    for (size_t i = 0; i < c->width; i++) {
        const char *s = c->records.fields[i].s;
        size_t size = c->records.fields[i].size;
        cci_trim(&s, &size);
        if (same(s, size, "count") && c->count_column == SIZE_MAX) {
            c->count_column = i;
            continue;
        }
        int64_t rank = rank_of_title(s, size);
        if (c->first_rank > 0) /* all columns from there on */
            rank = i + 1 < (uint64_t)c->first_rank ? 0 : (int64_t)c->n_columns + 1;
        if (c->contest && !contains(s, size, c->contest))
            rank = 0;
        if (rank > (int64_t)c->width)
            return cci_reader_fail(r, COCREATE_ERR_PARSE,
                                   "column %zu is for rank %" PRId64 " of %zu columns", i + 1,
                                   rank, c->width);
        if (rank > 0 && rank <= c->max_ranks)
            CCI_TRY(put_column(c, (size_t)rank, i));
    }
    for (size_t i = 0; i < c->n_columns; i++)
        if (c->columns[i] == SIZE_MAX)
            return cci_reader_fail(r, COCREATE_ERR_PARSE, "there is no column for rank %zu", i + 1);
    if (c->n_columns == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "no title tells a rank, as \"Rank 1\" does: give the rule "
                               "first_rank");
    return COCREATE_OK;
}

/* --- passes --- */

static cocreate_status each_row(cci_cvr_reader *c, cocreate_status (*take)(cci_cvr_reader *))
{
    for (;;) {
        int more;
        CCI_TRY(cci_records_next(&c->records, &more));
        if (!more)
            return COCREATE_OK;
        if (c->records.n > c->width)
            return cci_reader_fail(c->r, COCREATE_ERR_PARSE,
                                   "the row has %zu cells, but the header has %zu", c->records.n,
                                   c->width);
        CCI_TRY(take(c));
    }
}

static cocreate_status exclude(cci_cvr_reader *c)
{
    size_t n;
    CCI_TRY(cci_rule_texts(c->r, "excluded", &n));
    for (size_t i = 0; i < n; i++) {
        const char *name = cci_rule_text_at(c->r, "excluded", i);
        uint32_t index = cci_table_find(&c->table, name, strlen(name));
        if (index == CCI_TABLE_NONE)
            return cci_fail(c->r->error, COCREATE_ERR_NOT_FOUND,
                            "rules of cvr: $.excluded: no ballot names \"%s\"", name);
        CCI_TRY(cci_reader_withdraw(c->r, index));
    }
    return COCREATE_OK;
}

static cocreate_status make_profile(cci_cvr_reader *c)
{
    cci_reader *r = c->r;
    if (c->n == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "the file names no candidate");
    CCI_TRY(cci_reader_new_profile(r, COCREATE_BALLOT_RANKING, c->n, "candidates"));
    for (size_t i = 0; i < c->n; i++)
        CCI_TRY(cci_reader_set_option(r, i, c->names[i], strlen(c->names[i]), NULL, 0, 0));
    CCI_TRY(exclude(c));
    c->options = cci_alloc(&c->records.allocator, c->n, sizeof *c->options);
    c->ranks = cci_alloc(&c->records.allocator, c->n, sizeof *c->ranks);
    c->seen = cci_alloc(&c->records.allocator, c->n, sizeof *c->seen);
    return c->options && c->ranks && c->seen ? COCREATE_OK : cci_no_memory(r->error);
}

static cocreate_status read_all(cci_cvr_reader *c)
{
    CCI_TRY(read_rules(c));
    CCI_TRY(read_titles(c));
    const char *at = c->r->at;
    uint64_t line = c->records.next_line;
    CCI_TRY(each_row(c, cci_cvr_collect));
    CCI_TRY(make_profile(c));
    c->r->at = at;
    c->records.next_line = line;
    return each_row(c, cci_cvr_add);
}

static cocreate_status read_cvr(cci_reader *r)
{
    cci_cvr_reader c = {.r = r, .max_skipped = INT64_MAX, .max_ranks = INT64_MAX};
    cci_records_open(&c.records, r, ',');
    const cocreate_allocator *a = &c.records.allocator;
    cci_table_init(&c.table, a, &c, name_bytes);
    cocreate_status status = read_all(&c);
    for (size_t i = 0; i < c.n; i++)
        cci_free(a, c.names[i]);
    cci_free(a, c.names);
    cci_free(a, c.columns);
    cci_free(a, c.options);
    cci_free(a, c.ranks);
    cci_free(a, c.seen);
    cci_table_free(&c.table);
    cci_records_close(&c.records);
    return status;
}

const cci_format cci_format_cvr = {
    "cvr", "Cast vote records: a row for each ballot, a column for each rank",
    "RCTab, https://github.com/BrightSpots/rcv; RFC 4180", rules, read_cvr, cci_cvr_write};
