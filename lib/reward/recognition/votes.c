#include "reward/recognition/votes.h"

#include <stdlib.h>
#include <string.h>

const cci_path *cci_vote_at(const cci_vote *vote, cci_vote_path *out)
{
    out->root = CCI_ROOT;
    out->list = cci_path_key(&out->root, "votes");
    out->vote = cci_path_at(&out->list, vote->index);
    return &out->vote;
}

/* Entries stand in order of their ids. */
static int by_pair(const void *a, const void *b)
{
    const cci_vote *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    int order = strcmp(x->voter, y->voter);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_time(const void *a, const void *b)
{
    const cci_vote *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->at.known != y->at.known)
        return x->at.known ? -1 : 1;
    if (x->at.known && x->at.at != y->at.at)
        return x->at.at < y->at.at ? -1 : 1;
    return strcmp(x->voter, y->voter);
}

static int is_own(const cci_entry *entry, const char *person)
{
    for (size_t i = 0; i < entry->n_team; i++)
        if (strcmp(entry->team[i].id, person) == 0)
            return 1;
    return (entry->owner != NULL && strcmp(entry->owner, person) == 0) ||
           strcmp(entry->id, person) == 0;
}

static cocreate_status read_vote(const cci_evaluation *e, const cci_section *section, size_t i,
                                 cci_vote *out, cocreate_error *error)
{
    const json_t *row;
    const char *entry;
    cci_path at;
    CCI_TRY(cci_section_row(section, i, &row, &at, error));
    cci_path entry_at = cci_path_key(&at, "entry"), weight_at = cci_path_key(&at, "weight");
    cci_path p_at = cci_path_key(&at, "p");
    out->index = i;
    CCI_TRY(cci_json_id(row, "voter", &out->voter, &at, error));
    CCI_TRY(cci_json_id(row, "entry", &entry, &at, error));
    CCI_TRY(cci_row_number(row, "weight", 1, &out->stake, &at, error));
    CCI_TRY(cci_row_number(row, "p", 1, &out->probability, &at, error));
    CCI_TRY(cci_row_time(row, "at", &out->at, &at, error));
    out->entry = cci_result_find(e->result, entry);
    if (out->entry == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &entry_at, "no entry has the id \"%s\"",
                             entry);
    if (out->stake.den > 0 && out->stake.num <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &weight_at, "is not more than 0");
    if (out->probability.den > 0 &&
        (out->probability.num < 0 || out->probability.num > out->probability.den))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &p_at,
                             "a probability is a number from 0 to 1");
    if (out->stake.den == 0)
        out->stake = (cci_number){1, 1};
    if (out->probability.den == 0)
        out->probability = (cci_number){1, 1};
    return COCREATE_OK;
}

static cocreate_status check_twice(const cci_vote *votes, size_t n, cocreate_error *error)
{
    for (size_t i = 1; i < n; i++) {
        cci_vote_path path;
        if (votes[i].entry == votes[i - 1].entry && strcmp(votes[i].voter, votes[i - 1].voter) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_vote_at(&votes[i], &path),
                                 "\"%s\" votes for \"%s\" in $.votes[%zu] already", votes[i].voter,
                                 votes[i].entry->id, votes[i - 1].index);
    }
    return COCREATE_OK;
}

/* What one votes for another's entries is what the guards see: of a team, its entry. */
static cocreate_status apply_guards(cci_evaluation *e, const cci_rule *rule,
                                    const cci_guards *guards, cci_vote *votes, size_t *n,
                                    cocreate_error *error)
{
    cci_deed *deeds = cci_arena_alloc(&e->scratch, *n, sizeof *deeds);
    cci_vote *all = cci_arena_alloc(&e->scratch, *n, sizeof *all);
    if (deeds == NULL || all == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < *n; i++) {
        const cci_vote *v = &votes[i];
        all[i] = *v;
        deeds[i] = (cci_deed){.id = v->entry->id,
                              .person = v->entry->owner != NULL ? v->entry->owner : v->entry->id,
                              .by = v->voter,
                              .at = v->at.at,
                              .index = i};
    }
    CCI_TRY(cci_deeds_guard(e, rule, guards, deeds, n, error));
    for (size_t i = 0; i < *n; i++)
        votes[i] = all[deeds[i].index];
    return COCREATE_OK;
}

cocreate_status cci_votes_read(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                               int timed, cci_vote **out, size_t *n, cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "votes", 0, &section, error));
    cci_vote *votes = cci_arena_alloc(&e->scratch, section.n, sizeof *votes);
    size_t kept = 0;
    if (votes == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        cci_vote_path path;
        CCI_TRY(read_vote(e, &section, i, &votes[i], error));
        if (timed && !votes[i].at.known)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_vote_at(&votes[i], &path),
                                 "has no \"at\", which rule \"%s\" needs", rule->id);
    }
    if (section.n > 0)
        qsort(votes, section.n, sizeof *votes, by_pair);
    CCI_TRY(check_twice(votes, section.n, error));
    for (size_t i = 0; i < section.n; i++)
        if (cci_eligible(rule, votes[i].entry) && !is_own(votes[i].entry, votes[i].voter) &&
            cci_person_eligible(e, rule, votes[i].voter))
            votes[kept++] = votes[i];
    CCI_TRY(apply_guards(e, rule, guards, votes, &kept, error));
    if (kept > 0)
        qsort(votes, kept, sizeof *votes, by_time);
    *out = votes;
    *n = kept;
    return COCREATE_OK;
}
