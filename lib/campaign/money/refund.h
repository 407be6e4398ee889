/* Fees on what goes back to the sponsor: "on": "refund". Each takes its share of the whole, rounded as it
 * says, and no more than is left; the rest goes back. */
#ifndef CCI_CAMPAIGN_MONEY_REFUND_H
#define CCI_CAMPAIGN_MONEY_REFUND_H

#include "campaign/money/book.h"

/* The line of a fund that goes back with `minor` in it, {"reward","fund","currency","minor"}, gets "fees",
 * [{"fee","minor"}], and as "minor" the rest, where the brief has such fees. */
cocreate_status cci_refund_line(const cci_brief *b, json_t *line, cocreate_error *error);
/* Post the fees of such a line from an escrow account. */
cocreate_status cci_refund_post(cci_engine *e, cocreate_ledger *ledger, const json_t *line,
                                const char *escrow,
                                int64_t at, cocreate_error *error);

/* The fees themselves, [{"fee","share":[n,d],"rounding"}], for an event that closes a reward; NULL where
 * there are none, with COCREATE_OK. */
cocreate_status cci_refund_terms(const cci_brief *b, json_t **out, cocreate_error *error);
/* Take them of every fund of a book before it closes. */
cocreate_status cci_refund_book(cci_book *b, const json_t *terms, int64_t at, cocreate_error *error);

#endif
