/* Reading cast vote records: a row into a ranking. */
#include "formats/cvr.h"

/* --- cells --- */

typedef enum cell_kind { CELL_SKIPPED, CELL_OVERVOTE, CELL_NAMES } cell_kind;

static cci_field cell_of(const cci_cvr_reader *c, size_t column)
{
    if (column >= c->records.n)
        return (cci_field){"", 0, 0};
    cci_field cell = c->records.fields[column];
    cci_trim(&cell.s, &cell.size);
    return cell;
}

/* What stands at a rank; a blank cell may stand for a name. */
static cell_kind kind_of(const cci_cvr_reader *c, cci_field *cell)
{
    if (cell->size == 0 && c->blank)
        *cell = (cci_field){c->blank, strlen(c->blank), 0};
    if (cell->size == 0 || cci_cvr_is_label(c, "skipped_label", cell->s, cell->size))
        return CELL_SKIPPED;
    return cci_cvr_is_label(c, "overvote_label", cell->s, cell->size) ? CELL_OVERVOTE : CELL_NAMES;
}

/* Cut the next name off a cell; 0 when there is none left. */
static int next_name(const cci_cvr_reader *c, cci_field *rest, cci_field *name)
{
    if (rest->s == NULL)
        return 0;
    size_t cut = c->delimiter ? strlen(c->delimiter) : 0, at = 0;
    while (cut > 0 && at + cut <= rest->size && memcmp(rest->s + at, c->delimiter, cut) != 0)
        at++;
    int last = cut == 0 || at + cut > rest->size;
    *name = (cci_field){rest->s, last ? rest->size : at, 0};
    *rest = last ? (cci_field){NULL, 0, 0}
                 : (cci_field){rest->s + at + cut, rest->size - at - cut, 0};
    cci_trim(&name->s, &name->size);
    return 1;
}

cocreate_status cci_cvr_collect(cci_cvr_reader *c)
{
    for (size_t i = 0; i < c->n_columns; i++) {
        cci_field cell = cell_of(c, c->columns[i]), name;
        uint32_t index;
        if (kind_of(c, &cell) == CELL_NAMES)
            while (next_name(c, &cell, &name))
                CCI_TRY(cci_cvr_name(c, name.s, name.size, &index));
    }
    return COCREATE_OK;
}

/* --- the rules, rank by rank --- */

/* Whether a ballot goes on behind a rank. */
typedef enum outcome { GOES_ON, ENDS } outcome;

static cocreate_status refuse(const cci_cvr_reader *c, const char *what, const char *rule,
                              const char *choices)
{
    return cci_reader_fail(c->r, COCREATE_ERR_PARSE, "%s: say by the rule %s what is to be done: %s",
                           what, rule, choices);
}

static cocreate_status take_overvote(const cci_cvr_reader *c, outcome *out)
{
    *out = c->overvote == CVR_EXHAUST ? ENDS : GOES_ON;
    if (c->overvote == CVR_TIE)
        return cci_reader_fail(c->r, COCREATE_ERR_PARSE,
                               "an overvote that does not name its candidates cannot be a tie");
    return c->overvote == CVR_REFUSE
               ? refuse(c, "there is an overvote", "overvote", "exhaust, skip or tie")
               : COCREATE_OK;
}

/* The names of a cell behind those of the ranks above. */
static cocreate_status take_names(cci_cvr_reader *c, size_t rank, cci_field cell, outcome *out)
{
    size_t before = c->n_ranked, named = 0;
    int repeated = 0;
    cci_field name;
    while (next_name(c, &cell, &name)) {
        uint32_t index = 0;
        CCI_TRY(cci_cvr_name(c, name.s, name.size, &index));
        named++;
        if (c->seen[index] == c->r->ballot_lines) {
            repeated = 1;
            continue;
        }
        c->seen[index] = c->r->ballot_lines;
        c->options[c->n_ranked] = index;
        c->ranks[c->n_ranked++] = (int64_t)rank;
    }
    if (repeated && c->duplicate == CVR_REFUSE)
        return refuse(c, "the ballot names a candidate twice", "duplicate", "skip or exhaust");
    if (repeated && c->duplicate == CVR_EXHAUST) {
        *out = ENDS;
    } else if (named > 1 && c->overvote != CVR_TIE) {
        CCI_TRY(take_overvote(c, out));
    } else {
        return COCREATE_OK;
    }
    /* A name in an overvote was not counted; where repeated names are skipped, it may be again. */
    for (size_t i = before; c->duplicate == CVR_SKIP && i < c->n_ranked; i++)
        c->seen[c->options[i]] = 0;
    c->n_ranked = before;
    return COCREATE_OK;
}

static cocreate_status read_count(cci_cvr_reader *c, int64_t *out)
{
    char shown[CCI_SHOWN];
    *out = 1;
    if (c->count_column == SIZE_MAX)
        return COCREATE_OK;
    cci_field cell = cell_of(c, c->count_column);
    if (!cci_parse_number(cell.s, cell.size, out))
        return cci_reader_fail(c->r, COCREATE_ERR_PARSE,
                               "column \"count\": %s is not a whole number",
                               cci_shown(cell.s, cell.size, shown));
    return COCREATE_OK;
}

cocreate_status cci_cvr_add(cci_cvr_reader *c)
{
    int64_t count, skipped = 0;
    outcome out = GOES_ON;
    c->n_ranked = 0;
    CCI_TRY(cci_reader_count_ballot(c->r));
    CCI_TRY(read_count(c, &count));
    for (size_t i = 0; i < c->n_columns && out == GOES_ON; i++) {
        cci_field cell = cell_of(c, c->columns[i]);
        cell_kind kind = kind_of(c, &cell);
        if (kind == CELL_SKIPPED) {
            out = ++skipped > c->max_skipped ? ENDS : GOES_ON;
            continue;
        }
        skipped = 0;
        if (kind == CELL_OVERVOTE)
            CCI_TRY(take_overvote(c, &out));
        else
            CCI_TRY(take_names(c, i + 1, cell, &out));
    }
    if (count == 0) /* checked, and adds nothing */
        return COCREATE_OK;
    return cci_reader_add(c->r, c->options, c->ranks, c->n_ranked, count, count);
}
