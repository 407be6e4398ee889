/* Writing traces and sentences. */
#include "ranking/write.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

void cci_write_id(const cci_run *run, cci_buffer *out, uint32_t candidate)
{
    const char *id = run->roster->candidates[candidate].id;
    cci_json_quote(out, id, strlen(id));
}

void cci_write_ids(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n)
{
    cci_buffer_byte(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(run, out, candidates[i]);
    }
    cci_buffer_byte(out, ']');
}

#define NAMES_MAX 20

static void write_joined(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n,
                         const char *separator, const char *last)
{
    size_t shown = n <= NAMES_MAX ? n : NAMES_MAX;
    for (size_t i = 0; i < shown; i++) {
        if (i > 0)
            cci_buffer_text(out, i + 1 == n ? last : separator);
        cci_buffer_text(out, cci_name(run, candidates[i]));
    }
    if (shown < n)
        cci_buffer_format(out, " and %zu more", n - shown);
}

void cci_write_list(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n,
                    const char *separator)
{
    write_joined(run, out, candidates, n, separator, separator);
}

void cci_write_names(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n)
{
    write_joined(run, out, candidates, n, ", ", " and ");
}

cocreate_status cci_write_values(const cci_run *run, cci_buffer *out, const cci_value *values,
                                 const uint8_t *wanted, cocreate_error *error)
{
    int first = 1;
    cci_buffer_byte(out, '{');
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t candidate = run->roster->by_key[i];
        const cci_value *v = &values[candidate];
        if (cci_value_missing(v) || (wanted != NULL && !wanted[candidate]))
            continue;
        if (!first)
            cci_buffer_byte(out, ',');
        first = 0;
        cci_write_id(run, out, candidate);
        cci_buffer_text(out, ":\"");
        CCI_TRY(cci_value_text(v, out, error));
        cci_buffer_byte(out, '"');
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

void cci_write_plural(cci_buffer *out, const char *word, const cci_value *count)
{
    int one = count->big == NULL && count->num == count->den;
    size_t size = strlen(word);
    cci_buffer_add(out, word, size - (one && size > 0));
}

const char *cci_votes_word(int64_t n)
{
    return n == 1 ? "vote" : "votes";
}

const char *cci_ballot_shown(const cci_run *run, size_t b, char out[CCI_BALLOT_SHOWN])
{
    const cci_electorate *e = run->electorate;
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = e->start[b], end = e->start[b + 1]; i < end; i++) {
        const char *id = run->roster->candidates[e->options[i]].id, *comma = at > 0 ? ", " : "";
        char shown[32], mark[64];
        cci_quote(id, strlen(id), shown, sizeof shown);
        int size = snprintf(mark, sizeof mark, "%s%s %lld", comma, shown, (long long)e->values[i]);
        if (i == e->start[b] + 4 || at + (size_t)size + 4 > CCI_BALLOT_SHOWN) {
            memcpy(out + at, ", ..", 5);
            break;
        }
        memcpy(out + at, mark, (size_t)size + 1);
        at += (size_t)size;
    }
    return out;
}

void cci_write_decimal(cci_buffer *out, int64_t amount, int32_t exponent)
{
    uint64_t rest = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
    char digits[40];
    size_t at = sizeof digits;
    for (int32_t i = 0; i <= exponent || rest > 0; i++) {
        if (i == exponent && exponent > 0)
            digits[--at] = '.';
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (amount < 0)
        digits[--at] = '-';
    cci_buffer_add(out, digits + at, sizeof digits - at);
}

#define JSON_INTEGER_MAX ((int64_t)9007199254740991)

void cci_write_matrix(const cci_run *run, cci_buffer *out, const int64_t *matrix)
{
    size_t m = run->roster->count;
    const char *quote = run->electorate->info.weight > JSON_INTEGER_MAX ? "\"" : "";
    cci_buffer_byte(out, '[');
    for (size_t i = 0; i < m; i++) {
        cci_buffer_text(out, i > 0 ? ",[" : "[");
        for (size_t j = 0; j < m; j++) {
            if (j > 0)
                cci_buffer_byte(out, ',');
            cci_buffer_text(out, quote);
            cci_buffer_i64(out, matrix[i * m + j]);
            cci_buffer_text(out, quote);
        }
        cci_buffer_byte(out, ']');
    }
    cci_buffer_byte(out, ']');
}
