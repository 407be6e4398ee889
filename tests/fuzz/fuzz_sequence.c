/* Sequences of commands on a store in the middle of the tales: the tales' own commands, in their order or
 * out of it, with members that are missing, exchanged or of another type, and commands made up from the
 * catalogue.
 *
 * The first byte says where in the tales; each command takes some of the next ones. A command does what its
 * preview says; one that is refused leaves every row as it was; in the end the log replays,
 * and all that can be read of it can be read. */
#include "fuzz.h"
#include "long_log.h"

#include <jansson.h>

#include "campaign/engine.h"

enum { STAGES = 8, TALE_MAX = 400, WORDS_MAX = 400, STEPS = 40 };

static char *tale[TALE_MAX];
static size_t tale_length;
static char *words[WORDS_MAX]; /* what stands in the tales as a text */
static size_t n_words;
static json_t *catalogue;

/* ---- what there is to say ---- */

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    fuzz_holds(copy != NULL);
    return memcpy(copy, text, size);
}

static void learn(const json_t *value)
{
    const char *key, *text = json_string_value(value);
    json_t *member;
    if (text && strlen(text) < 40) {
        for (size_t i = 0; i < n_words; i++)
            if (strcmp(words[i], text) == 0)
                return;
        if (n_words < WORDS_MAX)
            words[n_words++] = copy_of(text);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
        learn(member);
    for (size_t i = 0; i < json_array_size(value); i++)
        learn(json_array_get(value, i));
}

static void keep(void *user, const char *command)
{
    (void)user;
    fuzz_holds(tale_length < TALE_MAX);
    tale[tale_length++] = copy_of(command);
    json_t *json = json_loads(command, 0, NULL);
    learn(json);
    json_decref(json);
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
    cocreate_text *text = NULL;
    cocreate_store *store = open_empty();
    long_log_tales(store, SIZE_MAX, keep, NULL);
    cocreate_store_close(store);
    fuzz_holds(cocreate_commands(NULL, &text, NULL) == COCREATE_OK);
    catalogue = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
}

/* Made once, and never changed: an input runs in a batch that is rolled back. */
static cocreate_store *stage(size_t which)
{
    static cocreate_store *stores[STAGES];
    if (!catalogue)
        learn_tales();
    if (!stores[which]) {
        stores[which] = open_empty();
        long_log_tales(stores[which], (which + 1) * tale_length / STAGES, NULL, NULL);
    }
    return stores[which];
}

/* ---- from bytes to commands ---- */

typedef struct reader {
    const uint8_t *at, *end;
} reader;

static unsigned next(reader *r)
{
    return r->at < r->end ? *r->at++ : 0;
}

static json_t *any_value(reader *r)
{
    static const char *const texts[] = {"", "1/3", "0.25", "-7", "1e400", "2011-01-18T00:00:00Z", "host",
                                        "99999999999999999999", "\xf0\x9f\x98\x80"};
    unsigned b = next(r);
    switch (b % 16) {
    case 0: return json_null();
    case 1: return json_integer(-1);
    case 2: return json_integer(0);
    case 3: return json_integer(next(r));
    case 4: return json_integer(INT64_C(9007199254740991) - next(r));
    case 5: return json_real(0.5);
    case 6: return b & 16 ? json_true() : json_false();
    case 7: return json_string(texts[(b >> 4) % (sizeof texts / sizeof *texts)]);
    case 8: return json_array();
    case 9: return json_object();
    case 10: return json_pack("[s]", words[next(r) % n_words]);
    case 11: return json_pack("{si}", words[next(r) % n_words], (int)next(r));
    default: return json_string(words[(next(r) + 256 * (b >> 4)) % n_words]);
    }
}

/* Some member of the value, or of what stands in it, is another. */
static void change(json_t *value, reader *r, int depth)
{
    if (json_is_array(value) && json_array_size(value) > 0) {
        size_t i = next(r) % json_array_size(value);
        json_t *element = json_array_get(value, i);
        if (depth > 0 && (json_is_object(element) || json_is_array(element)))
            change(element, r, depth - 1);
        else if (next(r) & 1)
            json_array_append(value, element);
        else
            json_array_set_new(value, i, any_value(r));
        return;
    }
    if (!json_is_object(value) || json_object_size(value) == 0)
        return;
    size_t i = next(r) % json_object_size(value);
    void *iterator = json_object_iter(value);
    while (i-- > 0)
        iterator = json_object_iter_next(value, iterator);
    char key[100];
    snprintf(key, sizeof key, "%s", json_object_iter_key(iterator));
    json_t *member = json_object_iter_value(iterator);
    unsigned b = next(r);
    if (depth > 0 && b % 4 != 0 && (json_is_object(member) || json_is_array(member)))
        change(member, r, depth - 1);
    else if (b % 8 == 1)
        json_object_del(value, key);
    else
        json_object_set_new(value, key, any_value(r));
}

static json_t *made_up(reader *r)
{
    const json_t *type = json_array_get(catalogue, next(r) % json_array_size(catalogue));
    const json_t *parameters = json_object_get(type, "parameters");
    json_t *command = json_object();
    for (size_t i = 0; i < json_array_size(parameters); i++) {
        const json_t *p = json_array_get(parameters, i);
        if (json_is_true(json_object_get(p, "required")) || next(r) % 2)
            json_object_set_new(command, json_string_value(json_object_get(p, "name")), any_value(r));
    }
    json_object_set(command, "do", json_object_get(type, "do"));
    json_object_set_new(command, "actor", json_string(words[next(r) % n_words]));
    return command;
}

/* The next command: `told` is where in the tale one is. */
static char *decode(reader *r, size_t *told, int64_t now)
{
    unsigned b = next(r);
    json_t *command = NULL;
    if (b % 4 == 3)
        command = made_up(r);
    else if (b % 4 == 0 && *told < tale_length)
        command = json_loads(tale[(*told)++], 0, NULL);
    else
        command = json_loads(tale[(next(r) + 256 * next(r)) % tale_length], 0, NULL);
    for (unsigned n = b % 4 == 0 ? 0 : (b >> 4) % 4; n > 0; n--)
        change(command, r, 3);
    if (b % 4 != 0 && (b & 8) == 0)
        json_object_set_new(command, "at", json_integer(now + (b >> 6)));
    char *text = json_dumps(command, JSON_COMPACT);
    json_decref(command);
    return text;
}

/* ---- what must hold ---- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    return hash;
}

static cocreate_status mix_row(void *user, int64_t part, int32_t kind, cci_bytes id, cci_bytes data,
                               cocreate_error *error)
{
    uint64_t *hash = user;
    (void)error;
    *hash = mix(mix(*hash, &part, sizeof part), &kind, sizeof kind);
    *hash = mix(mix(*hash, id.data, id.size), data.data, data.size);
    return COCREATE_OK;
}

static cocreate_status mix_ballot(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                  cocreate_error *error)
{
    uint64_t *hash = user;
    (void)error;
    *hash = mix(mix(*hash, &part, sizeof part), &round, sizeof round);
    *hash = mix(mix(*hash, &row->seq, sizeof row->seq), &row->weight, sizeof row->weight);
    *hash = mix(mix(*hash, row->voter.data, row->voter.size), row->data.data, row->data.size);
    return COCREATE_OK;
}

/* Every row, every ballot, the root. */
static uint64_t look(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size, hash = UINT64_C(14695981039346656037);
    const cci_bytes all = {"", 0};
    fuzz_holds(cocreate_root(store, root, &size, NULL) == COCREATE_OK);
    fuzz_holds(store->backend->scan_rows(store->self, -1, -1, all, mix_row, &hash, NULL) == COCREATE_OK);
    fuzz_holds(store->backend->scan_ballots(store->self, -1, -1, mix_ballot, &hash, NULL) ==
               COCREATE_OK);
    return mix(mix(hash, root, sizeof root), &size, sizeof size);
}

static void expect(int holds, const char *command, const char *what, const cocreate_error *error)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n  %s\n  %s\n", command, what, error->text);
    abort();
}

/* Returns the state after it. */
static uint64_t run(cocreate_store *store, const char *command, uint64_t before)
{
    cocreate_text *planned = NULL, *text = NULL;
    cocreate_error why = {0}, error = {0};
    size_t size = strlen(command);
    cocreate_status preview = cocreate_preview(store, command, size, &planned, &why);
    expect(look(store) == before, command, "a preview changes something", &why);
    cocreate_status status = cocreate_execute(store, command, size, &text, &error);
    expect(status == preview, command, why.text, &error);
    if (status < 0) {
        fuzz_check_failure(status, &error);
        expect(strcmp(why.text, error.text) == 0, command, why.text, &error);
        expect(look(store) == before, command, "a refused command changes something", &error);
        expect(status != COCREATE_ERR_MEMORY && status != COCREATE_ERR_INTERNAL &&
                   status != COCREATE_ERR_CORRUPT && status != COCREATE_ERR_IO,
               command, cocreate_status_name(status), &error);
        return before;
    }
    expect(fuzz_same_text(planned, text), command, cocreate_text_data(planned), &error);
    cocreate_text_free(planned);
    cocreate_text_free(text);
    return look(store);
}

static void read_all(cocreate_store *store)
{
    static const char *const campaigns[] = {"c", "m", "e", "z"};
    cocreate_error error = {0};
    expect(cocreate_check(store, NULL, NULL, &error) == COCREATE_OK, "check", "", &error);
    for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++) {
        const char *c = campaigns[i];
        cocreate_text *out[4] = {NULL};
        cocreate_status status[] = {cocreate_view(store, c, "bob", &out[0], &error),
                                    cocreate_report(store, c, NULL, COCREATE_NO_TIME, &out[1], &error),
                                    cocreate_explain(store, "bob", c, &out[2], &error),
                                    cocreate_export(store, c, NULL, "csv:ledger", &out[3], &error)};
        for (size_t k = 0; k < 4; k++) {
            expect(status[k] == COCREATE_OK || status[k] == COCREATE_ERR_NOT_FOUND ||
                       status[k] == COCREATE_ERR_OVERFLOW,
                   c, cocreate_status_name(status[k]), &error);
            cocreate_text_free(out[k]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t which = data[0] % STAGES;
    cocreate_store *store = stage(which);
    reader r = {data + 1, data + size};
    size_t told = (which + 1) * tale_length / STAGES;
    cci_engine *engine = NULL;
    fuzz_holds(cocreate_store_begin(store, NULL) == COCREATE_OK);
    uint64_t state = look(store);
    for (int step = 0; r.at < r.end && step < STEPS; step++) {
        fuzz_holds(cci_engine_of(store, &engine, NULL) == COCREATE_OK);
        char *command = decode(&r, &told, engine->last_at);
        fuzz_holds(command != NULL);
        state = run(store, command, state);
        free(command);
    }
    if (data[0] >= 128) /* it costs as much as twenty commands */
        read_all(store);
    fuzz_holds(cocreate_store_rollback(store, NULL) == COCREATE_OK);
    return 0;
}
