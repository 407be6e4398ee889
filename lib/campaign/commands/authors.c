/* The authors of a submission and their shares, which sum to 1 exactly. */
#include "base/table.h"
#include "campaign/commands/contribution.h"
#include "campaign/people/teams.h"

static json_t *author_document(const char *participant, const char *share)
{
    json_t *json = cci_json_new();
    if (!cci_json_put(json, "participant", json_string(participant)) ||
        !cci_json_put(json, "share", json_string(share))) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* Read one declared share, add it to `sum`, and write it in lowest terms. */
static cocreate_status read_share(const json_t *item, cci_rational *share, cci_rational *sum,
                                  cci_buffer *text, const cci_path *path, cocreate_error *error)
{
    cci_path here = cci_path_key(path, "share");
    CCI_TRY(cci_json_number(json_object_get(item, "share"), share, &here, error));
    if (cci_rational_sign(share) <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "a share is above 0");
    CCI_TRY(cci_rational_add(sum, share, sum, error));
    cci_buffer_clear(text);
    return cci_rational_text(share, text, error);
}

typedef struct authors {
    const char *key; /* of the command */
    json_t *given; /* array of {"participant", "share"?} */
    json_t *list;  /* the same with every share */
    size_t n_shares;
    cci_rational share, sum;
    cci_buffer text;
    cci_string_set names;
} authors;

static cocreate_status read_author(authors *a, size_t i, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"participant", "share", NULL};
    const json_t *item = json_array_get(a->given, i);
    const char *participant;
    uint32_t index;
    int added;
    CCI_TRY(cci_json_keys(item, keys, path, error));
    CCI_TRY(cci_json_id(item, "participant", &participant, path, error));
    CCI_TRY(cci_string_set_add(&a->names, participant, &index, &added, error));
    cci_path here = cci_path_key(path, "participant");
    if (!added)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "'%s' is an author already",
                             participant);
    if (json_object_get(item, "share")) {
        a->n_shares++;
        CCI_TRY(read_share(item, &a->share, &a->sum, &a->text, path, error));
    } else { /* equal shares */
        CCI_TRY(cci_rational_set_i64(&a->share, 1, (int64_t)json_array_size(a->given), error));
        cci_buffer_clear(&a->text);
        CCI_TRY(cci_rational_text(&a->share, &a->text, error));
    }
    if (a->text.failed || !cci_json_push(a->list, author_document(participant, a->text.data)))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status read_list(authors *a, int64_t team_max, cocreate_error *error)
{
    cci_path path = cci_path_key(&CCI_ROOT, a->key);
    size_t n = json_array_size(a->given);
    if (n == 0 || n > CCI_AUTHORS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "expected 1 to %d authors",
                             CCI_AUTHORS_MAX);
    if ((int64_t)n > team_max)
        return cci_refuse(error, "$.team_max", "%zu authors, a team has at most %lld", n,
                          (long long)team_max);
    CCI_TRY(cci_rational_init(&a->share, error));
    CCI_TRY(cci_rational_init(&a->sum, error));
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&path, i);
        CCI_TRY(read_author(a, i, &here, error));
    }
    if (a->n_shares != 0 && a->n_shares != n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "either every author has a share or none");
    int order = 0;
    if (a->n_shares) {
        CCI_TRY(cci_rational_set_i64(&a->share, 1, 1, error));
        CCI_TRY(cci_rational_compare(&a->sum, &a->share, &order, error));
    }
    if (order == 0)
        return COCREATE_OK;
    cci_buffer_clear(&a->text);
    CCI_TRY(cci_rational_text(&a->sum, &a->text, error));
    if (a->text.failed)
        return cci_no_memory(error);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "the shares sum to %s, not to 1",
                         a->text.data);
}

cocreate_status cci_shares_alone(const char *participant, json_t **out, cocreate_error *error)
{
    json_t *alone = json_array();
    if (!cci_json_push(alone, author_document(participant, "1"))) {
        json_decref(alone);
        return cci_no_memory(error);
    }
    *out = alone;
    return COCREATE_OK;
}

cocreate_status cci_shares_read(cci_engine *e, int64_t most, json_t *given, const char *key, json_t **out,
                                cocreate_error *error)
{
    authors a = {.key = key, .given = given, .list = json_array()};
    cci_buffer_init(&a.text, &e->allocator);
    cci_string_set_init(&a.names, &e->allocator);
    cocreate_status status =
        a.list ? read_list(&a, most, error) : cci_no_memory(error);
    cci_rational_clear(&a.share);
    cci_rational_clear(&a.sum);
    cci_buffer_free(&a.text);
    cci_string_set_free(&a.names);
    if (status == COCREATE_OK)
        *out = a.list;
    else
        json_decref(a.list);
    return status;
}

cocreate_status cci_authors_read(cci_engine *e, const cci_command *command, int known, json_t **out,
                                 cocreate_error *error)
{
    int64_t most = known ? CCI_AUTHORS_MAX : command->campaign->brief.team_max;
    json_t *given = json_object_get(command->body, "authors");
    const char *team = NULL;
    int alone = !given || json_is_null(given);
    CCI_TRY(cci_json_id_opt(command->body, "team", &team, &CCI_ROOT, error));
    if (team && !alone)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.authors: those of a team are its members; leave one of the two out");
    if (team)
        return cci_team_authors(e, command->campaign, team, command->actor, out, error);
    return alone ? cci_shares_alone(command->actor, out, error)
                 : cci_shares_read(e, most, given, "authors", out, error);
}
