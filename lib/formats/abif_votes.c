/* Reading ABIF: lines of votes. */
#include <stdlib.h>

#include "base/text.h"
#include "formats/abif.h"

/* --- parsing --- */

/* "/5" behind a candidate. */
static cocreate_status read_score(cci_abif_reader *a, const char **at, const char *end,
                                  cci_abif_item *item)
{
    char shown[CCI_SHOWN];
    const char *s = cci_abif_skip(*at + 1, end), *stop = s;
    while (stop < end && *stop != ' ' && *stop != '\t' && !strchr(">=,#:", *stop))
        stop++;
    if (!cci_parse_i64(s, (size_t)(stop - s), &item->score))
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "%s is not a score: a whole number",
                               cci_shown(s, (size_t)(stop - s), shown));
    if (!a->r->bounds_ignored && (item->score < a->min || item->score > a->max))
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE,
                               "the score is %" PRId64 ", but %s is %" PRId64
                               " (with the rule bounds=ignored the file is read as it is)",
                               item->score, item->score < a->min ? "min_rating" : "max_rating",
                               item->score < a->min ? a->min : a->max);
    item->scored = 1;
    *at = stop;
    return COCREATE_OK;
}

static cocreate_status read_item(cci_abif_reader *a, const char **at, const char *end, char sign)
{
    cci_abif_word word;
    const char *s = cci_abif_skip(*at, end);
    if (!cci_grow(&a->allocator, (void **)&a->items, &a->items_capacity, a->n_items + 1,
                  sizeof *a->items))
        return cci_no_memory(a->r->error);
    cci_abif_item *item = &a->items[a->n_items];
    *item = (cci_abif_item){.sign = sign};
    CCI_TRY(cci_abif_read_word(a, &s, end, &word));
    CCI_TRY(cci_abif_candidate_of(a, &word, &item->option));
    s = cci_abif_skip(s, end);
    if (s < end && *s == '/')
        CCI_TRY(read_score(a, &s, end, item));
    a->n_items++;
    *at = cci_abif_skip(s, end);
    return COCREATE_OK;
}

cocreate_status cci_abif_read_votes(cci_abif_reader *a, const char *s, const char *end)
{
    const char *digits = s;
    while (s < end && *s >= '0' && *s <= '9')
        s++;
    if (!cci_parse_number(digits, (size_t)(s - digits), &a->count))
        return cci_reader_fail(a->r, COCREATE_ERR_OVERFLOW, "the count is too large");
    s = cci_abif_skip(s, end);
    if (s == end || (*s != ':' && *s != '*'))
        return cci_abif_expected(a, "':' or '*' after the count", s, end);
    s = cci_abif_skip(s + 1, end);
    a->n_items = 0;
    char sign = 0;
    while (s < end && *s != '#') {
        CCI_TRY(read_item(a, &s, end, sign));
        if (s == end || *s == '#' || *s == ':') /* behind ":" stands what else is known */
            break;
        if (*s != '>' && *s != '=' && *s != ',')
            return cci_abif_expected(a, "'>', '=' or ','", s, end);
        sign = *s;
        s = cci_abif_skip(s + 1, end);
        if (s == end || *s == '#')
            return cci_abif_expected(a, "a candidate", end, end);
    }
    return COCREATE_OK;
}

int cci_abif_contradict(const cci_abif_item *before, const cci_abif_item *item)
{
    if (!before->scored || !item->scored)
        return 0;
    return (item->sign == '>' && before->score < item->score) ||
           (item->sign == '=' && before->score != item->score);
}

/* --- adding --- */

static const char *id_of(const cci_abif_reader *a, const cci_abif_item *item)
{
    return a->candidates[item->option].id;
}

static cocreate_status check_items(cci_abif_reader *a)
{
    for (size_t i = 0; i < a->n_items; i++) {
        const cci_abif_item *item = &a->items[i];
        char shown[CCI_SHOWN];
        if (a->seen[item->option] == a->r->ballot_lines)
            return cci_reader_fail(
                a->r, COCREATE_ERR_PARSE, "the ballot names candidate %s twice",
                cci_shown(id_of(a, item), a->candidates[item->option].id_size, shown));
        a->seen[item->option] = a->r->ballot_lines;
    }
    return COCREATE_OK;
}

static cocreate_status contradiction(cci_abif_reader *a, const cci_abif_item *item)
{
    char first[CCI_SHOWN], second[CCI_SHOWN];
    const cci_abif_item *before = item - 1;
    return cci_reader_fail(
        a->r, COCREATE_ERR_PARSE,
        "%s with %" PRId64 " %c %s with %" PRId64 ": the sign and the scores disagree",
        cci_shown(id_of(a, before), a->candidates[before->option].id_size, first), before->score,
        item->sign, cci_shown(id_of(a, item), a->candidates[item->option].id_size, second),
        item->score);
}

/* By score, highest first; those without one last. Ties in order of the options, which makes the
 * order total. */
static int compare_scores(const void *x, const void *y)
{
    const cci_abif_item *a = x, *b = y;
    if (a->scored != b->scored)
        return a->scored ? -1 : 1;
    if (a->scored && a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->option > b->option) - (a->option < b->option);
}

/* Rank the items of a group, which no ">" divides: by their scores where there are commas and
 * scores, else tied. */
static cocreate_status rank_group(cci_abif_reader *a, size_t from, size_t to, int64_t *rank)
{
    int commas = 0, scores = 0;
    for (size_t i = from; i < to; i++) {
        commas |= i > from && a->items[i].sign == ',';
        scores |= a->items[i].scored;
    }
    for (size_t i = from + 1; commas && i < to; i++)
        if (cci_abif_contradict(&a->items[i - 1], &a->items[i]))
            return contradiction(a, &a->items[i]);
    if (commas && scores)
        qsort(a->items + from, to - from, sizeof *a->items, compare_scores);
    for (size_t i = from; i < to; i++) {
        const cci_abif_item *before = &a->items[i > from ? i - 1 : i], *item = &a->items[i];
        int below = commas && scores &&
                    (before->scored != item->scored ||
                     (item->scored && before->score != item->score));
        *rank += i == from || below;
        a->options[i] = item->option;
        a->values[i] = *rank;
    }
    return COCREATE_OK;
}

static cocreate_status take_ranking(cci_abif_reader *a, size_t *n)
{
    int64_t rank = 0;
    for (size_t from = 0, to; from < a->n_items; from = to) {
        for (to = from + 1; to < a->n_items && a->items[to].sign != '>';)
            to++;
        CCI_TRY(rank_group(a, from, to, &rank));
    }
    *n = a->n_items;
    return COCREATE_OK;
}

static cocreate_status take_scores(cci_abif_reader *a, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < a->n_items; i++) {
        const cci_abif_item *item = &a->items[i];
        if (i > 0 && cci_abif_contradict(item - 1, item))
            return contradiction(a, item);
        a->options[*n] = item->option;
        a->values[*n] = item->score;
        *n += item->scored ? 1 : 0;
    }
    if (*n == 0 && a->n_items > 0)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "the ballot has no scores");
    return COCREATE_OK;
}

static cocreate_status take_approvals(cci_abif_reader *a, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < a->n_items; i++) {
        const cci_abif_item *item = &a->items[i];
        if (item->scored && item->score != 0 && item->score != 1)
            return cci_reader_fail(a->r, COCREATE_ERR_PARSE,
                                   "the score %" PRId64 " is no approval, which is 0 or 1",
                                   item->score);
        if (item->sign == '>' && !item->scored)
            return cci_reader_fail(a->r, COCREATE_ERR_PARSE,
                                   "the ballot ranks candidates by '>'; approvals have no order");
        a->options[*n] = item->option;
        *n += !item->scored || item->score == 1;
    }
    return COCREATE_OK;
}

cocreate_status cci_abif_add_votes(cci_abif_reader *a)
{
    cocreate_profile_info info = {.size = sizeof info};
    size_t n = 0;
    CCI_TRY(check_items(a));
    CCI_TRY(cocreate_profile_info_get(a->r->profile, &info, a->r->error));
    if (info.kind == COCREATE_BALLOT_RANKING)
        CCI_TRY(take_ranking(a, &n));
    else if (info.kind == COCREATE_BALLOT_SCORE)
        CCI_TRY(take_scores(a, &n));
    else
        CCI_TRY(take_approvals(a, &n));
    if (a->count == 0) /* checked, and adds nothing */
        return COCREATE_OK;
    const int64_t *values = info.kind == COCREATE_BALLOT_APPROVAL ? NULL : a->values;
    return cci_reader_add(a->r, a->options, values, n, a->count, a->count);
}
