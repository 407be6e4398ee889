/**
 * @file payout.h
 * @brief From awards to money: deductions, payments, and what comes after them.
 *
 * A payout holds the awards of one scheme and writes into a journal (ledger.h) what they do to accounts.
 * Each call posts everything it is about or nothing. The same call again, with the same content, is
 * COCREATE_EXISTS and posts nothing; so a host that does not know whether a call went through repeats it.
 * The library reads no clock: what is due happens when a call says so, and as of the time it names.
 *
 * An award is offered, accepted, paid; or declined, expired, reversed, and then worth nothing. What it
 * puts on which account is a function of what is recorded of it: gross = net + deductions, the net is
 * payable until it is paid, and what was paid beyond the net is a receivable of the payee. A change
 * posts the difference.
 *
 * | event | from | to | key |
 * |---|---|---|---|
 * | fund | sponsor:budget | escrow | fund:<fund> |
 * | award | escrow | payable, fees, withheld | award:<id> |
 * | pay | payable | cash:<rail> | pay:<reference> |
 * | decline, expire | payable | escrow | decline:<id>, lapse:<id> |
 * | reverse | payable, or receivable where it was paid | escrow | rev:<id> |
 * | adjust | the difference of each rule and person | | adj:<revision>:<rule>:<person> |
 * | recover | cash:<rail> | receivable | recover:<reference> |
 * | write off | escrow or sponsor:budget | receivable | writeoff:<reference> |
 * | close | escrow | sponsor:budget | close:<fund>:<number of the entry> |
 *
 * A payout belongs to one thread at a time, with its journal, which must outlive it.
 */
#ifndef COCREATE_PAYOUT_H
#define COCREATE_PAYOUT_H

#include "cocreate/ledger.h"
#include "cocreate/reward.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The awards of a scheme and what became of them. */
typedef struct cocreate_payout cocreate_payout;

/**
 * A payout without awards.
 *
 * @param allocator  memory, or NULL
 * @param scheme     its funds, deductions and lifecycle; copied
 * @param ledger     the journal to post to; borrowed
 * @param escrow     the account of a fund begins with it, as "escrow:" or "escrow:spring:"; payouts that
 *                   share a journal need different ones, and different revisions
 * @param[out] out   to be freed with cocreate_payout_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_ARGUMENT or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_new(const cocreate_allocator *allocator, const cocreate_scheme *scheme,
                    cocreate_ledger *ledger, const char *escrow, cocreate_payout **out,
                    cocreate_error *error);

/**
 * A payout from what cocreate_payout_json() gave, to be used with the journal it had.
 *
 * @param allocator  memory, or NULL
 * @param scheme     the same as then
 * @param ledger     the journal; borrowed
 * @param json       the document
 * @param size       its length
 * @param[out] out   to be freed with cocreate_payout_free()
 * @param[out] error why the call failed, or NULL
 * @return COCREATE_OK, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_ARGUMENT (another scheme),
 *         COCREATE_ERR_VERIFY (the journal has not what the awards say) or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_load(const cocreate_allocator *allocator, const cocreate_scheme *scheme,
                     cocreate_ledger *ledger, const char *json, size_t size,
                     cocreate_payout **out, cocreate_error *error);

/** Free a payout; NULL is fine. The journal stays. */
COCREATE_API void cocreate_payout_free(cocreate_payout *payout);

/**
 * Everything as canonical JSON {"payout":"cocreate.payout/1","scheme","escrow","awards":[...],
 * "payees":{...},"posted","revision","revised"}.
 *
 * An award is as cocreate_awards_json() has it, with "state" and "at"; and where they apply "gross" (not
 * what was awarded), "net" (not the gross), "deductions":[{"id","account","minor"}], "paid" (not the
 * whole), "recovered", "forgiven", "owed" (what the payee is to give back), "reference", "rail",
 * "reason", "accept_by", "claim_by", "payable_from".
 *
 * @return COCREATE_OK or COCREATE_ERR_MEMORY
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_json(const cocreate_payout *payout, cocreate_text **out, cocreate_error *error);

/** Pay the budgets in: sponsor:budget to the escrow of each fund. @return COCREATE_OK, COCREATE_EXISTS or
 * as cocreate_ledger_post(). */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_fund(cocreate_payout *payout, int64_t at, cocreate_error *error);

/**
 * Say what is known of payees. From the first call on, every recipient must be among them.
 *
 * Deductions of awards that are not paid yet are made anew; what is paid stays as it was deducted.
 *
 * @param json      {"ana":{"class":"NRA","jurisdiction":"US","verified":true,"tax_form":true,
 *                  "paid":"550.00"}}: all optional; "paid" is what was paid elsewhere in the period
 *                  that conditions and caps are about. Replaces what was said of these persons
 * @param size      its length
 * @param at        when
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_PARSE, COCREATE_ERR_SCHEMA, COCREATE_ERR_OVERFLOW or
 *         as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_payees(cocreate_payout *payout, const char *json, size_t size, int64_t at,
                       cocreate_error *error);

/**
 * Offer the awards: of each, the fund pays its gross to payable:<to> and the accounts of the deductions.
 *
 * @return COCREATE_OK, COCREATE_EXISTS (all were there), COCREATE_ERR_ARGUMENT (awards of another scheme),
 *         COCREATE_ERR_CONFLICT (other awards were offered: see cocreate_payout_adjust()),
 *         COCREATE_ERR_NOT_FOUND (a recipient who is no payee) or as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_award(cocreate_payout *payout, const cocreate_awards *awards, int64_t at,
                      cocreate_error *error);

/** Accept an award. @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_REFUSED (it
 * is too late, or ended) or COCREATE_ERR_MEMORY. */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_accept(cocreate_payout *payout, const char *award, int64_t at,
                       cocreate_error *error);

/**
 * Decline an award that is not paid: it goes back to the escrow. Where the scheme redistributes, the
 * others of the rule share it in proportion to their awards. Where it promotes, evaluate the result
 * without the entry and adjust.
 *
 * @param award   its id
 * @param reason  one line, or NULL
 * @param at      when
 * @return as cocreate_payout_accept()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_decline(cocreate_payout *payout, const char *award, const char *reason, int64_t at,
                        cocreate_error *error);

/**
 * Record that an award was paid.
 *
 * @param award      its id
 * @param reference  of the payment outside; the same for another award is COCREATE_ERR_CONFLICT
 * @param rail       how: account cash:<rail>
 * @param at         when
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_CONFLICT, or
 *         COCREATE_ERR_REFUSED where it is not accepted, held, too late, below the minimum payout
 *         (it waits for more), above the cap of a person, too soon after another, or where identity
 *         or tax form are missing
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_pay(cocreate_payout *payout, const char *award, const char *reference,
                    const char *rail, int64_t at, cocreate_error *error);

/**
 * End the awards that were not accepted or claimed in time: as if declined.
 *
 * @param at            now
 * @param[out] expired  how many; NULL if not wanted
 * @return COCREATE_OK (also for none) or as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_expire(cocreate_payout *payout, int64_t at, size_t *expired,
                       cocreate_error *error);

/**
 * Take an award back: what is not paid goes to the escrow; what was is owed by the payee.
 *
 * @param award   its id
 * @param reason  one line, or NULL
 * @param at      when
 * @return as cocreate_payout_accept()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_reverse(cocreate_payout *payout, const char *award, const char *reason, int64_t at,
                        cocreate_error *error);

/**
 * Post the difference to another evaluation: after a disqualification, a recount, a decline that
 * promotes. For each rule and recipient, what is evaluated more is one award more; what is evaluated
 * less is taken from what is not paid, then owed by the payee, or, where the scheme honours it, paid in
 * by the sponsor. The way does not matter: A to B to C is A to C.
 *
 * @param awards    of the same scheme on another result
 * @param revision  1, 2, ...: higher each time
 * @param at        when
 * @return COCREATE_OK, COCREATE_EXISTS (the same revision again, or nothing differs), COCREATE_ERR_CONFLICT
 *         (a revision again with other awards, or one that is past), COCREATE_ERR_REFUSED (more is due
 *         than can be spent: money that is only owed cannot be promised again) or as
 *         cocreate_payout_award()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_adjust(cocreate_payout *payout, const cocreate_awards *awards, int64_t revision,
                       int64_t at, cocreate_error *error);

/**
 * Record that a payee gave back what was owed.
 *
 * @param award      for which it was owed
 * @param minor      at most what is owed
 * @param reference  of the payment outside
 * @param rail       account cash:<rail>
 * @param at         when
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_NOT_FOUND, COCREATE_ERR_CONFLICT, COCREATE_ERR_REFUSED
 *         (less is owed) or as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_recover(cocreate_payout *payout, const char *award, int64_t minor,
                        const char *reference, const char *rail, int64_t at,
                        cocreate_error *error);

/**
 * Give up what is owed.
 *
 * @param award      for which it is owed
 * @param minor      at most what is owed
 * @param reference  of the decision
 * @param by         who absorbs it: "escrow" or "sponsor"
 * @param at         when
 * @return as cocreate_payout_recover(), and COCREATE_ERR_ARGUMENT for another word
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_write_off(cocreate_payout *payout, const char *award, int64_t minor,
                          const char *reference, const char *by, int64_t at,
                          cocreate_error *error);

/**
 * Share what is left of a fund equally, where nobody was chosen: awards of the rule "default".
 *
 * @param fund  its id
 * @param ids   n distinct persons, as the finalists
 * @param n     how many
 * @param at    when
 * @return COCREATE_OK, COCREATE_EXISTS, COCREATE_ERR_CONFLICT (among others before), COCREATE_ERR_REFUSED
 *         (nothing or nobody is there) or as cocreate_payout_award()
 *
 * Source: 99designs, guaranteed contests.
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_default(cocreate_payout *payout, const char *fund, const char *const *ids, size_t n,
                        int64_t at, cocreate_error *error);

/**
 * What can be awarded again from a fund: its escrow, less what is reserved and what payees owe to it.
 * Below 0 where more was promised than is there. O(awards).
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_spendable(const cocreate_payout *payout, const char *fund, int64_t *minor,
                          cocreate_error *error);

/**
 * Give what is left of the funds back to the sponsor; what payees owe stays until it is there.
 *
 * @return COCREATE_OK, COCREATE_EXISTS (nothing is left), COCREATE_ERR_REFUSED (an award is neither paid nor
 *         ended) or as cocreate_ledger_post()
 */
COCREATE_API COCREATE_MUST_CHECK cocreate_status
cocreate_payout_close(cocreate_payout *payout, int64_t at, cocreate_error *error);

#ifdef __cplusplus
}
#endif

#endif
