/* Every command with the n-th allocation failing, for every n: it fails as a whole, leaves every
 * row as it was, and succeeds when memory is back. Allocations are those of the handle and of
 * jansson. */
#include "commands.h"
#include "failing_allocator.h"

#include <jansson.h>

#include "store/backend.h"

/* ---- everything that is in a store, as bytes ---- */

typedef struct dump {
    char *data;
    size_t size, capacity;
} dump;

static void add(dump *d, const void *bytes, size_t size)
{
    if (d->size + size > d->capacity) {
        d->capacity = 2 * (d->size + size);
        d->data = realloc(d->data, d->capacity);
        assert_non_null(d->data);
    }
    if (size > 0)
        memcpy(d->data + d->size, bytes, size);
    d->size += size;
}

static void add_bytes(dump *d, cci_bytes bytes)
{
    add(d, &bytes.size, sizeof bytes.size);
    add(d, bytes.data, bytes.size);
}

static cocreate_status add_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)error;
    add_bytes(user, row->payload);
    add(user, row->leaf.bytes, sizeof row->leaf.bytes);
    return COCREATE_OK;
}

static cocreate_status add_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                               cci_bytes data, cocreate_error *error)
{
    (void)error;
    add(user, &part, sizeof part);
    add(user, &kind, sizeof kind);
    add_bytes(user, id);
    add_bytes(user, data);
    return COCREATE_OK;
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    (void)error;
    add(user, &part, sizeof part);
    add(user, &round, sizeof round);
    add_bytes(user, row->voter);
    add_bytes(user, row->data);
    return COCREATE_OK;
}

static dump everything(cocreate_store *s)
{
    dump d = {NULL, 0, 0};
    cci_buffer head;
    cci_buffer_init(&head, NULL);
    assert_status(s->backend->get_head(s->self, &head, &check_error), COCREATE_OK);
    add(&d, head.data, head.size);
    cci_buffer_free(&head);
    assert_status(s->backend->scan_events(s->self, 1, 0, add_event, &d, &check_error),
                  COCREATE_OK);
    assert_status(s->backend->scan_rows(s->self, -1, -1, (cci_bytes){NULL, 0}, add_row, &d,
                                        &check_error),
                  COCREATE_OK);
    assert_status(s->backend->scan_ballots(s->self, -1, -1, add_ballot, &d, &check_error),
                  COCREATE_OK);
    return d;
}

/* ---- commands that reach every kind of event ---- */

#define AT(at, actor, verb, more) \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "'" more "}"
#define C ",'campaign':'c'"
#define FIELDS(n) ",'fields':{'n':" #n "}"

static const char *const commands[] = {
    AT(0, "host", "participant.put", ",'participant':'boss','side':'firm'"),
    AT(0, "boss", "participant.put", ",'participant':'ann','side':'customer','person':{'n':'A'}"),
    AT(0, "boss", "participant.put", ",'participant':'ann','side':'customer','person':{'n':'A'}"),
    AT(0, "boss", "participant.put", ",'participant':'bob','side':'customer'"),
    AT(0, "boss", "campaign.create", C
       ",'brief':{'brief':'cocreate.brief/1','title':'T','mode':'submitting',"
       "'contributors':['customer'],'moderation':'pre','team_max':2,"
       "'form':[{'key':'n','type':'decimal','max':'9.5'}],"
       "'limits':[{'subject':'contribution','max':9},"
       "{'subject':'contribution','per':'team','max':9,'window_us':7}],"
       "'phases':[{'id':'p','after_us':10,'for_us':10,'allows':['submit','revise','withdraw']},"
       "{'id':'q','after_us':20,'for_us':10,'allows':['vote']},"
       "{'id':'r','after_us':30,'for_us':10,'allows':['decide']}],"
       "'rounds':[{'id':'v','lead':'customer','instrument':'score','phase':'q','method':'score',"
       "'certify':'auto','cut':{'top':2}},"
       "{'id':'w','lead':'firm','phase':'r','candidates':{'round':'v'}}],"
       "'rewards':[{'id':'m','round':'w','scheme':{'scheme':'cocreate.incentives/1',"
       "'currency':'EUR','funds':[{'id':'f','budget':'10.00'}],'rules':[{'id':'r',"
       "'kind':'threshold_award','fund':'f','metric':'selected','each':'10.00',"
       "'max_awards':1}]}}],"
       "'rights':{'type':'exclusive','terms':'t'}}"),
    AT(0, "boss", "campaign.create", ",'campaign':'d','preset':'feedback_prizes',"
       "'override':{'rounds':[],'rewards':[]}"),
    AT(0, "boss", "campaign.publish", C),
    AT(10, "ann", "contribution.submit", C ",'contribution':'x','terms':'t'" FIELDS(1)
       ",'authors':[{'participant':'ann','share':'1/3'},{'participant':'bob','share':'2/3'}]"),
    AT(10, "ann", "contribution.submit", C ",'contribution':'y','terms':'t'" FIELDS(9.5)),
    AT(10, "ann", "contribution.submit", C ",'contribution':'z','terms':'t'" FIELDS("9.5")),
    AT(11, "ann", "contribution.revise", C ",'contribution':'x','title':'X'" FIELDS(2)),
    AT(12, "boss", "contribution.screen", C ",'contribution':'x','verdict':'accept'"),
    AT(12, "boss", "contribution.screen", C
       ",'contribution':'y','verdict':'decline','reason':'no'"),
    AT(12, "boss", "contribution.screen", C ",'contribution':'z','verdict':'accept'"),
    AT(13, "ann", "contribution.withdraw", C ",'contribution':'z'"),
    AT(14, "boss", "contribution.remove", C ",'contribution':'y','reason':'no'"),
    AT(25, "host", "tick", ""),
    AT(45, "host", "tick", ""),
    AT(45, "boss", "campaign.cancel", ",'campaign':'d','reason':'none'"),
};

#define COMMANDS (sizeof commands / sizeof *commands)

/* ---- the loop ---- */

static failing_allocator *memory; /* that jansson asks, too: its functions carry no argument */

static void *json_memory(size_t size)
{
    return memory->allocator.allocate(memory, size);
}

static void json_release(void *block)
{
    if (block)
        memory->allocator.release(memory, block);
}

static cocreate_store *open_with(failing_allocator *fa)
{
    static const uint8_t secret[32] = {1, 2, 3};
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.secret = secret;
    return open_store_with(&fa->allocator, &options);
}

/* What the store holds after each command where memory never ends. */
static void reference(dump after[COMMANDS])
{
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    memory = &fa;
    cocreate_store *s = open_with(&fa);
    for (size_t i = 0; i < COMMANDS; i++) {
        assert_true(execute(s, commands[i], NULL) >= 0);
        after[i] = everything(s);
    }
    cocreate_store_close(s);
    assert_int_equal(fa.live, 0);
}

/* One command, until it needs no more than it is granted. Returns how often it failed. */
static size_t until_it_succeeds(cocreate_store *s, failing_allocator *fa, failing_mode mode,
                                const char *command, const dump *before)
{
    size_t step = mode == FAIL_ONCE ? 1 : 13; /* what fails for ever fails at the first, mostly */
    for (size_t n = 0;; n += step) {
        cocreate_text *text = NULL;
        fa->granted_first = fa->requests + n;
        fa->mode = mode;
        fa->refused = 0;
        cocreate_status status = execute(s, command, &text);
        size_t refused_here = fa->refused;
        fa->granted_first = FAIL_NEVER;
        fa->mode = FAIL_ONCE;
        cocreate_text_free(text);
        if (status >= 0) {
            assert_int_equal(refused_here, 0);
            return n / step;
        }
        assert_int_equal(status, COCREATE_ERR_MEMORY);
        assert_int_equal(check_error.status, COCREATE_ERR_MEMORY);
        dump now = everything(s);
        assert_int_equal(now.size, before->size);
        assert_memory_equal(now.data, before->data, now.size);
        free(now.data);
    }
}

static void nothing_is_half_done(void **state)
{
    failing_mode mode = *(failing_mode *)*state;
    json_set_alloc_funcs(json_memory, json_release);
    dump after[COMMANDS];
    reference(after);
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    memory = &fa;
    cocreate_store *s = open_with(&fa);
    dump before = everything(s);
    size_t failures = 0;
    for (size_t i = 0; i < COMMANDS; i++) {
        failures += until_it_succeeds(s, &fa, mode, commands[i], i == 0 ? &before : &after[i - 1]);
        dump now = everything(s);
        assert_int_equal(now.size, after[i].size);
        assert_memory_equal(now.data, after[i].data, now.size);
        free(now.data);
    }
    cocreate_store_close(s);
    assert_int_equal(fa.live, 0);
    print_message("%zu failures in %zu commands\n", failures, COMMANDS);
    free(before.data);
    for (size_t i = 0; i < COMMANDS; i++)
        free(after[i].data);
    json_set_alloc_funcs(malloc, free);
}

/* Opening the engine, the catalogue, checking a brief, reading the log. */
static void reading_fails_cleanly(void **state)
{
    (void)state;
    char *brief = quoted("{'brief':'cocreate.brief/1','title':'T','mode':'tinkering',"
                         "'contributors':['customer'],'phases':[{'id':'p','after_us':0,'for_us':1,"
                         "'allows':['vote']}],'rounds':[{'id':'r','lead':'customer',"
                         "'instrument':'rank','phase':'p','method':'borda'}]}");
    failing_allocator fa;
    memory = &fa;
    json_set_alloc_funcs(json_memory, json_release);
    for (int what = 0; what < 2; what++)
        for (size_t n = 0;; n++) {
            cocreate_text *text = NULL;
            failing_allocator_init(&fa, n, FAIL_ONCE);
            memset(&check_error, 0, sizeof check_error);
            cocreate_status status =
                what == 0 ? cocreate_commands(&fa.allocator, &text, &check_error)
                          : cocreate_brief_check(&fa.allocator, brief, strlen(brief), &text,
                                                 &check_error);
            assert_int_equal(status, fa.refused ? COCREATE_ERR_MEMORY : COCREATE_OK);
            cocreate_text_free(text);
            assert_int_equal(fa.live, 0);
            if (fa.refused == 0)
                break;
        }
    json_set_alloc_funcs(malloc, free);
    free(brief);
}

static failing_mode once = FAIL_ONCE, forever = FAIL_FOREVER;

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"nothing_is_half_done/once", nothing_is_half_done, NULL, NULL, &once},
        {"nothing_is_half_done/forever", nothing_is_half_done, NULL, NULL, &forever},
        cmocka_unit_test(reading_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
