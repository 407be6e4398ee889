/* Predicates about people: what is accepted, and whether it holds for somebody, is what another reading of
 * lib/campaign/predicate/predicate.h gives (here: plain recursion over the document, fractions of small
 * integers).
 *
 * An input is a predicate as JSON where it begins with '['; else its bytes choose one out of the grammar,
 * with a mistake here and there. */
#include "fuzz.h"

#include <jansson.h>

#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"
#include "cocreate/campaign.h"
#include "cocreate/store.h"

/* ---- the people that it is asked about ---- */

#define LINE(at, actor, verb, more) \
    "{\"at\":" #at ",\"actor\":\"" actor "\",\"do\":\"" verb "\"," more "}"
#define PUT(at, id, side, more) \
    LINE(at, "host", "participant.put", "\"participant\":\"" id "\",\"side\":\"" side "\"" more)
#define C "\"campaign\":\"c\""
#define OF_ANN "{\"age\":30,\"city\":\"Oslo\",\"share\":\"0.25\",\"ok\":true}"
#define OF_BOB "{\"age\":\"17.5\",\"city\":\"3\"}"

static const char *const script[] = {
    PUT(0, "boss", "firm", ""),
    PUT(1, "ann", "customer", ",\"attributes\":" OF_ANN),
    PUT(2, "bob", "customer", ",\"attributes\":" OF_BOB),
    PUT(3, "cat", "partner", ""),
    LINE(5, "boss", "campaign.create", C
         ",\"brief\":{\"brief\":\"cocreate.brief/1\",\"title\":\"T\",\"mode\":\"tinkering\","
         "\"contributors\":[\"customer\"],\"phases\":[{\"id\":\"p\",\"after_us\":0,\"for_us\":100,"
         "\"allows\":[\"submit\",\"decide\"]},{\"id\":\"q\",\"after_us\":2,\"for_us\":98,"
         "\"allows\":[\"vote\"]}],\"rounds\":[{\"id\":\"v\",\"lead\":\"customer\","
         "\"instrument\":\"score\",\"scale\":[0,5],\"method\":\"score\",\"phase\":\"q\",\"binding\":false},"
         "{\"id\":\"w\",\"lead\":\"firm\",\"phase\":\"p\",\"select\":[0,1],\"rolling\":true}]}"),
    LINE(5, "boss", "role.grant", "\"participant\":\"ann\",\"role\":\"juror\"," C ",\"until\":99"),
    LINE(5, "boss", "role.grant", "\"participant\":\"bob\",\"role\":\"juror\"," C ",\"until\":50"),
    LINE(5, "boss", "role.grant", "\"participant\":\"bob\",\"role\":\"moderator\""),
    LINE(6, "boss", "campaign.publish", C),
    LINE(7, "ann", "contribution.submit", C ",\"contribution\":\"x\""),
    LINE(7, "ann", "contribution.submit", C ",\"contribution\":\"y\""),
    LINE(7, "bob", "contribution.submit", C ",\"contribution\":\"z\""),
    LINE(8, "bob", "ballot.cast", C ",\"round\":\"v\",\"ballot\":{\"x\":4}"),
    LINE(9, "boss", "decision.make", C ",\"round\":\"w\",\"contribution\":\"x\",\"verdict\":\"select\""),
};

enum { AT = 60, PEOPLE = 4 };

/* What the script says of them, at AT. */
static const struct person {
    const char *id, *side;
    int64_t joined;
    const char *attributes, *roles;
    int contributions, selected, ballots;
} people[PEOPLE] = {
    {"boss", "firm", 60, "{}", "", 0, 0, 0},
    {"ann", "customer", 59, OF_ANN, "juror", 2, 1, 0},
    {"bob", "customer", 58, OF_BOB, "moderator", 1, 0, 1},
    {"cat", "partner", 57, "{}", "", 0, 0, 0},
};

static json_t *attributes[PEOPLE];
static cci_engine *engine;
static cci_campaign *campaign;

static void prepare(void)
{
    cocreate_store *store = NULL;
    cocreate_error error = {0};
    fuzz_holds(cocreate_store_open(NULL, ":memory:", NULL, &store, NULL) == COCREATE_OK);
    for (size_t i = 0; i < sizeof script / sizeof *script; i++)
        if (cocreate_execute(store, script[i], strlen(script[i]), NULL, &error) != COCREATE_OK) {
            fprintf(stderr, "%s: %s\n", script[i], error.text);
            abort();
        }
    fuzz_holds(cci_engine_of(store, &engine, NULL) == COCREATE_OK);
    for (size_t i = 0; i < PEOPLE; i++)
        attributes[i] = json_loads(people[i].attributes, 0, NULL);
}

/* ---- the bounds, read again ---- */

typedef struct measure {
    int wrong, nodes, values, counts, depth;
} measure;

static const char *word_of(const json_t *x)
{
    const char *word = json_string_value(json_array_get(x, 0));
    return word ? word : "";
}

static int among(const char *word, const char *words)
{
    size_t size = strlen(word);
    for (const char *at = words; size > 0 && (at = strstr(at, word)) != NULL; at++)
        if ((at == words || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
            return 1;
    return 0;
}

static int is_literal(const json_t *x)
{
    return json_is_integer(x) || json_is_string(x) || json_is_boolean(x);
}

static int named(const json_t *x, const char *words)
{
    const char *name = json_string_value(json_array_get(x, 1));
    return json_array_size(x) == 2 && name && *name && (!words || among(name, words));
}

#define ROLES "contributor voter juror moderator manager treasurer auditor"
#define COUNTS "contributions selected ballots"

static void deeper(measure *m, int depth)
{
    m->nodes++;
    if (depth > m->depth)
        m->depth = depth;
}

static void measure_value(measure *m, const json_t *x, int depth)
{
    const char *word = word_of(x);
    if (is_literal(x))
        return;
    deeper(m, depth);
    m->counts += strcmp(word, "count") == 0;
    m->wrong |= !(strcmp(word, "attribute") == 0 ? named(x, NULL)
                  : strcmp(word, "role") == 0    ? named(x, ROLES)
                  : strcmp(word, "count") == 0   ? named(x, COUNTS)
                                                 : among(word, "side joined_us") && json_array_size(x) == 1);
}

static void measure_predicate(measure *m, const json_t *p, int depth)
{
    const char *word = word_of(p);
    size_t n = json_array_size(p);
    deeper(m, depth);
    if (among(word, "and or not")) {
        m->wrong |= n < 2 || (word[0] == 'n' && n != 2);
        for (size_t i = 1; i < n; i++)
            measure_predicate(m, json_array_get(p, i), depth + 1);
    } else if (among(word, "has role")) {
        m->wrong |= !named(p, word[0] == 'h' ? NULL : ROLES);
    } else if (strcmp(word, "in") == 0) {
        const json_t *list = json_array_get(p, 2);
        m->wrong |= n != 3 || json_array_size(list) == 0;
        measure_value(m, json_array_get(p, 1), depth + 1);
        m->values += (int)json_array_size(list);
        for (size_t i = 0; i < json_array_size(list); i++)
            m->wrong |= !is_literal(json_array_get(list, i));
    } else {
        m->wrong |= n != 3 || !among(word, "= != < <= > >=");
        measure_value(m, json_array_get(p, 1), depth + 1);
        measure_value(m, json_array_get(p, 2), depth + 1);
    }
}

/* ---- the meaning, read again ---- */

typedef struct fraction {
    int64_t n, d;
} fraction;

/* 1: the number it is, 0: it is none, -1: not for this reading. */
static int number_of(const json_t *x, fraction *out)
{
    if (json_is_boolean(x))
        return 0;
    if (json_is_integer(x)) {
        *out = (fraction){json_integer_value(x), 1};
        return out->n < 1000000000 && out->n > -1000000000 ? 1 : -1;
    }
    const char *s = json_string_value(x);
    int64_t n = 0, d = 1, digits = 0, minus = *s == '-';
    for (s += minus; *s >= '0' && *s <= '9' && digits < 4; s++, digits++)
        n = 10 * n + (*s - '0');
    if (digits > 0 && *s == '.') {
        const char *from = ++s;
        for (; *s >= '0' && *s <= '9' && s - from < 4; s++, d *= 10)
            n = 10 * n + (*s - '0');
        digits = s - from;
    } else if (digits > 0 && *s == '/') {
        const char *from = ++s;
        for (d = 0; *s >= '0' && *s <= '9' && s - from < 4; s++)
            d = 10 * d + (*s - '0');
        digits = d == 0 ? 0 : s - from;
    }
    *out = (fraction){minus ? -n : n, d};
    if (*s == '\0' && digits > 0)
        return 1;
    return minus || strpbrk(json_string_value(x), "0123456789") ? -1 : 0;
}

typedef struct reading {
    size_t person;
    int unknown; /* numbers beyond this reading */
} reading;

/* *own where the caller owns it; NULL: missing. */
static json_t *value_of(const reading *r, const json_t *x)
{
    const char *word = word_of(x);
    const char *name = json_string_value(json_array_get(x, 1));
    const struct person *who = &people[r->person];
    if (!json_is_array(x))
        return json_incref((json_t *)(uintptr_t)x);
    if (strcmp(word, "attribute") == 0)
        return json_incref(json_object_get(attributes[r->person], name));
    if (strcmp(word, "side") == 0)
        return json_string(who->side);
    if (strcmp(word, "role") == 0)
        return json_boolean(among(name, who->roles));
    if (strcmp(word, "joined_us") == 0)
        return json_integer(who->joined);
    return json_integer(name[0] == 'c' ? who->contributions : name[0] == 's' ? who->selected : who->ballots);
}

static int equal(reading *r, const json_t *a, const json_t *b)
{
    fraction x = {0, 1}, y = {0, 1};
    if (!json_is_integer(a) && !json_is_integer(b))
        return json_equal(a, b);
    int known_a = number_of(a, &x), known_b = number_of(b, &y);
    r->unknown |= known_a < 0 || known_b < 0;
    return known_a == 1 && known_b == 1 && x.n * y.d == y.n * x.d;
}

static int compare(reading *r, const char *word, const json_t *a, const json_t *b)
{
    fraction x = {0, 1}, y = {0, 1};
    if (word[0] == '=' || word[0] == '!')
        return equal(r, a, b) == (word[0] == '=');
    int known_a = number_of(a, &x), known_b = number_of(b, &y);
    r->unknown |= known_a < 0 || known_b < 0;
    if (known_a != 1 || known_b != 1)
        return 0;
    int64_t left = x.n * y.d, right = y.n * x.d;
    return (word[1] == '=' && left == right) || (word[0] == '<' ? left < right : left > right);
}

static int meaning(reading *r, const json_t *p)
{
    const char *word = word_of(p), *name = json_string_value(json_array_get(p, 1));
    size_t n = json_array_size(p);
    int out = 0;
    if (strcmp(word, "not") == 0)
        return !meaning(r, json_array_get(p, 1));
    if (strcmp(word, "and") == 0 || strcmp(word, "or") == 0) {
        size_t held = 0;
        for (size_t i = 1; i < n; i++)
            held += (size_t)meaning(r, json_array_get(p, i));
        return word[0] == 'a' ? held == n - 1 : held > 0;
    }
    if (strcmp(word, "has") == 0)
        return json_object_get(attributes[r->person], name) != NULL;
    if (strcmp(word, "role") == 0)
        return among(name, people[r->person].roles);
    json_t *a = value_of(r, json_array_get(p, 1)), *b = NULL;
    const json_t *second = json_array_get(p, 2);
    if (strcmp(word, "in") == 0) {
        for (size_t i = 0; a && i < json_array_size(second); i++)
            out |= equal(r, a, json_array_get(second, i));
    } else {
        b = value_of(r, second);
        out = a && b && compare(r, word, a, b);
    }
    json_decref(a);
    json_decref(b);
    return out;
}

/* ---- out of bytes ---- */

typedef struct bytes {
    const uint8_t *at, *end;
} bytes;

static unsigned next(bytes *b)
{
    return b->at < b->end ? *b->at++ : 0;
}

static json_t *literal(bytes *b)
{
    static const char *const texts[] = {"customer", "firm", "Oslo", "0.25", "1/4", "17.5",
                                        "35/2", "-1", "", "3", "1e3", "x\xc3\xa9\n"};
    static const int numbers[] = {0, 1, 2, 3, 17, 18, 30, 57, 59, 60, -1, 250};
    unsigned which = next(b);
    if (which % 8 == 7)
        return json_boolean(which & 8);
    return which & 1 ? json_integer(numbers[(which >> 1) % 12]) : json_string(texts[(which >> 1) % 12]);
}

static json_t *value(bytes *b)
{
    static const char *const keys[] = {"age", "city", "share", "ok", "shoe"};
    static const char *const roles[] = {"juror", "moderator", "voter", "king"};
    static const char *const counts[] = {"contributions", "selected", "ballots", "comments"};
    unsigned which = next(b);
    switch (which % 12) {
    case 0:
    case 1:
    case 2: return json_pack("[ss]", "attribute", keys[(which >> 4) % 5]);
    case 3: return json_pack("[s]", "side");
    case 4: return json_pack("[s]", "joined_us");
    case 5: return json_pack("[ss]", "role", roles[(which >> 4) % (which == 0xf5 ? 4 : 3)]);
    case 6: return json_pack("[ss]", "count", counts[(which >> 4) % (which == 0xf6 ? 4 : 3)]);
    case 7: return which >> 4 ? literal(b) : json_null();
    default: return literal(b);
    }
}

static json_t *predicate(bytes *b, int depth)
{
    static const char *const compared[] = {"=", "!=", "<", "<=", ">", ">="};
    static const char *const joined[] = {"and", "or"};
    unsigned which = next(b);
    json_t *p;
    if (depth > 17 || (b->at == b->end && depth > 1))
        which = 6;
    switch (which % 8) {
    case 0:
    case 1:
    case 2:
        p = json_pack("[s]", joined[which >> 4 & 1]);
        for (unsigned n = which >> 5 ? which >> 5 : which & 16; n > 0; n--)
            json_array_append_new(p, predicate(b, depth + 1));
        return p;
    case 3: return json_pack("[so]", "not", predicate(b, depth + 1));
    case 4:
        p = json_array();
        for (unsigned n = which >> 4 ? next(b) % (which == 0xf4 ? 256 : 6) : 0; n > 0; n--)
            json_array_append_new(p, literal(b));
        return json_pack("[soo]", "in", value(b), p);
    case 5: return json_pack("[ss]", which & 64 ? "has" : "role", which & 128 ? "juror" : "age");
    default: return json_pack("[soo]", compared[(which >> 3) % 6], value(b), value(b));
    }
}

/* ---- what must hold ---- */

static int ask(const json_t *p, const char *who)
{
    char why[CCI_WHY_SIZE];
    cocreate_error error = {0};
    int holds = -1;
    fuzz_holds(cci_predicate_holds(engine, campaign, p, who, AT, &holds, why, &error) == COCREATE_OK);
    fuzz_holds(holds == 0 || holds == 1);
    fuzz_holds(holds || (why[0] != '\0' && !strpbrk(why, "\r\n")));
    return holds;
}

/* A brief takes it where the predicate is one. */
static void check_brief(const json_t *p, cocreate_status expected)
{
    static const char start[] = "{\"brief\":\"cocreate.brief/1\",\"title\":\"T\",\"mode\":\"tinkering\","
                                "\"contributors\":[\"customer\"],\"phases\":[{\"id\":\"p\",\"after_us\":0,"
                                "\"for_us\":1,\"allows\":[\"submit\"]}],\"eligibility\":{\"contribute\":";
    char *text = json_dumps(p, JSON_COMPACT);
    size_t size = sizeof start + strlen(text) + 2;
    char *brief = malloc(size);
    cocreate_error error = {0};
    fuzz_holds(brief != NULL);
    snprintf(brief, size, "%s%s}}", start, text);
    cocreate_status status = cocreate_brief_check(NULL, brief, strlen(brief), NULL, &error);
    /* A new brief asks for more: that it is about somebody. */
    fuzz_holds(status == expected || (status == COCREATE_ERR_SCHEMA && strstr(error.text, "two constants")));
    fuzz_holds(status == COCREATE_OK || strncmp(error.text, "$.eligibility.contribute", 24) == 0);
    free(brief);
    free(text);
}

static void run(const json_t *p)
{
    measure m = {0};
    cocreate_error error = {0};
    cocreate_status status = cci_predicate_check(p, &CCI_ROOT, &error);
    measure_predicate(&m, p, 1);
    int fits = m.nodes <= CCI_PREDICATE_NODES && m.values <= CCI_PREDICATE_VALUES &&
               m.counts <= CCI_PREDICATE_COUNTS && m.depth <= CCI_PREDICATE_DEPTH;
    fuzz_holds((status == COCREATE_OK) == (fits && !m.wrong));
    check_brief(p, status);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(status == COCREATE_ERR_SCHEMA || status == COCREATE_ERR_LIMIT);
        fuzz_holds(m.wrong || status == COCREATE_ERR_LIMIT);
        return;
    }
    json_t *opposite = json_pack("[sO]", "not", p), *twice = json_pack("[sOO]", "and", p, p);
    for (size_t i = 0; i < PEOPLE; i++) {
        reading r = {i, 0};
        int holds = ask(p, people[i].id), meant = meaning(&r, p);
        fuzz_holds(r.unknown || holds == meant);
        fuzz_holds(ask(opposite, people[i].id) == !holds);
        fuzz_holds(ask(twice, people[i].id) == holds);
    }
    json_decref(opposite);
    json_decref(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bytes b = {data, data + size};
    json_t *p = NULL;
    cocreate_error error = {0};
    if (!engine)
        prepare();
    fuzz_holds(cci_campaign_get(engine, "c", &campaign, NULL) == COCREATE_OK);
    if (size > 0 && data[0] == '[') {
        cocreate_status status = cci_json_parse((const char *)data, size, &p, &error);
        if (status != COCREATE_OK) {
            fuzz_check_failure(status, &error);
            return 0;
        }
    } else {
        p = predicate(&b, 1);
    }
    fuzz_holds(p != NULL);
    run(p);
    json_decref(p);
    return 0;
}
