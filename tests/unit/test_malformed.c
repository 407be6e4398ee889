/* Every door that takes JSON answers malformed input with a status and a place, gives nothing, and
 * leaves the state as it was. */
#include "commands.h"

/* ---- the doors ---- */

static cocreate_store *store; /* with a campaign that takes contributions and a host that commands */
static cocreate_scheme *scheme;
static cocreate_profile *profile;

/* What each door gives where it succeeds; it must stay as it is. */
static struct {
    cocreate_text *text;
    cocreate_scheme *scheme;
    cocreate_awards *awards;
    cocreate_ledger *ledger;
    cocreate_ranking *ranking;
    int64_t minor;
} given;

#define DOOR(name) static cocreate_status name(const char *json, size_t size, cocreate_error *error)

DOOR(canonical)
{
    return cocreate_canonical_json(NULL, json, size, &given.text, error);
}

DOOR(brief)
{
    return cocreate_brief_check(NULL, json, size, &given.text, error);
}

DOOR(command)
{
    return cocreate_execute(store, json, size, &given.text, error);
}

DOOR(scheme_of)
{
    return cocreate_scheme_parse(NULL, json, size, &given.scheme, error);
}

DOOR(result)
{
    return cocreate_reward(scheme, json, size, NULL, &given.awards, error);
}

DOOR(trace)
{
    return cocreate_trace_replay(json, size, &given.minor, error);
}

DOOR(journal)
{
    return cocreate_ledger_decode(NULL, json, size, &given.ledger, error);
}

DOOR(person)
{
    (void)size;
    return cocreate_participant_put(store, 1, "host", "new", "customer", json, error);
}

DOOR(fields)
{
    (void)size;
    return cocreate_contribution_submit(store, "c", 1, "ann", "new", json, NULL, error);
}

DOOR(rank_options)
{
    (void)size;
    return cocreate_rank(profile, "approval", json, NULL, &given.ranking, error);
}

DOOR(score_options)
{
    static const char *const ids[] = {"a"}, *const scores[] = {"1"};
    (void)size;
    return cocreate_rank_scores(NULL, ids, scores, NULL, 1, json, &given.ranking, error);
}

typedef struct door {
    const char *name;
    cocreate_status (*knock)(const char *json, size_t size, cocreate_error *error);
    int takes_size; /* the text may hold a NUL */
    int canonical;  /* what is beyond canonical JSON is refused at its place */
    int lines;      /* `where` is a line */
} door;

static const door doors[] = {
    {"canonical JSON", canonical, 1, 1, 0},
    {"brief", brief, 1, 1, 0},
    {"command", command, 1, 1, 0},
    {"scheme", scheme_of, 1, 0, 0},
    {"result", result, 1, 0, 0},
    {"trace", trace, 1, 0, 0},
    {"journal", journal, 1, 0, 1},
    {"person", person, 0, 1, 0},
    {"fields", fields, 0, 1, 0},
    {"options of a method", rank_options, 0, 0, 0},
    {"options of scores", score_options, 0, 0, 0},
};

#define DOORS (sizeof doors / sizeof *doors)

/* ---- the state ---- */

typedef struct seen {
    uint8_t root[32];
    uint64_t events;
    cocreate_text *shown;
} seen;

static seen look(void)
{
    seen s = {{0}, 0, NULL};
    assert_status(cocreate_root(store, s.root, &s.events, &check_error), COCREATE_OK);
    assert_status(cocreate_show(store, "c", &s.shown, &check_error), COCREATE_OK);
    return s;
}

static void check_unchanged(const seen *before)
{
    seen now = look();
    assert_int_equal(now.events, before->events);
    assert_memory_equal(now.root, before->root, sizeof now.root);
    assert_string_equal(cocreate_text_data(now.shown), cocreate_text_data(before->shown));
    cocreate_text_free(now.shown);
    assert_true(given.text == NULL && given.scheme == NULL && given.awards == NULL &&
                given.ledger == NULL && given.ranking == NULL && given.minor == 77);
}

static void knock(const door *d, const char *json, size_t size, cocreate_status expected,
                  const char *place)
{
    cocreate_error error = {0};
    cocreate_status status = d->knock(json, size, &error);
    if (status != expected || error.status != expected || strstr(error.text, place) == NULL)
        fail_msg("%s given %.200s\n  is %s, expected %s\n  text: %s\n  it should name %s", d->name,
                 json, cocreate_status_name(status), cocreate_status_name(expected), error.text,
                 place);
}

/* ---- what is not JSON ---- */

/* The place is that of the byte at which no JSON text can go on as this one does, or of the number
 * or name that is wrong as a whole. */
static const struct {
    const char *json;
    size_t size; /* 0: all */
    const char *place;
    uint64_t offset;
} broken[] = {
    {"", 0, "line 1, column 1", 0},
    {" ", 0, "line 1, column 2", 1},
    {"{", 0, "line 1, column 2", 1},
    {"{\"a\"", 0, "line 1, column 5", 4},
    {"{\"a\":}", 0, "line 1, column 6", 5},
    {"{\"a\":1,}", 0, "line 1, column 8", 7},
    {"{a:1}", 0, "line 1, column 2", 1},
    {"{\"a\":1}\n{}", 0, "line 2, column 1", 8},
    {"{\"a\":01}", 0, "line 1, column 6", 5},
    {"{\"a\":.5}", 0, "line 1, column 6", 5},
    {"{\"a\":NaN}", 0, "line 1, column 6", 5},
    {"{'a':1}", 0, "line 1, column 2", 1},
    {"{\"a\":1,\"a\":1}", 0, "line 1, column 8", 7},
    {"{\"a\":\"\xff\"}", 0, "line 1, column 7", 6},
    {"{\"a\":\"\xed\xa0\x80\"}", 0, "line 1, column 7", 6},
    {"{\"a\":\"\\ud800\"}", 0, "line 1, column 7", 6},
    {"{\"a\":\"\\u0000\"}", 0, "line 1, column 7", 6},
    {"{\"a\":\"\n\"}", 0, "line 1, column 7", 6},
    {"{\"a\":0\0}", 8, "line 1, column 7", 6},
    {"\xef\xbb\xbf{}", 0, "line 1, column 1", 0},
};

static void what_is_not_json_is_refused_at_its_place(void **state)
{
    (void)state;
    seen before = look();
    for (size_t d = 0; d < DOORS; d++)
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
            size_t size = broken[i].size ? broken[i].size : strlen(broken[i].json);
            if (broken[i].size && !doors[d].takes_size)
                continue;
            if (doors[d].lines) /* a journal has one document a line */
                continue;
            knock(&doors[d], broken[i].json, size, COCREATE_ERR_PARSE, broken[i].place);
            check_unchanged(&before);
        }
    cocreate_text_free(before.shown);
}

static void offsets_are_told(void **state)
{
    (void)state;
    for (size_t d = 0; d < DOORS; d++)
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
            cocreate_error error = {0};
            size_t size = broken[i].size ? broken[i].size : strlen(broken[i].json);
            if (doors[d].lines || (broken[i].size && !doors[d].takes_size))
                continue;
            assert_int_equal(doors[d].knock(broken[i].json, size, &error), COCREATE_ERR_PARSE);
            if (error.where != broken[i].offset)
                fail_msg("%s given %s: where is %d, not %d", doors[d].name, broken[i].json,
                         (int)error.where, (int)broken[i].offset);
        }
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    static char deep[200001];
    seen before = look();
    for (size_t i = 0; i < sizeof deep - 1; i++)
        deep[i] = '[';
    for (size_t d = 0; d < DOORS; d++) {
        cocreate_error error = {0};
        assert_int_equal(doors[d].knock(deep, sizeof deep - 1, &error), COCREATE_ERR_PARSE);
        assert_non_null(strstr(error.text, "column 65"));
        check_unchanged(&before);
    }
    cocreate_text_free(before.shown);
}

static void integers_that_canonical_json_cannot_hold(void **state)
{
    (void)state;
    static const char json[] = "{\"a\":9007199254740992}";
    seen before = look();
    for (size_t d = 0; d < DOORS; d++)
        if (doors[d].canonical) {
            knock(&doors[d], json, strlen(json), COCREATE_ERR_OVERFLOW, "line 1, column 6");
            check_unchanged(&before);
        }
    cocreate_text_free(before.shown);
}

/* ---- what is JSON and no such document ---- */

static void knock_quoted(cocreate_status (*at)(const char *, size_t, cocreate_error *),
                         const char *json, cocreate_status expected, const char *place)
{
    const door *d = doors;
    while (d->knock != at)
        d++;
    char *text = quoted(json);
    knock(d, text, strlen(text), expected, place);
    free(text);
}

#define ENTRY(json) "{'entries':[" json "]}"
#define SCHEME(rule)                                                                          \
    "{'scheme':'cocreate.incentives/1','currency':'EUR','funds':[{'id':'f','budget':'9.00'}]," \
    "'rules':[" rule "]}"
#define BRIEF(phase)                                                                     \
    "{'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer']," \
    "'phases':[" phase "]}"

static void documents_are_refused_at_a_path(void **state)
{
    (void)state;
    static const struct {
        cocreate_status (*at)(const char *, size_t, cocreate_error *);
        const char *json;
        cocreate_status status;
        const char *place;
    } cases[] = {
        {command, "[]", COCREATE_ERR_SCHEMA, "$: "},
        {command, "{}", COCREATE_ERR_SCHEMA, "$.do: "},
        {command, "{'do':1}", COCREATE_ERR_SCHEMA, "$.do: "},
        {command, "{'do':'tick'}", COCREATE_ERR_SCHEMA, "$.actor: "},
        {command, "{'do':'tick','actor':'host'}", COCREATE_ERR_SCHEMA, "$.at: "},
        {command, "{'do':'tick','actor':'host','at':'today'}", COCREATE_ERR_SCHEMA, "$.at: "},
        {command, "{'do':'tick','actor':'host','at':1.5}", COCREATE_ERR_SCHEMA, "$.at: "},
        {command, "{'do':'tock','actor':'host','at':1}", COCREATE_ERR_NOT_FOUND, "$.do: "},
        {command, "{'do':'tick','actor':'host','at':1,'and':2}", COCREATE_ERR_SCHEMA, "$.and: "},
        {command, "{'do':'tick','actor':'','at':1}", COCREATE_ERR_SCHEMA, "$.actor: "},
        {command, "{'do':'campaign.publish','actor':'host','at':1,'campaign':7}",
         COCREATE_ERR_SCHEMA, "$.campaign: "},
        {person, "[]", COCREATE_ERR_SCHEMA, "$.person: "},
        {person, "7", COCREATE_ERR_SCHEMA, "$.person: "},
        {fields, "[]", COCREATE_ERR_SCHEMA, "$.fields: "},
        /* What the brief asks for is a rule of the brief. */
        {fields, "{}", COCREATE_ERR_REFUSED, "$.form[0].required: "},
        {fields, "{'n':'x'}", COCREATE_ERR_REFUSED, "$.form[0].type: "},
        {fields, "{'n':9}", COCREATE_ERR_REFUSED, "$.form[0].max: "},
        {fields, "{'n':1,'m':1}", COCREATE_ERR_REFUSED, "$.form: "},
        {brief, "7", COCREATE_ERR_SCHEMA, "$: "},
        {brief, "{}", COCREATE_ERR_SCHEMA, "$.brief: "},
        {brief, BRIEF("7"), COCREATE_ERR_SCHEMA, "$.phases[0]: "},
        {brief, BRIEF("{'id':'p','opens':2,'closes':1,'allows':[]}"), COCREATE_ERR_SCHEMA,
         "$.phases[0]"},
        {brief, BRIEF("{'id':'p','opens':1,'closes':2,'allows':['fly']}"), COCREATE_ERR_SCHEMA,
         "$.phases[0].allows[0]: "},
        {scheme_of, "7", COCREATE_ERR_SCHEMA, "$: "},
        {scheme_of, "{}", COCREATE_ERR_SCHEMA, "$.scheme: "},
        {scheme_of, SCHEME("{'id':'r','kind':'magic'}"), COCREATE_ERR_SCHEMA, "$.rules[0].kind: "},
        {scheme_of, SCHEME("{'id':'r','kind':'ranked_prizes','fund':'f','prizes':['1.00',2]}"),
         COCREATE_ERR_SCHEMA, "$.rules[0].prizes[1]: "},
        {scheme_of, SCHEME("{'id':'r','kind':'ranked_prizes','fund':'g','prizes':['1.00']}"),
         COCREATE_ERR_SCHEMA, "$.rules[0].fund: "},
        {scheme_of, SCHEME("{'id':'r','kind':'threshold_award','fund':'f','metric':'supporters',"
                           "'threshold':1,'each':'1.00'}"),
         COCREATE_ERR_UNBOUNDED, "$.rules[0]"},
        {result, "7", COCREATE_ERR_SCHEMA, "$: "},
        {result, "{}", COCREATE_ERR_SCHEMA, "$"},
        {result, ENTRY("7"), COCREATE_ERR_SCHEMA, "$.entries[0]: "},
        {result, ENTRY("{'owner':'a','score':1}"), COCREATE_ERR_SCHEMA, "$.entries[0].id: "},
        {result, ENTRY("{'id':'a','owner':'a','score':1},{'id':'a','owner':'b','score':2}"),
         COCREATE_ERR_SCHEMA, "$.entries[1]: "},
        {result, ENTRY("{'id':'a','owner':'a','score':'high'}"), COCREATE_ERR_SCHEMA,
         "$.entries[0].score: "},
        {trace, "{}", COCREATE_ERR_SCHEMA, "$: "},
        {trace, "[7]", COCREATE_ERR_SCHEMA, "$[0]: "},
        {trace, "[{'op':'magic'}]", COCREATE_ERR_SCHEMA, "$[0].op: "},
        {rank_options, "[]", COCREATE_ERR_SCHEMA, "$: "},
        {rank_options, "{'seats':'many'}", COCREATE_ERR_SCHEMA, "$.seats: "},
        {rank_options, "{'ties':['coin']}", COCREATE_ERR_SCHEMA, "$.ties[0]: "},
        {score_options, "{'decimals':-1}", COCREATE_ERR_SCHEMA, "$.decimals: "},
        {score_options, "{'direction':'sideways'}", COCREATE_ERR_SCHEMA, "$.direction: "},
    };
    seen before = look();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        knock_quoted(cases[i].at, cases[i].json, cases[i].status, cases[i].place);
        check_unchanged(&before);
    }
    cocreate_text_free(before.shown);
}

/* Journals tell the line, and what is wrong in it. */
static void journals_are_refused_at_a_line(void **state)
{
    (void)state;
    static const char *const accounts[] = {"sponsor:a", "escrow:a"};
    static const char *const currencies[] = {"EUR", "EUR"};
    static const int64_t minor[] = {-5, 5};
    static const struct {
        const char *line;
        cocreate_status status;
    } cases[] = {
        {"{\n", COCREATE_ERR_PARSE},
        {"\n", COCREATE_ERR_PARSE},
        {"{\"a\":9007199254740992}\n", COCREATE_ERR_SCHEMA},
        {"[]\n", COCREATE_ERR_SCHEMA},
        {"{}\n", COCREATE_ERR_SCHEMA},
    };
    cocreate_ledger *ledger = NULL;
    cocreate_text *text = NULL;
    assert_status(cocreate_ledger_new(NULL, &ledger, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_post(ledger, "k", 1, NULL, accounts, currencies, minor, 2,
                                       &check_error),
                  COCREATE_OK);
    assert_status(cocreate_ledger_encode(ledger, &text, &check_error), COCREATE_OK);
    cocreate_ledger_free(ledger);
    ledger = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char lines[2000];
        snprintf(lines, sizeof lines, "%s%s", cocreate_text_data(text), cases[i].line);
        assert_status(cocreate_ledger_decode(NULL, lines, strlen(lines), &ledger, &check_error),
                      cases[i].status);
        assert_int_equal(check_error.where, 2);
        assert_null(ledger);
    }
    cocreate_text_free(text);
}

/* ---- the state before ---- */

static int set_up(void **state)
{
    (void)state;
    static const uint8_t secret[32] = {1};
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.secret = secret;
    store = open_store_with(NULL, &options);
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'ann',"
                "'side':'customer'}");
    done(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'c','brief':{"
                "'brief':'cocreate.brief/1','title':'T','mode':'submitting',"
                "'contributors':['customer'],'form':[{'key':'n','type':'integer',"
                "'required':true,'min':1,'max':8}],'phases':[{'id':'p','opens':0,'closes':10,"
                "'allows':['submit']},{'id':'q','opens':10,'closes':20,'allows':['decide']}],"
                "'rounds':[{'id':'w','lead':'firm','phase':'q','select':[1,1]}]}}");
    done(store, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'c'}");
    char *json = quoted(SCHEME("{'id':'r','kind':'ranked_prizes','fund':'f','prizes':['1.00']}"));
    assert_status(cocreate_scheme_parse(NULL, json, strlen(json), &scheme, &check_error),
                  COCREATE_OK);
    free(json);
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, 2, &profile, &check_error),
                  COCREATE_OK);
    given.minor = 77;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    cocreate_scheme_free(scheme);
    cocreate_profile_free(profile);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_json_is_refused_at_its_place),
        cmocka_unit_test(offsets_are_told),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(integers_that_canonical_json_cannot_hold),
        cmocka_unit_test(documents_are_refused_at_a_path),
        cmocka_unit_test(journals_are_refused_at_a_line),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
