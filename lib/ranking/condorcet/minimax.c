/* Minimax: whose worst defeat is smallest; among all, or among the Smith set. */
#include "ranking/condorcet/criteria.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH_OR_OPPOSITION};

static void write_worst(cci_contest *c, const uint8_t *among, const int64_t *worst,
                        const uint32_t *by)
{
    cci_buffer *out = &c->run->trace;
    const char *comma = "";
    cci_buffer_text(out, ",\"worst\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t a = c->run->roster->by_key[i];
        if ((among != NULL && !among[a]) || by[a] == UINT32_MAX)
            continue;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_write_id(c->run, out, a);
        cci_buffer_text(out, ":{\"by\":");
        cci_write_id(c->run, out, by[a]);
        cci_buffer_format(out, ",\"strength\":\"%lld\"}", (long long)worst[a]);
    }
    cci_buffer_byte(out, '}');
}

static void write_notes(cci_contest *c, const uint8_t *among, const uint32_t *by)
{
    cci_buffer *out = &c->run->notes;
    for (uint32_t a = 0; a < c->m && cci_is_traced(c); a++) {
        if (among != NULL && !among[a])
            continue;
        if (by[a] == UINT32_MAX)
            cci_buffer_text(out, cci_name(c->run, a));
        else
            cci_write_result(c, out, a, by[a]);
        cci_buffer_text(out, by[a] == UINT32_MAX ? " is beaten by nobody.\n"
                                                 : ": nobody does better against it.\n");
    }
}

static cocreate_status judge(cci_contest *c, const uint8_t *among, cocreate_error *error)
{
    int64_t *worst = cci_contest_alloc(c, c->m, sizeof *worst);
    int64_t *score = cci_contest_alloc(c, c->m, sizeof *score);
    uint32_t *by = cci_contest_alloc(c, c->m, sizeof *by);
    if (worst == NULL || score == NULL || by == NULL)
        return cci_no_memory(error);
    cci_worst_defeats(c, cci_contest_strength(c), among, worst, by);
    for (size_t a = 0; a < c->m; a++)
        score[a] = -worst[a];
    cci_score_all(c, among, score, 1);
    CCI_TRY(cci_place_by_keys(c, among, score, NULL, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    if (among != NULL) {
        cci_buffer_text(&c->run->trace, ",\"smith\":");
        cci_write_set(c, &c->run->trace, among);
    }
    write_worst(c, among, worst, by);
    write_notes(c, among, by);
    return COCREATE_OK;
}

static cocreate_status work_minimax(cci_contest *c, cocreate_error *error)
{
    return judge(c, NULL, error);
}

static cocreate_status work_smith(cci_contest *c, cocreate_error *error)
{
    CCI_TRY(cci_majority_smith(&c->run->allocator, c->votes, c->m, NULL, c->in, error));
    cci_write_set_names(c, &c->run->notes, c->in);
    cci_buffer_text(&c->run->notes, ": the smallest group that beats everyone outside (Smith set).\n");
    return judge(c, c->in, error);
}

static cocreate_status run_minimax(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_minimax, error);
}

static cocreate_status run_smith(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_smith, error);
}

const cci_method cci_method_minimax = {
    .name = "minimax",
    .title = "Minimax: the smallest worst defeat",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Simpson, On defining areas of voter choice (1969); Kramer, A dynamical model of "
              "political equilibrium (1977); Brandt et al., Handbook of Computational Social "
              "Choice (2016), chapter 4 (maximin)",
    .run = run_minimax,
};

const cci_method cci_method_smith_minimax = {
    .name = "smith_minimax",
    .title = "Smith and minimax: the smallest worst defeat within the Smith set",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "electowiki.org, Smith//Minimax",
    .run = run_smith,
};
