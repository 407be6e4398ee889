/* The inside of a profile. Only lib/profile includes this; others use ballots.h.
 *
 * A ballot is kept as its key: bytes that are equal exactly when two ballots say the same, and whose
 * order (memcmp, a shorter key before its extensions) is the canonical order of ballots.
 *
 *   word    option * 2 + flag, big-endian, in 1, 2 or 4 bytes as the number of options needs
 *   ranking words best first, ascending within a rank; flag 1 ends a rank
 *   approval words ascending, flag 0
 *   score, points  the same, each followed by its value: zigzag, unsigned LEB128
 *
 * Keys stand one behind the other in an arena, in the order in which they first came; an index finds
 * them by their bytes. Of each ballot there are besides the end of its key, its count and its weight,
 * in as many bytes as the largest of them needs. */
#ifndef CCI_PROFILE_PROFILE_H
#define CCI_PROFILE_PROFILE_H

#include <inttypes.h>
#include <string.h>

#include "profile/ballots.h"
#include "profile/index.h"
#include "profile/numbers.h"

/* Bytes that a value may take in a key: 64 bits in groups of 7. */
#define VALUE_BYTES_MAX 10

/* Room for the default id of one option, "1000000" and its NUL. */
#define DEFAULT_ID_SIZE 8

typedef enum id_origin {
    ID_DEFAULT, /* the number, in default_ids */
    ID_PRIMED,  /* the number and "'", own memory: another option was given the plain number */
    ID_GIVEN    /* own memory, and in the table of ids */
} id_origin;

typedef struct profile_option {
    char *id;
    char *name; /* NULL: the id */
    int64_t cost;
    int64_t at;
    uint8_t id_origin;
    uint8_t withdrawn;
} profile_option;

/* A look at one. */
typedef struct ballot {
    const uint8_t *key; /* never NULL; good until the profile changes */
    size_t size;
    int64_t count;
    int64_t weight;
} ballot;

/* One option of a ballot on its way into a key. */
typedef struct mark {
    uint64_t rank; /* 0 where the kind has no ranks */
    int64_t value; /* score or points */
    uint32_t option;
} mark;

struct cocreate_profile {
    cocreate_allocator allocator;
    int32_t kind;
    int32_t cost_exponent;
    int64_t budget; /* -1: none */
    int64_t seats;  /* 0: none */
    int lexical;
    uint32_t word_size;

    size_t n_options;
    profile_option *options;
    char *default_ids;
    cci_table ids; /* of options with ID_GIVEN */

    size_t distinct;
    cci_numbers ends, counts, weights; /* of distinct ballots, in the order they first came */
    uint8_t *arena;
    size_t arena_size, arena_capacity;
    cci_index keys;
    int64_t count, weight, empty; /* sums over the ballots */

    uint32_t *order; /* canonical, while `sorted` */
    size_t order_capacity;
    int sorted;

    /* For adding one ballot; allocated by the first one. */
    uint32_t *seen; /* by option: the last `visit` that named it */
    uint32_t visit;
    mark *marks;
    uint8_t *key;
};

/* --- keys (key.c) --- */

/* Where the key of ballot i begins in the arena; of i = distinct, where the last one ends. */
static inline size_t key_start(const cocreate_profile *p, size_t i)
{
    return i > 0 ? (size_t)cci_numbers_get(&p->ends, i - 1) : 0;
}

static inline const uint8_t *ballot_key(const cocreate_profile *p, size_t i, size_t *size)
{
    size_t start = key_start(p, i);
    *size = (size_t)cci_numbers_get(&p->ends, i) - start;
    return p->arena_size > 0 ? p->arena + start : (const uint8_t *)"";
}

static inline ballot look_at_ballot(const cocreate_profile *p, size_t i)
{
    ballot b = {.count = cci_numbers_get(&p->counts, i), .weight = cci_numbers_get(&p->weights, i)};
    b.key = ballot_key(p, i, &b.size);
    return b;
}

static inline int kind_has_values(int32_t kind)
{
    return kind == COCREATE_BALLOT_SCORE || kind == COCREATE_BALLOT_POINTS;
}

static inline uint8_t *put_word(uint8_t *at, uint32_t word_size, uint32_t word)
{
    switch (word_size) {
    case 4:
        *at++ = (uint8_t)(word >> 24);
        *at++ = (uint8_t)(word >> 16);
        /* fall through */
    case 2:
        *at++ = (uint8_t)(word >> 8);
        /* fall through */
    default:
        *at++ = (uint8_t)word;
    }
    return at;
}

static inline uint32_t get_word(const uint8_t *at, uint32_t word_size)
{
    uint32_t word = 0;
    for (uint32_t i = 0; i < word_size; i++)
        word = word << 8 | at[i];
    return word;
}

/* Append value in the form it has in a key. Returns the end. */
uint8_t *cci_key_put_value(uint8_t *at, int64_t value);
/* Read what cci_key_put_value() wrote; NULL if there is no such thing before `end`. */
const uint8_t *cci_key_get_value(const uint8_t *at, const uint8_t *end, int64_t *value);
/* Most bytes that a key of this profile can have. */
size_t cci_key_size_max(const cocreate_profile *p);
/* Put marks in key order. No two have the same rank and option. */
void cci_key_sort(mark *marks, size_t n);
/* The key of sorted marks; returns its size. */
size_t cci_key_write(const cocreate_profile *p, const mark *marks, size_t n, uint8_t *out);
/* Is this a key that cci_key_write() could have made? `seen` and `visit` as in the profile.
 * Otherwise *why says why not. */
int cci_key_check(const cocreate_profile *p, const uint8_t *key, size_t size, uint32_t *seen,
                  uint32_t visit, const char **why);
/* The ballot that a key stands for; either output may be NULL. Returns how many options. */
size_t cci_key_read(const cocreate_profile *p, const uint8_t *key, size_t size, uint32_t *options,
                    int64_t *values);

/* --- the multiset (bag.c) --- */

/* Ballots in bulk: a source writes the keys of some rows into a block, as often as asked. */
#define BLOCK_ROWS 256

typedef struct key_block {
    size_t room; /* rows that it can hold */
    size_t rows;
    uint8_t *bytes;         /* keys one behind the other */
    size_t end[BLOCK_ROWS]; /* of the key of each row */
    int64_t count[BLOCK_ROWS];
    int64_t weight[BLOCK_ROWS];
} key_block;

typedef struct key_source {
    /* Write the keys of rows row .. row + block->rows - 1; the same whenever asked. */
    void (*write)(const struct key_source *source, size_t row, key_block *block);
    size_t rows;
    uint64_t row_work; /* about how many cells one row has, for progress */
} key_source;

/* A block for keys of this profile. */
cocreate_status cci_block_new(const cocreate_profile *p, key_block **out, cocreate_error *error);
void cci_block_free(const cocreate_profile *p, key_block *block);
/* Add the rows of a block, whose sums were checked; returns how many were added before memory ran
 * short. */
size_t cci_block_put(cocreate_profile *p, const key_block *block);

/* Are the sums of a profile too large with so much more? */
cocreate_status cci_bag_check_sums(int64_t count, int64_t more_count, int64_t weight,
                                   int64_t more_weight, cocreate_error *error);
/* Add one ballot whose sums were checked. */
cocreate_status cci_bag_add(cocreate_profile *p, const uint8_t *key, size_t size, int64_t count,
                            int64_t weight, cocreate_error *error);
/* Add all rows of a source, or none. Their sums were checked. */
cocreate_status cci_bag_add_all(cocreate_profile *p, const key_source *source,
                                const cocreate_progress *progress, cocreate_error *error);

#endif
