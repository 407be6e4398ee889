/* Sequences of commands on a store in the middle of the tales: the tales' own commands, in their order or
 * out of it, with members that are missing, exchanged or of another type, and commands made up from the
 * catalogue.
 *
 * The first byte says where in the tales; each command takes some of the next ones. A command does what its
 * preview says; one that is refused leaves every row as it was; in the end the log replays,
 * and all that can be read of it can be read. */
#include "long_log.h"
#include "mutation.h"

enum { STAGES = 8, TALE_MAX = 400, STEPS = 40 };

static char *tale[TALE_MAX];
static size_t tale_length;
static json_t *catalogue;

/* ---- what there is to say ---- */

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
