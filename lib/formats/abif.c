/* Reading ABIF, in three passes over its lines, which may stand in any order: candidates and what
 * the file says of itself; which candidates and scores the ballots have; the ballots. */
#include "base/text.h"
#include "formats/abif.h"

/* --- words --- */

const char *cci_abif_skip(const char *s, const char *end)
{
    while (s < end && (*s == ' ' || *s == '\t'))
        s++;
    return s;
}

cocreate_status cci_abif_expected(cci_abif_reader *a, const char *what, const char *s,
                                  const char *end)
{
    char shown[CCI_SHOWN];
    if (s == end)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "expected %s, but the line ends", what);
    return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "expected %s, not %s", what,
                           cci_shown(s, (size_t)(end - s), shown));
}

/* Does a bare word end here? */
static inline int ends_word(char c)
{
    switch (c) {
    case ' ': case '\t': case '>': case '=': case ',': case '/': case ':': case '*':
    case '#': case '[': case ']': case '{': case '}': case '"':
        return 1;
    default:
        return 0;
    }
}

static cocreate_status read_enclosed(cci_abif_reader *a, const char **at, const char *end,
                                     cci_abif_word *out)
{
    char close = out->form == '[' ? ']' : '"';
    const char *s = *at + 1;
    out->s = s;
    for (; s < end && *s != close; s++)
        if (*s == '\\' && close == '"' && s + 1 < end) {
            out->escaped = 1;
            s++;
        }
    if (s == end)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "there is a '%c' without '%c'",
                               out->form, close);
    out->size = (size_t)(s - out->s);
    *at = s + 1;
    return COCREATE_OK;
}

cocreate_status cci_abif_read_word(cci_abif_reader *a, const char **at, const char *end,
                                   cci_abif_word *out)
{
    const char *s = *at;
    *out = (cci_abif_word){s, 0, 'a', 0};
    if (s < end && (*s == '"' || *s == '[')) {
        out->form = *s;
        return read_enclosed(a, at, end, out);
    }
    while (s < end && !ends_word(*s))
        s++;
    if (s == *at)
        return cci_abif_expected(a, "a candidate", s, end);
    out->size = (size_t)(s - out->s);
    *at = s;
    return COCREATE_OK;
}

/* --- what the file says of itself: {key: value} --- */

static int32_t kind_called(const char *s, size_t size)
{
    static const struct {
        const char *name;
        int32_t kind;
    } types[] = {{"\"ranked\"", COCREATE_BALLOT_RANKING},
                 {"\"rated\"", COCREATE_BALLOT_SCORE},
                 {"\"approval\"", COCREATE_BALLOT_APPROVAL}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (cci_equals(s, size, types[i].name))
            return types[i].kind;
    return 0;
}

static cocreate_status read_number(cci_abif_reader *a, const char *key, const char *s,
                                   size_t size, int64_t *out)
{
    char shown[CCI_SHOWN];
    int64_t n;
    if (!cci_parse_i64(s, size, &n))
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "%s is %s, not a whole number", key,
                               cci_shown(s, size, shown));
    *out = n;
    return COCREATE_OK;
}

/* Other keys, and values of another form, say nothing of the ballots. */
static cocreate_status read_metadata(cci_abif_reader *a, const char *s, const char *end)
{
    cci_abif_word key;
    const char *close = end;
    while (close > s && close[-1] != '}')
        close--;
    if (close == s)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "there is a '{' without '}'");
    end = close - 1;
    s = cci_abif_skip(s + 1, end);
    if (s == end || *s == '}')
        return COCREATE_OK;
    CCI_TRY(cci_abif_read_word(a, &s, end, &key));
    s = cci_abif_skip(s, end);
    if (s == end || *s != ':')
        return cci_abif_expected(a, "':' after the key", s, end);
    s++;
    size_t size = (size_t)(end - s);
    cci_trim(&s, &size);
    if (cci_equals(key.s, key.size, "ballot_type"))
        a->stated_kind = kind_called(s, size);
    else if (cci_equals(key.s, key.size, "max_rating"))
        return read_number(a, "max_rating", s, size, &a->max);
    else if (cci_equals(key.s, key.size, "min_rating"))
        return read_number(a, "min_rating", s, size, &a->min);
    if (!cci_equals(key.s, key.size, "ballotcount"))
        return COCREATE_OK;
    a->stated_ballots_line = a->r->line;
    return read_number(a, "ballotcount", s, size, &a->stated_ballots);
}

/* --- passes --- */

static int is_vote(const char *s, const char *end)
{
    return s < end && *s >= '0' && *s <= '9';
}

/* The first pass: all lines but votes. */
static cocreate_status read_line(cci_abif_reader *a, const char *s, const char *end)
{
    if (s == end || *s == '#' || is_vote(s, end))
        return COCREATE_OK;
    if (*s == '{')
        return read_metadata(a, s, end);
    if (*s == '[')
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE,
                               "a candidate is declared as =id:[Name], the id first");
    a->declared = 1;
    return cci_abif_read_candidate(a, cci_abif_skip(s + (*s == '='), end), end);
}

/* The second pass: who and what stands on ballots. */
static cocreate_status look_at_votes(cci_abif_reader *a, const char *s, const char *end)
{
    if (!is_vote(s, end))
        return COCREATE_OK;
    CCI_TRY(cci_abif_read_votes(a, s, end));
    for (size_t i = 0; i < a->n_items; i++) {
        a->any_score |= a->items[i].scored;
        a->all_scored &= a->items[i].scored;
        a->contradicted |= i > 0 && cci_abif_contradict(&a->items[i - 1], &a->items[i]);
    }
    return COCREATE_OK;
}

/* The third pass. */
static cocreate_status add_line(cci_abif_reader *a, const char *s, const char *end)
{
    if (!is_vote(s, end))
        return COCREATE_OK;
    CCI_TRY(cci_reader_count_ballot(a->r));
    CCI_TRY(cci_abif_read_votes(a, s, end));
    return cci_abif_add_votes(a);
}

static cocreate_status each_line(cci_abif_reader *a, cocreate_status (*take)(cci_abif_reader *,
                                                                            const char *,
                                                                            const char *))
{
    cci_reader *r = a->r;
    const char *begin = r->at, *line;
    size_t size;
    r->line = 0;
    while (cci_reader_line(r, &line, &size)) {
        cci_trim(&line, &size);
        CCI_TRY(take(a, line, line + size));
    }
    r->at = begin;
    return COCREATE_OK;
}

static cocreate_status make_profile(cci_abif_reader *a)
{
    cci_reader *r = a->r;
    int32_t kind = r->kind                                              ? r->kind
                   : a->stated_kind                                     ? a->stated_kind
                   : a->any_score && a->all_scored && !a->contradicted  ? COCREATE_BALLOT_SCORE
                                                                        : COCREATE_BALLOT_RANKING;
    if (kind == COCREATE_BALLOT_POINTS)
        return cci_fail(r->error, COCREATE_ERR_ARGUMENT, "abif holds no points");
    if (a->n == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "the file names no candidate");
    CCI_TRY(cci_reader_new_profile(r, kind, a->n, "candidates"));
    for (size_t i = 0; i < a->n; i++) {
        const cci_abif_candidate *c = &a->candidates[i];
        r->line = c->line;
        CCI_TRY(cci_reader_set_option(r, i, c->id, c->id_size, c->name, c->name_size, 0));
    }
    a->options = cci_alloc(&a->allocator, a->n, sizeof *a->options);
    a->values = cci_alloc(&a->allocator, a->n, sizeof *a->values);
    a->seen = cci_alloc(&a->allocator, a->n, sizeof *a->seen);
    return a->options && a->values && a->seen ? COCREATE_OK : cci_no_memory(r->error);
}

static cocreate_status check_count(cci_abif_reader *a)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cci_stage_flush(a->r->stage, a->r->error));
    CCI_TRY(cocreate_profile_info_get(a->r->profile, &info, a->r->error));
    if (a->stated_ballots < 0 || a->stated_ballots == info.ballots)
        return COCREATE_OK;
    a->r->line = a->stated_ballots_line;
    return cci_reader_miscounted(a->r, "ballotcount", a->stated_ballots, "ballots",
                                 (uint64_t)info.ballots);
}

static cocreate_status read_all(cci_abif_reader *a)
{
    CCI_TRY(each_line(a, read_line));
    CCI_TRY(each_line(a, look_at_votes));
    CCI_TRY(make_profile(a));
    CCI_TRY(each_line(a, add_line));
    return check_count(a);
}

static cocreate_status read_abif(cci_reader *r)
{
    cci_abif_reader a = {.r = r, .allocator = cci_allocator(r->allocator), .all_scored = 1,
                         .stated_ballots = -1, .min = INT64_MIN, .max = INT64_MAX};
    cci_abif_names_open(&a);
    cocreate_status status = read_all(&a);
    cci_abif_names_close(&a);
    cci_free(&a.allocator, a.items);
    cci_free(&a.allocator, a.options);
    cci_free(&a.allocator, a.values);
    cci_free(&a.allocator, a.seen);
    return status;
}

const cci_format cci_format_abif = {
    "abif", "ABIF: aggregated ballots as lines like 27:A>B=C", "https://electowiki.org/wiki/ABIF",
    cci_rules_bounds, read_abif, cci_abif_write};
