/* Logs that nobody here wrote: on the state in the middle of the tales, events of theirs are replayed in
 * their order or out of it, with members that are missing, exchanged or of another type; each is hashed
 * again, so that only its content can tell.
 *
 * The first byte says where in the tales. Lines follow where the second is '{': each is the text of an event
 * as it stands. Else each event takes some of the next bytes. An event is refused with a reason and changes
 * nothing, or is one of the log; whatever log comes of it, all that can be read of it is read without harm,
 * what is due in it happens or is refused, and replayed again it gives the same state. */
#include "long_log.h"
#include "mutation.h"

#include "campaign/verify/verify.h"

enum { STAGES = 8, EVENTS_MAX = 1000, STEPS = 30 };

typedef struct event {
    int64_t part;
    char *text;
} event;

static event events[EVENTS_MAX + 1]; /* by number */
static uint64_t last;
static cocreate_store *told;
static cci_engine *original; /* its head says what the log should be */
static cci_backend window;   /* its only event is `row` */
static cci_event_row row;

/* ---- the tales' log ---- */

static cocreate_status keep_event(void *user, const cci_event_row *r, cocreate_error *error)
{
    (void)user;
    (void)error;
    fuzz_holds(r->seq <= EVENTS_MAX);
    last = r->seq;
    events[last] = (event){r->part, calloc(1, r->payload.size + 1)};
    fuzz_holds(events[last].text != NULL);
    memcpy(events[last].text, r->payload.data, r->payload.size);
    json_t *json = json_loads(events[last].text, 0, NULL);
    learn(json);
    json_decref(json);
    return COCREATE_OK;
}

static cocreate_status scan_row(void *self, uint64_t from, uint64_t to, cci_event_visitor visit, void *user,
                                cocreate_error *error)
{
    (void)self;
    (void)from;
    (void)to;
    return visit(user, &row, error);
}

static cocreate_store *open_empty(void)
{
    static const uint8_t secret[32] = {1, 2, 3};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    fuzz_holds(cocreate_store_open(NULL, ":memory:", &options, &store, NULL) == COCREATE_OK);
    return store;
}

static void learn_tales(void)
{
    told = open_empty();
    long_log_tales(told, SIZE_MAX, NULL, NULL);
    fuzz_holds(cci_engine_of(told, &original, NULL) == COCREATE_OK);
    fuzz_holds(told->backend->scan_events(told->self, 1, 0, keep_event, NULL, NULL) == COCREATE_OK);
    window = *told->backend;
    window.scan_events = scan_row;
    told->backend = &window;
}

/* ---- replay ---- */

/* Replays an event of this text after those that `shadow` has. */
static cocreate_status replay(cci_engine *shadow, int64_t part, int64_t at, const char *text, size_t size,
                              cocreate_error *error)
{
    cci_verification v = {.original = original, .shadow = shadow};
    row = (cci_event_row){cci_next_seq(shadow), part, at, {text, size}, {{0}}};
    cocreate_log_leaf(text, size, row.leaf.bytes);
    original->tree = shadow->tree;
    cci_tree_append(&original->tree, &row.leaf);
    original->last_at = at;
    fuzz_holds(cci_transaction_begin(shadow, NULL) == COCREATE_OK);
    cocreate_status status = cci_verify_events(&v, error);
    fuzz_holds(cci_transaction_end(shadow, status, NULL) == status);
    return status;
}

/* Made once, and never changed: an input runs in a batch that is rolled back. */
static cocreate_store *stage(size_t which)
{
    static cocreate_store *stores[STAGES];
    cci_engine *engine = NULL;
    if (!told)
        learn_tales();
    if (stores[which])
        return stores[which];
    stores[which] = open_empty();
    fuzz_holds(cocreate_store_begin(stores[which], NULL) == COCREATE_OK);
    fuzz_holds(cci_engine_of(stores[which], &engine, NULL) == COCREATE_OK);
    engine->verifying = 1;
    for (uint64_t i = 1; i <= (which + 1) * last / STAGES; i++) {
        json_t *json = json_loads(events[i].text, 0, NULL);
        cocreate_error error = {0};
        cocreate_status status =
            replay(engine, events[i].part, json_integer_value(json_object_get(json, "at")), events[i].text,
                   strlen(events[i].text), &error);
        expect(status == COCREATE_OK, events[i].text, "the tales' own event is refused", &error);
        json_decref(json);
    }
    fuzz_holds(cocreate_store_commit(stores[which], NULL) == COCREATE_OK);
    return stores[which];
}

static int64_t part_of(cci_engine *shadow, const json_t *json)
{
    cci_campaign *c = NULL;
    const char *id = json_string_value(json_object_get(json, "campaign"));
    return id && cci_campaign_get(shadow, id, &c, NULL) == COCREATE_OK ? c->part : 0;
}

/* Returns the state after it. */
static uint64_t run(cci_engine *shadow, const json_t *json, const char *text, size_t size, uint64_t before)
{
    cocreate_error error = {0};
    uint64_t seq = cci_next_seq(shadow);
    int64_t at = json_integer_value(json_object_get(json, "at"));
    cocreate_status status = replay(shadow, part_of(shadow, json), at, text, size, &error);
    uint64_t after = look(shadow->store);
    if (status == COCREATE_OK) {
        expect(cci_next_seq(shadow) == seq + 1, text, "it is not in the log", &error);
        return after;
    }
    expect(status == COCREATE_ERR_VERIFY, text, cocreate_status_name(status), &error);
    fuzz_check_failure(status, &error);
    expect(after == before && cci_next_seq(shadow) == seq, text, "a refused event changes something", &error);
    return before;
}

/* ---- what came of it ---- */

#define ASK(call)                                                                                      \
    do {                                                                                               \
        cocreate_text *out = NULL;                                                                     \
        cocreate_error error = {0};                                                                    \
        cocreate_status status = (call);                                                               \
        expect(status >= 0 || (status != COCREATE_ERR_MEMORY && status != COCREATE_ERR_INTERNAL &&     \
                               error.status == status && error.text[0] != '\0'),                       \
               #call, cocreate_status_name(status), &error);                                           \
        cocreate_text_free(out);                                                                       \
    } while (0)

static void read_all(cocreate_store *store, cci_engine *shadow)
{
    static const char *const campaigns[] = {"c", "m", "e", "z"};
    static const char tick[] = "{\"at\":1438300800000000,\"actor\":\"host\",\"do\":\"tick\"}";
    cocreate_error why = {0};
    uint64_t before = look(store);
    for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++) {
        const char *c = campaigns[i];
        ASK(cocreate_show(store, c, &out, &error));
        ASK(cocreate_view(store, c, "bob", &out, &error));
        ASK(cocreate_report(store, c, NULL, COCREATE_NO_TIME, &out, &error));
        ASK(cocreate_explain(store, "bob", c, &out, &error));
        ASK(cocreate_explain(store, "x", c, &out, &error));
        ASK(cocreate_export(store, c, NULL, "csv:ledger", &out, &error));
        ASK(cocreate_export(store, c, NULL, "csv:ballots", &out, &error));
    }
    ASK(cocreate_check(store, NULL, &out, &error));
    shadow->verifying = 0;
    ASK(cocreate_preview(store, tick, strlen(tick), &out, &error));
    shadow->verifying = 1;
    expect(cocreate_verify(store, NULL, 0, NULL, NULL, &why) == COCREATE_OK, "the log",
           "it is replayed to another state", &why);
    expect(look(store) == before, "the log", "reading changes something", &why);
}

/* ---- from bytes to events ---- */

/* The next event: `at` is where in the tales one is. */
static json_t *decode(reader *r, uint64_t *at, const cci_engine *shadow)
{
    unsigned b = next(r);
    uint64_t which = b % 4 < 2 ? ++*at : (next(r) + 256 * next(r)) % last + 1;
    json_t *json = json_loads(events[which <= last ? which : last].text, 0, NULL);
    int64_t then = json_integer_value(json_object_get(json, "at"));
    for (unsigned n = b % 4 == 0 ? 0 : (b >> 4) % 4; n > 0; n--)
        change(next(r) % 4 ? json_object_get(json, "data") : json, r, 3);
    if ((b & 0x8c) != 0x8c) { /* else they stay as they are */
        json_object_set_new(json, "seq", json_integer((json_int_t)cci_next_seq(shadow)));
        json_object_set_new(json, "at", json_integer(then < shadow->last_at ? shadow->last_at : then));
    }
    return json;
}

static void run_lines(cci_engine *shadow, const char *at, const char *end, uint64_t state)
{
    for (int line = 0; at < end && line < STEPS; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        json_t *json = NULL;
        if (cci_json_parse(at, (size_t)(stop - at), &json, NULL) != COCREATE_OK)
            json = NULL;
        state = run(shadow, json, at, (size_t)(stop - at), state);
        json_decref(json);
        at = stop < end ? stop + 1 : end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t which = data[0] % STAGES;
    cocreate_store *store = stage(which);
    reader r = {data + 1, data + size};
    uint64_t at = (which + 1) * last / STAGES;
    cci_engine *shadow = NULL;
    fuzz_holds(cocreate_store_begin(store, NULL) == COCREATE_OK);
    fuzz_holds(cci_engine_of(store, &shadow, NULL) == COCREATE_OK);
    uint64_t state = look(store);
    if (size > 1 && data[1] == '{')
        run_lines(shadow, (const char *)data + 1, (const char *)data + size, state);
    for (int step = 0; data[1 < size] != '{' && r.at < r.end && step < STEPS; step++) {
        json_t *json = decode(&r, &at, shadow);
        cci_buffer text;
        cci_buffer_init(&text, &store->allocator);
        fuzz_holds(cci_json_canonical(json, &text, NULL) == COCREATE_OK);
        state = run(shadow, json, text.data, text.size, state);
        cci_buffer_free(&text);
        json_decref(json);
    }
    if (data[0] >= 192) /* it costs far more than the events */
        read_all(store, shadow);
    fuzz_holds(cocreate_store_rollback(store, NULL) == COCREATE_OK);
    return 0;
}
