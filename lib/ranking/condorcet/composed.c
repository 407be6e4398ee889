/* Methods made of two: one names candidates, the other decides among them. */
#include <string.h>

#include "ranking/condorcet/criteria.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH_OR_OPPOSITION};
enum { WITHOUT_STRENGTH = 1, WITH_STRENGTH = 2 };

/* ,"name":{"a":"3/2",..} for those marked. */
static void write_points(cci_contest *c, const char *name, const uint8_t *among,
                         const int64_t *points)
{
    cci_buffer *out = &c->run->trace;
    const char *comma = "";
    cci_buffer_format(out, ",\"%s\":{", name);
    for (size_t i = 0; i < c->m; i++) {
        uint32_t a = c->run->roster->by_key[i];
        if (among != NULL && !among[a])
            continue;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_write_id(c->run, out, a);
        cci_buffer_format(out, ":\"%lld\"", (long long)points[a]);
    }
    cci_buffer_byte(out, '}');
}

/* -- Black ------------------------------------------------------------------------------------ */

static cocreate_status work_black(cci_contest *c, cocreate_error *error)
{
    int64_t *sums = cci_contest_alloc(c, c->m, sizeof *sums);
    int64_t *first = cci_contest_alloc(c, c->m, sizeof *first);
    if (sums == NULL || first == NULL)
        return cci_no_memory(error);
    size_t winner = cci_majority_winner(c->votes, c->m, NULL);
    CCI_TRY(cci_sum_margins(c, NULL, sums, error));
    if (winner != SIZE_MAX)
        first[winner] = 1;
    cci_score_all(c, NULL, sums, 1);
    CCI_TRY(cci_place_by_keys(c, NULL, first, sums, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_write_one(c, "winner", winner);
    if (winner != SIZE_MAX) {
        cci_buffer_text(&c->run->notes, cci_name(c->run, (uint32_t)winner));
        cci_buffer_text(&c->run->notes, " beats every other option, and so comes first.\n");
    } else
        cci_buffer_text(&c->run->notes, "Nobody beats every other option, and so Borda's count decides.\n");
    return COCREATE_OK;
}

/* -- Copeland, then another ------------------------------------------------------------------- */

typedef enum criterion { BORDA, MINIMAX } criterion;

static cocreate_status judge(cci_contest *c, criterion second, const uint8_t *among,
                             int64_t *points, cocreate_error *error)
{
    if (second == BORDA)
        return cci_sum_margins(c, among, points, error);
    cci_worst_defeats(c, cci_contest_strength(c), among, points, NULL);
    for (size_t a = 0; a < c->m; a++)
        points[a] = -points[a];
    return COCREATE_OK;
}

/* Local: among those with the most points of Copeland the second criterion decides as if nobody
 * else ran. Global: it is taken against everyone, and orders equal points all the way down. */
static cocreate_status refine(cci_contest *c, criterion second, int local, cocreate_error *error)
{
    int64_t *wins = cci_contest_alloc(c, c->m, sizeof *wins);
    int64_t *ties = cci_contest_alloc(c, c->m, sizeof *ties);
    int64_t *points = cci_contest_alloc(c, c->m, sizeof *points);
    if (wins == NULL || ties == NULL || points == NULL)
        return cci_no_memory(error);
    cci_count_wins(c, wins, ties);
    for (size_t a = 0; a < c->m; a++)
        wins[a] = 2 * wins[a] + ties[a];
    cci_mark_best(c, NULL, wins, c->in);
    CCI_TRY(judge(c, second, local ? c->in : NULL, points, error));
    cci_score_all(c, NULL, wins, 2);
    cci_buffer_text(&c->run->notes, "The most points of Copeland: ");
    cci_write_set_names(c, &c->run->notes, c->in);
    cci_buffer_text(&c->run->notes, ".\n");
    if (local) /* the others have no second criterion: the first one orders them */
        for (size_t a = 0; a < c->m; a++)
            points[a] = c->in[a] ? points[a] : 0;
    CCI_TRY(cci_place_by_keys(c, NULL, wins, points, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    write_points(c, "second", local ? c->in : NULL, points);
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    return COCREATE_OK;
}

static cocreate_status work_local_borda(cci_contest *c, cocreate_error *error)
{
    return refine(c, BORDA, 1, error);
}

static cocreate_status work_global_borda(cci_contest *c, cocreate_error *error)
{
    return refine(c, BORDA, 0, error);
}

static cocreate_status work_local_minimax(cci_contest *c, cocreate_error *error)
{
    return refine(c, MINIMAX, 1, error);
}

static cocreate_status work_global_minimax(cci_contest *c, cocreate_error *error)
{
    return refine(c, MINIMAX, 0, error);
}

/* -- Borda and minimax, face to face ---------------------------------------------------------- */

static cocreate_status work_faceoff(cci_contest *c, cocreate_error *error)
{
    int64_t *points = cci_contest_alloc(c, c->m, sizeof *points);
    uint8_t *borda = cci_contest_alloc(c, c->m, sizeof *borda);
    uint8_t *minimax = cci_contest_alloc(c, c->m, sizeof *minimax);
    cci_buffer *notes = &c->run->notes;
    if (points == NULL || borda == NULL || minimax == NULL)
        return cci_no_memory(error);
    CCI_TRY(judge(c, BORDA, NULL, points, error));
    cci_mark_best(c, NULL, points, borda);
    CCI_TRY(judge(c, MINIMAX, NULL, points, error));
    cci_mark_best(c, NULL, points, minimax);
    cci_buffer_text(notes, "First by Borda's count: ");
    cci_write_set_names(c, notes, borda);
    cci_buffer_text(notes, "; by minimax: ");
    cci_write_set_names(c, notes, minimax);
    cci_buffer_text(notes, ".\n");
    if (memcmp(borda, minimax, c->m) == 0)
        memcpy(c->in, borda, c->m);
    else
        for (uint32_t a = 0; a < c->m; a++)
            for (uint32_t b = 0; b < c->m; b++) {
                if (!borda[a] || !minimax[b])
                    continue;
                c->in[a] |= (uint8_t)!cci_beats(c, b, a);
                c->in[b] |= (uint8_t)!cci_beats(c, a, b);
                if (a != b && cci_is_traced(c)) {
                    cci_write_result(c, notes, a, b);
                    cci_buffer_text(notes, ".\n");
                }
            }
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_blank(c);
    cci_buffer_text(&c->run->trace, ",\"borda\":");
    cci_write_set(c, &c->run->trace, borda);
    cci_buffer_text(&c->run->trace, ",\"minimax\":");
    cci_write_set(c, &c->run->trace, minimax);
    cci_write_pairwise(c, "", "");
    return COCREATE_OK;
}

/* -- The methods ------------------------------------------------------------------------------ */

static cocreate_status run_black(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_black, error);
}

static cocreate_status run_local_borda(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_local_borda, error);
}

static cocreate_status run_global_borda(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_global_borda, error);
}

static cocreate_status run_local_minimax(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_local_minimax, error);
}

static cocreate_status run_global_minimax(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_global_minimax, error);
}

static cocreate_status run_faceoff(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_faceoff, error);
}

#define MATRIX "O(ballots * options^2), at most 8,192 options"
#define AFTER "as pref_voting (Holliday & Pacuit) defines it"

const cci_method cci_method_black = {
    .name = "black",
    .title = "Black: the Condorcet winner, or else Borda's count",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITHOUT_STRENGTH,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Black, The Theory of Committees and Elections (1958)",
    .run = run_black,
};

const cci_method cci_method_copeland_local_borda = {
    .name = "copeland_local_borda",
    .title = "Copeland, then Borda's count among the best",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITHOUT_STRENGTH,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Copeland-Local-Borda, " AFTER,
    .run = run_local_borda,
};

const cci_method cci_method_copeland_global_borda = {
    .name = "copeland_global_borda",
    .title = "Copeland, then Borda's count against everyone",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITHOUT_STRENGTH,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Copeland-Global-Borda, " AFTER,
    .run = run_global_borda,
};

const cci_method cci_method_copeland_local_minimax = {
    .name = "copeland_local_minimax",
    .title = "Copeland, then minimax among the best",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITH_STRENGTH,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Copeland-Local-Minimax, " AFTER,
    .run = run_local_minimax,
};

const cci_method cci_method_copeland_global_minimax = {
    .name = "copeland_global_minimax",
    .title = "Copeland, then minimax against everyone",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITH_STRENGTH,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Copeland-Global-Minimax, " AFTER,
    .run = run_global_minimax,
};

const cci_method cci_method_borda_minimax_faceoff = {
    .name = "borda_minimax_faceoff",
    .title = "Faceoff: the first by Borda's count against the first by minimax",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = WITH_STRENGTH,
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = MATRIX,
    .source = "Foley, after Borda-Minimax Faceoff, " AFTER,
    .run = run_faceoff,
};
