/* Pabulib .pb: VOTES. */
#include "base/checked.h"
#include "base/text.h"
#include "formats/pb.h"

/* The items of a field, separated by commas, one after the other. */
typedef struct items {
    const char *at, *end;
    int over;
} items;

static items items_of(cci_field field)
{
    return (items){field.s, field.s + field.size, field.size == 0};
}

static int next_item(items *it, const char **s, size_t *size)
{
    if (it->over)
        return 0;
    const char *comma = memchr(it->at, ',', (size_t)(it->end - it->at));
    const char *stop = comma ? comma : it->end;
    *s = it->at;
    *size = (size_t)(stop - it->at);
    cci_trim(s, size);
    it->over = comma == NULL;
    it->at = comma ? comma + 1 : stop;
    return 1;
}

static cocreate_status read_points(cci_pb_reader *pb, items *points, const char *project,
                                   size_t project_size, int64_t *out)
{
    const char *s;
    size_t size;
    char shown[CCI_SHOWN], project_shown[CCI_SHOWN];
    cci_shown(project, project_size, project_shown);
    if (!next_item(points, &s, &size))
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "there are no points for project %s",
                               project_shown);
    if (!cci_parse_i64(s, size, out) || (*out < 0 && pb->type->kind == COCREATE_BALLOT_POINTS))
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                               "points %s of project %s are not a whole number%s",
                               cci_shown(s, size, shown), project_shown,
                               pb->type->kind == COCREATE_BALLOT_POINTS ? " from 0" : "");
    return COCREATE_OK;
}

/* Put a project on the ballot, as number *n. */
static cocreate_status put_project(cci_pb_reader *pb, const char *id, size_t size, int64_t value,
                                   size_t *n)
{
    char shown[CCI_SHOWN];
    size_t n_options = cci_profile_options(pb->r->profile);
    size_t option = cci_profile_find_n(pb->r->profile, id, size);
    if (option == n_options)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "there is no project %s",
                               cci_shown(id, size, shown));
    if (pb->place[option] == 0) {
        pb->options[*n] = (uint32_t)option;
        pb->values[*n] = value;
        pb->place[option] = (uint32_t)++*n;
        return COCREATE_OK;
    }
    if (!pb->type->repeats)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "project %s is on the ballot twice",
                               cci_shown(id, size, shown));
    int64_t *sum = &pb->values[pb->place[option] - 1];
    if (!cci_add_i64(*sum, value, sum))
        return cci_reader_fail(pb->r, COCREATE_ERR_OVERFLOW,
                               "the points of project %s are too large",
                               cci_shown(id, size, shown));
    return COCREATE_OK;
}

static cocreate_status read_ballot(cci_pb_reader *pb, size_t *n)
{
    items projects = items_of(cci_pb_field(&pb->records, pb->vote_column));
    items points = items_of(cci_pb_field(&pb->records, pb->points_column));
    const char *id;
    size_t size;
    while (next_item(&projects, &id, &size)) {
        int64_t value = (int64_t)*n + 1; /* the rank, in an ordinal ballot */
        if (pb->type->has_points)
            CCI_TRY(read_points(pb, &points, id, size, &value));
        CCI_TRY(put_project(pb, id, size, value, n));
    }
    if (pb->type->has_points && !points.over)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "there are points without a project");
    if (pb->type->single && *n > 1)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                               "the ballot names %zu projects, but vote_type is %s", *n,
                               pb->type->name);
    return COCREATE_OK;
}

static cocreate_status beyond(const cci_pb_reader *pb, const char *what, int64_t value,
                              const char *bound, int64_t limit)
{
    return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                           "%s %" PRId64 ", but %s is %" PRId64
                           " (with the rule bounds=ignored the file is read as it is)",
                           what, value, bound, limit);
}

/* Does a ballot keep what META allows? */
static cocreate_status check_bounds(const cci_pb_reader *pb, size_t n)
{
    int64_t points = 0, cost = 0;
    if ((int64_t)n > pb->max_length)
        return beyond(pb, "the number of projects on the ballot is", (int64_t)n, "max_length",
                      pb->max_length);
    for (size_t i = 0; pb->type->has_points && i < n; i++) {
        if (pb->values[i] > pb->max_points)
            return beyond(pb, "the points of a project are", pb->values[i], "max_points", pb->max_points);
        if (pb->values[i] < pb->min_points)
            return beyond(pb, "the points of a project are", pb->values[i], "min_points", pb->min_points);
        if (pb->max_sum_points == INT64_MAX)
            continue;
        if (!cci_add_i64(points, pb->values[i], &points))
            return cci_reader_fail(pb->r, COCREATE_ERR_OVERFLOW,
                                   "the points together are too large");
    }
    if (points > pb->max_sum_points)
        return beyond(pb, "the points of the ballot together are", points, "max_sum_points",
                      pb->max_sum_points);
    for (size_t i = 0; pb->max_sum_cost.digits >= 0 && i < n; i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(pb->r->profile, pb->options[i], &option, pb->r->error));
        if (!cci_add_i64(cost, option.cost, &cost) || cost > pb->max_cost)
            return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                                   "the ballot's projects cost more than max_sum_cost "
                                   "(with the rule bounds=ignored the file is read as it is)");
    }
    return COCREATE_OK;
}

static cocreate_status read_vote(cci_pb_reader *pb)
{
    size_t n = 0;
    CCI_TRY(cci_reader_count_ballot(pb->r));
    CCI_TRY(read_ballot(pb, &n));
    CCI_TRY(check_bounds(pb, n));
    for (size_t i = 0; i < n; i++)
        pb->place[pb->options[i]] = 0;
    int valued = pb->type->kind != COCREATE_BALLOT_APPROVAL;
    return cci_reader_add(pb->r, pb->options, valued ? pb->values : NULL, n, 1, 1);
}

static cocreate_status read_titles(cci_pb_reader *pb)
{
    int more;
    CCI_TRY(cci_records_next(&pb->records, &more));
    pb->vote_column = more ? cci_pb_column(&pb->records, "vote") : SIZE_MAX;
    pb->points_column = more ? cci_pb_column(&pb->records, "points") : SIZE_MAX;
    if (pb->vote_column == SIZE_MAX)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "VOTES has no column vote");
    if (pb->type->has_points && pb->points_column == SIZE_MAX)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                               "VOTES has no column points, but vote_type is %s", pb->type->name);
    return COCREATE_OK;
}

cocreate_status cci_pb_read_votes(cci_pb_reader *pb)
{
    size_t n_options = cci_profile_options(pb->r->profile);
    pb->options = cci_alloc(&pb->records.allocator, n_options, sizeof *pb->options);
    pb->values = cci_alloc(&pb->records.allocator, n_options, sizeof *pb->values);
    pb->place = cci_alloc(&pb->records.allocator, n_options, sizeof *pb->place);
    if (!pb->options || !pb->values || !pb->place)
        return cci_no_memory(pb->r->error);
    CCI_TRY(read_titles(pb));
    int64_t votes = 0;
    for (;; votes++) {
        int more;
        CCI_TRY(cci_records_next(&pb->records, &more));
        if (!more)
            break;
        CCI_TRY(read_vote(pb));
    }
    if (pb->num_votes < 0 || pb->num_votes == votes)
        return COCREATE_OK;
    pb->r->line = pb->num_votes_line;
    return cci_reader_miscounted(pb->r, "num_votes", pb->num_votes, "votes", (uint64_t)votes);
}
