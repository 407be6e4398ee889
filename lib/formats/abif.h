/* ABIF, the Aggregated Ballot Information Format. Lines are read in abif.c, candidates kept in
 * abif_names.c, votes read in abif_votes.c, and writing is in abif_write.c.
 *
 *   {"title": "T"}           what is known of the election
 *   =Memph:[Memphis, TN]     a candidate
 *   42:Memph/5>Nash/2=Knox/2 how many ballots, and what they say
 *   17*[Knoxville, TN],Nash  a candidate by name; "," says nothing of an order
 *   500:                     blank ballots
 *
 * Source: https://electowiki.org/wiki/ABIF and the grammar of https://github.com/electorama/abif. */
#ifndef CCI_FORMATS_ABIF_H
#define CCI_FORMATS_ABIF_H

#include "base/table.h"
#include "formats/format.h"

/* A word as it stands in the file: bare, in quotes or in brackets. */
typedef struct cci_abif_word {
    const char *s; /* without the quotes or brackets */
    size_t size;
    char form;   /* 'a' bare, '"' quoted, '[' in brackets */
    int escaped; /* has backslashes to be undone */
} cci_abif_word;

typedef struct cci_abif_candidate {
    char *id;
    size_t id_size;
    char *name; /* NULL: the id */
    size_t name_size;
    uint64_t line;  /* that named it first */
    int many_names; /* another candidate has the same name */
} cci_abif_candidate;

/* One candidate of a ballot, and what the sign before it says. */
typedef struct cci_abif_item {
    uint32_t option;
    char sign; /* '>', '=', ','; 0 for the first */
    int scored;
    int64_t score;
} cci_abif_item;

typedef struct cci_abif_reader {
    cci_reader *r;
    cocreate_allocator allocator;
    cci_abif_candidate *candidates;
    size_t n, capacity;
    cci_table ids, names;
    int declared; /* there are lines of candidates: a bare word must be one of them */
    char *scratch; /* of a word without its backslashes */
    size_t scratch_capacity;
    /* What the file says of itself. */
    int32_t stated_kind;                /* 0: nothing */
    int64_t stated_ballots, min, max;   /* -1, INT64_MIN, INT64_MAX: nothing */
    uint64_t stated_ballots_line;
    /* The present ballots. */
    cci_abif_item *items;
    size_t n_items, items_capacity;
    int64_t count;
    uint32_t *options;
    int64_t *values;
    uint64_t *seen; /* by candidate: the line of votes that named it last, from 1 */
    /* Of all ballots: */
    int any_score, all_scored, contradicted;
} cci_abif_reader;

const char *cci_abif_skip(const char *s, const char *end);
/* Failure to find what is expected at s. */
cocreate_status cci_abif_expected(cci_abif_reader *a, const char *what, const char *s,
                                  const char *end);
/* The word at *at, which goes behind it. */
cocreate_status cci_abif_read_word(cci_abif_reader *a, const char **at, const char *end,
                                   cci_abif_word *out);

/* "=id:[Name]" from behind the "=". */
cocreate_status cci_abif_read_candidate(cci_abif_reader *a, const char *s, const char *end);
/* The candidate that a word on a ballot means; a new one where that is legal. */
cocreate_status cci_abif_candidate_of(cci_abif_reader *a, const cci_abif_word *word,
                                      uint32_t *out);
void cci_abif_names_open(cci_abif_reader *a);
void cci_abif_names_close(cci_abif_reader *a);

/* A line of votes into `count` and `items`. */
cocreate_status cci_abif_read_votes(cci_abif_reader *a, const char *s, const char *end);
/* Add them to the profile, as ballots of its kind. */
cocreate_status cci_abif_add_votes(cci_abif_reader *a);
/* Do the scores of two neighbours say what the sign between them does not allow? */
int cci_abif_contradict(const cci_abif_item *before, const cci_abif_item *item);

cocreate_status cci_abif_write(const cocreate_profile *profile, cci_buffer *out,
                               cocreate_error *error);

#endif
