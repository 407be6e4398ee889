/* Pabulib .pb: META and PROJECTS. */
#include "base/text.h"
#include "formats/pb.h"

static const cci_pb_vote_type vote_types[] = {
    {"approval", COCREATE_BALLOT_APPROVAL, 0, 0, 0},
    {"choose-1", COCREATE_BALLOT_APPROVAL, 0, 1, 0},
    {"ordinal", COCREATE_BALLOT_RANKING, 0, 0, 0},
    {"cumulative", COCREATE_BALLOT_POINTS, 1, 0, 1},
    {"scoring", COCREATE_BALLOT_SCORE, 1, 0, 0},
};

/* --- records --- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int cci_pb_is_section(const cci_records *records, const char *name)
{
    cci_field field = cci_pb_field(records, 0);
    if (field.size != strlen(name))
        return 0;
    for (size_t i = 0; i < field.size; i++)
        if (lower(field.s[i]) != lower(name[i]))
            return 0;
    for (size_t i = 1; i < records->n; i++)
        if (cci_pb_field(records, i).size > 0)
            return 0;
    return 1;
}

size_t cci_pb_column(const cci_records *records, const char *title)
{
    for (size_t i = 0; i < records->n; i++) {
        cci_field field = cci_pb_field(records, i);
        if (cci_equals(field.s, field.size, title))
            return i;
    }
    return SIZE_MAX;
}

cci_field cci_pb_field(const cci_records *records, size_t column)
{
    if (column >= records->n)
        return (cci_field){"", 0, 0};
    cci_field field = records->fields[column];
    cci_trim(&field.s, &field.size);
    return field;
}

/* The next record, which must be there. */
static cocreate_status next_record(cci_pb_reader *pb, const char *missing)
{
    int more;
    CCI_TRY(cci_records_next(&pb->records, &more));
    return more ? COCREATE_OK
                : cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "the file ends before %s", missing);
}

/* --- amounts --- */

/* "250000", "776314.03" or "776314,03". */
static cocreate_status read_amount(cci_pb_reader *pb, const char *what, cci_field field,
                                   cci_pb_amount *out)
{
    char digits[20], shown[CCI_SHOWN];
    size_t n = 0, decimals = 0;
    int point = 0, good = field.size > 0;
    for (size_t i = 0; good && i < field.size; i++) {
        char c = field.s[i];
        if ((c == '.' || c == ',') && !point && i > 0 && i + 1 < field.size)
            point = 1;
        else if (c >= '0' && c <= '9' && n < sizeof digits)
            digits[n++] = c, decimals += point ? 1 : 0;
        else
            good = 0;
    }
    if (!good || decimals > 18 || !cci_parse_number(digits, n, &out->digits))
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                               "%s %s is not an amount: digits, a point, up to 18 decimals", what,
                               cci_shown(field.s, field.size, shown));
    out->decimals = (int32_t)decimals;
    if (out->decimals > pb->exponent)
        pb->exponent = out->decimals;
    return COCREATE_OK;
}

/* The amount in units of 10^-exponent. */
static cocreate_status scale_amount(cci_pb_reader *pb, const char *what, cci_pb_amount amount,
                                    int64_t *out)
{
    int64_t n = amount.digits;
    for (int32_t i = amount.decimals; i < pb->exponent; i++) {
        if (n > INT64_MAX / 10)
            return cci_reader_fail(pb->r, COCREATE_ERR_OVERFLOW,
                                   "%s is too large for the %d decimals that amounts have here",
                                   what, (int)pb->exponent);
        n *= 10;
    }
    *out = n;
    return COCREATE_OK;
}

/* --- META --- */

static cocreate_status read_vote_type(cci_pb_reader *pb, cci_field value)
{
    char shown[CCI_SHOWN];
    for (size_t i = 0; i < sizeof vote_types / sizeof *vote_types; i++)
        if (cci_equals(value.s, value.size, vote_types[i].name)) {
            pb->type = &vote_types[i];
            return COCREATE_OK;
        }
    return cci_reader_fail(pb->r, COCREATE_ERR_PARSE,
                           "vote_type %s is none of approval, choose-1, ordinal, cumulative and "
                           "scoring",
                           cci_shown(value.s, value.size, shown));
}

static cocreate_status read_meta_number(cci_pb_reader *pb, const char *key, cci_field value,
                                        int64_t *out, uint64_t *line)
{
    char shown[CCI_SHOWN];
    if (!cci_parse_number(value.s, value.size, out))
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "%s is %s, not a number", key,
                               cci_shown(value.s, value.size, shown));
    *line = pb->r->line;
    return COCREATE_OK;
}

/* A bound that ballots keep; what is empty is none. */
static cocreate_status read_bound(cci_pb_reader *pb, cci_field key, cci_field value)
{
    const struct {
        const char *key;
        int64_t *out;
    } bounds[] = {{"max_length", &pb->max_length},
                  {"max_sum_points", &pb->max_sum_points},
                  {"min_points", &pb->min_points},
                  {"max_points", &pb->max_points}};
    char shown[CCI_SHOWN];
    if (value.size == 0)
        return COCREATE_OK;
    if (cci_equals(key.s, key.size, "max_sum_cost"))
        return read_amount(pb, "max_sum_cost", value, &pb->max_sum_cost);
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (cci_equals(key.s, key.size, bounds[i].key) &&
            !cci_parse_i64(value.s, value.size, bounds[i].out))
            return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "%s is %s, not a whole number",
                                   bounds[i].key, cci_shown(value.s, value.size, shown));
    return COCREATE_OK;
}

static cocreate_status read_meta_record(cci_pb_reader *pb)
{
    cci_field key = cci_pb_field(&pb->records, 0), value = cci_pb_field(&pb->records, 1);
    if (cci_equals(key.s, key.size, "vote_type"))
        return read_vote_type(pb, value);
    if (cci_equals(key.s, key.size, "budget")) {
        pb->budget_line = pb->r->line;
        return read_amount(pb, "the budget", value, &pb->budget);
    }
    if (cci_equals(key.s, key.size, "num_projects"))
        return read_meta_number(pb, "num_projects", value, &pb->num_projects,
                                &pb->num_projects_line);
    if (cci_equals(key.s, key.size, "num_votes"))
        return read_meta_number(pb, "num_votes", value, &pb->num_votes, &pb->num_votes_line);
    if (cci_equals(key.s, key.size, CCI_PB_ID_ORDER))
        pb->by_index = cci_equals(value.s, value.size, "index");
    return pb->r->bounds_ignored ? COCREATE_OK : read_bound(pb, key, value);
}

static cocreate_status read_meta(cci_pb_reader *pb)
{
    CCI_TRY(next_record(pb, "the section META"));
    if (!cci_pb_is_section(&pb->records, "META"))
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "expected the line \"META\"");
    for (;;) {
        CCI_TRY(next_record(pb, "the section PROJECTS"));
        if (cci_pb_is_section(&pb->records, "PROJECTS"))
            break;
        CCI_TRY(read_meta_record(pb));
    }
    if (!pb->type)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "META has no vote_type");
    if (pb->budget.digits < 0)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "META has no budget");
    return COCREATE_OK;
}

/* --- PROJECTS --- */

/* Where to go back to for reading the projects again. */
typedef struct place {
    const char *at;
    uint64_t next_line;
} place;

static place here(const cci_pb_reader *pb)
{
    return (place){pb->r->at, pb->records.next_line};
}

typedef struct project_columns {
    size_t id, cost, name;
} project_columns;

/* How many projects there are, and how many decimals they need. */
static cocreate_status count_projects(cci_pb_reader *pb, const project_columns *columns,
                                      uint64_t *out)
{
    uint64_t n = 0;
    for (;;) {
        cci_pb_amount cost;
        CCI_TRY(next_record(pb, "the section VOTES"));
        if (cci_pb_is_section(&pb->records, "VOTES"))
            break;
        n++;
        CCI_TRY(read_amount(pb, "the cost", cci_pb_field(&pb->records, columns->cost), &cost));
    }
    if (n == 0)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "there is no project");
    *out = n;
    if (pb->num_projects < 0 || (uint64_t)pb->num_projects == n)
        return COCREATE_OK;
    pb->r->line = pb->num_projects_line;
    return cci_reader_miscounted(pb->r, "num_projects", pb->num_projects, "projects", n);
}

static cocreate_status read_project(cci_pb_reader *pb, const project_columns *columns,
                                    size_t index)
{
    cci_pb_amount amount = {0, 0};
    int64_t cost = 0;
    CCI_TRY(read_amount(pb, "the cost", cci_pb_field(&pb->records, columns->cost), &amount));
    CCI_TRY(scale_amount(pb, "the cost", amount, &cost));
    cci_field id = cci_pb_field(&pb->records, columns->id);
    const char *name = NULL;
    size_t name_size = 0;
    if (columns->name < pb->records.n) {
        name = pb->records.fields[columns->name].s;
        name_size = pb->records.fields[columns->name].size;
    }
    char shown[CCI_SHOWN];
    if (cci_profile_find_n(pb->r->profile, id.s, id.size) < index)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "two projects have the id %s",
                               cci_shown(id.s, id.size, shown));
    return cci_reader_set_option(pb->r, index, id.s, id.size, name, name_size, cost);
}

static cocreate_status read_projects(cci_pb_reader *pb)
{
    CCI_TRY(next_record(pb, "the titles of PROJECTS"));
    project_columns columns = {cci_pb_column(&pb->records, "project_id"),
                               cci_pb_column(&pb->records, "cost"),
                               cci_pb_column(&pb->records, "name")};
    if (columns.id == SIZE_MAX || columns.cost == SIZE_MAX)
        return cci_reader_fail(pb->r, COCREATE_ERR_PARSE, "PROJECTS has no column %s",
                               columns.id == SIZE_MAX ? "project_id" : "cost");
    place first = here(pb);
    uint64_t n = 0;
    CCI_TRY(count_projects(pb, &columns, &n));
    CCI_TRY(cci_reader_new_profile(pb->r, pb->type->kind, n, "projects"));
    place votes = here(pb);
    int64_t budget = 0;
    pb->r->line = pb->budget_line;
    CCI_TRY(scale_amount(pb, "the budget", pb->budget, &budget));
    if (pb->max_sum_cost.digits >= 0)
        CCI_TRY(scale_amount(pb, "max_sum_cost", pb->max_sum_cost, &pb->max_cost));
    CCI_TRY(cocreate_profile_set_budget(pb->r->profile, budget, pb->exponent, pb->r->error));
    cci_profile_set_lexical(pb->r->profile, !pb->by_index);
    pb->r->at = first.at;
    pb->records.next_line = first.next_line;
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(next_record(pb, "the section VOTES"));
        CCI_TRY(read_project(pb, &columns, i));
    }
    pb->r->at = votes.at;
    pb->records.next_line = votes.next_line;
    return COCREATE_OK;
}

static cocreate_status read_all(cci_pb_reader *pb)
{
    CCI_TRY(read_meta(pb));
    CCI_TRY(read_projects(pb));
    return cci_pb_read_votes(pb);
}

static cocreate_status read_pb(cci_reader *r)
{
    cci_pb_reader pb = {.r = r, .budget = {-1, 0}, .num_projects = -1, .num_votes = -1,
                        .max_length = INT64_MAX, .max_sum_points = INT64_MAX,
                        .min_points = INT64_MIN, .max_points = INT64_MAX,
                        .max_sum_cost = {-1, 0}, .max_cost = INT64_MAX};
    cci_records_open(&pb.records, r, ';');
    cocreate_status status = read_all(&pb);
    cci_free(&pb.records.allocator, pb.options);
    cci_free(&pb.records.allocator, pb.values);
    cci_free(&pb.records.allocator, pb.place);
    cci_records_close(&pb.records);
    return status;
}

const cci_format cci_format_pb = {
    "pb", "Pabulib: participatory budgeting",
    "Faliszewski et al., Participatory Budgeting: Data, Tools, and Analysis, IJCAI 2023; "
    "https://pabulib.org/format",
    cci_rules_bounds, read_pb, cci_pb_write};
