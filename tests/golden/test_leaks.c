/* Nothing leaks: the story of every preset is told with marked names, works and texts, and under every
 * policy of visibility every kind of viewer asks for everything. What the policy, as docs/reference/briefs.md
 * has it, keeps from them must not occur in any answer.
 *
 * Marks are w~ID~ for a work, p~ID~ for a person, f~TEXT~ for what stands in the fields of a form, which are
 * all private here. The policy is changed in the engine between questions: a published one cannot be. */
#include "marked.h"
#include "stories.h"
#include "unseen_story.h"

#include "campaign/engine.h"

enum { CONTRIBUTIONS, IDENTITIES, COUNTS, BALLOTS, JURORS, PARTS };
static const char *const part_names[] = {"contributions", "identities", "counts", "ballots", "jurors"};
static const char *const audiences[] = {"all", "nobody", "owner", "firm", "voted", "after_close"};

typedef struct scene {
    cocreate_store *store;
    cci_engine *engine;
    json_t *works;  /* {marked id: true}, as named in the script */
    json_t *people; /* {marked id: side}, once they are registered */
    json_t *deciders; /* {marked id: true} */
    json_t *accepted; /* {marked id: true}: works that the firm let pass */
    int moderated;    /* nothing is published before */
    const char *campaign;
    json_t *rows;    /* {marked id of a work: what the host is shown} */
    json_t *voters;  /* {marked id: does a ballot of theirs stand?} */
    json_t *awarded; /* {marked id: [awards]} */
    int closed;
    size_t asked, marks; /* answers read, marks found in them */
} scene;

typedef struct viewer {
    const char *id; /* NULL anybody */
    const char *kind;
    int firm, voted;
} viewer;

static scene s;
static cci_audience policy[PARTS];
static viewer who;
static const char *asked_for;

/* ---- marked stories ---- */

static int is_in_form(const json_t *brief, const char *key)
{
    const json_t *form = json_object_get(brief, "form");
    for (size_t i = 0; i < json_array_size(form); i++)
        if (strcmp(text_of(json_array_get(form, i), "key"), key) == 0)
            return 1;
    return 0;
}

/* Texts of the form; those beside it are for everybody. */
static void mark_fields(json_t *command, const json_t *brief)
{
    json_t *value, *fields = json_object_get(command, "fields");
    const char *key;
    void *next;
    json_object_foreach_safe(fields, next, key, value)
    {
        const char *text = json_string_value(value);
        if (text && is_in_form(brief, key) && strchr(text, ' ')) /* no choice, no digest */
            json_object_set_new(fields, key, marked('f', text));
    }
}

static json_t *preset_brief(const char *name)
{
    for (size_t i = 0; i < cocreate_preset_count(); i++) {
        cocreate_preset preset = {.size = sizeof preset};
        assert_status(cocreate_preset_at(i, &preset, &check_error), COCREATE_OK);
        if (strcmp(preset.name, name) == 0)
            return json_loads(preset.brief, 0, NULL);
    }
    return NULL;
}

static json_t *read_script(const char *script, json_t *works, json_t *people)
{
    story_line line = {.next = script};
    json_t *commands = json_array();
    while (story_next(&line)) {
        json_t *command = json_loadb(line.text, line.size, 0, NULL);
        assert_non_null(command);
        const char *verb = text_of(command, "do");
        if (strcmp(verb, "contribution.submit") == 0)
            json_object_set_new(works, text_of(command, "contribution"), json_true());
        if (strcmp(verb, "participant.put") == 0)
            json_object_set(people, text_of(command, "participant"), json_object_get(command, "side"));
        json_array_append_new(commands, command);
    }
    return commands;
}

static int is_moderated(const json_t *brief)
{
    const json_t *moderation = json_object_get(brief, "moderation");
    return strcmp(text_of(brief, "moderation"), "pre") == 0 ||
           json_is_true(json_object_get(moderation, "pre"));
}

/* ---- what may be seen, by the table of docs/reference/briefs.md ---- */

static int may(int part, int owner)
{
    int near = owner || who.firm;
    switch (policy[part]) {
    case CCI_SEEN_BY_ALL:
        return 1;
    case CCI_SEEN_BY_NOBODY:
        return 0;
    case CCI_SEEN_BY_OWNER:
        return owner;
    case CCI_SEEN_BY_FIRM:
        return near;
    case CCI_SEEN_BY_VOTED:
        return near || who.voted;
    default:
        return near || s.closed;
    }
}

static int owns(const json_t *work, const char *person)
{
    const json_t *authors = json_object_get(work, "authors");
    for (size_t i = 0; person && i < json_array_size(authors); i++)
        if (strcmp(text_of(json_array_get(authors, i), "participant"), person) == 0)
            return 1;
    return 0;
}

static int may_see_work(const char *id)
{
    const json_t *work = json_object_get(s.rows, id);
    int owner = owns(work, who.id);
    const char *state = text_of(work, "state");
    int unseen = strcmp(state, "submitted") == 0 || strcmp(state, "declined") == 0 ||
                 (s.moderated && !json_object_get(s.accepted, id) && /* whatever became of it */
                  !json_object_get(work, "reply_to")); /* replies are published at once */
    return work && may(CONTRIBUTIONS, owner) && (!unseen || owner || who.firm);
}

/* Who decides signs it. As an author, with an award, or as a voter where ballots may be seen. */
static int may_see_person(const char *id)
{
    const char *work;
    json_t *row;
    int all = may(COUNTS, 0) && may(CONTRIBUTIONS, 0);
    if ((who.id && strcmp(who.id, id) == 0) || strcmp(text_of(s.people, id), "firm") == 0 ||
        json_object_get(s.deciders, id))
        return 1;
    json_object_foreach(s.rows, work, row)
        if (owns(row, id) && may_see_work(work) && may(IDENTITIES, owns(row, who.id)))
            return 1;
    if (json_object_get(s.awarded, id) && all && may(IDENTITIES, 0))
        return 1;
    return json_object_get(s.voters, id) && all && may(BALLOTS, 0);
}

static int may_see_field(const char *text)
{
    const char *work;
    json_t *row;
    char *shown;
    int found = 0;
    json_object_foreach(s.rows, work, row)
    {
        if (found || !(owns(row, who.id) || who.firm) || !may_see_work(work))
            continue;
        shown = json_dumps(row, JSON_COMPACT);
        found = strstr(shown, text) != NULL;
        free(shown);
    }
    return found;
}

static const char *answer; /* that is read */

static void leak(const char *mark)
{
    print_error("%s leaks to %s (%s) in %s, where", mark, who.id ? who.id : "anybody", who.kind, asked_for);
    for (int i = 0; i < PARTS; i++)
        print_error(" %s: %s", part_names[i], audiences[policy[i]]);
    print_error("\n%.3000s\n", answer ? answer : "");
    fail();
}

/* Whoever may see their own ballots sees what they chose. */
static int is_of_own_ballot(void)
{
    int ballots = strcmp(asked_for, "jsonl") == 0 || strcmp(asked_for, "csv:ballots") == 0;
    return ballots && who.id && json_object_get(s.voters, who.id) && may(BALLOTS, 1);
}

/* Whoever handed something in named its authors. */
static int is_of_own_work(const char *person)
{
    const char *work;
    json_t *row;
    if (strcmp(asked_for, "jsonl") == 0)
        json_object_foreach(s.rows, work, row)
            if (owns(row, who.id) && owns(row, person))
                return 1;
    return 0;
}

/* Whoever is paid for a work is told which, as its authors are: those who helped to choose it. The award of a
 * decision has its name in its own, by which it is accepted. */
static int is_of_own_award(const char *work)
{
    const json_t *awards = json_object_get(s.awarded, who.id ? who.id : "");
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        if (strstr(text_of(award, "id"), work) ||
            (strstr(text_of(award, "entry"), work) && may(CONTRIBUTIONS, 1)))
            return 1;
    }
    return 0;
}

static int may_see(char kind, const char *mark)
{
    if (kind == 'w')
        return may_see_work(mark) || is_of_own_ballot() || is_of_own_award(mark);
    if (kind == 'p')
        return may_see_person(mark) || is_of_own_work(mark);
    return may_see_field(mark);
}

/* Every mark of an answer has to be one that may be seen. */
static void read_answer(const char *text, size_t size)
{
    const char *end = text + size;
    char mark[200];
    s.asked++;
    answer = text;
    for (const char *at = text; (at = memchr(at, '~', (size_t)(end - at))) != NULL;) {
        const char *close = memchr(at + 1, '~', (size_t)(end - at - 1));
        if (at == text || !close)
            return;
        char kind = at[-1];
        size_t n = (size_t)(close + 2 - at);
        at = close + 1;
        if ((kind != 'w' && kind != 'p' && kind != 'f') || n >= sizeof mark)
            continue;
        memcpy(mark, close + 1 - n, n);
        mark[n] = '\0';
        s.marks++;
        if (!may_see(kind, mark)) {
            answer = at - text > 600 ? at - 600 : text;
            leak(mark);
        }
    }
}

static void read_text(cocreate_status status, cocreate_text *text)
{
    if (status < 0) /* a refusal may say what was asked for, and no more */
        return;
    read_answer(cocreate_text_data(text), cocreate_text_size(text));
    cocreate_text_free(text);
}

/* ---- everything there is to ask ---- */

/* The books are the firm's, and who is in them; awards to others go with them, and who complained. */
static void read_view(const char *data)
{
    static const char *const books[] = {"awards", "balances", "entries", "flags", "appeals"};
    json_t *document = json_loads(data, 0, NULL);
    for (size_t i = 0; i < sizeof books / sizeof *books && who.firm; i++)
        json_object_del(document, books[i]);
    if (!(may(COUNTS, 0) && may(CONTRIBUTIONS, 0))) {
        static const char *const counts[] = {"counts", "kinds", "selection", "log", "milestones"};
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            if (json_object_get(document, counts[i]))
                leak(counts[i]);
        for (size_t i = 0; i < json_array_size(json_object_get(document, "rounds")); i++)
            if (json_object_get(json_array_get(json_object_get(document, "rounds"), i), "result"))
                leak("a result");
    }
    char *text = json_dumps(document, JSON_COMPACT);
    read_answer(text, strlen(text));
    free(text);
    json_decref(document);
}

static void ask_view(void)
{
    cocreate_text *text = NULL;
    asked_for = "the view";
    assert_status(cocreate_view(s.store, s.campaign, who.id, &text, &check_error), COCREATE_OK);
    read_view(cocreate_text_data(text));
    cocreate_text_free(text);
}

static void ask_reports(void)
{
    cocreate_text *text = NULL;
    asked_for = "the reports";
    cocreate_status status = cocreate_report_as(s.store, s.campaign, NULL, COCREATE_NO_TIME, who.id, &text,
                                                &check_error);
    assert_status(status, COCREATE_OK);
    if (!(may(COUNTS, 0) && may(CONTRIBUTIONS, 0)))
        assert_non_null(strstr(cocreate_text_data(text), "\"reports\":{}"));
    read_text(COCREATE_OK, text);
}

/* What the firm is told of awards says to whom they are. */
static void ask_why(const json_t *ids, size_t n)
{
    const char *id;
    json_t *ignored;
    size_t i = 0, step = json_object_size(ids) / n + 1;
    asked_for = "an explanation";
    json_object_foreach((json_t *)(uintptr_t)ids, id, ignored)
    {
        cocreate_text *text = NULL;
        if (i++ % step != 0 || who.firm)
            continue;
        cocreate_status status =
            cocreate_explain_as(s.store, id, s.campaign, who.id, &text, &check_error);
        if (status < 0) {
            char expected[300];
            snprintf(expected, sizeof expected, "no contribution, award or participant has the id '%s'", id);
            assert_string_equal(check_error.text, expected);
        } else {
            /* the answer repeats the id: that it came at all has to be right */
            read_text(status, text);
        }
    }
}

static void ask_exports(const cci_brief *brief)
{
    static const char *const formats[] = {"jsonl",         "csv:contributions", "csv:ballots",
                                          "csv:decisions", "csv:runs",          "csv:useful",
                                          "csv:awards",    "csv:ledger",        "csv:participants",
                                          "csv:revisions", "csv:invitations"};
    static const char *const of_round[] = {"preflib", "pabulib"};
    cocreate_text *text;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        int books = i >= 6;
        if (books && who.firm)
            continue;
        asked_for = formats[i];
        text = NULL;
        cocreate_status status = cocreate_export_as(s.store, s.campaign, NULL, formats[i], who.id, &text,
                                                    &check_error);
        read_text(status, text);
    }
    for (size_t r = 0; r < brief->n_rounds; r++)
        for (size_t i = 0; i < 2; i++) {
            asked_for = of_round[i];
            text = NULL;
            cocreate_status status = cocreate_export_as(s.store, s.campaign, brief->rounds[r].id,
                                                        of_round[i], who.id, &text, &check_error);
            if (status >= 0 && !(may(BALLOTS, 0) && may(COUNTS, 0) && may(CONTRIBUTIONS, 0)))
                leak("the ballots");
            read_text(status, text);
        }
}

static void ask_everything(const cci_brief *brief)
{
    ask_view();
    ask_reports();
    ask_why(s.rows, 6);
    ask_why(s.people, 6);
    ask_exports(brief);
}

/* ---- what there is, as the host sees it ---- */

static json_t *shown_by(const char *campaign)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(s.store, campaign, &text, &check_error), COCREATE_OK);
    json_t *document = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    return document;
}

/* Voters with a ballot that stands: column 2, where column 6 says "cast". Marks hold no comma here. */
static void read_voters(const char *campaign)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_export(s.store, campaign, NULL, "csv:ballots", &text, &check_error), COCREATE_OK);
    for (const char *line = cocreate_text_data(text); line && *line;) {
        const char *end = strstr(line, "\r\n"), *first = strchr(line, ',');
        const char *second = first ? strchr(first + 1, ',') : NULL;
        if (second && second < end && second - first < 200) {
            char voter[200] = "";
            memcpy(voter, first + 1, (size_t)(second - first - 1));
            const char *cast = strstr(line, ",cast,");
            int stands = (cast && cast < end) || json_is_true(json_object_get(s.voters, voter));
            json_object_set_new(s.voters, voter, json_boolean(stands));
        }
        line = end ? end + 2 : NULL;
    }
    cocreate_text_free(text);
}

static void look_around(const char *campaign)
{
    json_t *document = shown_by(campaign), *list = json_object_get(document, "contributions");
    s.campaign = campaign;
    s.rows = json_object();
    s.voters = json_object();
    s.awarded = json_object();
    for (size_t i = 0; i < json_array_size(list); i++)
        json_object_set(s.rows, text_of(json_array_get(list, i), "id"), json_array_get(list, i));
    list = json_object_get(document, "awards");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *award = json_array_get(list, i);
        if (!json_object_get(s.awarded, text_of(award, "to")))
            json_object_set_new(s.awarded, text_of(award, "to"), json_array());
        json_array_append(json_object_get(s.awarded, text_of(award, "to")), award);
    }
    list = json_object_get(document, "phases");
    s.closed = json_array_size(list) > 0;
    for (size_t i = 0; i < json_array_size(list); i++)
        s.closed &= strcmp(text_of(json_array_get(list, i), "state"), "closed") == 0;
    json_decref(document);
    read_voters(campaign);
}

static void look_away(void)
{
    json_decref(s.rows);
    json_decref(s.voters);
    json_decref(s.awarded);
}

/* Somebody of each kind: an author, a voter, somebody of neither, the firm, anybody. */
static size_t find_viewers(viewer out[8])
{
    const char *id, *work;
    json_t *side, *row;
    int seen[4] = {0};
    size_t n = 0;
    out[n++] = (viewer){NULL, "a stranger", 0, 0};
    json_object_foreach(s.people, id, side)
    {
        int firm = strcmp(json_string_value(side), "firm") == 0;
        int voted = json_is_true(json_object_get(s.voters, id)), author = 0;
        json_object_foreach(s.rows, work, row) author |= owns(row, id);
        int kind = firm ? 0 : author ? 1 : voted ? 2 : 3;
        static const char *const kinds[] = {"the firm", "an author", "a voter", "a participant"};
        if (!seen[kind]++)
            out[n++] = (viewer){id, kinds[kind], firm, voted};
    }
    return n;
}

static void ask_under_every_policy(const char *campaign)
{
    cci_campaign *c;
    viewer viewers[8];
    assert_status(cci_campaign_get(s.engine, campaign, &c, &check_error), COCREATE_OK);
    look_around(campaign);
    size_t n = find_viewers(viewers);
    for (size_t i = 0; i < c->brief.n_fields; i++)
        c->brief.fields[i].secret = 1;
    for (int part = -1; part < JURORS; part++)
        for (int audience = 0; audience < 6; audience++) {
            int usual = part == BALLOTS ? CCI_SEEN_BY_OWNER : CCI_SEEN_BY_ALL;
            if (part == -1 ? audience > 0 : audience == usual)
                continue;
            for (int i = 0; i < PARTS; i++)
                policy[i] = i == BALLOTS ? CCI_SEEN_BY_OWNER : CCI_SEEN_BY_ALL;
            if (part >= 0)
                policy[part] = (cci_audience)audience;
            c->brief.visibility = (cci_visibility){policy[0], policy[1], policy[2],
                                                   policy[3], policy[4], policy[2]};
            for (size_t i = 0; i < n; i++) {
                who = viewers[i];
                ask_everything(&c->brief);
            }
        }
    c->brief.visibility = (cci_visibility){.ballots = CCI_SEEN_BY_OWNER};
    for (size_t i = 0; i < c->brief.n_fields; i++)
        c->brief.fields[i].secret = 0;
    look_away();
}

/* ---- the test ---- */

static void ask_of_every_campaign(void)
{
    json_t *all = shown_by(NULL);
    const json_t *list = json_object_get(all, "campaigns");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "state"), "draft") != 0)
            ask_under_every_policy(text_of(json_array_get(list, i), "id"));
    json_decref(all);
}

static json_t *marked_ids(const json_t *ids, char kind)
{
    json_t *out = json_object(), *value;
    const char *id;
    json_object_foreach((json_t *)(uintptr_t)ids, id, value)
    {
        json_t *name = marked(kind, id);
        json_object_set(out, json_string_value(name), value);
        json_decref(name);
    }
    return out;
}

static void note(const json_t *command)
{
    const char *verb = text_of(command, "do");
    if (strcmp(verb, "decision.make") == 0)
        json_object_set_new(s.deciders, text_of(command, "actor"), json_true());
    if (strcmp(verb, "participant.put") == 0)
        json_object_set(s.people, text_of(command, "participant"), json_object_get(command, "side"));
    if (strcmp(verb, "contribution.screen") == 0 && strcmp(text_of(command, "verdict"), "accept") == 0)
        json_object_set_new(s.accepted, text_of(command, "contribution"), json_true());
}

static void run(const char *name, size_t line, const json_t *command)
{
    char *text = json_dumps(command, JSON_COMPACT);
    cocreate_status status = cocreate_execute(s.store, text, strlen(text), NULL, &check_error);
    /* An award is named after who wrote what, and these go by other names here: it stays as it is. */
    if (status == COCREATE_ERR_NOT_FOUND && json_object_get(command, "award"))
        status = COCREATE_OK;
    if (status < 0)
        print_error("%s.jsonl:%d: %s\n  %s\n", name, (int)line + 1, check_error.text, text);
    assert_true(status >= 0);
    free(text);
}

/* Asks when the story has been told half, and at its end. Takes `brief`. */
static void tell_script(const char *name, const char *script, json_t *brief)
{
    json_t *works = json_object(), *people = json_object(), *commands = read_script(script, works, people);
    size_t n = json_array_size(commands);
    s = (scene){.store = open_store(), .works = marked_ids(works, 'w'), .people = json_object(),
                .deciders = json_object(), .accepted = json_object(), .moderated = is_moderated(brief)};
    assert_status(cci_engine_of(s.store, &s.engine, &check_error), COCREATE_OK);
    for (size_t i = 0; i < n; i++) {
        json_t *command = mark(json_array_get(commands, i), "", works, people);
        mark_fields(command, brief);
        note(command);
        run(name, i, command);
        json_decref(command);
        if (i == n / 2)
            ask_of_every_campaign();
    }
    ask_of_every_campaign();
    print_message("%s: %d answers with %d marks\n", name, (int)s.asked, (int)s.marks);
    assert_true(s.marks > 1000); /* the marks are there to be found */
    json_decref(s.works);
    json_decref(s.people);
    json_decref(s.deciders);
    json_decref(s.accepted);
    json_decref(works);
    json_decref(people);
    json_decref(commands);
    json_decref(brief);
    verified_close(s.store);
}

static void tell(const char *name)
{
    char *script = story_part(name, "jsonl");
    tell_script(name, script, preset_brief(name));
    free(script);
}

static void nothing_leaks(void **state)
{
    (void)state;
    story_each(tell);
}

static void what_was_never_published_stays_unseen(void **state)
{
    char whole[8192] = "", *text = quoted(UNSEEN_BRIEF);
    assert_true(strlen(unseen_story[0]) + strlen(unseen_story[1]) < sizeof whole);
    strcat(strcat(whole, unseen_story[0]), unseen_story[1]);
    char *script = quoted(whole);
    (void)state;
    tell_script("unseen", script, json_loads(text, 0, NULL));
    free(script);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_never_published_stays_unseen),
                                       cmocka_unit_test(nothing_leaks)};
    return cmocka_run_group_tests_name("leaks", tests, NULL, NULL) != 0;
}
