/* Reading PrefLib files: the header twice (numbers first, then names), the ballots once. */
#include "formats/preflib.h"

static inline int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline const char *skip_blanks(const char *s, const char *end)
{
    while (s < end && (*s == ' ' || *s == '\t'))
        s++;
    return s;
}

/* Digits as a number; INT64_MAX if it is too large. Returns their end. */
static const char *read_digits(const char *s, const char *end, int64_t *out)
{
    int64_t n = 0;
    for (; s < end && is_digit(*s); s++)
        n = n > (INT64_MAX - 9) / 10 ? INT64_MAX : n * 10 + (*s - '0');
    *out = n;
    return s;
}

/* Eight bytes, the first one lowest. */
static inline uint64_t load8(const char *s)
{
    const unsigned char *b = (const unsigned char *)s;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

/* Index of the lowest byte that has its high bit set; `mask` has no other bits, and is not 0. */
static inline unsigned first_byte(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(mask) / 8;
#else
    unsigned i = 0;
    for (; (mask & 0x80) == 0; mask >>= 8)
        i++;
    return i;
#endif
}

/* The same for the numbers of alternatives, which are short but of lengths that no processor can
 * foretell: up to 7 digits without a branch for each. Reads up to `limit`, which may lie behind the
 * end of the line. */
static inline const char *read_short(const char *s, const char *end, const char *limit,
                                     int64_t *out)
{
    if (limit - s < 8)
        return read_digits(s, end, out);
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t digits = load8(s) ^ each * '0'; /* a digit becomes its value */
    /* High bits of the bytes that are 10 or more; what carries over lies behind the first one. */
    uint64_t others = ((digits + each * (0x80 - 10)) | digits) & each * 0x80;
    unsigned n = others ? first_byte(others) : 8;
    if (n == 0 || n == 8)
        return read_digits(s, end, out);
    digits <<= 8 * (8 - n); /* leading zeros; then pairs, fours and eights */
    digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    digits = (digits * 100 + (digits >> 16)) & UINT64_C(0x0000ffff0000ffff);
    *out = (int64_t)((digits * 10000 + (digits >> 32)) & UINT64_C(0xffffffff));
    return s + n;
}

/* --- header --- */

/* The rest of a header line that begins with this key; 0 if it is another line. */
static int header_rest(const char *line, size_t size, const char *key, const char **rest,
                       size_t *rest_size)
{
    const char *end = line + size, *s = skip_blanks(line + 1, end);
    size_t key_size = strlen(key);
    if ((size_t)(end - s) < key_size || memcmp(s, key, key_size) != 0)
        return 0;
    *rest = s + key_size;
    *rest_size = (size_t)(end - *rest);
    return 1;
}

static cocreate_status read_header_number(cci_preflib_reader *p, const char *line, size_t size,
                                          const char *key, int64_t *out)
{
    const char *value;
    size_t value_size;
    if (!header_rest(line, size, key, &value, &value_size))
        return COCREATE_OK;
    cci_trim(&value, &value_size);
    if (value_size == 0 || *value != ':')
        return COCREATE_OK;
    value++;
    value_size--;
    cci_trim(&value, &value_size);
    char shown[CCI_SHOWN];
    if (!cci_parse_number(value, value_size, out))
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE, "%s is %s, not a number", key,
                               cci_shown(value, value_size, shown));
    return COCREATE_OK;
}

static cocreate_status read_header_numbers(cci_preflib_reader *p)
{
    cci_reader *r = p->r;
    cci_preflib_header *h = &p->header;
    const char *line;
    size_t size;
    while (r->at < r->end && *r->at == '#' && cci_reader_line(r, &line, &size)) {
        int64_t voters = -1;
        CCI_TRY(read_header_number(p, line, size, "NUMBER ALTERNATIVES", &h->alternatives));
        CCI_TRY(read_header_number(p, line, size, "NUMBER CATEGORIES", &h->categories));
        CCI_TRY(read_header_number(p, line, size, "NUMBER VOTERS", &voters));
        if (voters >= 0) {
            h->voters = voters;
            h->voters_line = r->line;
        }
    }
    return COCREATE_OK;
}

static cocreate_status read_name(cci_preflib_reader *p, const char *line, size_t size)
{
    const char *s;
    size_t rest;
    if (!header_rest(line, size, "ALTERNATIVE NAME ", &s, &rest))
        return COCREATE_OK;
    const char *end = s + rest;
    int64_t number;
    const char *after = read_digits(s, end, &number);
    if (after == s || after == end || *after != ':')
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "expected \"ALTERNATIVE NAME\", a number and ':'");
    if (number < 1 || number > p->header.alternatives)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "alternative %.*s is out of range 1..%" PRId64,
                               (int)(after - s < 20 ? after - s : 20), s, p->header.alternatives);
    if (p->header.named[number - 1]++)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "alternative %" PRId64 " has a name already", number);
    s = after + 1;
    if (s < end && *s == ' ')
        s++;
    return cci_reader_set_option(p->r, (size_t)number - 1, NULL, 0, s, (size_t)(end - s), 0);
}

/* --- ballots --- */

static cocreate_status expected(cci_preflib_reader *p, const char *what, const char *s,
                                const char *end)
{
    char shown[CCI_SHOWN];
    if (s == end)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE, "expected %s, but the line ends", what);
    return cci_reader_fail(p->r, COCREATE_ERR_PARSE, "expected %s, not %s", what,
                           cci_shown(s, (size_t)(end - s), shown));
}

/* One alternative of the present group. */
static inline cocreate_status parse_alternative(cci_preflib_reader *p, const char **at, const char *end)
{
    cci_preflib_ballot *b = &p->ballot;
    const char *s = *at, *after;
    int64_t number;
    after = read_short(s, end, p->r->end, &number);
    if (after == s)
        return expected(p, "the number of an alternative", s, end);
    if (number < 1 || number > p->header.alternatives)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "alternative %.*s is out of range 1..%" PRId64,
                               (int)(after - s < 20 ? after - s : 20), s, p->header.alternatives);
    if (b->seen[number - 1] == p->r->ballot_lines)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "the ballot names alternative %" PRId64 " twice", number);
    b->seen[number - 1] = p->r->ballot_lines;
    b->options[b->n] = (uint32_t)(number - 1);
    b->groups[b->n++] = b->last_group;
    *at = skip_blanks(after, end);
    return COCREATE_OK;
}

/* Alternatives between braces, none included. */
static cocreate_status parse_group(cci_preflib_reader *p, const char **at, const char *end)
{
    const char *s = skip_blanks(*at + 1, end);
    if (s < end && *s == '}') {
        *at = skip_blanks(s + 1, end);
        return COCREATE_OK;
    }
    for (;;) {
        CCI_TRY(parse_alternative(p, &s, end));
        if (s == end || (*s != ',' && *s != '}'))
            return expected(p, "',' or '}'", s, end);
        if (*s == '}')
            break;
        s = skip_blanks(s + 1, end);
    }
    *at = skip_blanks(s + 1, end);
    return COCREATE_OK;
}

static cocreate_status parse_ballot(cci_preflib_reader *p, const char *line, const char *end)
{
    cci_preflib_ballot *b = &p->ballot;
    const char *s = read_digits(line, end, &b->count);
    if (s == line)
        return expected(p, "a count", s, end);
    if (b->count == INT64_MAX)
        return cci_reader_fail(p->r, COCREATE_ERR_OVERFLOW, "the count is too large");
    s = skip_blanks(s, end);
    if (s == end || *s != ':')
        return expected(p, "':' after the count", s, end);
    s = skip_blanks(s + 1, end);
    b->n = 0;
    b->last_group = 0;
    while (s < end) {
        b->last_group++;
        if (*s == '{')
            CCI_TRY(parse_group(p, &s, end));
        else
            CCI_TRY(parse_alternative(p, &s, end));
        if (s == end)
            break;
        if (*s != ',')
            return expected(p, "','", s, end);
        s = skip_blanks(s + 1, end);
        if (s == end)
            return expected(p, "an alternative after ','", s, end);
    }
    return COCREATE_OK;
}

cocreate_status cci_preflib_add(cci_preflib_reader *p, size_t n, const int64_t *values)
{
    const cci_preflib_ballot *b = &p->ballot;
    p->voters += (uint64_t)b->count;
    return cci_reader_add(p->r, b->options, values, n, b->count, b->count);
}

/* --- the file --- */

static cocreate_status check_header(cci_preflib_reader *p)
{
    const cci_preflib_header *h = &p->header;
    cci_reader *r = p->r;
    if (h->alternatives < 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "the header has no \"# NUMBER ALTERNATIVES: ...\"");
    if (h->alternatives == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "NUMBER ALTERNATIVES is 0");
    if (!p->orders && h->categories < 1)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "the header has no \"# NUMBER CATEGORIES: ...\" of 1 or more");
    int32_t kind = p->orders            ? COCREATE_BALLOT_RANKING
                   : h->categories <= 2 ? COCREATE_BALLOT_APPROVAL
                                        : COCREATE_BALLOT_SCORE;
    /* Every alternative has a header line, so that a small file cannot ask for much memory. */
    uint64_t n = (uint64_t)h->alternatives;
    if (n <= r->limits.max_options && n > r->size)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "%" PRIu64 " alternatives cannot be named in a file of %zu bytes", n,
                               r->size);
    return cci_reader_new_profile(r, kind, n, "alternatives");
}

static cocreate_status read_lines(cci_preflib_reader *p)
{
    cci_reader *r = p->r;
    const char *line;
    size_t size;
    while (cci_reader_line(r, &line, &size)) {
        if (size > 0 && *line == '#') {
            CCI_TRY(read_name(p, line, size));
            continue;
        }
        const char *start = skip_blanks(line, line + size);
        if (start == line + size)
            continue;
        CCI_TRY(cci_reader_count_ballot(r));
        CCI_TRY(parse_ballot(p, start, line + size));
        if (p->ballot.count > 0)
            CCI_TRY(p->take(p));
    }
    return COCREATE_OK;
}

/* A file that was cut short does not hold the voters that it says. */
static cocreate_status check_voters(cci_preflib_reader *p)
{
    if (p->header.voters < 0 || (uint64_t)p->header.voters == p->voters)
        return COCREATE_OK;
    p->r->line = p->header.voters_line;
    return cci_reader_miscounted(p->r, "NUMBER VOTERS", p->header.voters, "ballots", p->voters);
}

cocreate_status cci_preflib_read(cci_preflib_reader *p)
{
    cci_reader *r = p->r;
    const char *begin = r->at;
    p->header = (cci_preflib_header){-1, -1, -1, 0, NULL};
    CCI_TRY(read_header_numbers(p));
    CCI_TRY(check_header(p));
    r->at = begin;
    r->line = 0;
    const cocreate_allocator *a = cci_profile_allocator(r->profile);
    size_t n = (size_t)p->header.alternatives;
    p->header.named = cci_alloc(a, n, 1);
    p->ballot.options = cci_alloc(a, n, sizeof *p->ballot.options);
    p->ballot.groups = cci_alloc(a, n, sizeof *p->ballot.groups);
    p->ballot.seen = cci_alloc(a, n, sizeof *p->ballot.seen);
    int ready = p->header.named && p->ballot.options && p->ballot.groups && p->ballot.seen;
    cocreate_status status = ready ? read_lines(p) : cci_no_memory(r->error);
    if (status == COCREATE_OK)
        status = check_voters(p);
    cci_free(a, p->header.named);
    cci_free(a, p->ballot.options);
    cci_free(a, p->ballot.groups);
    cci_free(a, p->ballot.seen);
    return status;
}
