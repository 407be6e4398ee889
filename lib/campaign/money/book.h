/* Awards of a campaign in the store: the payout floor does what a command says to those it is about. */
#ifndef CCI_CAMPAIGN_MONEY_BOOK_H
#define CCI_CAMPAIGN_MONEY_BOOK_H

#include "campaign/engine.h"
#include "payout/book.h"

/* What is done to the awards; `data` is that of the event. */
typedef cocreate_status (*cci_money_act)(cci_book *b, const json_t *data, int64_t at,
                                         cocreate_error *error);

/* Is an award one that money belongs to? Badges are not. */
int cci_is_money(const json_t *award);

/* The reward of the brief, or COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_reward_find(const cci_campaign *c, const char *id, size_t *index,
                                cocreate_error *error);

/* The row of an award of money, owned by the caller, and the id of its reward, borrowed from it. */
cocreate_status cci_award_named(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                                const char **reward, cocreate_error *error);

/* Act on the awards of a reward, all of them where `award` is NULL, else that one (and the others, where
 * what is declined is shared among them). Try does it without leaving a trace, and may return
 * COCREATE_EXISTS; apply posts and writes the rows that changed. */
cocreate_status cci_money_try(cci_engine *e, cci_campaign *c, const char *reward,
                              const char *award, const json_t *data, int64_t at,
                              cci_money_act act, cocreate_error *error);
cocreate_status cci_money_apply(cci_engine *e, const cci_event *event, const char *reward,
                                const char *award, cci_money_act act, cocreate_error *error);
/* What stands of a reward in a table {reward: value} of the campaign's document, which is written by
 * cci_campaign_put. Steals `value`. */
cocreate_status
cci_money_note(cci_campaign *c, const char *table, const char *reward, json_t *value, cocreate_error *error);

/* Decide an event from the members of the command that are in `keys`, after a try. `data` may be NULL.
 * The award or the reward that "award" or "reward" in it names. */
cocreate_status cci_money_decide(cci_engine *e, const cci_command *command, const char *type,
                                 const char *const *keys, cci_money_act act,
                                 cci_decision *decision, cocreate_error *error);
/* The other side of it. */
cocreate_status cci_money_done(cci_engine *e, const cci_event *event, cci_money_act act,
                               cocreate_error *error);

/* COCREATE_ERR_PERMISSION unless the actor is the platform, of the firm side, or the recipient. */
cocreate_status cci_require_recipient(cci_engine *e, const cci_command *command,
                                      const json_t *row, cocreate_error *error);

#endif
