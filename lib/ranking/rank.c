/* cocreate_rank(): the frame around a method. */
#include <string.h>

#include "profile/ballots.h"
#include "ranking/robustness/robustness.h"
#include "ranking/run.h"

cocreate_status cci_run_progress(const cci_run *run, uint64_t done, uint64_t total,
                                 cocreate_error *error)
{
    if (run->progress == NULL || run->progress->call == NULL ||
        run->progress->call(run->progress->user, done, total) == 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_CANCELLED, "%s was cancelled", run->method->name);
}

cocreate_status cci_run_open(cci_run *run, const cci_method *method, const cocreate_allocator *a,
                             cocreate_ranking **out, cocreate_error *error)
{
    memset(run, 0, sizeof *run);
    run->allocator = *a;
    run->method = method;
    cci_buffer_init(&run->margin, a);
    cci_buffer_init(&run->confidence, a);
    cci_buffer_init(&run->trace, a);
    cci_buffer_init(&run->ties, a);
    cci_buffer_init(&run->notes, a);
    cci_buffer_init(&run->tie_notes, a);
    cocreate_ranking *r = cci_alloc(a, 1, sizeof *r);
    if (r == NULL)
        return cci_no_memory(error);
    r->allocator = *a;
    *out = r;
    return COCREATE_OK;
}

cocreate_status cci_run_standings(cci_run *run, cocreate_ranking *r, cocreate_error *error)
{
    run->roster = &r->roster;
    run->standings = cci_alloc(&run->allocator, r->roster.count, sizeof *run->standings);
    return run->standings != NULL ? COCREATE_OK : cci_no_memory(error);
}

void cci_run_close(cci_run *run)
{
    const cocreate_allocator *a = &run->allocator;
    cci_options_free(run);
    if (run->standings != NULL)
        for (size_t i = 0; i < run->roster->count; i++)
            cci_value_clear(a, &run->standings[i].score);
    cci_free(a, run->standings);
    cci_free(a, run->selected);
    cci_value_clear(a, &run->exhausted);
    cci_value_clear(a, &run->gap);
    cci_buffer_free(&run->margin);
    cci_buffer_free(&run->confidence);
    cci_buffer_free(&run->trace);
    cci_buffer_free(&run->ties);
    cci_buffer_free(&run->notes);
    cci_buffer_free(&run->tie_notes);
}

static cocreate_status check_evidence(const cocreate_profile *profile, const cci_method *method,
                                      cocreate_error *error)
{
    static const char *const kinds[] = {"", "approvals", "rankings", "scores", "points"};
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (method->evidence & CCI_TAKES((unsigned)info.kind))
        return COCREATE_OK;
    char wanted[64] = "";
    for (unsigned kind = 1; kind < 5; kind++)
        if (method->evidence & CCI_TAKES(kind)) {
            strcat(wanted, wanted[0] != '\0' ? " or " : "");
            strcat(wanted, kinds[kind]);
        }
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s takes %s, and the ballots are %s",
                    method->name, wanted, kinds[info.kind]);
}

/* What elects both ways spends a budget where there is one, and else fills its seats. */
static cocreate_status check_budget(cci_run *run, const cocreate_profile *profile,
                                    cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (!run->budgeted || info.budget >= 0)
        return COCREATE_OK;
    run->budgeted = 0;
    if (run->method->elects == CCI_ELECTS_BUDGET)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s needs a budget, and there is none",
                        run->method->name);
    return COCREATE_OK;
}

static cocreate_status check_seats(const cci_run *run, size_t candidates, cocreate_error *error)
{
    if (run->budgeted || candidates == 0 || (uint64_t)run->seats <= candidates)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "$.seats: %lld seats, and %zu option%s to fill them",
                    (long long)run->seats, candidates, candidates == 1 ? "" : "s");
}

/* The ballots, or only what is known of them where a tally will do: pairs are counted from the profile
 * when they are asked for. */
static cocreate_status open_electorate(cci_run *run, const cocreate_profile *profile,
                                       const cci_roster *roster, cci_electorate *electorate,
                                       cocreate_error *error)
{
    int again = run->wants_margin || run->bootstrap > 0; /* on other ballots */
    run->electorate = electorate;
    if (run->tally != NULL && again)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.%s: needs the ballots, and a tally has none",
                        run->wants_margin ? "margin" : "bootstrap");
    if (run->tally != NULL)
        return cci_electorate_of_tally(run->tally, electorate, error);
    if (run->method->tally != COCREATE_TALLY_PAIRS || again)
        return cci_electorate_open(profile, roster, run->method->lean && !again, electorate, error);
    run->profile = profile;
    return cci_electorate_outline(profile, roster, electorate, error);
}

/* Everything between the opening and the closing of a run. */
static cocreate_status count(cci_run *run, const cocreate_profile *profile, const char *options,
                             cci_electorate *electorate, cocreate_ranking *r,
                             cocreate_error *error)
{
    CCI_TRY(cci_options_read(run, options, error));
    CCI_TRY(cci_roster_of_profile(profile, &r->roster, error));
    CCI_TRY(check_budget(run, profile, error));
    CCI_TRY(check_seats(run, r->roster.count, error));
    CCI_TRY(cci_run_standings(run, r, error));
    CCI_TRY(open_electorate(run, profile, &r->roster, electorate, error));
    CCI_TRY(cci_run_progress(run, 0, 0, error));
    if (r->roster.count > 0) { /* else every option was withdrawn */
        CCI_TRY(run->method->run(run, error));
        if (run->wants_margin)
            CCI_TRY(cci_margin(run, error));
        if (run->bootstrap > 0)
            CCI_TRY(cci_bootstrap(run, profile, error));
    }
    return cci_result_build(run, r, error);
}

/* Rank by a profile, or by a tally of ballots over the options of a profile. */
static cocreate_status rank(const cocreate_profile *profile, const cocreate_tally *tally,
                            const cci_method *method, const char *options,
                            const cocreate_progress *progress, cocreate_ranking **out,
                            cocreate_error *error)
{
    CCI_TRY(check_evidence(profile, method, error));
    cci_run run;
    cocreate_ranking *r = NULL;
    cci_electorate electorate = {.candidates = 0};
    cocreate_status status =
        cci_run_open(&run, method, cci_profile_allocator(profile), &r, error);
    if (status == COCREATE_OK) {
        run.progress = progress;
        run.tally = tally;
        status = count(&run, profile, options, &electorate, r, error);
    }
    cci_run_close(&run);
    cci_electorate_close(&electorate);
    if (status == COCREATE_OK)
        *out = r;
    else
        cocreate_ranking_free(r);
    return status;
}

cocreate_status cocreate_rank(const cocreate_profile *profile, const char *method,
                              const char *options, const cocreate_progress *progress,
                              cocreate_ranking **out, cocreate_error *error)
{
    const cci_method *found;
    CCI_TRY(cci_method_find(method, &found, error));
    return rank(profile, NULL, found, options, progress, out, error);
}

cocreate_status cocreate_rank_tally(const cocreate_tally *tally, const char *method,
                                    const char *options, const cocreate_progress *progress,
                                    cocreate_ranking **out, cocreate_error *error)
{
    static const char *const kinds[] = {"", "values", "places", "pairs"};
    const cci_method *found;
    CCI_TRY(cci_method_find(method, &found, error));
    CCI_TRY(check_evidence(tally->options, found, error));
    if (found->tally == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%s needs the ballots themselves, and a tally has none", found->name);
    if (found->tally != tally->kind)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%s takes a tally of %s, and this is one of %s", found->name,
                        kinds[found->tally], kinds[tally->kind]);
    return rank(tally->options, tally, found, options, progress, out, error);
}
