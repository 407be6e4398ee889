/* Rolling rounds that select period by period ("every_us", or "cuts": reviews.h), and decisions that take
 * effect at once.
 *
 * A row CCI_KIND_PERIOD, id = round "\n" number, 6 digits, holds {"period", "from", "until", "candidates",
 * "result" or "reason"}. Its row says how many there were, "periods", and when the last ended, "cut_at". A
 * timer "cut" waits for the end of each; the last is as long as the phase lets it. Where entries take votes
 * for a time ("per_entry_us") each is a candidate of the period in which that ends, once; elsewhere whoever
 * was not selected comes again. */
#ifndef CCI_CAMPAIGN_ROUNDS_PERIODS_H
#define CCI_CAMPAIGN_ROUNDS_PERIODS_H

#include "campaign/brief_read.h"
#include "campaign/rounds/tally.h"

/* "rolling", "every_us" and "cuts" of a round; `ballots`: people vote in it. */
cocreate_status cci_periods_read(const cci_brief *b, json_t *json, cci_round_spec *spec, int ballots,
                                 const cci_path *path, cocreate_error *error);

/* By apply: the round has opened, or closed. */
cocreate_status cci_periods_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 cocreate_error *error);
cocreate_status cci_periods_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                  cocreate_error *error);
/* The timer "cut" of "round \n number"; and the last period, which the end of the phase cuts. */
cocreate_status cci_periods_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                   cci_decision *decision, cocreate_error *error);
cocreate_status cci_periods_due(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                                int64_t closes, cci_decision *decision, cocreate_error *error);

/* What all periods so far selected, in order, as an array the caller owns. */
cocreate_status cci_periods_selected(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                     cocreate_error *error);
/* Does the round take, while it is rolling, whom the periods of another selected? */
int cci_periods_feed(const cci_campaign *c, const cci_round_spec *spec);
/* The rows of a round in order, as an array the caller owns. */
cocreate_status cci_periods_list(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                 cocreate_error *error);
/* Of all periods together: the selected, then the others. */
cocreate_status cci_tally_periods(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const cci_candidates *list, json_t **out, cocreate_error *error);

/* Whom decisions of a rolling round selected so far, as an array the caller owns. */
cocreate_status cci_rolling_selected(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                     cocreate_error *error);
/* A decision in a rolling round takes effect: by apply. */
cocreate_status cci_rolling_decided(cci_engine *e, const cci_event *event, size_t round,
                                    const char *contribution, int selects, cocreate_error *error);

#endif
