/* What others ask of a method without running it. */
#ifndef CCI_RANKING_METHODS_H
#define CCI_RANKING_METHODS_H

#include <stdint.h>

/* The cocreate_tally_kind that cocreate_rank_tally() takes for a method; 0: none, or no such method. */
int32_t cci_method_tally(const char *name);

#endif
