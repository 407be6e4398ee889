/* Every type of event, one a line. */
#include <string.h>

#include "campaign/care/care.h"
#include "campaign/care/useful.h"
#include "campaign/commands.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/merge.h"
#include "campaign/milestones/milestones.h"
#include "campaign/money/fees.h"
#include "campaign/money/late.h"
#include "campaign/money/obligations.h"
#include "campaign/money/period.h"
#include "campaign/money/release.h"
#include "campaign/registry.h"
#include "campaign/revisions/lead.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rights/rights.h"

const cci_event_type *const cci_event_types[] = {
    &cci_event_campaign_created,
    &cci_event_campaign_published,
    &cci_event_campaign_cancelled,
    &cci_event_campaign_stopped,
    &cci_event_campaign_amended,
    &cci_event_rules_changed,
    &cci_event_campaign_paused,
    &cci_event_campaign_resumed,
    &cci_event_participant_put,
    &cci_event_participant_suspended,
    &cci_event_participant_restored,
    &cci_event_participant_erased,
    &cci_event_role_granted,
    &cci_event_role_revoked,
    &cci_event_team_formed,
    &cci_event_team_joined,
    &cci_event_team_left,
    &cci_event_team_locked,
    &cci_event_team_merged,
    &cci_event_team_dissolved,
    &cci_event_contribution_submitted,
    &cci_event_contribution_revised,
    &cci_event_contribution_led,
    &cci_event_contribution_withdrawn,
    &cci_event_contribution_screened,
    &cci_event_contribution_removed,
    &cci_event_contribution_disqualified,
    &cci_event_contribution_forfeited,
    &cci_event_contribution_implemented,
    &cci_event_contribution_merged,
    &cci_event_right_granted,
    &cci_event_right_revoked,
    &cci_event_right_released,
    &cci_event_edge_proposed,
    &cci_event_edge_accepted,
    &cci_event_edge_rejected,
    &cci_event_response_posted,
    &cci_event_flag_raised,
    &cci_event_flag_upheld,
    &cci_event_flag_dismissed,
    &cci_event_appeal_filed,
    &cci_event_appeal_decided,
    &cci_event_useful_marked,
    &cci_event_useful_unmarked,
    &cci_event_milestone_reached,
    &cci_event_milestone_missed,
    &cci_event_phase_opened,
    &cci_event_phase_closed,
    /* Selection: lib/campaign/rounds. Money: lib/campaign/money. */
    &cci_event_ballot_cast,
    &cci_event_ballot_retracted,
    &cci_event_ballot_voided,
    &cci_event_ballots_cleared,
    &cci_event_decision_made,
    &cci_event_run_recorded,
    &cci_event_runs_chosen,
    &cci_event_round_last_call,
    &cci_event_assignments_planned,
    &cci_event_assignment_moved,
    &cci_event_task_taken,
    &cci_event_task_released,
    &cci_event_task_expired,
    &cci_event_item_retired,
    &cci_event_conflict_declared,
    &cci_event_round_opened,
    &cci_event_round_closed,
    &cci_event_round_failed,
    &cci_event_round_tallied,
    &cci_event_round_revealed,
    &cci_event_round_certified,
    &cci_event_round_annulled,
    &cci_event_round_turned,
    &cci_event_round_passed,
    &cci_event_round_reopened,
    &cci_event_round_cut,
    &cci_event_contribution_dropped,
    &cci_event_fund_deposited,
    &cci_event_fund_returned,
    &cci_event_awards_made,
    &cci_event_campaign_decided,
    &cci_event_award_accepted,
    &cci_event_award_declined,
    &cci_event_payee_verified,
    &cci_event_award_delivered,
    &cci_event_award_disputed,
    &cci_event_award_withheld,
    &cci_event_award_reduced,
    &cci_event_award_reported,
    &cci_event_award_overdue,
    &cci_event_award_paid,
    &cci_event_awards_expired,
    &cci_event_award_reversed,
    &cci_event_award_recovered,
    &cci_event_award_forgiven,
    &cci_event_awards_adjusted,
    &cci_event_fund_added,
    &cci_event_reward_closed,
    &cci_event_reward_evaluated,
    &cci_event_reward_defaulted,
    &cci_event_fee_paid,
    NULL,
};

static const cci_event_type *const storewide[] = {
    &cci_event_campaign_created,     &cci_event_participant_put,    &cci_event_participant_suspended,
    &cci_event_participant_restored, &cci_event_participant_erased, &cci_event_role_granted,
    &cci_event_role_revoked,
};

int cci_event_storewide(const cci_event_type *type)
{
    for (size_t i = 0; i < sizeof storewide / sizeof *storewide; i++)
        if (storewide[i] == type)
            return 1;
    return 0;
}

const cci_event_type *cci_event_find(const char *type)
{
    for (const cci_event_type *const *row = cci_event_types; *row; row++)
        if (strcmp((*row)->type, type) == 0)
            return *row;
    return NULL;
}
