/* PrefLib .cat: every voter puts alternatives into categories, best first.
 *
 * One or two categories are approvals: the first one is approved. With L >= 3, an alternative of
 * category i scores L - i. An alternative in no category is not approved, and has no score. */
#include "formats/preflib.h"

/* Most categories that are written; nobody sorts into more, and each takes a header line. */
#define CATEGORIES_MAX 1000

static cocreate_status take_categories(cci_preflib_reader *p)
{
    cci_preflib_ballot *b = &p->ballot;
    int64_t categories = p->header.categories;
    if (b->last_group != categories)
        return cci_reader_fail(p->r, COCREATE_ERR_PARSE,
                               "the ballot has %" PRId64 " categories, not %" PRId64,
                               b->last_group, categories);
    if (categories <= 2) {
        size_t approved = 0;
        while (approved < b->n && b->groups[approved] == 1)
            approved++;
        return cci_preflib_add(p, approved, NULL);
    }
    for (size_t i = 0; i < b->n; i++)
        b->groups[i] = categories - b->groups[i];
    return cci_preflib_add(p, b->n, b->groups);
}

static cocreate_status read_cat(cci_reader *r)
{
    cci_preflib_reader p = {.r = r, .take = take_categories};
    return cci_preflib_read(&p);
}

/* --- writing --- */

/* Category of each option on the present ballot, from 1; 0 for none. */
static void sort_into(const cci_ballots *b, int32_t kind, int64_t categories, uint32_t *category)
{
    for (size_t i = 0; i < cci_profile_options(b->profile); i++)
        category[i] = kind == COCREATE_BALLOT_APPROVAL ? 2 : 0;
    for (size_t i = 0; i < b->n; i++)
        category[b->options[i]] =
            kind == COCREATE_BALLOT_APPROVAL ? 1 : (uint32_t)(categories - b->values[i]);
}

/* Linear in options and categories: options are chained by category. */
static void write_categories(const uint32_t *category, size_t n, int64_t categories,
                             uint32_t *first, uint32_t *next, cci_buffer *out)
{
    memset(first, 0, ((size_t)categories + 1) * sizeof *first);
    for (size_t i = n; i-- > 0;) {
        next[i] = first[category[i]];
        first[category[i]] = (uint32_t)i + 1;
    }
    for (int64_t c = 1; c <= categories; c++) {
        cci_buffer_text(out, c > 1 ? ",{" : "{");
        for (uint32_t o = first[c]; o != 0; o = next[o - 1]) {
            if (o != first[c])
                cci_buffer_byte(out, ',');
            cci_buffer_u64(out, o);
        }
        cci_buffer_byte(out, '}');
    }
    cci_buffer_byte(out, '\n');
}

static cocreate_status count_categories(cci_ballots *b, int32_t kind, int64_t *out,
                                        cocreate_error *error)
{
    *out = kind == COCREATE_BALLOT_APPROVAL ? 2 : 3;
    while (kind == COCREATE_BALLOT_SCORE && cci_ballots_next(b))
        for (size_t i = 0; i < b->n; i++) {
            if (b->values[i] < 0 || b->values[i] >= CATEGORIES_MAX)
                return cci_fail_at(error, COCREATE_ERR_ARGUMENT, b->next - 1,
                                   "cat has scores 0..%d, not %" PRId64, CATEGORIES_MAX - 1,
                                   b->values[i]);
            if (b->values[i] >= *out)
                *out = b->values[i] + 1;
        }
    b->next = 0;
    return COCREATE_OK;
}

static cocreate_status write_ballots(cci_ballots *b, const cocreate_profile_info *info,
                                     cci_buffer *out, cocreate_error *error)
{
    int64_t categories;
    CCI_TRY(count_categories(b, info->kind, &categories, error));
    CCI_TRY(cci_preflib_write_header(b->profile, "cat", "NUMBER UNIQUE PREFERENCES", categories,
                                     out, error));
    const cocreate_allocator *a = cci_profile_allocator(b->profile);
    size_t n = (size_t)info->options;
    uint32_t *scratch = cci_alloc(a, 2 * n + (size_t)categories + 1, sizeof *scratch);
    if (!scratch)
        return cci_no_memory(error);
    while (cci_ballots_next(b)) {
        sort_into(b, info->kind, categories, scratch);
        cci_buffer_i64(out, b->count);
        cci_buffer_text(out, ": ");
        write_categories(scratch, n, categories, scratch + 2 * n, scratch + n, out);
    }
    cci_free(a, scratch);
    return COCREATE_OK;
}

static cocreate_status write_cat(const cocreate_profile *profile, cci_buffer *out,
                                 cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.kind != COCREATE_BALLOT_APPROVAL && info.kind != COCREATE_BALLOT_SCORE)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "cat holds approvals and scores only");
    CCI_TRY(cci_writer_check(profile, "cat", CCI_SAYS_NAMES, error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    cocreate_status status = write_ballots(&ballots, &info, out, error);
    cci_ballots_close(&ballots);
    return status;
}

const cci_format cci_format_cat = {
    "cat", "PrefLib: categories (approvals, or scores from three categories on)",
    "PrefLib, Format Specification, https://preflib.github.io/PrefLib-Jekyll/format",
    cci_rules_counts, read_cat, write_cat};
