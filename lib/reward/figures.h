/* Named numbers and what can be done with them: the arithmetic of traces. Who writes a trace and who
 * replays it compute with the same functions. */
#ifndef CCI_REWARD_FIGURES_H
#define CCI_REWARD_FIGURES_H

#include "base/rational.h"

/* Names in one trace. */
enum { CCI_FIGURES_MAX = 48, CCI_FIGURES_ARGS_MAX = 16, CCI_FIGURES_DIGITS_MAX = 15 };

typedef enum cci_unit {
    CCI_UNIT_NONE, /* a count, a rate, a score */
    CCI_UNIT_MINOR /* minor units of what the rule pays in */
} cci_unit;

typedef struct cci_named {
    const char *name; /* borrowed */
    cci_unit unit;
    cci_rational value;
} cci_named;

typedef struct cci_figures {
    cci_named items[CCI_FIGURES_MAX]; /* the first `room` are initialised */
    size_t n, room;
} cci_figures;

void cci_figures_free(cci_figures *figures);
/* Forget the names; the numbers are used again. */
void cci_figures_clear(cci_figures *figures);
/* NULL: no such name. */
const cci_named *cci_figures_find(const cci_figures *figures, const char *name);
/* A letter, then at most 31 letters, digits, spaces and underscores. */
int cci_figures_is_name(const char *text);
/* Name a number. COCREATE_ERR_ARGUMENT for a bad name or one there is; COCREATE_ERR_LIMIT. */
cocreate_status cci_figures_set(cci_figures *figures, const char *name, cci_unit unit,
                             const cci_rational *value, cocreate_error *error);

/* What stands for `text`: a named number, or a number. COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_figures_value(const cci_figures *figures, const char *text, cci_rational *out,
                               cocreate_error *error);

/* The result of an operation on 1 to CCI_FIGURES_ARGS_MAX arguments:
 *   sum, product, minimum, maximum   of all
 *   difference                       the first less all others
 *   quotient                         the first by the second, not 0
 *   power                            the first to the whole second, 0 to 64
 *   floor, ceil, truncate            the whole number below, above, towards 0
 *   half_up, half_even               the nearest whole number: halves away from 0, to the even one
 *   root                             the square root rounded down to as many binary places as the
 *                                    second says, 0 to 64
 *   ln, log10, exp                   the logarithm to base e or 10, the exponential, of the nearest
 *                                    double, rounded half to even to as many decimals as the second
 *                                    says
 * COCREATE_ERR_ARGUMENT where there is no such operation or none on these. */
cocreate_status cci_figures_apply(const cci_figures *figures, const char *operation,
                               const char *const *args, size_t n, cci_rational *out,
                               cocreate_error *error);

#endif
