/* What a royalty rule says and what its payees have, for royalty.c and royalty_read.c. */
#ifndef CCI_REWARD_SHARING_ROYALTY_H
#define CCI_REWARD_SHARING_ROYALTY_H

#include "reward/sharing/share.h"

/* A trace has room for the numbers of so many. */
enum { CCI_ROYALTY_RATES_MAX = 6 };

/* A rate of what is earned up to an amount, or in a channel. */
typedef struct cci_royalty_rate {
    cci_number rate;
    int64_t up_to;                    /* of tiers; INT64_MAX for the last */
    const char *channel;              /* of channels, else NULL */
    const char *base, *number, *part; /* names in traces */
} cci_royalty_rate;

typedef struct cci_royalty {
    enum { CCI_ROYALTY_GROSS, CCI_ROYALTY_NET, CCI_ROYALTY_PROFIT } base;
    enum { CCI_ROYALTY_RATE, CCI_ROYALTY_TIERS, CCI_ROYALTY_CHANNELS } form;
    cci_royalty_rate rates[CCI_ROYALTY_RATES_MAX];
    size_t n_rates;
    /* Minor units, 0: none. */
    int64_t per_unit, flat, per_event, cap, advance, minimum_payout, max_total;
    int64_t term; /* periods; 0: no end */
} cci_royalty;

/* What was sold for one payee in the period, and how they stood before. */
typedef struct cci_payee {
    const cci_entry *entry;             /* or NULL */
    const char *id;                     /* of the entry or of the person */
    int64_t bases[CCI_ROYALTY_RATES_MAX]; /* by channel; one without them. Minor units */
    int64_t units, events;
    int64_t base_before, paid_before, periods;
    cci_rational accrued; /* before, in minor units */
    cci_path path;        /* $.sales[i] or $.accruals[i] */
    size_t index;
    int from_sales;
} cci_payee;

typedef struct cci_payees {
    cci_payee *items; /* entries first, then persons, each in order of their ids */
    size_t n, room;
    cci_section sales, accruals;
} cci_payees;

/* Parameters of the kind. */
cocreate_status cci_royalty_parse(cocreate_scheme *scheme, const json_t *json,
                                  const cci_path *path, cci_rule *rule, cocreate_error *error);
/* Read "sales" and "accruals". `out` must stay where it is; to be freed also when it fails. */
cocreate_status cci_payees_read(cci_evaluation *e, const cci_rule *rule, cci_payees *out,
                                cocreate_error *error);
void cci_payees_free(cci_payees *payees);

#endif
