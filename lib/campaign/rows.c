#include "campaign/rows.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *kind_name(int32_t kind)
{
    static const char *const names[80] = {
        [CCI_KIND_CAMPAIGN] = "campaign",         [CCI_KIND_PARTICIPANT] = "participant",
        [CCI_KIND_CONTRIBUTION] = "contribution", [CCI_KIND_AUTHOR] = "author",
        [CCI_KIND_ROUND] = "round",               [CCI_KIND_DECISION] = "decision",
        [CCI_KIND_RUN] = "run",                   [CCI_KIND_AWARD] = "award",
        [CCI_KIND_ENTRY] = "entry",               [CCI_KIND_RIGHT] = "grant of rights",
        [CCI_KIND_PAYEE] = "payee",               [CCI_KIND_EDGE] = "edge",
        [CCI_KIND_EDGE_TO] = "edge",              [CCI_KIND_COUNT] = "count",
        [CCI_KIND_TIMER] = "timer",               [CCI_KIND_MILESTONE] = "milestones of",
        [CCI_KIND_FLAG] = "flag",                 [CCI_KIND_FLAG_MARK] = "flag on",
        [CCI_KIND_APPEAL] = "appeal",             [CCI_KIND_REVISION] = "revision",
        [CCI_KIND_AGAIN] = "ballot cleared in",
        [CCI_KIND_RESPONSE] = "response",         [CCI_KIND_USEFUL] = "useful mark on",
        [CCI_KIND_ASSIGNMENT] = "assignment",     [CCI_KIND_INVITATION] = "invitation of",
        [CCI_KIND_CONFLICT] = "conflict of interest",
        [CCI_KIND_CHOICE] = "choice of runs",     [CCI_KIND_DROP] = "score of",
        [CCI_KIND_PERIOD] = "period of round",    [CCI_KIND_EXTRA] = "yes beside the mark",
        [CCI_KIND_TASK] = "task",                 [CCI_KIND_LEASE] = "lease",
        [CCI_KIND_TASK_ORDER] = "task to take",   [CCI_KIND_DUEL] = "duels of",
        [CCI_KIND_DUEL_SEEN] = "duels seen by",
        [CCI_KIND_SALE] = "period of reward",
        [CCI_KIND_USE] = "use of a limit",        [CCI_KIND_HOLDER] = "use of a limit",
        [CCI_KIND_TEAM] = "team",                 [CCI_KIND_TEAM_WORK] = "work of team",
        [CCI_KIND_TEAM_CHANGE] = "change of team", [CCI_KIND_TEAM_MEMBER] = "member of a team",
        [CCI_KIND_ROLE] = "role",                 [CCI_KIND_FEE] = "fee",
        [CCI_KIND_PLEDGE] = "pledge",
        [CCI_KIND_ATTRIBUTES] = "attributes of participant",
        [CCI_KIND_SEAL] = "sealed ballots of round", [CCI_KIND_SEGMENT] = "sealed ballots of round",
    };
    return kind >= 0 && kind < 80 && names[kind] ? names[kind] : "row";
}

void cci_row_show_id(cci_bytes id, char shown[CCI_ROW_ID])
{
    char parts[CCI_ROW_ID];
    size_t n = id.size < sizeof parts ? id.size : sizeof parts;
    if (n > 0)
        memcpy(parts, id.data, n);
    for (size_t i = 0; i < n; i++)
        if (parts[i] == '\n')
            parts[i] = '/';
    cci_quote(parts, n, shown, CCI_ROW_ID);
}

void cci_row_name(int32_t kind, cci_bytes id, char name[CCI_ROW_NAME])
{
    char shown[CCI_ROW_ID];
    cci_row_show_id(id, shown);
    snprintf(name, CCI_ROW_NAME, "%s '%s'", kind_name(kind), shown);
}

cocreate_status cci_row_parse(int32_t kind, cci_bytes id, cci_bytes data, json_t **out,
                              cocreate_error *error)
{
    char name[CCI_ROW_NAME];
    cocreate_error why = {0};
    json_t *document = NULL;
    cocreate_status status = cci_json_parse(data.data, data.size, &document, &why);
    if (status == COCREATE_OK && json_is_object(document)) {
        *out = document;
        return COCREATE_OK;
    }
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    json_decref(document);
    cci_row_name(kind, id, name);
    return cci_fail_about(error, COCREATE_ERR_CORRUPT, name, "%s",
                          status == COCREATE_OK ? "the row is no object" : why.text);
}
