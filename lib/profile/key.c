/* Ballots as keys. */
#include <stdlib.h>

#include "profile/profile.h"

uint8_t *cci_key_put_value(uint8_t *at, int64_t value)
{
    uint64_t rest = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
    for (; rest >= 0x80; rest >>= 7)
        *at++ = (uint8_t)(rest | 0x80);
    *at++ = (uint8_t)rest;
    return at;
}

const uint8_t *cci_key_get_value(const uint8_t *at, const uint8_t *end, int64_t *value)
{
    cci_cursor cursor = {at, end, at};
    uint64_t folded;
    if (!cci_read_varint(&cursor, &folded))
        return NULL;
    uint64_t half = folded >> 1;
    *value = folded & 1 ? -(int64_t)half - 1 : (int64_t)half;
    return cursor.at;
}

size_t cci_key_size_max(const cocreate_profile *p)
{
    return p->n_options * (p->word_size + (kind_has_values(p->kind) ? VALUE_BYTES_MAX : 0));
}

/* Up to so many marks insertion is quicker than qsort(). */
#define SHORT_SORT 32

static int compare_marks(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

void cci_key_sort(mark *marks, size_t n)
{
    if (n > SHORT_SORT) {
        qsort(marks, n, sizeof *marks, compare_marks);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        mark m = marks[i];
        size_t k = i;
        for (; k > 0 && compare_marks(&marks[k - 1], &m) > 0; k--)
            marks[k] = marks[k - 1];
        marks[k] = m;
    }
}

size_t cci_key_write(const cocreate_profile *p, const mark *marks, size_t n, uint8_t *out)
{
    uint8_t *at = out;
    int ranked = p->kind == COCREATE_BALLOT_RANKING;
    int valued = kind_has_values(p->kind);
    for (size_t i = 0; i < n; i++) {
        uint32_t last = ranked && (i + 1 == n || marks[i + 1].rank != marks[i].rank);
        at = put_word(at, p->word_size, marks[i].option << 1 | last);
        if (valued)
            at = cci_key_put_value(at, marks[i].value);
    }
    return (size_t)(at - out);
}

int cci_key_check(const cocreate_profile *p, const uint8_t *key, size_t size, uint32_t *seen,
                  uint32_t visit, const char **why)
{
    const uint8_t *at = key, *end = key + size;
    uint32_t before = 0, flag = 1; /* the word before; as if a rank had just ended */
    int ranked = p->kind == COCREATE_BALLOT_RANKING;
    while (at < end) {
        if ((size_t)(end - at) < p->word_size)
            return *why = "a ballot ends within an option", 0;
        uint32_t word = get_word(at, p->word_size), option = word >> 1;
        at += p->word_size;
        if (option >= p->n_options)
            return *why = "a ballot names an option that is not there", 0;
        if (seen[option] == visit)
            return *why = "a ballot names an option twice", 0;
        seen[option] = visit;
        /* Within a rank, and without ranks throughout, options ascend. */
        int first = ranked ? flag != 0 : at == key + p->word_size;
        if (!first && option < before)
            return *why = "the options of a ballot are out of order", 0;
        before = option;
        flag = word & 1;
        if (flag && !ranked)
            return *why = "a ballot has ranks, which its kind has not", 0;
        int64_t value = 0;
        if (kind_has_values(p->kind) && !(at = cci_key_get_value(at, end, &value)))
            return *why = "a value of a ballot is not well-formed", 0;
        if (p->kind == COCREATE_BALLOT_POINTS && value < 0)
            return *why = "a ballot gives negative points", 0;
    }
    if (ranked && !flag)
        return *why = "the last rank of a ballot does not end", 0;
    return 1;
}

size_t cci_key_read(const cocreate_profile *p, const uint8_t *key, size_t size, uint32_t *options,
                    int64_t *values)
{
    const uint8_t *at = key, *end = key + size;
    int valued = kind_has_values(p->kind), ranked = p->kind == COCREATE_BALLOT_RANKING;
    int64_t rank = 1;
    size_t n = 0;
    for (; at < end; n++) {
        uint32_t word = get_word(at, p->word_size);
        int64_t value = ranked ? rank : 1;
        at += p->word_size;
        if (valued)
            at = cci_key_get_value(at, end, &value);
        if (options)
            options[n] = word >> 1;
        if (values)
            values[n] = value;
        rank += word & 1;
    }
    return n;
}
