/* Pledges that are held: reserved while they stand, captured together once the round selects what they
 * are for, given back together if it does not. Either all that was pledged for an option is captured or
 * nothing. */
#ifndef CCI_CAMPAIGN_MONEY_PLEDGES_H
#define CCI_CAMPAIGN_MONEY_PLEDGES_H

#include "campaign/engine.h"

/* A member "hold" of a round: {"currency": "USD", "rail": "card"}. */
cocreate_status cci_pledges_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                 cocreate_error *error);

/* The ballot of a voter about one option now says `marks`, {option: minor units}, or stands no more
 * (NULL; then `before` names the option). Nothing happens in a round that holds no pledges. */
cocreate_status cci_pledge_changed(cci_engine *e, const cci_event *event, size_t round,
                                   const char *voter, const json_t *before, const json_t *marks,
                                   cocreate_error *error);

/* The round is over: what is held for the ids in `selected` is captured, the rest given back, also what
 * was captured before. NULL selects nothing. */
cocreate_status cci_pledges_end(cci_engine *e, const cci_event *event, size_t round,
                                const json_t *selected, cocreate_error *error);

/* {"currency","held","captured","returned"}, minor units, of a round that holds pledges, owned by the caller;
 * else *out stays NULL. */
cocreate_status cci_pledges_shown(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  json_t **out, cocreate_error *error);

#endif
