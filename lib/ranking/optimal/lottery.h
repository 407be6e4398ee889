/* Methods that give every option a probability. */
#ifndef CCI_RANKING_OPTIMAL_LOTTERY_H
#define CCI_RANKING_OPTIMAL_LOTTERY_H

#include "ranking/method.h"

/* The scores of the standings are probabilities, none missing. Without a seed all who can be drawn
 * share the first places, and the others the last. With one, places are drawn one after the other,
 * each among those who are left in proportion to their probabilities, as long as these are not 0.
 * Writes "draws":[..], into `out` (a member with a comma at the end, for the method to put in its
 * place of the trace) where there was a draw, and sentences. */
cocreate_status cci_lottery_place(cci_run *run, cci_buffer *out, cocreate_error *error);

/* For the k-th place of a draw, rule cc-draw/1: a number from 0 to below - 1, all equally likely.
 * HMAC-SHA256 with the seed over "libcocreate/draw/v1\0", the length of the context (32 bits,
 * the first byte the highest), the context, k and a counter from 0 (32 bits each) gives bytes,
 * block after block; of as many as `below` has, the bits above its highest one cleared, the first
 * number that is less is it. below > 0. */
cocreate_status cci_lottery_number(const cci_run *run, uint32_t k, const mp_int *below,
                                   mp_int *out, cocreate_error *error);

#endif
