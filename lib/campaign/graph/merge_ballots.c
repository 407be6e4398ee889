/* Ballots that stand, when one contribution is merged into another.
 *
 * A ballot that speaks of several options names the target instead; where it named both, the instrument says
 * what that makes. Where each option, or pair, has a ballot of its own, it goes under the key of the target;
 * of two the later stands, or the first where ballots cannot be changed, as if both had been cast for the
 * target. What was voided stays so, and nothing takes its place. An author of the target may not support it
 * by way of the other, and a duel between the two is about nothing any more. */
#include <string.h>

#include "base/checked.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/merge.h"
#include "campaign/instruments/instrument.h"
#include "campaign/money/pledges.h"
#include "campaign/limits/limits.h"
#include "campaign/milestones/counts.h"
#include "campaign/rounds/about.h"
#include "campaign/rounds/drop.h"
#include "campaign/rounds/extras.h"

typedef struct merging {
    cci_engine *e;
    const cci_event *event;
    size_t round;
    const cci_round_spec *spec;
    const char *from, *to;
    const json_t *target;
    json_t *rows; /* of cci_ballots_about() */
    cci_merge_tally *tally;
    int64_t supporters, amount; /* that the target gains for its milestones */
    int64_t ballots, score;     /* and for its line */
} merging;

/* ---- what the target gains ---- */

static cocreate_status value_of(const merging *m, const json_t *mark, int64_t *out, cocreate_error *error)
{
    *out = 0;
    return mark ? cci_ballot_value(m->spec, mark, &CCI_ROOT, out, error) : COCREATE_OK;
}

/* One voter's mark of the target was `before` and is `after`; NULL where there is none. */
static cocreate_status gain(merging *m, const json_t *before, const json_t *after, cocreate_error *error)
{
    int64_t (*evidence)(const cci_round_spec *, int64_t) = m->spec->instrument->evidence;
    int64_t old, now;
    CCI_TRY(value_of(m, before, &old, error));
    CCI_TRY(value_of(m, after, &now, error));
    m->supporters += (now > 0) - (old > 0);
    m->ballots += (after != NULL) - (before != NULL);
    int64_t more = (now > 0 ? now : 0) - (old > 0 ? old : 0);
    int64_t was = before && evidence ? evidence(m->spec, old) : old;
    int64_t is = after && evidence ? evidence(m->spec, now) : now;
    return cci_add_i64(m->amount, more, &m->amount) && cci_add_i64(m->score, is - was, &m->score)
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_OVERFLOW, "what '%s' gains is too much", m->to);
}

/* May this voter support the target? */
static int may_support(const merging *m, const char *voter)
{
    return m->spec->self_vote || !cci_contribution_by(m->target, voter);
}

static cocreate_status release(const merging *m, const char *voter, int fewer, int gains,
                               cocreate_error *error)
{
    return cci_limits_merged(m->e, m->event, m->round, voter, m->from, m->to, fewer, gains, error);
}

/* ---- writing ---- */

static cocreate_status put(const merging *m, const cci_standing *s, const cci_ballot_key *key,
                           const json_t *marks, cocreate_error *error)
{
    return cci_standing_put(m->e, m->event->campaign, m->round, s, key, marks, error);
}

static cocreate_status drop(const merging *m, const cci_standing *s, cocreate_error *error)
{
    return cci_standing_delete(m->e, m->event->campaign, m->round, s, error);
}

/* ---- a ballot of many options ---- */

static cocreate_status merge_marks(merging *m, const cci_standing *s, json_t *marks, cocreate_error *error)
{
    json_t *mark = json_object_get(marks, m->from), *other = json_object_get(marks, m->to);
    int supports = may_support(m, s->key), made = 1;
    json_t *after = !supports ? other : other ? cci_merge_both(m->spec, other, mark) : mark;
    json_t *before = json_incref(other);
    if (supports) {
        made = after && cci_json_put(marks, m->to, other ? after : json_incref(after));
        *(other ? &m->tally->both : &m->tally->moved) += 1;
    } else {
        m->tally->dropped++;
    }
    json_object_del(marks, m->from);
    cocreate_status status =
        made ? gain(m, before, json_object_get(marks, m->to), error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = release(m, s->key, 0, supports && !before, error);
    if (status == COCREATE_OK)
        status = put(m, s, NULL, marks, error);
    json_decref(before);
    return status;
}

static cocreate_status merge_whole(merging *m, const cci_standing *s, cocreate_error *error)
{
    json_t *marks = cci_json_copy(s->marks);
    cocreate_status status = marks ? merge_marks(m, s, marks, error) : cci_no_memory(error);
    json_decref(marks);
    return status;
}

/* ---- a ballot of one option, or of a pair ---- */

/* It counts no more: what the voter said of the target, or nothing, stands. */
static cocreate_status lose(merging *m, const cci_standing *s, const char *voter, int64_t *tally,
                            cocreate_error *error)
{
    ++*tally;
    CCI_TRY(release(m, voter, 1, 0, error));
    CCI_TRY(cci_pledge_changed(m->e, m->event, m->round, voter, s->marks, NULL, error));
    return drop(m, s, error);
}

/* Put in the place of what stands for the target, NULL marks if nothing does. */
static cocreate_status take(merging *m, const cci_standing *s, const char *voter, const cci_ballot_key *key,
                            const json_t *marks, const json_t *before, cocreate_error *error)
{
    *(before ? &m->tally->both : &m->tally->moved) += 1;
    CCI_TRY(gain(m, json_object_get(before, m->to), json_object_get(marks, m->to), error));
    CCI_TRY(release(m, voter, before != NULL, before == NULL, error));
    CCI_TRY(put(m, s, key, marks, error));
    CCI_TRY(cci_pledge_changed(m->e, m->event, m->round, voter, s->marks, NULL, error));
    CCI_TRY(cci_pledge_changed(m->e, m->event, m->round, voter, NULL, marks, error));
    return drop(m, s, error);
}

/* The marks under the name of the target; `ids` are those of the key. */
static cocreate_status rename_marks(const merging *m, const json_t *marks, const char *const *ids, size_t n,
                                    json_t *out, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        const char *id = strcmp(ids[i], m->from) == 0 ? m->to : ids[i];
        json_t *mark = json_object_get(marks, ids[i]);
        if (!cci_json_put(out, id, mark ? json_incref(mark) : json_integer(0)))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* `now` holds the renamed marks, which name the key even where the ballot was voided. */
static cocreate_status merge_into(merging *m, const cci_standing *s, const char *voter, const json_t *now,
                                  cocreate_error *error)
{
    const cocreate_store *store = m->e->store;
    cci_ballot_key key;
    cci_standing target = {0};
    cci_buffer data;
    uint64_t seq = 0;
    int found = 0;
    cci_ballot_key_of(m->spec, voter, now, &key);
    cci_buffer_init(&data, &m->e->allocator);
    cocreate_status status =
        store->backend->get_ballot(store->self, m->event->campaign->part, (int64_t)m->round, key.bytes,
                                   &found, &seq, &target.weight, &data, error);
    if (status == COCREATE_OK && found)
        status = cci_json_parse(data.data, data.size, &target.kept, error);
    cci_buffer_free(&data);
    CCI_TRY(status);
    target.marks = cci_ballot_marks(target.kept, &target.channel, &target.voided);
    int later = s->seq > (int64_t)seq;
    if (s->voided && !found) {
        status = put(m, s, &key, NULL, error);
        if (status == COCREATE_OK)
            status = drop(m, s, error);
    } else if (!s->voided && (target.voided || !may_support(m, voter))) {
        status = lose(m, s, voter, &m->tally->dropped, error);
    } else if (!s->voided && target.marks && later != m->spec->recast) {
        status = lose(m, s, voter, &m->tally->both, error);
    } else if (!s->voided) {
        status = take(m, s, voter, &key, now, target.marks, error);
    }
    json_decref(target.kept);
    return status;
}

static cocreate_status merge_one(merging *m, const cci_standing *s, cocreate_error *error)
{
    char text[3 * COCREATE_ID_MAX + 3];
    const char *ids[2];
    json_t *now = cci_json_new();
    memcpy(text, s->key, strlen(s->key) + 1); /* its length was looked at */
    size_t n = cci_key_split(text, ids);
    cocreate_status status = now ? rename_marks(m, s->marks, ids, n, now, error) : cci_no_memory(error);
    if (status == COCREATE_OK && json_object_size(now) < n) /* a duel between the two */
        status = s->voided ? COCREATE_OK : lose(m, s, text, &m->tally->dropped, error);
    else if (status == COCREATE_OK)
        status = merge_into(m, s, text, now, error);
    json_decref(now);
    return status;
}

static cocreate_status merge_rows(merging *m, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(m->rows); i++) {
        cci_standing s = cci_standing_of(json_array_get(m->rows, i));
        if (!s.marks && !s.voided)
            continue; /* what was taken back says nothing */
        CCI_TRY(m->spec->unit == CCI_UNIT_VOTER ? merge_whole(m, &s, error) : merge_one(m, &s, error));
    }
    CCI_TRY(cci_count_merge(m->e, m->event, m->spec, m->from, m->to, m->supporters, m->amount, error));
    return m->spec->counted & CCI_COUNTED_DROP
               ? cci_drop_add(m->e, m->event, m->spec, m->to, m->ballots, m->score, error)
               : COCREATE_OK;
}

cocreate_status cci_merge_ballots(cci_engine *e, const cci_event *event, size_t round, const char *from,
                                  const char *to, const json_t *target, cci_merge_tally *out,
                                  cocreate_error *error)
{
    *out = (cci_merge_tally){0};
    merging m = {.e = e,
                 .event = event,
                 .round = round,
                 .spec = &event->campaign->brief.rounds[round],
                 .from = from,
                 .to = to,
                 .target = target,
                 .tally = out};
    cocreate_status status = cci_ballots_about(e, event->campaign, round, from, &m.rows, error);
    if (status == COCREATE_OK)
        status = merge_rows(&m, error);
    if (status == COCREATE_OK)
        status = cci_extras_merge(e, event, round, from, to, error);
    json_decref(m.rows);
    return status;
}
