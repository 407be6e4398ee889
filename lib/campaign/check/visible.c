/* Visibility: what the brief keeps from a stranger is in no answer to one. */
#include <string.h>

#include "campaign/check/check.h"

/* Is what stands under this policy kept from somebody who is nobody's author, voter or firm? */
static int hidden(const json_t *brief, const char *what)
{
    static const char *const closed[] = {"nobody", "owner", "firm", "voted"};
    const char *audience = cci_json_text(json_object_get(brief, "visibility"), what);
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (strcmp(audience, closed[i]) == 0)
            return 1;
    return 0;
}

static void look_at_contributions(cci_check *k, const json_t *brief, const json_t *list)
{
    const json_t *form = json_object_get(brief, "form");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i), *fields = json_object_get(one, "fields");
        const char *id = cci_json_text(one, "id"), *state = cci_json_text(one, "state");
        int unpublished = json_is_true(json_object_get(one, "unpublished"));
        if (unpublished || strcmp(state, "submitted") == 0 || strcmp(state, "declined") == 0)
            cci_violation(k, "contribution", id, "a stranger sees it before it is published");
        if (hidden(brief, "identities") && json_object_get(one, "authors"))
            cci_violation(k, "contribution", id, "a stranger sees its authors");
        for (size_t f = 0; f < json_array_size(form); f++)
            if (json_is_true(json_object_get(json_array_get(form, f), "private")) &&
                json_object_get(fields, cci_json_text(json_array_get(form, f), "key")))
                cci_violation(k, "contribution", id, "a stranger sees a private field");
    }
}

static void look_at(cci_check *k, const json_t *view)
{
    static const char *const books[] = {"balances", "entries", "flags", "appeals"};
    static const char *const counts[] = {"counts", "kinds", "selection", "milestones"};
    const json_t *brief = json_object_get(k->shown, "brief");
    const json_t *list = json_object_get(view, "contributions");
    const json_t *rounds = json_object_get(view, "rounds");
    int no_counts = hidden(brief, "counts") || hidden(brief, "contributions");
    for (size_t i = 0; i < sizeof books / sizeof *books; i++)
        if (json_object_get(view, books[i]))
            cci_violation(k, "campaign", k->campaign, "a stranger sees the books or complaints");
    for (size_t i = 0; no_counts && i < sizeof counts / sizeof *counts; i++)
        if (json_object_get(view, counts[i]))
            cci_violation(k, "campaign", k->campaign, "a stranger sees counts");
    for (size_t i = 0; no_counts && i < json_array_size(rounds); i++)
        if (json_object_get(json_array_get(rounds, i), "result"))
            cci_violation(k, "campaign", k->campaign, "a stranger sees a result");
    if (hidden(brief, "contributions") && json_array_size(list) > 0)
        cci_violation(k, "campaign", k->campaign, "a stranger sees contributions");
    look_at_contributions(k, brief, list);
}

cocreate_status cci_check_visible(cci_check *k, cocreate_error *error)
{
    cocreate_text *text = NULL;
    json_t *view;
    cocreate_error why = {0};
    int draft = strcmp(cci_json_text(k->shown, "state"), "draft") == 0;
    cocreate_status status = cocreate_view(k->e->store, k->campaign, NULL, &text, &why);
    k->checked++;
    if (draft && status == COCREATE_OK)
        cci_violation(k, "campaign", k->campaign, "a stranger sees a draft");
    if (draft && status == COCREATE_ERR_NOT_FOUND)
        return COCREATE_OK;
    if (status != COCREATE_OK) {
        if (error)
            *error = why;
        return status;
    }
    status = cci_json_parse_canonical(cocreate_text_data(text), cocreate_text_size(text), &view, error);
    cocreate_text_free(text);
    CCI_TRY(status);
    look_at(k, view);
    json_decref(view);
    return COCREATE_OK;
}
