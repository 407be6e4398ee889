/* Pieces of traces (canonical JSON) and of sentences. Nothing here fails at once: buffers remember
 * that memory was short. */
#ifndef CCI_RANKING_WRITE_H
#define CCI_RANKING_WRITE_H

#include "ranking/method.h"

/* A JSON string with the id of a candidate. */
void cci_write_id(const cci_run *run, cci_buffer *out, uint32_t candidate);
/* ["a","b"] */
void cci_write_ids(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n);
/* Names with a separator; past the twentieth "and 7 more". */
void cci_write_list(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n,
                    const char *separator);
/* "A, B and C" */
void cci_write_names(const cci_run *run, cci_buffer *out, const uint32_t *candidates, size_t n);
static inline const char *cci_name(const cci_run *run, uint32_t candidate)
{
    return run->roster->candidates[candidate].name;
}

/* {"a":"3/2",..}: the values of the candidates in keys order, where wanted[i] is set (NULL: all)
 * and the value is not missing. */
cocreate_status cci_write_values(const cci_run *run, cci_buffer *out, const cci_value *values,
                                 const uint8_t *wanted, cocreate_error *error);
/* A word for things that are counted, given as it is for many, such as " votes": for one without its s. */
void cci_write_plural(cci_buffer *out, const char *word, const cci_value *count);
const char *cci_votes_word(int64_t n);
/* What ballot b says, for errors: "A 4, B 2"; past the fourth mark "..". */
#define CCI_BALLOT_SHOWN 96
const char *cci_ballot_shown(const cci_run *run, size_t b, char out[CCI_BALLOT_SHOWN]);
/* An amount of 10^-exponent units: 1234, 2 gives 12.34. */
void cci_write_decimal(cci_buffer *out, int64_t amount, int32_t exponent);
/* [[0,1],[2,0]]: numbers, or strings where the weight of all ballots is beyond 2^53 - 1, which
 * JSON numbers cannot hold. */
void cci_write_matrix(const cci_run *run, cci_buffer *out, const int64_t *matrix);

#endif
