/* Commands, one a line, on campaigns that live: the first byte tells when ('0' contributions, '1'
 * votes and runs, '2' decisions and payments). A command that fails leaves log and state as they
 * were; what a success says is in the log. */
#include "fuzz.h"

#include "cocreate/cocreate.h"

#define C ",\"campaign\":\"c\"}"
#define PUT(id, side)                                                                     \
    "{\"at\":0,\"actor\":\"host\",\"do\":\"participant.put\",\"participant\":\"" id "\"," \
    "\"side\":\"" side "\"}"
#define SUBMIT(actor, id)                                                                       \
    "{\"at\":10,\"actor\":\"" actor "\",\"do\":\"contribution.submit\",\"contribution\":\"" id \
    "\",\"terms\":\"t\",\"fields\":{\"n\":1}" C
#define DECIDE(id, more)                                                                     \
    "{\"at\":31,\"actor\":\"boss\",\"do\":\"decision.make\",\"round\":\"w\",\"contribution\":\"" \
    id "\",\"verdict\":\"select\"" more C

/* The stages are parted by NULLs. */
static const char *const script[] = {
    PUT("boss", "firm"),
    PUT("ann", "customer"),
    PUT("bob", "customer"),
    "{\"at\":0,\"actor\":\"boss\",\"do\":\"campaign.create\",\"brief\":{"
    "\"brief\":\"cocreate.brief/1\",\"title\":\"T\",\"mode\":\"submitting\","
    "\"contributors\":[\"customer\"],\"team_max\":2,"
    "\"form\":[{\"key\":\"n\",\"type\":\"decimal\",\"max\":\"9.5\"}],"
    "\"limits\":[{\"subject\":\"contribution\",\"max\":9}],"
    "\"phases\":[{\"id\":\"p\",\"after_us\":10,\"for_us\":10,"
    "\"allows\":[\"submit\",\"revise\",\"withdraw\"]},"
    "{\"id\":\"q\",\"after_us\":20,\"for_us\":10,\"allows\":[\"vote\",\"run\"]},"
    "{\"id\":\"s\",\"after_us\":30,\"for_us\":10,\"allows\":[\"decide\"]}],"
    "\"rounds\":[{\"id\":\"v\",\"lead\":\"customer\",\"instrument\":\"score\",\"phase\":\"q\","
    "\"scale\":[0,5],\"method\":\"score\",\"cut\":\"all\",\"certify\":\"auto\"},"
    "{\"id\":\"r\",\"lead\":\"metric\",\"phase\":\"q\",\"direction\":\"ascending\"},"
    "{\"id\":\"w\",\"lead\":\"firm\",\"phase\":\"s\",\"select\":[1,2]}],"
    "\"rewards\":[{\"id\":\"m\",\"round\":\"v\",\"scheme\":{"
    "\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
    "\"budget\":\"100.00\"}],\"rules\":[{\"id\":\"p\",\"kind\":\"ranked_prizes\","
    "\"fund\":\"f\",\"prizes\":[\"50.00\",\"20.00\"]}]}}],"
    "\"rights\":{\"type\":\"exclusive\",\"terms\":\"t\"}}" C,
    "{\"at\":0,\"actor\":\"boss\",\"do\":\"campaign.publish\"" C,
    SUBMIT("ann", "x"),
    SUBMIT("bob", "y"),
    NULL,
    "{\"at\":20,\"actor\":\"host\",\"do\":\"tick\"}",
    "{\"at\":21,\"actor\":\"bob\",\"do\":\"ballot.cast\",\"round\":\"v\",\"ballot\":{\"x\":4}" C,
    NULL,
    "{\"at\":30,\"actor\":\"host\",\"do\":\"tick\"}",
    DECIDE("x", ",\"place\":1"),
    NULL,
};

enum { STAGES = 3 };

typedef struct seen {
    uint8_t root[32];
    uint64_t events;
    cocreate_text *shown;
} seen;

/* The state costs far more to show than most commands do. */
static seen look(cocreate_store *store, int whole)
{
    seen s = {{0}, 0, NULL};
    fuzz_holds(cocreate_root(store, s.root, &s.events, NULL) == COCREATE_OK);
    fuzz_holds(!whole || cocreate_show(store, "c", &s.shown, NULL) == COCREATE_OK);
    return s;
}

static void fuzz_same(const seen *a, const seen *b)
{
    fuzz_holds(a->events == b->events && memcmp(a->root, b->root, 32) == 0);
    fuzz_holds(!a->shown || fuzz_same_text(a->shown, b->shown));
}

/* Made once, and never changed: an input runs in a batch that is rolled back. */
static cocreate_store *stage(unsigned which)
{
    static cocreate_store *stores[STAGES];
    if (stores[which])
        return stores[which];
    static const uint8_t secret[32] = {1};
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.secret = secret;
    fuzz_holds(cocreate_store_open(NULL, ":memory:", &options, &stores[which], NULL) ==
               COCREATE_OK);
    unsigned end = 0;
    for (size_t i = 0; end <= which; i++) {
        cocreate_error error = {0};
        if (!script[i])
            end++;
        else if (cocreate_execute(stores[which], script[i], strlen(script[i]), NULL, &error) < 0) {
            fprintf(stderr, "%s: %s\n", script[i], error.text);
            abort();
        }
    }
    return stores[which];
}

static void run(cocreate_store *store, const char *line, size_t size, int whole)
{
    cocreate_text *text = NULL;
    cocreate_error error = {0};
    seen before = look(store, whole);
    cocreate_status status = cocreate_execute(store, line, size, &text, &error);
    seen after = look(store, whole);
    if (status < 0) {
        fuzz_check_failure(status, &error);
        fuzz_holds(!text);
        fuzz_same(&before, &after);
    } else {
        fuzz_holds(text && error.text[0] == '\0');
        fuzz_holds(after.events >= before.events);
    }
    cocreate_text_free(text);
    cocreate_text_free(before.shown);
    cocreate_text_free(after.shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    cocreate_store *store = stage(data[0] % STAGES);
    const char *at = (const char *)data + 1, *end = (const char *)data + size;
    int whole = size % 8 == 0;
    seen before = look(store, whole);
    fuzz_holds(cocreate_store_begin(store, NULL) == COCREATE_OK);
    for (int line = 0; at < end && line < 20; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        run(store, at, (size_t)(stop - at), whole);
        at = stop < end ? stop + 1 : end;
    }
    if (whole) { /* what was written can be replayed */
        cocreate_error error = {0};
        if (cocreate_verify(store, NULL, 0, NULL, NULL, &error) != COCREATE_OK) {
            fprintf(stderr, "%s\n", error.text);
            abort();
        }
    }
    fuzz_holds(cocreate_store_rollback(store, NULL) == COCREATE_OK);
    seen after = look(store, whole);
    fuzz_same(&before, &after);
    cocreate_text_free(before.shown);
    cocreate_text_free(after.shown);
    return 0;
}
