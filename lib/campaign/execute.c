/* The doors: commands as text, and the typed functions, which build the same commands. */
#include <string.h>

#include "base/text.h"
#include "campaign/engine.h"
#include "base/time.h"

cocreate_status cocreate_execute(cocreate_store *store, const char *json, size_t size,
                                 cocreate_text **out, cocreate_error *error)
{
    if (!json)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no command is given");
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    json_t *body;
    CCI_TRY(cci_json_parse_canonical(json, size, &body, error));
    int64_t at;
    const char *actor, *name;
    cocreate_status status = cci_json_object(body, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_string(body, "do", &name, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_id(body, "actor", &actor, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_time(body, "at", &at, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_run(e, at, actor, name, body, out, error);
    json_decref(body);
    return status;
}

/* A text parameter. NULL leaves it out. */
typedef struct argument {
    const char *name;
    const char *value;
    int is_json; /* the value is the text of an object */
} argument;

static cocreate_status put_argument(json_t *body, const argument *a, cocreate_error *error)
{
    size_t size = strlen(a->value);
    if (!a->is_json && !cci_utf8_valid(a->value, size))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is not valid UTF-8", a->name);
    json_t *value = NULL;
    if (!a->is_json) {
        value = json_stringn(a->value, size);
    } else {
        cocreate_status status =
            cci_json_parse_canonical(a->value, size, &value, error);
        if (status == COCREATE_ERR_MEMORY)
            return status;
        if (status != COCREATE_OK) {
            uint64_t where = error ? error->where : 0;
            (void)cci_fail_about(error, status, a->name, "%s",
                                 error ? error->text : cocreate_status_text(status));
            if (error)
                error->where = where; /* in the argument */
            return status;
        }
    }
    return cci_json_put(body, a->name, value) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status run_typed(cocreate_store *store, int64_t at, const char *actor,
                                 const char *name, const argument *arguments, size_t n,
                                 cocreate_error *error)
{
    if (!actor)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no actor is given");
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    json_t *body = cci_json_new();
    cocreate_status status = body ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        if (arguments[i].value)
            status = put_argument(body, &arguments[i], error);
    if (status == COCREATE_OK)
        status = cci_run(e, at, actor, name, body, NULL, error);
    json_decref(body);
    return status;
}

cocreate_status cocreate_participant_put(cocreate_store *store, int64_t at, const char *actor,
                                         const char *id, const char *side, const char *person,
                                         cocreate_error *error)
{
    const argument arguments[] = {
        {"participant", id, 0}, {"side", side, 0}, {"person", person, 1}};
    return run_typed(store, at, actor, "participant.put", arguments, 3, error);
}

cocreate_status cocreate_contribution_submit(cocreate_store *store, const char *campaign,
                                             int64_t at, const char *author,
                                             const char *contribution, const char *fields,
                                             const char *terms, cocreate_error *error)
{
    const argument arguments[] = {{"campaign", campaign, 0},
                                  {"contribution", contribution, 0},
                                  {"fields", fields, 1},
                                  {"terms", terms, 0}};
    return run_typed(store, at, author, "contribution.submit", arguments, 4, error);
}

cocreate_status cocreate_run_record(cocreate_store *store, const char *campaign, const char *round,
                                    int64_t at, const char *actor, const char *run,
                                    const char *contribution, const char *value,
                                    const char *reason, cocreate_error *error)
{
    const argument arguments[] = {{"campaign", campaign, 0}, {"round", round, 0},
                                  {"run", run, 0},           {"contribution", contribution, 0},
                                  {"value", value, 0},       {"reason", reason, 0}};
    return run_typed(store, at, actor, "run.record", arguments, 6, error);
}

cocreate_status cocreate_tick(cocreate_store *store, int64_t at, cocreate_error *error)
{
    return run_typed(store, at, CCI_HOST, "tick", NULL, 0, error);
}
