/* What the targets share that change documents and look at the state they give. */
#ifndef COCREATE_TESTS_FUZZ_MUTATION_H
#define COCREATE_TESTS_FUZZ_MUTATION_H

#include "fuzz.h"

#include <jansson.h>

#include "campaign/engine.h"

enum { WORDS_MAX = 400 };

static char *words[WORDS_MAX]; /* what stands in the tales as a text */
static size_t n_words;

/* ---- what there is to say ---- */

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    fuzz_holds(copy != NULL);
    return memcpy(copy, text, size);
}

static void learn(const json_t *value)
{
    const char *key, *text = json_string_value(value);
    json_t *member;
    if (text && strlen(text) < 40) {
        for (size_t i = 0; i < n_words; i++)
            if (strcmp(words[i], text) == 0)
                return;
        if (n_words < WORDS_MAX)
            words[n_words++] = copy_of(text);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
        learn(member);
    for (size_t i = 0; i < json_array_size(value); i++)
        learn(json_array_get(value, i));
}

/* ---- from bytes to values ---- */

typedef struct reader {
    const uint8_t *at, *end;
} reader;

static unsigned next(reader *r)
{
    return r->at < r->end ? *r->at++ : 0;
}

static json_t *any_value(reader *r)
{
    static const char *const texts[] = {"", "1/3", "0.25", "-7", "1e400", "2011-01-18T00:00:00Z", "host",
                                        "99999999999999999999", "\xf0\x9f\x98\x80"};
    unsigned b = next(r);
    switch (b % 16) {
    case 0: return json_null();
    case 1: return json_integer(-1);
    case 2: return json_integer(0);
    case 3: return json_integer(next(r));
    case 4: return json_integer(INT64_C(9007199254740991) - next(r));
    case 5: return json_real(0.5);
    case 6: return b & 16 ? json_true() : json_false();
    case 7: return json_string(texts[(b >> 4) % (sizeof texts / sizeof *texts)]);
    case 8: return json_array();
    case 9: return json_object();
    case 10: return json_pack("[s]", words[next(r) % n_words]);
    case 11: return json_pack("{si}", words[next(r) % n_words], (int)next(r));
    default: return json_string(words[(next(r) + 256 * (b >> 4)) % n_words]);
    }
}

/* Some member of the value, or of what stands in it, is another. */
static void change(json_t *value, reader *r, int depth)
{
    if (json_is_array(value) && json_array_size(value) > 0) {
        size_t i = next(r) % json_array_size(value);
        json_t *element = json_array_get(value, i);
        if (depth > 0 && (json_is_object(element) || json_is_array(element)))
            change(element, r, depth - 1);
        else if (next(r) & 1)
            json_array_append(value, element);
        else
            json_array_set_new(value, i, any_value(r));
        return;
    }
    if (!json_is_object(value) || json_object_size(value) == 0)
        return;
    size_t i = next(r) % json_object_size(value);
    void *iterator = json_object_iter(value);
    while (i-- > 0)
        iterator = json_object_iter_next(value, iterator);
    char key[100];
    snprintf(key, sizeof key, "%s", json_object_iter_key(iterator));
    json_t *member = json_object_iter_value(iterator);
    unsigned b = next(r);
    if (depth > 0 && b % 4 != 0 && (json_is_object(member) || json_is_array(member)))
        change(member, r, depth - 1);
    else if (b % 8 == 1)
        json_object_del(value, key);
    else
        json_object_set_new(value, key, any_value(r));
}

/* ---- the state ---- */

static inline uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    return hash;
}

static inline cocreate_status mix_row(void *user, int64_t part, int32_t kind, cci_bytes id, cci_bytes data,
                               cocreate_error *error)
{
    uint64_t *hash = user;
    (void)error;
    *hash = mix(mix(*hash, &part, sizeof part), &kind, sizeof kind);
    *hash = mix(mix(*hash, id.data, id.size), data.data, data.size);
    return COCREATE_OK;
}

static inline cocreate_status mix_ballot(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                  cocreate_error *error)
{
    uint64_t *hash = user;
    (void)error;
    *hash = mix(mix(*hash, &part, sizeof part), &round, sizeof round);
    *hash = mix(mix(*hash, &row->seq, sizeof row->seq), &row->weight, sizeof row->weight);
    *hash = mix(mix(*hash, row->voter.data, row->voter.size), row->data.data, row->data.size);
    return COCREATE_OK;
}

/* Every row, every ballot, the root. */
static inline uint64_t look(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size, hash = UINT64_C(14695981039346656037);
    const cci_bytes all = {"", 0};
    fuzz_holds(cocreate_root(store, root, &size, NULL) == COCREATE_OK);
    fuzz_holds(store->backend->scan_rows(store->self, -1, -1, all, mix_row, &hash, NULL) == COCREATE_OK);
    fuzz_holds(store->backend->scan_ballots(store->self, -1, -1, mix_ballot, &hash, NULL) ==
               COCREATE_OK);
    return mix(mix(hash, root, sizeof root), &size, sizeof size);
}

static inline void expect(int holds, const char *command, const char *what, const cocreate_error *error)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n  %s\n  %s\n", command, what, error->text);
    abort();
}

#endif
