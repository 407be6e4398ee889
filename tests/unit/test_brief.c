/* Briefs: what is accepted, what is refused and with which words, which defaults are filled in. */
#include "commands.h"

/* A brief that is accepted; the cases below change one member of it. */
static const char *const good =
    "{'brief':'cocreate.brief/1','title':'T','mode':'co-designing','contributors':['firm'],"
    "'form':[{'key':'name','type':'text','required':true,'max':40}],"
    "'phases':[{'id':'open','opens':0,'closes':10,'allows':['submit']},"
    "{'id':'vote','opens':10,'closes':20,'allows':['vote']},"
    "{'id':'run','opens':20,'closes':30,'allows':['run','decide']}],"
    "'rounds':[{'id':'crowd','lead':'customer','instrument':'approve','phase':'vote',"
    "'method':'approval'}],"
    "'rewards':[{'id':'money','round':'crowd','scheme':{'scheme':'cocreate.incentives/1',"
    "'currency':'EUR','funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'r',"
    "'kind':'ranked_prizes','fund':'f','prizes':['100.00']}]}}]}";

/* The brief with `before` (which it holds) replaced by `after`, both written with '. */
static char *changed(const char *before, const char *after)
{
    const char *at = strstr(good, before);
    assert_non_null(at);
    size_t head = (size_t)(at - good), size = strlen(good) + strlen(after) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size, "%.*s%s%s", (int)head, good, after, at + strlen(before));
    char *json = quoted(text);
    free(text);
    return json;
}

static cocreate_text *checked(const char *json)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &text, &check_error),
                  COCREATE_OK);
    return text;
}

static void fills_in_every_default(void **state)
{
    (void)state;
    /* By hand, from docs/reference/schemas/brief.schema.json. */
    const char *expected =
        "{'brief':'cocreate.brief/1','contributors':['firm'],'control':'fixed',"
        "'extra_fields':false,'form':[{'key':'name','max':40,'required':true,'type':'text'}],"
        "'limits':[],'mode':'co-designing','moderation':'none',"
        "'phases':[{'allows':['submit'],'closes':10,'id':'open','opens':0},"
        "{'allows':['vote'],'closes':20,'id':'vote','opens':10},"
        "{'allows':['run','decide'],'closes':30,'id':'run','opens':20}],'purpose':['product'],"
        "'rewards':[{'id':'money','round':'crowd','scheme':{'currency':'EUR','funds':[{'budget':"
        "'100.00','id':'f'}],'rules':[{'fund':'f','id':'r','kind':'ranked_prizes','prizes':["
        "'100.00']}],'scheme':'cocreate.incentives/1'}}],"
        "'rights':{'effective':'on_select','hold_us':0,'type':'none'},"
        "'rounds':[{'binding':true,'candidates':'published','certify':'manual','cut':'winners',"
        "'electorate':['customer'],'id':'crowd','instrument':'approve','lead':'customer',"
        "'method':'approval','options':{},'phase':'vote','quorum':0,'recast':true,"
        "'self_vote':false}],'team_max':1,'title':'T'}";
    char *json = quoted(good), *canonical = quoted(expected);
    cocreate_text *text = checked(json), *again = checked(cocreate_text_data(text));
    assert_string_equal(cocreate_text_data(text), canonical);
    assert_string_equal(cocreate_text_data(again), canonical);
    cocreate_text_free(text);
    cocreate_text_free(again);
    free(json);
    free(canonical);
}

static void times_may_be_text(void **state)
{
    (void)state;
    char *json = changed("'opens':0,'closes':10",
                         "'opens':'1970-01-01T00:00:00Z','closes':'1970-01-01T00:00:00.00001Z'");
    cocreate_text *text = checked(json);
    assert_non_null(strstr(cocreate_text_data(text), "\"closes\":10,\"id\":\"open\",\"opens\":0"));
    cocreate_text_free(text);
    free(json);
}

typedef struct change {
    const char *name, *before, *after;
    cocreate_status status;
    const char *text;
} change;

static void names_the_place(void **state)
{
    const change *c = *state;
    char *json = changed(c->before, c->after);
    cocreate_text *text = NULL;
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_brief_check(NULL, json, strlen(json), &text, &check_error);
    free(json);
    assert_null(text);
    assert_string_equal(check_error.text, c->text);
    assert_int_equal(status, c->status);
}

#define ROUND "'lead':'customer','instrument':'approve','phase':'vote','method':'approval'"

static change changes[] = {
    {"not an object", "'form':[{", "'form':[3,{", COCREATE_ERR_SCHEMA,
     "$.form[0]: expected an object, got 3"},
    {"version", "cocreate.brief/1", "cocreate.brief/9", COCREATE_ERR_SCHEMA,
     "$.brief: expected \"cocreate.brief/1\", got \"cocreate.brief/9\""},
    {"unknown member", "'title':'T'", "'title':'T','titel':'U'", COCREATE_ERR_SCHEMA,
     "$.titel: unknown key, did you mean \"title\"?"},
    {"null", "'title':'T'", "'title':'T','limits':null", COCREATE_ERR_SCHEMA,
     "$.limits: null is no value; leave the member out"},
    {"no title", "'title':'T'", "'title':''", COCREATE_ERR_SCHEMA,
     "$.title: expected 1 to 200 bytes, got 0"},
    {"gallery", "'mode':'co-designing'", "'mode':'gallery','control':'fixed'", COCREATE_ERR_SCHEMA,
     "$.mode: in a gallery nobody selects, and the brief has 1 round: name the mode of selection"},
    {"no contributors", "'contributors':['firm']", "'contributors':[]", COCREATE_ERR_SCHEMA,
     "$.contributors: somebody must contribute"},
    {"unknown side", "'contributors':['firm']", "'contributors':['staff']", COCREATE_ERR_SCHEMA,
     "$.contributors[0]: expected one of firm, customer, partner, public"},
    {"side twice", "'contributors':['firm']", "'contributors':['firm','firm']",
     COCREATE_ERR_SCHEMA, "$.contributors[1]: 'firm' stands there twice"},
    {"no form", "'form':[{'key':'name','type':'text','required':true,'max':40}]", "'form':[]",
     COCREATE_ERR_SCHEMA, "$.form: a fixed contribution needs a form"},
    {"extra fields", "'title':'T'", "'title':'T','extra_fields':true", COCREATE_ERR_SCHEMA,
     "$.extra_fields: a fixed contribution has the fields of its form and no others"},
    {"bounds", "'max':40", "'max':40,'min':41", COCREATE_ERR_SCHEMA, "$.form[0].max: is below min"},
    {"bound of a text", "'max':40", "'max':-1", COCREATE_ERR_SCHEMA,
     "$.form[0].max: expected an integer, not below 0"},
    {"choices", "'max':40", "'choices':['a']", COCREATE_ERR_SCHEMA,
     "$.form[0].choices: is only for fields of type 'choice'"},
    {"no choices", "'type':'text','required':true,'max':40", "'type':'choice'",
     COCREATE_ERR_SCHEMA, "$.form[0].choices: expected a list of 1 to 1000 texts"},
    {"phase closes first", "'opens':10,'closes':20", "'opens':20,'closes':20",
     COCREATE_ERR_SCHEMA,
     "$.phases[1].closes: 1970-01-01T00:00:00.000020Z is not after the opening, "
     "1970-01-01T00:00:00.000020Z"},
    {"phase twice", "'id':'vote','opens'", "'id':'open','opens'", COCREATE_ERR_SCHEMA,
     "$.phases[1].id: 'open' names another one already"},
    {"absolute and relative", "'opens':0", "'after_us':0,'opens':0", COCREATE_ERR_SCHEMA,
     "$.phases[0]: 'opens' and 'after_us' exclude each other: times are absolute or relative"},
    {"no time", "'opens':0", "'opens':'2009-02-29T00:00:00Z'", COCREATE_ERR_SCHEMA,
     "$.phases[0].opens: '2009-02-29T00:00:00Z' is no time: give microseconds, or text as "
     "\"2009-07-26T18:18:28Z\""},
    {"phase of a round", "'phase':'vote'", "'phase':'later'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].phase: there is no phase 'later'"},
    {"phase that forbids", "'phase':'vote'", "'phase':'open'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].phase: phase 'open' does not allow 'vote', which this round needs"},
    {"instrument", "'instrument':'approve'", "'instrument':'metric'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].instrument: 'metric' is none of the instruments of lead 'customer': approve, rank, "
     "score, points, up, updown, choice, pair, quadratic, budget, pledge, label, survey"},
    {"method", "'method':'approval'", "'method':'approvall'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].method: no method \"approvall\"; did you mean \"approval\"?"},
    {"method of other ballots", "'method':'approval'", "'method':'schulze'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].method: schulze takes rankings, and the ballots are approvals"},
    {"option", "'method':'approval'", "'method':'approval','options':{'x':1}", COCREATE_ERR_SCHEMA,
     "$.rounds[0].options.x: unknown key, known are \"ties\", \"seed\", "
     "\"context\", \"seats\", \"margin\" or \"bootstrap\""},
    {"ties in options", "'method':'approval'", "'method':'approval','options':{'ties':'id'}",
     COCREATE_ERR_SCHEMA,
     "$.rounds[0].options.ties: is said by 'ties' and 'seed_commitment' of the round"},
    {"lot without seed", "'method':'approval'", "'method':'approval','ties':['lot']",
     COCREATE_ERR_SCHEMA,
     "$.rounds[0].seed_commitment: lots need the SHA-256 of their seed in the brief"},
    {"seed without lot", "'method':'approval'", "'method':'approval','seed_commitment':'sha256:'",
     COCREATE_ERR_SCHEMA, "$.rounds[0].seed_commitment: no lot is in the ties of this round"},
    {"scale", "'method':'approval'", "'method':'approval','scale':[0,5]", COCREATE_ERR_SCHEMA,
     "$.rounds[0].scale: is only for instrument 'score'"},
    {"selecting", "'method':'approval'", "'method':'approval','select':[0,5]",
     COCREATE_ERR_SCHEMA, "$.rounds[0].select: is only for rounds of decisions"},
    {"metric", "'method':'approval'", "'method':'approval','pick':'best'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].pick: is only for rounds led by a metric"},
    {"firm with cut", ROUND, "'lead':'firm','phase':'run','cut':'all'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].cut: is only for rounds that have places"},
    {"cut", "'method':'approval'", "'method':'approval','cut':'best'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].cut: expected \"winners\", \"all\", {\"top\": N} or {\"at_least\": SCORE}"},
    {"range", ROUND, "'lead':'firm','phase':'run','select':[2,1]", COCREATE_ERR_SCHEMA,
     "$.rounds[0].select: [2, 1] is no range within [0, 1000000]"},
    {"candidates", "'method':'approval'", "'method':'approval','candidates':{'round':'crowd'}",
     COCREATE_ERR_SCHEMA, "$.rounds[0].candidates.round: no round 'crowd' stands before this one"},
    {"budget", "'method':'approval'", "'method':'approval','budget':'many'", COCREATE_ERR_SCHEMA,
     "$.rounds[0].budget: 'many' is no amount, as \"10000.00\""},
    {"reward of no round", "'round':'crowd'", "'round':'jury'", COCREATE_ERR_SCHEMA,
     "$.rewards[0].round: there is no round 'jury'"},
    {"scheme", "'prizes':['100.00']", "'prizes':['200.00']", COCREATE_ERR_SCHEMA,
     "$.rewards[0].scheme.funds[0]: rules may cost 200.00, the budget is 100.00"},
    {"scheme without bound",
     "'kind':'ranked_prizes','fund':'f','prizes':['100.00']",
     "'kind':'threshold_award','fund':'f','metric':'selected','each':'1.00'",
     COCREATE_ERR_UNBOUNDED,
     "$.rewards[0].scheme.rules[0]: rule \"r\" has no bound on what it may cost: it needs "
     "\"max_awards\" or \"max_total\""},
    {"rights without terms", "'title':'T'", "'title':'T','rights':{'type':'exclusive'}",
     COCREATE_ERR_SCHEMA,
     "$.rights.terms: exclusive rights need the version of the terms that a submission accepts"},
    {"limit", "'title':'T'", "'title':'T','limits':[{'subject':'run','max':0}]",
     COCREATE_ERR_SCHEMA, "$.limits[0].max: 0 is out of range, expected 1 to 9007199254740991"},
    {"offset", "'title':'T'",
     "'title':'T','limits':[{'subject':'run','max':1,'window_us':10,'offset_us':10}]",
     COCREATE_ERR_SCHEMA, "$.limits[0].offset_us: 10 is out of range, expected -9 to 9"},
};

/* O'Hern & Rindfleisch (2010), table 1. */
static void modes_are_a_two_by_two(void **state)
{
    (void)state;
    assert_string_equal(cocreate_mode("fixed", "firm"), "submitting");
    assert_string_equal(cocreate_mode("fixed", "customer"), "co-designing");
    assert_string_equal(cocreate_mode("open", "firm"), "tinkering");
    assert_string_equal(cocreate_mode("open", "customer"), "collaborating");
    assert_null(cocreate_mode("fixed", "jury"));
    assert_null(cocreate_mode("closed", "firm"));
    assert_null(cocreate_mode(NULL, "firm"));
    assert_null(cocreate_mode("open", NULL));
}

static void presets_are_good_briefs(void **state)
{
    (void)state;
    size_t count = cocreate_preset_count();
    assert_true(count >= 3);
    const char *before = "";
    for (size_t i = 0; i < count; i++) {
        cocreate_preset preset = {.size = sizeof preset};
        assert_status(cocreate_preset_at(i, &preset, &check_error), COCREATE_OK);
        assert_true(strcmp(before, preset.name) < 0);
        before = preset.name;
        cocreate_text *text = checked(preset.brief), *again = checked(cocreate_text_data(text));
        assert_string_equal(cocreate_text_data(text), cocreate_text_data(again));
        cocreate_text_free(text);
        cocreate_text_free(again);
    }
    cocreate_preset preset = {.size = sizeof preset};
    char text[60];
    snprintf(text, sizeof text, "there is no preset %zu of %zu", count, count);
    assert_failure(cocreate_preset_at(count, &preset, &check_error), COCREATE_ERR_ARGUMENT, text);
    preset.size = 1;
    assert_status(cocreate_preset_at(0, &preset, &check_error), COCREATE_ERR_ARGUMENT);
}

static void the_schema_is_that_of_the_documents(void **state)
{
    (void)state;
    char *text = read_file(COCREATE_SOURCE_DIR "/docs/reference/schemas/brief.schema.json", NULL);
    assert_string_equal(cocreate_brief_schema(), text);
    free(text);
}

/* The example of docs/reference/briefs.md. */
static void the_documented_brief_is_good(void **state)
{
    (void)state;
    char *page = read_file(COCREATE_SOURCE_DIR "/docs/reference/briefs.md", NULL);
    char *example = strstr(page, "```json\n");
    assert_non_null(example);
    example += strlen("```json\n");
    char *end = strstr(example, "```");
    assert_non_null(end);
    *end = '\0';
    cocreate_text_free(checked(example));
    free(page);
}

static void refuses_what_is_no_json(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    assert_status(cocreate_brief_check(NULL, "{", 1, &text, &check_error), COCREATE_ERR_PARSE);
    assert_status(cocreate_brief_check(NULL, "[]", 2, &text, &check_error), COCREATE_ERR_SCHEMA);
    assert_status(cocreate_brief_check(NULL, NULL, 0, &text, &check_error), COCREATE_ERR_ARGUMENT);
    assert_null(text);
}

int main(void)
{
    enum { FIXED = 7, CASES = sizeof changes / sizeof *changes };
    struct CMUnitTest tests[FIXED + CASES] = {
        cmocka_unit_test(fills_in_every_default),
        cmocka_unit_test(times_may_be_text),
        cmocka_unit_test(modes_are_a_two_by_two),
        cmocka_unit_test(presets_are_good_briefs),
        cmocka_unit_test(the_schema_is_that_of_the_documents),
        cmocka_unit_test(the_documented_brief_is_good),
        cmocka_unit_test(refuses_what_is_no_json),
    };
    for (size_t i = 0; i < CASES; i++)
        tests[FIXED + i] =
            (struct CMUnitTest){changes[i].name, names_the_place, NULL, NULL, &changes[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
