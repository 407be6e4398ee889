#include "campaign/graph/choose.h"

#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"

typedef struct choice {
    cci_engine *engine;
    const cci_campaign *campaign;
    const char *round, *contribution;
} choice;

/* Is a contribution selected in this round so far, or by another one for good? */
static cocreate_status is_selected(const choice *x, const char *id, int *out, cocreate_error *error)
{
    json_t *decision = NULL, *row = NULL;
    cocreate_status status = cci_state_get_by(x->engine, x->campaign->part, CCI_KIND_DECISION,
                                              CCI_KEY(x->round, id), &decision, error);
    if (status == COCREATE_OK)
        status = cci_state_get(x->engine, x->campaign->part, CCI_KIND_CONTRIBUTION, id, &row, error);
    const char *verdict = json_string_value(json_object_get(decision, "verdict"));
    *out = (verdict && strcmp(verdict, "select") == 0) || cci_contribution_is(row, "selected") ||
           cci_contribution_is(row, "implemented");
    json_decref(decision);
    json_decref(row);
    return status;
}

static cocreate_status excludes(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    const choice *x = user;
    int selected = 0;
    (void)edge;
    CCI_TRY(is_selected(x, other, &selected, error));
    return selected ? cci_fail(error, COCREATE_ERR_REFUSED,
                               "'%s' is incompatible with '%s', which is selected: reject that one first",
                               x->contribution, other)
                    : COCREATE_OK;
}

static cocreate_status needs(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    const choice *x = user;
    int selected = 0;
    (void)edge;
    CCI_TRY(is_selected(x, other, &selected, error));
    return selected ? COCREATE_OK
                    : cci_fail(error, COCREATE_ERR_REFUSED,
                               "'%s' requires '%s', which is not selected: select that one first",
                               x->contribution, other);
}

static cocreate_status is_needed(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    const choice *x = user;
    int selected = 0;
    (void)edge;
    CCI_TRY(is_selected(x, other, &selected, error));
    return selected ? cci_fail(error, COCREATE_ERR_REFUSED,
                               "'%s' is required by '%s', which is selected: reject that one first",
                               x->contribution, other)
                    : COCREATE_OK;
}

cocreate_status cci_choice_allowed(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *contribution, int selects, cocreate_error *error)
{
    choice x = {e, c, round, contribution};
    if (!selects)
        return cci_edges_scan(e, c->part, contribution, "requires", 0, is_needed, &x, error);
    CCI_TRY(cci_edges_scan(e, c->part, contribution, "incompatible", 1, excludes, &x, error));
    CCI_TRY(cci_edges_scan(e, c->part, contribution, "incompatible", 0, excludes, &x, error));
    return cci_edges_scan(e, c->part, contribution, "requires", 1, needs, &x, error);
}
