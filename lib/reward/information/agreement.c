/* Agreement with others, as it is or over how common the answer is (peer truth serum). */
#include <string.h>

#include "reward/information/peers.h"
#include "reward/sharing/share.h"

static cocreate_status pay_report(cci_evaluation *e, const cci_rule *rule, const cci_report *r,
                                  int64_t alike, int64_t others, const cci_number *prior,
                                  cocreate_error *error)
{
    static const char *const sentences[2][2] = {
        {"{alike} of {others} others gave the same answer: a score of {score}.",
         "{alike} of 1 peer that was drawn gave the same answer: a score of {score}."},
        {"{alike} of {others} others gave the same answer, for which {prior} of all answers are taken: a "
         "score of {score}.",
         "{alike} of 1 peer that was drawn gave the same answer, for which {prior} of all answers are "
         "taken: a score of {score}."},
    };
    const cci_peering *p = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "alike", CCI_UNIT_NONE, alike, error));
    CCI_TRY(cci_trace_integer(t, "others", CCI_UNIT_NONE, others, error));
    CCI_TRY(cci_trace_calc(t, prior != NULL ? "agreement" : "score", CCI_UNIT_NONE, "quotient",
                           CCI_ARGS("alike", "others"), error));
    if (prior != NULL) {
        CCI_TRY(cci_trace_number(t, "prior", CCI_UNIT_NONE, *prior, error));
        CCI_TRY(cci_trace_calc(t, "score", CCI_UNIT_NONE, "quotient", CCI_ARGS("agreement", "prior"),
                               error));
    }
    return cci_pay_score(e, rule, &p->pay, r->person, r->task, sentences[prior != NULL][p->drawn],
                         error);
}

/* The place of an answer in the prior, which ascends. */
static cci_number prior_of(const cci_odds *prior, const char *answer)
{
    cci_people names = {prior->names, prior->n};
    return prior->p[cci_people_find(&names, answer)];
}

cocreate_status cci_pay_agreement(cci_evaluation *e, const cci_rule *rule, const cci_report *reports,
                                  size_t n, const cci_odds *prior, cocreate_error *error)
{
    const cci_peering *p = rule->parameters;
    cci_people answers = {.n = n};
    answers.ids = cci_arena_alloc(&e->scratch, n, sizeof *answers.ids);
    int64_t *counts = cci_arena_alloc(&e->scratch, n, sizeof *counts);
    if (answers.ids == NULL || counts == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        answers.ids[i] = reports[i].answer;
    cci_people_sort(&answers);
    for (size_t i = 0; i < n; i++)
        counts[cci_people_find(&answers, reports[i].answer)]++;
    for (size_t i = 0; i < n; i++) {
        const cci_report *r = &reports[i];
        int64_t alike = p->drawn ? strcmp(reports[(i + 1) % n].answer, r->answer) == 0
                                 : counts[cci_people_find(&answers, r->answer)] - 1;
        cci_number part = {0, 1};
        if (p->form == CCI_PTS)
            part = prior_of(prior, r->answer);
        CCI_TRY(pay_report(e, rule, r, alike, p->drawn ? 1 : (int64_t)n - 1,
                           p->form == CCI_PTS ? &part : NULL, error));
    }
    return COCREATE_OK;
}
