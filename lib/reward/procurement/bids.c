#include "reward/procurement/bids.h"

#include <stdlib.h>
#include <string.h>

const char *const cci_bid_ties_names[] = {"earlier", "lot", NULL};

static int compare(const cci_bid *x, const cci_bid *y, int highest_first)
{
    if (x->amount != y->amount)
        return (x->amount < y->amount) == !highest_first ? -1 : 1;
    int order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    if (order == 0 && x->at.at != y->at.at)
        order = x->at.at < y->at.at ? -1 : 1;
    return order != 0 ? order : strcmp(x->bidder, y->bidder);
}

static int lowest_first(const void *a, const void *b)
{
    return compare(a, b, 0);
}

static int highest_first(const void *a, const void *b)
{
    return compare(a, b, 1);
}

static int by_bidder(const void *a, const void *b)
{
    const cci_bid *x = a, *y = b;
    int order = strcmp(x->bidder, y->bidder);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_bid(cci_evaluation *e, const cci_section *section, size_t i,
                                cci_bid *bid, int *counts, cocreate_error *error)
{
    const json_t *row;
    cci_path at;
    const char *status = "valid";
    CCI_TRY(cci_section_row(section, i, &row, &at, error));
    CCI_TRY(cci_json_id(row, "bidder", &bid->bidder, &at, error));
    CCI_TRY(cci_row_amount(e, row, "amount", &bid->amount, &at, error));
    CCI_TRY(cci_row_time(row, "at", &bid->at, &at, error));
    CCI_TRY(cci_json_string_opt(row, "status", &status, &at, error));
    *counts = strcmp(status, "valid") == 0;
    bid->index = i;
    return COCREATE_OK;
}

static cocreate_status refuse_second_bids(const cci_section *section, cci_bid *bids, size_t n,
                                          cocreate_error *error)
{
    qsort(bids, n, sizeof *bids, by_bidder);
    for (size_t i = 1; i < n; i++)
        if (strcmp(bids[i - 1].bidder, bids[i].bidder) == 0) {
            cci_path at = cci_path_at(&section->list, bids[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" bids twice: first at $.bids[%zu]", bids[i].bidder,
                                 bids[i - 1].index);
        }
    return COCREATE_OK;
}

/* Count equal bids; where there are any, all of them need what orders them. */
static cocreate_status find_ties(const cci_section *section, const cci_rule *rule, cci_bid *bids,
                                 size_t n, cci_bid_ties ties, cocreate_error *error)
{
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && bids[next].amount == bids[i].amount;)
            next++;
        for (size_t k = i; k < next; k++) {
            bids[k].equal = next - i;
            if (next - i > 1 && ties == CCI_BID_EARLIER && !bids[k].at.known) {
                cci_path at = cci_path_at(&section->list, bids[k].index);
                return cci_json_fail(error, COCREATE_ERR_TIE, &at,
                                     "\"%s\" bids as much as another and has no \"at\", which rule "
                                     "\"%s\" needs to break the tie",
                                     bids[k].bidder, rule->id);
            }
        }
    }
    return COCREATE_OK;
}

cocreate_status cci_bids_read(cci_evaluation *e, const cci_rule *rule, int highest,
                              cci_bid_ties ties, cci_bid **out, size_t *n, cocreate_error *error)
{
    cci_section section;
    size_t count = 0;
    CCI_TRY(cci_section_open(e, rule, "bids", 0, &section, error));
    if (ties == CCI_BID_LOT)
        CCI_TRY(cci_need_seed(e, rule, error));
    cci_bid *bids = cci_arena_alloc(&e->scratch, section.n, sizeof *bids);
    if (bids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        cci_bid *bid = &bids[count];
        int counts = 0;
        CCI_TRY(read_bid(e, &section, i, bid, &counts, error));
        if (!counts || !cci_person_eligible(e, rule, bid->bidder))
            continue;
        if (ties == CCI_BID_LOT)
            bid->ticket = cci_lot_ticket(e->seed, rule->id, bid->bidder);
        count++;
    }
    CCI_TRY(refuse_second_bids(&section, bids, count, error));
    qsort(bids, count, sizeof *bids, highest ? highest_first : lowest_first);
    CCI_TRY(find_ties(&section, rule, bids, count, ties, error));
    *out = bids;
    *n = count;
    return COCREATE_OK;
}

const char *cci_bid_tie_text(const cci_bid *bid, cci_bid_ties ties)
{
    if (bid->equal < 2)
        return "";
    return ties == CCI_BID_LOT ? " Equal bids were ordered by lot." : " Of equal bids the earlier "
                                                                      "came first.";
}
