/* Kinds and states of contributions, as words. */
#include "campaign/graph/kinds.h"

#include <string.h>

#include "campaign/brief_read.h"

const char *const cci_kind_words[] = {"entry",  "idea",    "design", "proposal",    "solution", "text",
                                      "review", "comment", "answer", "task_result", "bid",      "response",
                                      NULL};

static int is_one_of(const char *word, const char *const *words)
{
    for (; word && *words; words++)
        if (strcmp(word, *words) == 0)
            return 1;
    return 0;
}

int cci_kind_replies(const char *kind)
{
    static const char *const replies[] = {"comment", "review", "answer", "response", NULL};
    return is_one_of(kind, replies);
}

cocreate_status cci_brief_kinds(cci_brief *b, cocreate_error *error)
{
    json_t *list = json_object_get(b->json, "kinds");
    cci_path here = cci_path_key(&CCI_ROOT, "kinds");
    b->work = cci_kind_words[CCI_KIND_OF_WORK];
    b->kinds = 1u << CCI_KIND_OF_WORK;
    if (!list)
        return COCREATE_OK;
    CCI_TRY(cci_brief_words(b->json, "kinds", cci_kind_words, 0, &b->kinds, &CCI_ROOT, error));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *kind = json_string_value(json_array_get(list, i));
        if (cci_kind_replies(kind))
            continue;
        b->work = kind;
        return COCREATE_OK;
    }
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "expected at least one kind of works, as \"idea\"");
}

const char *cci_contribution_kind(const json_t *row)
{
    const char *kind = json_string_value(json_object_get(row, "kind"));
    return kind ? kind : cci_kind_words[CCI_KIND_OF_WORK];
}

int cci_kind_taken(const json_t *row, const char *kind)
{
    const char *is = cci_contribution_kind(row);
    return kind ? strcmp(kind, is) == 0 : !cci_kind_replies(is);
}

static cocreate_status refuse_kind(const cci_command *command, const char *kind, cocreate_error *error)
{
    const cci_brief *b = &command->campaign->brief;
    char all[160] = "";
    for (size_t i = 0; cci_kind_words[i]; i++) {
        size_t used = strlen(all);
        if (!(b->kinds & 1u << i) || used + strlen(cci_kind_words[i]) + 3 > sizeof all)
            continue;
        memcpy(all + used, ", ", 3);
        memcpy(all + used + (used ? 2 : 0), cci_kind_words[i], strlen(cci_kind_words[i]) + 1);
    }
    return cci_refuse(error, "$.kinds", "the campaign takes no '%s', but %s", kind, all);
}

cocreate_status cci_kind_read(const cci_command *command, json_t *data, cocreate_error *error)
{
    const cci_brief *b = &command->campaign->brief;
    int named = json_object_get(b->json, "kinds") != NULL, index = 0;
    const json_t *given = json_object_get(command->body, "kind");
    const char *kind = b->work;
    if (given && !json_is_null(given)) {
        CCI_TRY(cci_json_choice(command->body, "kind", cci_kind_words, &index, &CCI_ROOT, error));
        kind = cci_kind_words[index];
        if (!(b->kinds & 1u << index))
            return refuse_kind(command, kind, error);
    }
    return !named || cci_json_put(data, "kind", json_string(kind)) ? COCREATE_OK : cci_no_memory(error);
}

/* ---- states ---- */

const char *const cci_state_ends[] = {"withdrawn", "declined", "removed",      "merged",    "expired",
                                      "dropped",   "disqualified", "forfeited"};
#define ENDS (sizeof cci_state_ends / sizeof *cci_state_ends)

size_t cci_state_end_index(const char *state)
{
    for (size_t i = 0; state && i < ENDS; i++)
        if (strcmp(state, cci_state_ends[i]) == 0)
            return i;
    return 0;
}

const char *cci_state_end(const char *state)
{
    size_t i = cci_state_end_index(state);
    return state && strcmp(state, cci_state_ends[i]) == 0 ? cci_state_ends[i] : NULL;
}

int cci_state_ended(const char *state)
{
    return cci_state_end(state) != NULL;
}

const char *cci_state_count(const char *state)
{
    static const char implemented[] = "implemented";
    const char *end = cci_state_end(state);
    return end ? end : state && strcmp(state, implemented) == 0 ? implemented : "live";
}
