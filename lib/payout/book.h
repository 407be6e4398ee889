/* Awards after they were made: what each is worth to whom, and the entries that follow from it.
 *
 * A claim is one award. What a claim puts on which account is a function of what it says:
 * cci_claim_position(). Every change is a changed claim and one entry with the difference. Two ways
 * to the same claims give the same balances.
 *
 * A book is all claims of a scheme, or those that a command is about. Changes are staged: they are
 * posted one by one, and stand together or not at all. */
#ifndef CCI_PAYOUT_BOOK_H
#define CCI_PAYOUT_BOOK_H

#include "cocreate/payout.h"
#include "ledger/journal.h"
#include "reward/terms.h"

typedef enum cci_claim_state {
    CCI_CLAIM_OFFERED,
    CCI_CLAIM_ACCEPTED,
    CCI_CLAIM_PAID,
    CCI_CLAIM_DECLINED, /* these and the following are worth nothing */
    CCI_CLAIM_EXPIRED,
    CCI_CLAIM_REVERSED
} cci_claim_state;

typedef struct cci_claim {
    json_t *doc; /* the award with what became of it; owned */
    const char *id, *rule, *to, *fund; /* borrowed from it */
    int64_t awarded; /* as it was made; 0 for what an adjustment added */
    int64_t gross;   /* as it is evaluated now */
    uint32_t applies; /* bit i: deduction i of the terms is taken */
    int64_t paid, recovered; /* of the net */
    int64_t forgiven; /* was paid, is too much, and may be kept */
    int state;
    int64_t at; /* when it was made */
    int changed; /* since it was put into the book */
} cci_claim;

/* Where a claim stands: amounts on the accounts of its payee and of the deductions. */
typedef struct cci_position {
    int64_t net, payable, receivable; /* receivable <= 0: paid beyond the net */
    int64_t taken[CCI_DEDUCTIONS_MAX];
} cci_position;

typedef struct cci_payee {
    json_t *doc; /* {"facts","payments":[{"at","minor"}]}; owned */
    char *id;
    int changed;
} cci_payee;

typedef struct cci_staged {
    size_t index;
    cci_claim after;
} cci_staged;

typedef struct cci_book {
    cocreate_allocator allocator;
    cocreate_scheme *scheme; /* its own */
    json_t *scheme_doc;
    cci_terms terms;
    char *escrow; /* before the id of a fund: "escrow:" or "escrow:spring:" */
    cocreate_ledger *ledger; /* borrowed */
    cci_claim *claims;
    size_t n, capacity;
    cci_table by_id;
    cci_payee *payees;
    size_t n_payees, payee_capacity;
    cci_table by_payee;
    int knows_payees; /* a recipient who is not among them is a mistake */
    int dry; /* try only: nothing is posted, and the end undoes */
    /* the change in hand */
    cci_staged *staged;
    size_t n_staged, staged_capacity;
    size_t mark, n_before; /* entries of the journal and claims before it */
} cci_book;

/* `scheme` and `escrow` are copied. Free also after failure. The book must not be moved. */
cocreate_status cci_book_init(cci_book *b, const cocreate_allocator *a, const char *scheme,
                              size_t size, const char *escrow, cocreate_ledger *ledger,
                              cocreate_error *error);
void cci_book_free(cci_book *b);

/* ---- claims (claim.c) ---- */

const char *cci_claim_state_name(int state);
/* From a document, whose reference it takes, also on failure. */
cocreate_status cci_claim_read(const cci_book *b, json_t *doc, cci_claim *out,
                               cocreate_error *error);
/* A new document for a changed claim, with the members that follow from it. */
cocreate_status cci_claim_write(const cci_book *b, cci_claim *claim, cocreate_error *error);
cocreate_status cci_claim_position(const cci_book *b, const cci_claim *claim, cci_position *out,
                          cocreate_error *error);
/* When it must be accepted and claimed, and from when it may be paid; CCI_NEVER, or 0. */
int64_t cci_accept_by(const cci_book *b, const cci_claim *claim);
int64_t cci_claim_by(const cci_book *b, const cci_claim *claim);
int64_t cci_payable_from(const cci_book *b, const cci_claim *claim);
/* Not paid in full, and worth something. */
int cci_claim_is_open(const cci_claim *claim);

/* ---- the book (book.c) ---- */

/* Put a claim that was made before into the book. Takes the document. */
cocreate_status cci_book_add(cci_book *b, json_t *doc, cocreate_error *error);
/* COCREATE_ERR_NOT_FOUND with "no award 'x'". */
cocreate_status cci_book_find(const cci_book *b, const char *id, size_t *index,
                              cocreate_error *error);
/* Name of an account of a fund, a person ...: `out` holds COCREATE_ACCOUNT_MAX + 1 bytes. */
cocreate_status cci_account_name(char *out, const char *a, const char *b, cocreate_error *error);
/* Minor units as an amount of the scheme's currency. */
const char *cci_book_amount(const cci_book *b, int64_t minor, char out[COCREATE_AMOUNT_TEXT]);

void cci_book_begin(cci_book *b);
/* Commit where `status` is a success, else undo. Returns `status`. */
cocreate_status cci_book_end(cci_book *b, cocreate_status status);
/* A changed claim, each once in a change; or a new one where `index` is the number of claims, which may
 * move them. */
cocreate_status cci_book_stage(cci_book *b, size_t index, const cci_claim *after,
                               cocreate_error *error);

/* What changes on the accounts of one payee and fund; the difference is that of `counter`. */
typedef struct cci_moves {
    int64_t payable, receivable, sponsor;
    int64_t taken[CCI_DEDUCTIONS_MAX];
} cci_moves;

/* Add what a change of a claim moves; `before` NULL: it is new. */
cocreate_status cci_moves_add(const cci_book *b, const cci_claim *before, const cci_claim *after,
                              cci_moves *moves, cocreate_error *error);
/* What goes to the counter account. */
int64_t cci_moves_rest(const cci_moves *moves);
/* Post them. COCREATE_OK also where nothing moves, and then there is no entry. */
cocreate_status cci_moves_post(cci_book *b, const char *key, const char *memo, int64_t at,
                               const char *to, const char *counter, const cci_moves *moves,
                               cocreate_error *error);
/* COCREATE_EXISTS where the journal has this key with this amount on this account already,
 * COCREATE_ERR_CONFLICT where it has it with another. */
cocreate_status cci_book_check_key(const cci_book *b, const char *key, const char *account,
                                   int64_t minor, cocreate_error *error);
/* Stage a change of one claim and post it under "<prefix>:<name>", against the escrow of its fund where
 * `counter` is NULL. */
cocreate_status cci_change(cci_book *b, size_t index, const cci_claim *after, const char *prefix,
                           const char *name, const char *memo, int64_t at, const char *counter,
                           cocreate_error *error);

/* ---- payees (payees.c) ---- */

/* NULL where there is none. */
const cci_payee *cci_book_payee(const cci_book *b, const char *id);
/* Put one into the book; takes the document. */
cocreate_status cci_book_add_payee(cci_book *b, const char *id, json_t *doc,
                                   cocreate_error *error);
/* Check facts, {"class","jurisdiction","verified","tax_form","paid"}. */
cocreate_status cci_facts_check(const cci_book *b, const json_t *facts, const cci_path *path,
                                cocreate_error *error);
/* The deductions that apply to a payee, as cci_claim.applies has them. */
cocreate_status cci_deductions_of(const cci_book *b, const char *to, uint32_t *out,
                                  cocreate_error *error);
/* COCREATE_ERR_REFUSED unless the payee may be paid `minor` at that time. */
cocreate_status cci_may_pay(const cci_book *b, const cci_claim *claim, int64_t minor, int64_t at,
                            cocreate_error *error);
/* Replace the facts of the payees of a table {"ana":{...}}, and what is deducted from claims of theirs
 * that are not paid yet. The last step of a change: facts are not staged. */
cocreate_status cci_book_facts(cci_book *b, json_t *table, int64_t at, cocreate_error *error);
/* The document of a payee with one payment more, to be noted once it is made; NULL where the terms do
 * not ask. */
cocreate_status cci_payment_prepare(cci_book *b, const char *to, int64_t at, int64_t minor,
                                    json_t **out, cocreate_error *error);
void cci_payment_note(cci_book *b, const char *to, json_t *doc);

/* ---- what can happen (life.c, adjust.c, funds.c); between begin and end ---- */

cocreate_status cci_book_award(cci_book *b, const json_t *award, int64_t at,
                               cocreate_error *error);
cocreate_status cci_book_accept(cci_book *b, const char *id, int64_t at, cocreate_error *error);
cocreate_status cci_book_decline(cci_book *b, const char *id, const char *reason, int64_t at,
                                 cocreate_error *error);
cocreate_status cci_book_reverse(cci_book *b, const char *id, const char *reason, int64_t at,
                                 cocreate_error *error);
cocreate_status cci_book_pay(cci_book *b, const char *id, const char *reference, const char *rail,
                             int64_t at, cocreate_error *error);
/* Is it past a time it should have been accepted or claimed by? */
int cci_claim_lapses(const cci_book *b, const cci_claim *claim, int64_t at);
cocreate_status cci_book_lapse(cci_book *b, size_t index, int64_t at, cocreate_error *error);
/* So much less for an award that is not paid, once, back to its fund. `reason` becomes "late" of it. */
cocreate_status cci_book_reduce(cci_book *b, const char *id, int64_t minor, const char *reason, int64_t at,
                                cocreate_error *error);
cocreate_status cci_book_recover(cci_book *b, const char *id, int64_t minor,
                                 const char *reference, const char *rail, int64_t at,
                                 cocreate_error *error);
cocreate_status cci_book_write_off(cci_book *b, const char *id, int64_t minor,
                                   const char *reference, int by_sponsor, int64_t at,
                                   cocreate_error *error);
/* `awards` is an array of awards; COCREATE_EXISTS if nothing differs. */
cocreate_status cci_book_adjust(cci_book *b, const json_t *awards, int64_t revision, int64_t at,
                                cocreate_error *error);
/* COCREATE_ERR_NOT_FOUND with "the scheme has no fund 'x'". */
cocreate_status cci_book_known_fund(const cci_book *b, const char *fund, cocreate_error *error);
/* The sponsor pays in. COCREATE_EXISTS where the key has it already. */
cocreate_status cci_book_deposit(cci_book *b, const char *key, const char *escrow, int64_t minor,
                                 int64_t at, cocreate_error *error);
/* Before the awards of a period are offered: of funds of revenue what they need is paid in under
 * "revenue:<fund>:<period>"; of a budget it must be there, or COCREATE_ERR_REFUSED. */
cocreate_status cci_book_provide(cci_book *b, const json_t *awards, const char *period, int64_t at,
                                 cocreate_error *error);
cocreate_status cci_book_fund(cci_book *b, int64_t at, cocreate_error *error);
cocreate_status cci_book_default(cci_book *b, const char *fund, const char *const *ids, size_t n,
                                 int64_t at, cocreate_error *error);
cocreate_status cci_book_close(cci_book *b, int64_t at, cocreate_error *error);
/* What can be awarded again from a fund: its escrow less what is only a claim on somebody. */
cocreate_status cci_book_spendable(const cci_book *b, const char *fund, int64_t *minor,
                                   cocreate_error *error);

#endif
