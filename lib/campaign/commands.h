/* The commands, each in its file, and their events. */
#ifndef CCI_CAMPAIGN_COMMANDS_H
#define CCI_CAMPAIGN_COMMANDS_H

#include "campaign/engine.h"

extern const cci_command_type cci_command_campaign_create, cci_command_campaign_publish,
    cci_command_campaign_cancel, cci_command_participant_put, cci_command_contribution_submit,
    cci_command_contribution_revise, cci_command_contribution_withdraw,
    cci_command_contribution_screen, cci_command_contribution_remove, cci_command_contribution_disqualify,
    cci_command_contribution_forfeit, cci_command_contribution_implement, cci_command_tick;

/* By apply: cancelled, by a command or by a rule of the brief. */
cocreate_status cci_campaign_end(cci_engine *e, const cci_event *event, const char *reason,
                                 cocreate_error *error);

extern const cci_event_type cci_event_campaign_created, cci_event_campaign_published,
    cci_event_campaign_cancelled, cci_event_campaign_stopped, cci_event_participant_put,
    cci_event_contribution_submitted,
    cci_event_contribution_revised, cci_event_contribution_withdrawn,
    cci_event_contribution_screened, cci_event_contribution_removed,
    cci_event_contribution_disqualified, cci_event_contribution_forfeited,
    cci_event_contribution_implemented, cci_event_phase_opened,
    cci_event_phase_closed;

/* People: lib/campaign/people. */
extern const cci_command_type cci_command_participant_suspend, cci_command_participant_restore,
    cci_command_participant_erase, cci_command_role_grant, cci_command_role_revoke,
    cci_command_campaign_pause, cci_command_campaign_resume, cci_command_phase_advance,
    cci_command_team_form, cci_command_team_join, cci_command_team_leave, cci_command_team_lock,
    cci_command_team_merge, cci_command_team_dissolve, cci_command_campaign_amend;

extern const cci_event_type cci_event_participant_suspended, cci_event_participant_restored,
    cci_event_participant_erased, cci_event_role_granted, cci_event_role_revoked,
    cci_event_campaign_paused, cci_event_campaign_resumed, cci_event_team_formed,
    cci_event_team_joined, cci_event_team_left, cci_event_team_locked, cci_event_team_merged,
    cci_event_team_dissolved, cci_event_campaign_amended, cci_event_rules_changed;

/* Selection: lib/campaign/rounds. Money: lib/campaign/money. */
extern const cci_command_type cci_command_ballot_cast, cci_command_ballot_retract,
    cci_command_ballot_void, cci_command_decision_make,
    cci_command_run_record, cci_command_run_choose, cci_command_round_close, cci_command_round_reveal,
    cci_command_round_certify, cci_command_round_annul, cci_command_award_accept, cci_command_award_decline,
    cci_command_award_verify, cci_command_award_pay, cci_command_award_expire,
    cci_command_award_reverse, cci_command_award_recover, cci_command_award_forgive,
    cci_command_award_adjust, cci_command_reward_fund, cci_command_reward_close;

extern const cci_event_type cci_event_ballot_cast, cci_event_ballot_retracted,
    cci_event_ballot_voided, cci_event_decision_made,
    cci_event_run_recorded, cci_event_runs_chosen, cci_event_round_last_call,
    cci_event_round_opened, cci_event_round_closed,
    cci_event_round_failed, cci_event_round_tallied, cci_event_round_revealed,
    cci_event_round_certified, cci_event_round_annulled, cci_event_round_turned,
    cci_event_round_passed, cci_event_round_reopened, cci_event_round_cut, cci_event_contribution_dropped,
    cci_event_fund_deposited,
    cci_event_fund_returned, cci_event_awards_made,
    cci_event_campaign_decided, cci_event_award_accepted, cci_event_award_declined,
    cci_event_payee_verified, cci_event_award_paid, cci_event_awards_expired,
    cci_event_award_reversed, cci_event_award_recovered, cci_event_award_forgiven,
    cci_event_awards_adjusted, cci_event_fund_added, cci_event_reward_closed;

/* Tasks: lib/campaign/tasks. Pairs: lib/campaign/pairs. */
extern const cci_command_type cci_command_task_take, cci_command_task_release, cci_command_pair_next;

extern const cci_event_type cci_event_task_taken, cci_event_task_released, cci_event_task_expired,
    cci_event_item_retired;

/* Juries: lib/campaign/jury. */
extern const cci_command_type cci_command_assignment_plan, cci_command_assignment_accept,
    cci_command_assignment_decline, cci_command_assignment_start, cci_command_assignment_done,
    cci_command_assignment_reassign, cci_command_conflict_declare;

extern const cci_event_type cci_event_assignments_planned, cci_event_assignment_moved,
    cci_event_conflict_declared;

#endif
