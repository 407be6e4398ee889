#include "campaign/rounds/quorum.h"

#include <string.h>

#include "base/text.h"
#include "campaign/brief_read.h"
#include "campaign/people/people.h"

#define CHANNELS_MAX 100
#define CHANNEL_WEIGHT_MAX 1000000

cocreate_status cci_channels_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                  cocreate_error *error)
{
    json_t *channels, *weight;
    const char *name;
    cci_path here = cci_path_key(path, "channels");
    if (!json_object_get(json, "channels"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_object(json, "channels", &channels, path, error));
    if (json_object_size(channels) < 1 || json_object_size(channels) > CHANNELS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected 1 to %d channels",
                             CHANNELS_MAX);
    json_object_foreach(channels, name, weight)
    {
        int64_t value;
        cci_path item = cci_path_key(&here, name);
        if (cci_id_check(name, "channel", NULL) != COCREATE_OK)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "is no id");
        CCI_TRY(cci_json_i64(channels, name, 0, CHANNEL_WEIGHT_MAX, &value, &here, error));
    }
    spec->channels = channels;
    return COCREATE_OK;
}

static cocreate_status read_share(const json_t *quorum, cci_round_spec *spec,
                                  const cci_path *path, cocreate_error *error)
{
    static const char *const words[] = {"electorate", "candidates", NULL};
    cci_rational share, one;
    int above = 0;
    cci_path here = cci_path_key(path, "share");
    CCI_TRY(cci_json_string(quorum, "share", &spec->quorum_share, path, error));
    CCI_TRY(cci_json_choice(quorum, "of", words, &spec->quorum_of_candidates, path, error));
    CCI_TRY(cci_rational_init(&share, error));
    cocreate_status status = cci_rational_init(&one, error);
    if (status == COCREATE_OK) {
        status = cci_rational_set_i64(&one, 1, 1, error);
        if (status == COCREATE_OK)
            status = cci_json_number(json_object_get(quorum, "share"), &share, &here, error);
        if (status == COCREATE_OK)
            status = cci_rational_compare(&share, &one, &above, error);
        if (status == COCREATE_OK && (above > 0 || cci_rational_sign(&share) <= 0))
            status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                   "expected a share above 0, at most 1");
        cci_rational_clear(&one);
    }
    cci_rational_clear(&share);
    return status;
}

cocreate_status cci_quorum_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                cocreate_error *error)
{
    static const char *const count_keys[] = {"ballots", NULL};
    static const char *const share_keys[] = {"share", "of", NULL};
    const json_t *quorum = json_object_get(json, "quorum");
    cci_path here = cci_path_key(path, "quorum");
    if (!json_is_object(quorum))
        return cci_brief_i64(json, "quorum", 0, CCI_JSON_INTEGER_MAX, 0, &spec->quorum, path,
                             error);
    int share = json_object_get(quorum, "share") != NULL;
    CCI_TRY(cci_brief_object(quorum, share ? share_keys : count_keys, &here, error));
    return share ? read_share(quorum, spec, &here, error)
                 : cci_json_i64(quorum, "ballots", 1, CCI_JSON_INTEGER_MAX, &spec->quorum, &here,
                                error);
}

/* ---- is it met? ---- */

/* Who could vote when the round closed. */
typedef struct census {
    cci_engine *e;
    const cci_campaign *c;
    size_t round;
    int64_t at, n;
} census;

static cocreate_status count_participant(void *user, const char *id, json_t *doc,
                                         cocreate_error *error)
{
    census *k = user;
    cocreate_error why = {0};
    cocreate_status status = cci_electorate_allows(k->e, k->c, k->round, id, k->at, &why);
    (void)doc;
    if (status == COCREATE_OK)
        k->n++;
    else if (!cci_is_verdict(status)) {
        if (error)
            *error = why;
        return status;
    }
    return COCREATE_OK;
}

static cocreate_status electorate_size(cci_engine *e, const cci_campaign *c, size_t round,
                                       int64_t *out, cocreate_error *error)
{
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, c->brief.rounds[round].id, &row, &state, error));
    census k = {e, c, round, json_integer_value(json_object_get(row, "closed_at")), 0};
    json_decref(row);
    CCI_TRY(cci_state_scan(e, 0, CCI_KIND_PARTICIPANT, NULL, count_participant, &k, error));
    *out = k.n;
    return COCREATE_OK;
}

/* n / of against the share; nothing of nothing is too little. */
static cocreate_status reaches(const char *share, int64_t n, int64_t of, int *out,
                               cocreate_error *error)
{
    cci_rational line, is;
    int order = -1;
    *out = 0;
    if (of <= 0)
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&line, error));
    cocreate_status status = cci_rational_init(&is, error);
    if (status == COCREATE_OK) {
        status = cci_rational_parse(share, strlen(share), &line, error);
        if (status == COCREATE_OK)
            status = cci_rational_set_i64(&is, n, of, error);
        if (status == COCREATE_OK)
            status = cci_rational_compare(&is, &line, &order, error);
        cci_rational_clear(&is);
    }
    cci_rational_clear(&line);
    *out = order >= 0;
    return status;
}

cocreate_status cci_quorum_missed(cci_engine *e, const cci_campaign *c, size_t index,
                                  const cci_turnout *t, char reason[CCI_REASON_SIZE],
                                  cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    int64_t n = t->marked, of = t->candidates;
    int met;
    reason[0] = '\0';
    if (t->ballots < spec->quorum)
        cci_reason(reason, "%lld ballot%s, the quorum is %lld", (long long)t->ballots, cci_plural(t->ballots),
                   (long long)spec->quorum);
    if (!spec->quorum_share)
        return COCREATE_OK;
    if (!spec->quorum_of_candidates) {
        n = t->voters;
        CCI_TRY(electorate_size(e, c, index, &of, error));
    }
    CCI_TRY(reaches(spec->quorum_share, n, of, &met, error));
    if (!met && spec->quorum_of_candidates)
        cci_reason(reason, "ballots speak of %lld of %lld candidates, the quorum is %s",
                   (long long)n, (long long)of, spec->quorum_share);
    else if (!met)
        cci_reason(reason, "%lld of %lld voted, the quorum is %s", (long long)n, (long long)of,
                   spec->quorum_share);
    return COCREATE_OK;
}

int cci_turnout_put(json_t *result, const cci_round_spec *spec, const cci_turnout *t)
{
    if (t->voided == 0 && t->retracted == 0 && t->below == 0 && !spec->quorum_share && !spec->channels)
        return 1;
    json_t *stats = cci_json_new();
    int ok = cci_json_put(stats, "valid", json_integer(t->ballots)) &&
             cci_json_put(stats, "void", json_integer(t->voided)) &&
             cci_json_put(stats, "retracted", json_integer(t->retracted)) &&
             cci_json_put(stats, "voters", json_integer(t->voters)) &&
             cci_json_put(stats, "marked", json_integer(t->marked)) &&
             (t->below == 0 || (cci_json_put(stats, "below", json_integer(t->below)) &&
                                cci_json_put(stats, "below_voters", json_integer(t->below_voters)) &&
                                cci_json_put(stats, "min_to_count", json_integer(t->least)))) &&
             cci_json_put(result, "stats", json_incref(stats));
    json_decref(stats);
    return ok;
}
