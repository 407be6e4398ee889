/* From doubles back to exact numbers. */
#ifndef CCI_BASE_QUANTISE_H
#define CCI_BASE_QUANTISE_H

#include "base/rational.h"

/* Decimals that scores with logarithms, powers and the like keep: the quantum is 10^-9. Two machines
 * whose doubles differ by an ulp, or two orders of adding them up, agree after it. */
#define CCI_QUANTUM_DECIMALS 9

/* The multiple of 10^-decimals next to a double, halves away from zero; exact, as every finite
 * double is a rational. COCREATE_ERR_ARGUMENT for NaN and infinities. decimals: 0..18. */
cocreate_status cci_quantise(double value, int decimals, cci_rational *out, cocreate_error *error);

/* The same with halves as told: CCI_ROUND_HALF_UP (away from zero) or CCI_ROUND_HALF_EVEN. */
cocreate_status cci_quantise_by(double value, int decimals, cci_rounding rounding,
                                cci_rational *out, cocreate_error *error);

#endif
