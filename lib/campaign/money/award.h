/* What a scheme gives on the result of a round. */
#ifndef CCI_CAMPAIGN_MONEY_AWARD_H
#define CCI_CAMPAIGN_MONEY_AWARD_H

#include "campaign/money/book.h"
#include "campaign/rounds/rounds.h"

/* The closed result a scheme is evaluated on, {"entries":[...]}: every candidate with its authors,
 * place, score, and cost as an amount with the decimals of the scheme's currency; "status" is "valid"
 * for the selected alone, and what `struck`, {"contribution":"disqualified"|"withdrawn"} or NULL, says. With
 * `alternates` who is struck from a draw is followed by its next alternate.
 * `round` NULL: every contribution that is live, without places. */
cocreate_status cci_award_result(cci_engine *e, const cci_campaign *c, const char *round,
                                 int32_t exponent, const json_t *struck, int alternates, json_t **out,
                                 cocreate_error *error);

/* The same of a result that is no round's whole one: a period's, or a single decision's. */
cocreate_status cci_award_result_of(cci_engine *e, const cci_campaign *c, const json_t *result,
                                    int32_t exponent, const json_t *struck, int alternates,
                                    json_t **out, cocreate_error *error);

/* Is the contribution in a state in which it takes part, where no round says who does? */
int cci_takes_part(const json_t *contribution);

/* Data of the event "awards.made": {"reward", "awards": [...], "digest", ...}, or {"reward",
 * "failed": why} where the scheme cannot be evaluated on this result. */
cocreate_status cci_award_compute(cci_engine *e, const cci_campaign *c, size_t reward,
                                  json_t **out, cocreate_error *error);

/* The awards again, without what is struck and on more lists, {"sales": [...]} or NULL:
 * {"awards": [...], "digest", ...}. Fails where the scheme cannot be evaluated. */
cocreate_status cci_award_again(cci_engine *e, const cci_campaign *c, size_t reward,
                                const json_t *struck, const json_t *lists, json_t **out,
                                cocreate_error *error);
/* The same on this result in place of that of the reward's round. */
cocreate_status cci_award_on(cci_engine *e, const cci_campaign *c, size_t reward, const json_t *result,
                             json_t **out, cocreate_error *error);
/* Awards of two periods, or of two decisions, differ in their ids: "2013-Q1:" stands before them. */
cocreate_status cci_awards_name(const cci_engine *e, json_t *awards, const char *period,
                                cocreate_error *error);

/* Offer the "awards" of an event's data: claims on its book. */
cocreate_status cci_awards_offer(cci_book *b, const json_t *data, int64_t at,
                                 cocreate_error *error);
/* The row of an award that is no money: a badge, points, or an award of nothing. */
cocreate_status cci_award_put_row(cci_engine *e, const cci_event *event, const json_t *award,
                                  cocreate_error *error);
/* COCREATE_ERR_VERIFY naming the first award that differs. */
cocreate_status cci_awards_compare(const json_t *recorded, const json_t *again, const char *reward,
                                   cocreate_error *error);

/* Data of "fund.deposited": {"funds":[{"reward","fund","currency","minor"}]}, from the brief. */
cocreate_status cci_fund_compute(const cci_campaign *c, json_t **out, cocreate_error *error);

/* Data of "campaign.decided": {"returned":[...]}: what no award took, back to the sponsor. */
cocreate_status cci_return_compute(cci_engine *e, cci_campaign *c, json_t **out,
                                   cocreate_error *error);

#endif
