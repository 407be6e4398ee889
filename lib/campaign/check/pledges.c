/* Pledges that are held: all or nothing, and no longer than it takes to know. */
#include <string.h>

#include "campaign/check/check.h"

/* What the accounts "pledges:<round>:..." have. */
static int64_t balance_of(const cci_check *k, const char *round)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    size_t n = strlen(round);
    int64_t sum = 0;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *account = cci_json_text(line, "account");
        if (strncmp(account, "pledges:", 8) == 0 && strncmp(account + 8, round, n) == 0 &&
            account[8 + n] == ':')
            sum += json_integer_value(json_object_get(line, "minor"));
    }
    return sum;
}

cocreate_status cci_check_pledges(cci_check *k, cocreate_error *error)
{
    const json_t *rounds = json_object_get(k->shown, "rounds");
    (void)error;
    for (size_t i = 0; i < json_array_size(rounds); i++) {
        const json_t *round = json_array_get(rounds, i);
        const json_t *pledges = json_object_get(round, "pledges");
        const char *id = cci_json_text(round, "id"), *state = cci_json_text(round, "state");
        if (!pledges)
            continue;
        k->checked++;
        int over = strcmp(state, "certified") == 0 || strcmp(state, "failed") == 0 ||
                   strcmp(state, "annulled") == 0;
        int64_t captured = json_integer_value(json_object_get(pledges, "captured"));
        if (over && json_integer_value(json_object_get(pledges, "held")) != 0)
            cci_violation(k, "round", id, "it is over, and still holds pledges");
        if (captured != balance_of(k, id))
            cci_violation(k, "round", id, "what it captured is not what the accounts have");
        if (captured != 0 && strcmp(state, "certified") != 0)
            cci_violation(k, "round", id, "it captured pledges, and is not certified");
    }
    return COCREATE_OK;
}
