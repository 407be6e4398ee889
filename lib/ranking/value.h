/* An exact score: a small fraction where it fits, a big one where it must be, or missing. */
#ifndef CCI_RANKING_VALUE_H
#define CCI_RANKING_VALUE_H

#include "base/rational.h"

typedef struct cci_value {
    int64_t num;
    int64_t den;       /* > 0; 0 where missing or big. Not always reduced. */
    cci_rational *big; /* owned, or NULL */
} cci_value;

static inline int cci_value_missing(const cci_value *v)
{
    return v->den == 0 && v->big == NULL;
}

void cci_value_clear(const cocreate_allocator *a, cci_value *v);
/* den > 0. */
void cci_value_set(const cocreate_allocator *a, cci_value *v, int64_t num, int64_t den);
cocreate_status cci_value_set_rational(const cocreate_allocator *a, cci_value *v,
                                       const cci_rational *r, cocreate_error *error);
/* `r` is initialised; `v` is not missing. */
cocreate_status cci_value_get(const cci_value *v, cci_rational *r, cocreate_error *error);
/* -1, 0, 1; a missing value is equal to a missing one and less than any other. */
cocreate_status cci_value_compare(const cci_value *a, const cci_value *b, int *out,
                                  cocreate_error *error);
/* "p/q" or "p", reduced. `v` is not missing. */
cocreate_status cci_value_text(const cci_value *v, cci_buffer *out, cocreate_error *error);
/* As people write it: "2.5", "3 1/3", "about 3.333445". `v` is not missing. */
cocreate_status cci_value_say(const cci_value *v, cci_buffer *out, cocreate_error *error);
cocreate_status cci_value_double(const cci_value *v, double *out, cocreate_error *error);

#endif
