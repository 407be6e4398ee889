/* What must hold in every campaign at every moment, told from the outside. */
#include "simulation.h"

const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

int64_t integer_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

int contains(const json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), text) == 0)
            return 1;
    return 0;
}

json_t *simulation_document(const simulation *s, cocreate_text *text)
{
    json_t *document = json_loads(cocreate_text_data(text), 0, NULL);
    holds(s, document != NULL);
    cocreate_text_free(text);
    return document;
}

void simulation_forget(simulation *s)
{
    for (int i = 0; i < 3; i++) {
        json_decref(s->shown[i]);
        s->shown[i] = NULL;
    }
}

const json_t *simulation_hint(simulation *s, const char *campaign)
{
    int i = strcmp(campaign, "m1") == 0;
    const json_t *shown = s->shown[i];
    return shown && strcmp(text_of(s->command, "campaign"), campaign) != 0 && !simulation_once_in(s, 4)
               ? shown
               : simulation_show(s, campaign);
}

/* A document costs more than a command: it is read once as long as nothing happens. */
const json_t *simulation_show(simulation *s, const char *campaign)
{
    cocreate_text *text = NULL;
    int i = !campaign ? 2 : strcmp(campaign, "m1") == 0;
    if (s->shown[i] && s->shown_at[i] == s->events)
        return s->shown[i];
    if (s->shown[i])
        json_array_append_new(s->past, s->shown[i]);
    s->shown[i] = NULL;
    cocreate_status status = cocreate_show(s->store, campaign, &text, NULL);
    holds(s, status == COCREATE_OK || (campaign && status == COCREATE_ERR_NOT_FOUND));
    if (status == COCREATE_OK)
        s->shown[i] = simulation_document(s, text);
    s->shown_at[i] = s->events;
    return s->shown[i];
}

/* The host sees all; nobody sees more contributions or an amount of the books. */
static void check_view(const simulation *s, const char *campaign, const json_t *shown)
{
    cocreate_text *text = NULL;
    holds(s, cocreate_view(s->store, campaign, "host", &text, NULL) == COCREATE_OK);
    json_t *view = simulation_document(s, text);
    holds(s, json_equal(view, shown));
    json_decref(view);
    text = NULL;
    cocreate_status status = cocreate_view(s->store, campaign, NULL, &text, NULL);
    if (strcmp(text_of(shown, "state"), "draft") == 0) {
        holds(s, status == COCREATE_ERR_NOT_FOUND);
        return;
    }
    holds(s, status == COCREATE_OK);
    view = simulation_document(s, text);
    holds(s, !json_object_get(view, "balances") && !json_object_get(view, "entries"));
    holds(s, json_array_size(json_object_get(view, "contributions")) <=
                 json_array_size(json_object_get(shown, "contributions")));
    json_decref(view);
}

/* ---- one campaign ---- */

/* created = live + every way to end, and the list says the same. */
static void check_counts(const simulation *s, const json_t *shown)
{
    static const char *const ended[] = {"declined", "withdrawn",    "removed",   "expired",    "dropped",
                                        "merged",   "disqualified", "forfeited", "implemented"};
    const json_t *counts = json_object_get(shown, "counts");
    const json_t *list = json_object_get(shown, "contributions");
    int64_t sum = integer_of(counts, "live"), left = (int64_t)json_array_size(list);
    for (size_t k = 0; k < sizeof ended / sizeof *ended; k++) {
        int64_t n = 0;
        for (size_t i = 0; i < json_array_size(list); i++)
            n += strcmp(text_of(json_array_get(list, i), "state"), ended[k]) == 0;
        holds(s, n == integer_of(counts, ended[k]));
        sum += n;
        left -= n;
    }
    holds(s, integer_of(counts, "created") == sum);
    holds(s, integer_of(counts, "live") == left);
    holds(s, json_array_size(list) == (size_t)sum);
}

/* Did anything come back, or was more paid in, since the awards were made? */
static int changed_later(const json_t *shown)
{
    const json_t *awards = json_object_get(shown, "awards");
    const json_t *balances = json_object_get(shown, "balances");
    int changed = json_object_get(shown, "revisions") != NULL;
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        const char *state = text_of(award, "state");
        changed = changed || json_object_get(award, "gross") || json_object_get(award, "from") ||
                  json_object_get(award, "revision") ||
                  (strcmp(state, "offered") != 0 && strcmp(state, "accepted") != 0 &&
                   strcmp(state, "paid") != 0);
    }
    for (size_t i = 0; i < json_array_size(balances); i++) /* deposits are where they can be seen */
        changed = changed ||
                  (strncmp(text_of(json_array_get(balances, i), "account"), "escrow:", 7) == 0 &&
                   strcmp(text_of(shown, "state"), "published") != 0);
    return changed;
}

/* Every unit of money is somewhere, and nothing is owed that is not there. */
static void check_balances(const simulation *s, const json_t *shown)
{
    static const char *const currencies[] = {"USD", "EUR"};
    const json_t *balances = json_object_get(shown, "balances");
    int64_t sums[2] = {0, 0}, escrow = 0;
    for (size_t i = 0; i < json_array_size(balances); i++) {
        const json_t *line = json_array_get(balances, i);
        const char *account = text_of(line, "account");
        int64_t minor = integer_of(line, "minor");
        for (size_t k = 0; k < 2; k++)
            if (strcmp(text_of(line, "currency"), currencies[k]) == 0)
                sums[k] += minor;
        if (strncmp(account, "receivable:", 11) == 0)
            holds(s, minor <= 0);
        else if (strncmp(account, "sponsor:", 8) != 0 && strncmp(account, "cash:", 5) != 0)
            holds(s, minor >= 0); /* fees and pledges come in by cash */
        if (strncmp(account, "escrow:", 7) == 0)
            escrow += minor;
    }
    holds(s, sums[0] == 0 && sums[1] == 0);
    if (!changed_later(shown) && (strcmp(text_of(shown, "state"), "decided") == 0 ||
                                  strcmp(text_of(shown, "state"), "cancelled") == 0))
        holds(s, escrow == 0);
}

/* No reward gives more than its fund of 200.00, and what all give is what is owed or paid. */
static void check_awards(const simulation *s, const json_t *shown)
{
    const json_t *awards = json_object_get(shown, "awards");
    const json_t *balances = json_object_get(shown, "balances");
    const json_t *rewards = json_object_get(json_object_get(shown, "brief"), "rewards");
    int64_t all = 0;
    if (changed_later(shown))
        return;
    for (size_t i = 0; i < json_array_size(rewards); i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < json_array_size(awards); k++) {
            const json_t *award = json_array_get(awards, k);
            holds(s, integer_of(award, "minor") >= 0);
            if (strcmp(text_of(award, "reward"), text_of(json_array_get(rewards, i), "id")) == 0)
                sum += integer_of(award, "minor");
        }
        holds(s, sum <= 20000);
        all += sum;
    }
    for (size_t i = 0; i < json_array_size(balances); i++) {
        const json_t *line = json_array_get(balances, i);
        const char *account = text_of(line, "account");
        if (strcmp(account, "fees:agent") == 0) /* of what goes back, and of no award */
            continue;
        if (strncmp(account, "payable:", 8) == 0 || strncmp(account, "cash:", 5) == 0 ||
            strncmp(account, "fees:", 5) == 0 || strncmp(account, "withheld:", 9) == 0 ||
            strncmp(account, "pledges:", 8) == 0)
            all -= integer_of(line, "minor");
    }
    holds(s, all == 0);
}

/* Places are a weak order (of Schulze and parallel IRV: ranges of places), and a missing score never
 * stands above a present one. */
static void check_places(const simulation *s, const json_t *round)
{
    const json_t *result = json_object_get(round, "result");
    const json_t *places = json_object_get(result, "places");
    const json_t *selected = json_object_get(result, "selected");
    size_t n = json_array_size(places), found = 0;
    const char *method = text_of(result, "method");
    int scored = strcmp(method, "score") == 0 || strcmp(method, "metric") == 0;
    int weak = strcmp(method, "schulze") != 0 && strcmp(method, "irv") != 0;
    int64_t next = 1, missing_from = 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *place = json_array_get(places, i);
        int64_t from = integer_of(place, "from"), to = integer_of(place, "to");
        holds(s, 1 <= from && from <= to && to <= (int64_t)n);
        holds(s, !weak || (from <= (int64_t)i + 1 && (int64_t)i + 1 <= to));
        holds(s, !weak || from == next || (i > 0 && to + 1 == next));
        next = to + 1;
        if (scored && !json_object_get(place, "score") && !missing_from)
            missing_from = from;
        else if (scored && json_object_get(place, "score"))
            holds(s, missing_from == 0);
        found += (size_t)contains(selected, text_of(place, "id"));
    }
    holds(s, found == json_array_size(selected));
}

/* The cut takes as many as the brief says: places to N, or from N where ties are in; the firm within
 * its range. */
static void check_cut(const simulation *s, const json_t *round, const json_t *spec)
{
    const json_t *result = json_object_get(round, "result");
    const json_t *places = json_object_get(result, "places");
    const json_t *selected = json_object_get(result, "selected");
    const json_t *cut = json_object_get(spec, "cut"), *range = json_object_get(spec, "select");
    int64_t n = (int64_t)json_array_size(selected), top = integer_of(cut, "top");
    const char *line = strcmp(text_of(cut, "ties"), "in") == 0 ? "from" : "to";
    if (result && range) {
        /* An override may take out whom nobody replaces. */
        holds(s, n >= json_integer_value(json_array_get(range, 0)) || json_object_get(round, "overrides"));
        holds(s, n <= json_integer_value(json_array_get(range, 1)) ||
                     json_integer_value(json_array_get(range, 1)) == 0);
    }
    int others = json_object_get(round, "overrides") || json_object_get(spec, "every_us") ||
                 json_object_get(spec, "cuts");
    for (size_t i = 0; top && !others && i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        int in = contains(selected, text_of(place, "id"));
        holds(s, !in || integer_of(place, line) <= top);
        holds(s, in || integer_of(place, line) > top || json_object_get(cut, "at_least"));
    }
}

static void check_campaign(simulation *s, const char *id)
{
    const json_t *shown = simulation_show(s, id);
    if (simulation_once_in(s, 8))
        check_view(s, id, shown);
    const json_t *rounds = json_object_get(shown, "rounds");
    check_counts(s, shown);
    check_balances(s, shown);
    check_awards(s, shown);
    const json_t *specs = json_object_get(json_object_get(shown, "brief"), "rounds");
    for (size_t i = 0; i < json_array_size(rounds); i++) {
        check_places(s, json_array_get(rounds, i));
        check_cut(s, json_array_get(rounds, i), json_array_get(specs, i));
    }
}

void simulation_check_state(simulation *s)
{
    static const char *const campaigns[] = {"m0", "m1"};
    const char *about = text_of(s->command, "campaign");
    for (int i = 0; i < 2; i++) /* the one it is about, the others now and then */
        if ((strcmp(about, campaigns[i]) == 0 || s->step % 16 == 0) && simulation_show(s, campaigns[i]))
            check_campaign(s, campaigns[i]);
}

/* ---- the whole log ---- */

typedef struct reading {
    const simulation *s;
    json_t *sides;   /* by participant */
    json_t *authors; /* by campaign/contribution, an array of names */
    json_t *briefs;  /* by campaign */
    json_t *phases;  /* by campaign, absolute */
    json_t *open;    /* by campaign/round while it is open: its candidates */
    json_t *ballots; /* by campaign/round: the last ballot by voter */
    json_t *merged;  /* campaigns with merges */
} reading;

static const char *key_of(const json_t *event, const char *member)
{
    static char key[300];
    snprintf(key, sizeof key, "%s/%s", text_of(event, "campaign"),
             text_of(json_object_get(event, "data"), member));
    return key;
}

static const json_t *named(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "id"), id) == 0)
            return json_array_get(list, i);
    return NULL;
}

/* Under what a ballot stands: the voter, or the voter and each option where they have their own. */
static const char *ballot_key(const json_t *round, const char *voter, const json_t *ballot)
{
    static const char *const apart[] = {"up", "updown", "pledge", "label", "pair"};
    static char key[300];
    const char *instrument = text_of(round, "instrument");
    int each = json_is_true(json_object_get(round, "each")) ||
               (strcmp(text_of(round, "lead"), "jury") == 0 &&
                (strcmp(instrument, "score") == 0 || strcmp(instrument, "approve") == 0));
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        each |= strcmp(instrument, apart[i]) == 0;
    size_t n = (size_t)snprintf(key, sizeof key, "%s", voter);
    for (int i = 0; i < 10 && each; i++) { /* contributions are k0 .. k9 */
        char id[16];
        snprintf(id, sizeof id, "k%d", i);
        if (json_object_get(ballot, id))
            n += (size_t)snprintf(key + n, sizeof key - n, "/%s", id);
    }
    return key;
}

/* Two ballots of a person may have become one, and marks on what was revised be gone: test_merge_oracle.c and
 * test_revisions.c count them, and so does cocreate_check(). */
static int has_merged(const reading *r, const json_t *event)
{
    return json_object_get(r->merged, text_of(event, "campaign")) != NULL;
}

/* Taken back or struck: it is counted no more. */
static void read_strike(reading *r, const json_t *event)
{
    const json_t *data = json_object_get(event, "data");
    const json_t *round = named(
        json_object_get(json_object_get(r->briefs, text_of(event, "campaign")), "rounds"),
        text_of(data, "round"));
    json_t *options = json_object_get(data, "options"), *names = json_object();
    json_t *ballots = json_object_get(r->ballots, key_of(event, "round"));
    for (size_t i = 0; i < json_array_size(options); i++)
        json_object_set_new(names, json_string_value(json_array_get(options, i)), json_true());
    int struck = json_object_del(ballots, ballot_key(round, text_of(data, "voter"), names)) == 0;
    holds(r->s, struck || has_merged(r, event));
    json_decref(names);
}

/* Cast in time, by one of the electorate, for candidates that are not the voter's own. */
static void read_ballot(reading *r, const json_t *event)
{
    const json_t *data = json_object_get(event, "data");
    const char *voter = json_object_get(data, "voter") ? text_of(data, "voter")
                                                       : text_of(event, "actor");
    const char *campaign = text_of(event, "campaign"), *option;
    const json_t *round =
        named(json_object_get(json_object_get(r->briefs, campaign), "rounds"), text_of(data, "round"));
    const json_t *phase = named(json_object_get(r->phases, campaign), text_of(round, "phase"));
    json_t *ballots = json_object_get(r->ballots, key_of(event, "round"));
    json_t *candidates = json_object_get(r->open, key_of(event, "round")), *value;
    const json_t *ballot = json_object_get(data, "ballot");
    int is_survey = json_object_get(round, "questions") != NULL;
    int64_t at = integer_of(event, "at");
    holds(r->s, at >= integer_of(phase, "opens") && at < integer_of(phase, "closes"));
    const json_t *panel = json_object_get(round, "panel");
    const json_t *electorate = json_object_get(round, "electorate");
    if (panel)
        holds(r->s, contains(panel, voter));
    else if (strcmp(json_string_value(json_array_get(electorate, 0)), "and") == 0) /* a predicate */
        holds(r->s, json_is_true(json_object_get(data, "eligible")) &&
                        strcmp(text_of(r->sides, voter), "partner") != 0);
    else
        holds(r->s, contains(electorate, text_of(r->sides, voter)));
    holds(r->s, json_is_true(json_object_get(round, "recast")) || has_merged(r, event) ||
                    !json_object_get(ballots, ballot_key(round, voter, ballot)));
    holds(r->s, candidates != NULL && ballots != NULL);
    if (!is_survey)
        json_object_foreach((json_t *)(uintptr_t)ballot, option, value)
    {
        char key[300];
        snprintf(key, sizeof key, "%s/%s", campaign, option);
        holds(r->s, json_is_true(json_object_get(round, "rolling")) || has_merged(r, event) ||
                        contains(candidates, option));
        holds(r->s, json_is_true(json_object_get(round, "self_vote")) || has_merged(r, event) ||
                        !contains(json_object_get(r->authors, key), voter));
    }
    json_object_set(ballots, ballot_key(round, voter, ballot), json_object_get(data, "ballot"));
}

static void read_submission(reading *r, const json_t *event)
{
    json_t *names = json_array();
    const json_t *authors = json_object_get(json_object_get(event, "data"), "authors");
    for (size_t i = 0; i < json_array_size(authors); i++)
        json_array_append(names, json_object_get(json_array_get(authors, i), "participant"));
    json_object_set_new(r->authors, key_of(event, "contribution"), names);
}

/* Every ballot that stands is counted once; only candidates have places. */
static void read_tally(reading *r, const json_t *event)
{
    const json_t *result = json_object_get(json_object_get(event, "data"), "result");
    const json_t *places = json_object_get(result, "places");
    const json_t *counted = json_object_get(result, "ballots");
    json_t *candidates = json_object_get(r->open, key_of(event, "round"));
    json_t *ballots = json_object_get(r->ballots, key_of(event, "round"));
    const json_t *brief = json_object_get(r->briefs, text_of(event, "campaign"));
    const json_t *round = named(json_object_get(brief, "rounds"),
                                text_of(json_object_get(event, "data"), "round"));
    int joins = json_is_true(json_object_get(round, "rolling")) ||
                (strcmp(text_of(round, "lead"), "metric") == 0 &&
                 !json_is_object(json_object_get(round, "candidates")));
    if (counted && !has_merged(r, event))
        holds(r->s, integer_of(counted, "count") == (int64_t)json_object_size(ballots));
    for (size_t i = 0; i < json_array_size(places); i++)
        holds(r->s, joins || contains(candidates, text_of(json_array_get(places, i), "id")));
}

static void shift_phases(reading *r, const json_t *event)
{
    json_int_t shift = integer_of(json_object_get(event, "data"), "shift_us");
    json_int_t began = integer_of(event, "at") - shift;
    json_t *phases = json_deep_copy(json_object_get(r->phases, text_of(event, "campaign")));
    for (size_t i = 0; i < json_array_size(phases); i++) {
        static const char *const ends[] = {"opens", "closes"};
        for (int k = 0; k < 2; k++) {
            json_t *phase = json_array_get(phases, i);
            json_int_t at = integer_of(phase, ends[k]);
            if (at > began) /* what was so at the pause stays */
                json_object_set_new(phase, ends[k], json_integer(at + shift));
        }
    }
    json_object_set_new(r->phases, text_of(event, "campaign"), phases);
}

static void read_event(reading *r, const json_t *event)
{
    const char *type = text_of(event, "type"), *campaign = text_of(event, "campaign");
    json_t *data = json_object_get(event, "data");
    if (strcmp(type, "participant.put") == 0)
        json_object_set(r->sides, text_of(data, "participant"), json_object_get(data, "side"));
    else if (strcmp(type, "campaign.created") == 0)
        json_object_set(r->briefs, text_of(data, "campaign"), json_object_get(data, "brief"));
    else if (strcmp(type, "campaign.published") == 0)
        json_object_set(r->phases, campaign, json_object_get(data, "phases"));
    else if (strcmp(type, "campaign.resumed") == 0)
        shift_phases(r, event);
    else if (strcmp(type, "contribution.merged") == 0 || strcmp(type, "ballots.cleared") == 0)
        json_object_set_new(r->merged, campaign, json_true());
    else if (strcmp(type, "contribution.submitted") == 0)
        read_submission(r, event);
    else if (strcmp(type, "round.opened") == 0) {
        holds(r->s, json_object_get(r->open, key_of(event, "round")) == NULL);
        json_object_set(r->open, key_of(event, "round"), json_object_get(data, "candidates"));
        json_object_set_new(r->ballots, key_of(event, "round"), json_object());
    } else if (strcmp(type, "ballot.cast") == 0)
        read_ballot(r, event);
    else if (strcmp(type, "ballot.retracted") == 0 || strcmp(type, "ballot.voided") == 0)
        read_strike(r, event);
    else if (strcmp(type, "round.tallied") == 0)
        read_tally(r, event);
}

static void check_events(const simulation *s)
{
    cocreate_text *text = NULL;
    reading r = {s,             json_object(), json_object(), json_object(),
                 json_object(), json_object(), json_object(), json_object()};
    int64_t seq = 0, at = INT64_MIN;
    holds(s, cocreate_events(s->store, 1, 0, &text, NULL) == COCREATE_OK);
    for (const char *line = cocreate_text_data(text); *line; line = strchr(line, '\n') + 1) {
        json_t *event = json_loadb(line, (size_t)(strchr(line, '\n') - line), 0, NULL);
        holds(s, event != NULL && integer_of(event, "seq") == ++seq);
        holds(s, integer_of(event, "at") >= at);
        at = integer_of(event, "at");
        read_event(&r, event);
        json_decref(event);
    }
    cocreate_text_free(text);
    json_decref(r.sides);
    json_decref(r.authors);
    json_decref(r.briefs);
    json_decref(r.phases);
    json_decref(r.open);
    json_decref(r.ballots);
    json_decref(r.merged);
}

static void check_explained(const simulation *s, const char *id, const char *campaign)
{
    cocreate_text *text = NULL;
    holds(s, cocreate_explain(s->store, id, campaign, &text, NULL) == COCREATE_OK);
    json_t *document = simulation_document(s, text);
    holds(s, json_array_size(json_object_get(document, "sentences")) > 0);
    json_decref(document);
}

void simulation_check_explanations(simulation *s)
{
    static const char *const lists[] = {"contributions", "awards"};
    static const char *const people[] = {"f0", "c0", "c1", "p0"};
    const json_t *store = simulation_show(s, NULL);
    const json_t *campaigns = json_object_get(store, "campaigns");
    for (size_t i = 0; i < json_array_size(campaigns); i++) {
        const char *id = text_of(json_array_get(campaigns, i), "id");
        const json_t *shown = simulation_show(s, id);
        for (size_t k = 0; k < 2; k++) {
            const json_t *list = json_object_get(shown, lists[k]);
            for (size_t n = 0; n < json_array_size(list); n++)
                check_explained(s, text_of(json_array_get(list, n), "id"), id);
        }
    }
    for (size_t i = 0; i < 4 && integer_of(store, "participants") >= 13; i++)
        check_explained(s, people[i], NULL);
}

void simulation_check_log(const simulation *s)
{
    cocreate_error error = {0};
    cocreate_status status = cocreate_check(s->store, NULL, NULL, &error); /* verifies, too */
    if (status != COCREATE_OK)
        fprintf(stderr, "%s: %s\n", cocreate_status_name(status), error.text);
    holds(s, status == COCREATE_OK);
    check_events(s);
    simulation_check_personal(s);
}
