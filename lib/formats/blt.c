/* Reading BLT: candidates, seats, lists and ballots. Line ends are blanks, as in the original. */
#include "formats/blt.h"

/* --- words --- */

static inline int is_sign(char c)
{
    return c == '=' || c == '(' || c == ')' || c == '[' || c == ']';
}

/* Skip to the end of a comment in the manner of C. */
static cocreate_status skip_comment(cci_blt_reader *b)
{
    cci_reader *r = b->r;
    r->line = b->next_line;
    for (r->at += 2; r->at < r->end; r->at++) {
        b->next_line += *r->at == '\n';
        if (*r->at == '*' && r->at + 1 < r->end && r->at[1] == '/') {
            r->at += 2;
            return COCREATE_OK;
        }
    }
    return cci_reader_fail(r, COCREATE_ERR_PARSE, "a comment does not end");
}

static cocreate_status skip_blanks(cci_blt_reader *b)
{
    cci_reader *r = b->r;
    while (r->at < r->end) {
        if (*r->at == '#') {
            const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
            r->at = stop ? stop : r->end;
        } else if (*r->at == '/' && r->at + 1 < r->end && r->at[1] == '*') {
            CCI_TRY(skip_comment(b));
        } else if (cci_blt_is_blank(*r->at)) {
            b->next_line += *r->at++ == '\n';
        } else {
            break;
        }
    }
    return COCREATE_OK;
}

static cocreate_status next_token(cci_blt_reader *b)
{
    cci_reader *r = b->r;
    CCI_TRY(skip_blanks(b));
    r->line = b->next_line;
    const char *start = r->at;
    if (r->at < r->end && is_sign(*r->at))
        r->at++;
    else
        while (r->at < r->end && !cci_blt_is_blank(*r->at) && !is_sign(*r->at) && *r->at != '#')
            r->at++;
    b->token = (cci_blt_token){start, (size_t)(r->at - start)};
    return COCREATE_OK;
}

static inline int token_is(const cci_blt_reader *b, char sign)
{
    return b->token.size == 1 && *b->token.s == sign;
}

static cocreate_status expected(cci_blt_reader *b, const char *what)
{
    char shown[CCI_SHOWN];
    if (b->token.size == 0)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "expected %s, but the file ends", what);
    return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "expected %s, not %s", what,
                           cci_shown(b->token.s, b->token.size, shown));
}

/* --- candidates --- */

static void nick_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_blt_reader *b = owner;
    *bytes = b->nicks[index].s;
    *size = b->nicks[index].size;
}

/* The candidate that the present word names, by number or nickname. */
static cocreate_status read_candidate(cci_blt_reader *b, uint32_t *out)
{
    int64_t number;
    char shown[CCI_SHOWN];
    if (cci_parse_number(b->token.s, b->token.size, &number)) {
        if (number < 1 || (uint64_t)number > b->n_options)
            return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                                   "candidate %" PRId64 " is out of range 1..%zu", number,
                                   b->n_options);
        *out = (uint32_t)(number - 1);
        return COCREATE_OK;
    }
    if (b->token.size == 0 || is_sign(*b->token.s) || !b->nicks)
        return expected(b, "the number of a candidate");
    *out = cci_table_find(&b->nick_table, b->token.s, b->token.size);
    if (*out == CCI_TABLE_NONE)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "no candidate has the nickname %s",
                               cci_shown(b->token.s, b->token.size, shown));
    return COCREATE_OK;
}

/* --- lists in brackets --- */

static cocreate_status read_nick(cci_blt_reader *b, size_t index)
{
    char shown[CCI_SHOWN];
    const cci_blt_token *t = &b->token;
    cci_shown(t->s, t->size, shown);
    int64_t number;
    if (index == b->n_options)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                               "there are more nicknames than %zu candidates", b->n_options);
    if (is_sign(*t->s) || cci_parse_number(t->s, t->size, &number) || token_is(b, '-'))
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "%s cannot be a nickname", shown);
    if (cci_table_find(&b->nick_table, t->s, t->size) != CCI_TABLE_NONE)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "two candidates have the nickname %s",
                               shown);
    if (!cci_table_reserve(&b->nick_table, 1))
        return cci_no_memory(b->r->error);
    b->nicks[index] = *t;
    cci_table_insert(&b->nick_table, cci_table_hash(&b->nick_table, t->s, t->size),
                     (uint32_t)index);
    return COCREATE_OK;
}

typedef enum list_kind { LIST_NICK, LIST_WITHDRAWN, LIST_TIE, LIST_DROOP, LIST_UNKNOWN } list_kind;

static list_kind list_of(const cci_blt_token *name)
{
    static const char *const names[] = {"nick", "withdrawn", "tie", "droop"};
    for (int i = 0; i < LIST_UNKNOWN; i++)
        if (cci_equals(name->s, name->size, names[i]))
            return (list_kind)i;
    return LIST_UNKNOWN;
}

static cocreate_status read_item(cci_blt_reader *b, list_kind kind, size_t index)
{
    uint32_t candidate = 0;
    switch (kind) {
    case LIST_NICK:
        return read_nick(b, index);
    case LIST_WITHDRAWN:
        CCI_TRY(read_candidate(b, &candidate));
        return cci_reader_withdraw(b->r, candidate);
    case LIST_TIE:
        return read_candidate(b, &candidate);
    default:
        return COCREATE_OK; /* how some program is to count; not what was voted */
    }
}

/* "[nick a b c]"; the bracket was read. */
static cocreate_status read_list(cci_blt_reader *b)
{
    char shown[CCI_SHOWN];
    CCI_TRY(next_token(b));
    list_kind kind = list_of(&b->token);
    if (kind == LIST_UNKNOWN)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                               "no list is called %s: there are nick, withdrawn, tie and droop",
                               cci_shown(b->token.s, b->token.size, shown));
    if (kind == LIST_NICK && b->nicks)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE, "there are two lists of nicknames");
    if (kind == LIST_NICK) {
        b->nicks = cci_alloc(cci_profile_allocator(b->r->profile), b->n_options,
                             sizeof *b->nicks);
        if (!b->nicks)
            return cci_no_memory(b->r->error);
    }
    size_t n = 0;
    for (;; n++) {
        CCI_TRY(next_token(b));
        if (token_is(b, ']'))
            break;
        if (b->token.size == 0)
            return expected(b, "']'");
        CCI_TRY(read_item(b, kind, n));
    }
    if (kind == LIST_NICK && n < b->n_options)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                               "there are %zu nicknames for %zu candidates", n, b->n_options);
    return COCREATE_OK;
}

/* --- head --- */

static cocreate_status read_whole(cci_blt_reader *b, const char *what, int64_t *out)
{
    CCI_TRY(next_token(b));
    if (!cci_parse_number(b->token.s, b->token.size, out))
        return expected(b, what);
    return COCREATE_OK;
}

static cocreate_status make_room(cci_blt_reader *b)
{
    const cocreate_allocator *a = cci_profile_allocator(b->r->profile);
    b->options = cci_alloc(a, b->n_options, sizeof *b->options);
    b->ranks = cci_alloc(a, b->n_options, sizeof *b->ranks);
    b->seen = cci_alloc(a, b->n_options, sizeof *b->seen);
    cci_table_init(&b->nick_table, a, b, nick_bytes);
    return b->options && b->ranks && b->seen ? COCREATE_OK : cci_no_memory(b->r->error);
}

static cocreate_status read_head(cci_blt_reader *b)
{
    cci_reader *r = b->r;
    int64_t candidates = 0, seats = 0;
    CCI_TRY(read_whole(b, "the number of candidates", &candidates));
    if (candidates == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "there are no candidates");
    /* A small file must not ask for much memory. */
    if ((uint64_t)candidates <= r->limits.max_options && (uint64_t)candidates > r->size)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "%" PRId64 " candidates cannot be named in a file of %zu bytes",
                               candidates, r->size);
    CCI_TRY(cci_reader_new_profile(r, COCREATE_BALLOT_RANKING, (uint64_t)candidates,
                                   "candidates"));
    b->n_options = (size_t)candidates;
    CCI_TRY(make_room(b));
    CCI_TRY(read_whole(b, "the number of seats", &seats));
    if (seats < 1 || seats > candidates)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "%" PRId64 " seat%s cannot be filled by %" PRId64 " candidate%s",
                               seats, seats == 1 ? "" : "s", candidates,
                               candidates == 1 ? "" : "s");
    return cocreate_profile_set_seats(r->profile, seats, r->error);
}

/* What stands between the head and the first ballot; ends with the first word of that. */
static cocreate_status read_lists(cci_blt_reader *b)
{
    for (;;) {
        CCI_TRY(next_token(b));
        if (token_is(b, '[')) {
            CCI_TRY(read_list(b));
        } else if (b->token.size > 1 && *b->token.s == '-') {
            uint32_t candidate = 0;
            b->token.s++;
            b->token.size--;
            CCI_TRY(read_candidate(b, &candidate));
            CCI_TRY(cci_reader_withdraw(b->r, candidate));
        } else {
            return COCREATE_OK;
        }
    }
}

/* --- ballots --- */

static cocreate_status put_candidate(cci_blt_reader *b, int64_t rank)
{
    uint32_t candidate = 0;
    CCI_TRY(read_candidate(b, &candidate));
    if (b->seen[candidate] == b->r->ballot_lines)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                               "the ballot names candidate %u twice (is a 0 missing at its end?)",
                               (unsigned)candidate + 1);
    b->seen[candidate] = b->r->ballot_lines;
    b->options[b->n] = candidate;
    b->ranks[b->n++] = rank;
    return COCREATE_OK;
}

/* Candidates tied by parentheses, in the manner of Hill; "(" was read. */
static cocreate_status read_tied(cci_blt_reader *b, int64_t rank)
{
    size_t before = b->n;
    for (;;) {
        CCI_TRY(next_token(b));
        if (token_is(b, ')'))
            break;
        CCI_TRY(put_candidate(b, rank));
    }
    if (b->n < before + 2)
        return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                               "parentheses within a ballot tie two candidates or more");
    return COCREATE_OK;
}

/* The ranks of a ballot and the 0 behind them. */
static cocreate_status read_ranks(cci_blt_reader *b)
{
    int64_t rank = 0;
    int after_candidate = 0; /* may "=" follow? */
    b->n = 0;
    for (;;) {
        CCI_TRY(next_token(b));
        if (token_is(b, '0'))
            return COCREATE_OK;
        if (token_is(b, '-')) { /* a rank that the voter skipped */
            after_candidate = 0;
            continue;
        }
        if (token_is(b, '=')) {
            if (!after_candidate)
                return expected(b, "a candidate before '='");
            CCI_TRY(next_token(b));
            CCI_TRY(put_candidate(b, rank));
        } else if (token_is(b, '(')) {
            CCI_TRY(read_tied(b, ++rank));
        } else {
            CCI_TRY(put_candidate(b, ++rank));
        }
        after_candidate = 1;
    }
}

/* "(id)" stands for a count of 1. */
static cocreate_status read_ballot_id(cci_blt_reader *b)
{
    do {
        CCI_TRY(next_token(b));
        if (b->token.size == 0)
            return expected(b, "')' after the id of a ballot");
    } while (!token_is(b, ')'));
    return COCREATE_OK;
}

static cocreate_status read_ballots(cci_blt_reader *b)
{
    for (;;) {
        int64_t count = 1;
        if (token_is(b, '('))
            CCI_TRY(read_ballot_id(b));
        else if (!cci_parse_number(b->token.s, b->token.size, &count))
            return expected(b, "a count of ballots, a whole number, or the 0 behind the last one");
        if (count == 0)
            return COCREATE_OK;
        CCI_TRY(cci_reader_count_ballot(b->r));
        CCI_TRY(read_ranks(b));
        CCI_TRY(cci_reader_add(b->r, b->options, b->ranks, b->n, count, count));
        CCI_TRY(next_token(b));
    }
}

static cocreate_status read_all(cci_blt_reader *b)
{
    CCI_TRY(read_head(b));
    CCI_TRY(read_lists(b));
    CCI_TRY(read_ballots(b));
    return cci_blt_read_names(b);
}

static cocreate_status read_blt(cci_reader *r)
{
    cci_blt_reader b = {.r = r, .next_line = 1};
    cocreate_status status = read_all(&b);
    if (r->profile) {
        const cocreate_allocator *a = cci_profile_allocator(r->profile);
        cci_free(a, b.nicks);
        cci_free(a, b.options);
        cci_free(a, b.ranks);
        cci_free(a, b.seen);
        if (b.n_options > 0)
            cci_table_free(&b.nick_table);
    }
    return status;
}

const cci_format cci_format_blt = {
    "blt", "BLT: ballots for the single transferable vote",
    "Hill, Wichmann & Woodall, Algorithm 123, The Computer Journal 30 (1987); "
    "https://www.opavote.com/help/overview#blt-file-format",
    cci_rules_none, read_blt, cci_blt_write};
