/* What scenarios act on, and all that can be read of it as text, so that before and after can be
 * compared. */
#define _POSIX_C_SOURCE 200809L
#include "oom.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct writer {
    char *text;
    size_t size, room;
} writer;

static void put(writer *w, const char *name, const void *bytes, size_t size)
{
    size_t name_size = strlen(name);
    if (w->size + name_size + size + 3 > w->room) {
        w->room = 2 * (w->size + name_size + size + 3);
        w->text = realloc(w->text, w->room);
        assert_non_null(w->text);
    }
    memcpy(w->text + w->size, name, name_size);
    w->size += name_size;
    w->text[w->size++] = ':';
    for (size_t i = 0; i < size; i++) { /* encodings have NULs, and texts here none */
        char c = ((const char *)bytes)[i];
        w->text[w->size++] = c != '\0' ? c : '\001';
    }
    w->text[w->size++] = '\n';
    w->text[w->size] = '\0';
}

static void put_string(writer *w, const char *name, const char *text)
{
    put(w, name, text ? text : "(null)", text ? strlen(text) : 6);
}

static void put_text(writer *w, const char *name, cocreate_text *text)
{
    put(w, name, cocreate_text_data(text), cocreate_text_size(text));
    cocreate_text_free(text);
}

static void put_profile(writer *w, const cocreate_profile *p)
{
    cocreate_text *text = NULL;
    MAKE(cocreate_profile_encode(p, &text, &check_error));
    put_text(w, "profile", text);
}

static void put_tally(writer *w, const cocreate_tally *t)
{
    cocreate_text *text = NULL;
    MAKE(cocreate_tally_encode(t, &text, &check_error));
    put_text(w, "tally", text);
}

static void put_ledger(writer *w, const cocreate_ledger *l)
{
    cocreate_text *text = NULL;
    MAKE(cocreate_ledger_encode(l, &text, &check_error));
    put_text(w, "ledger", text);
    MAKE(cocreate_ledger_balances(l, &text, &check_error));
    put_text(w, "balances", text);
}

static void put_payout(writer *w, const cocreate_payout *p)
{
    cocreate_text *text = NULL;
    MAKE(cocreate_payout_json(p, &text, &check_error));
    put_text(w, "payout", text);
}

static void put_store(writer *w, cocreate_store *s)
{
    static const char *const campaigns[] = {NULL, "c", "d", "m"};
    cocreate_store_info info = {.size = sizeof info};
    cocreate_text *text = NULL;
    uint8_t root[32];
    uint64_t size = 0;
    char line[200];
    MAKE(cocreate_store_info_get(s, &info, &check_error));
    snprintf(line, sizeof line, "%" PRId32 " %" PRId32 " %" PRIu64 " %" PRId64, info.format,
             info.in_batch, info.events, info.last_at);
    put_string(w, "info", line);
    MAKE(cocreate_root(s, root, &size, &check_error));
    put(w, "root", root, sizeof root);
    MAKE(cocreate_events(s, 1, 0, &text, &check_error));
    put_text(w, "events", text);
    for (size_t i = 0; i < sizeof campaigns / sizeof *campaigns; i++) {
        cocreate_status status = cocreate_show(s, campaigns[i], &text, &check_error);
        if (status == COCREATE_OK)
            put_text(w, "show", text);
        else
            assert_int_equal(status, COCREATE_ERR_NOT_FOUND);
    }
}

/* An empty file says nothing: it is as good as none to cocreate_store_open(). */
static const char *file_state(const char *path)
{
    struct stat status;
    return path[0] && stat(path, &status) == 0 && status.st_size > 0 ? "there" : "none or empty";
}

char *world_state(const world *w)
{
    writer out = {NULL, 0, 0};
    put_string(&out, "file", file_state(w->file));
    if (w->profile)
        put_profile(&out, w->profile);
    if (w->other)
        put_profile(&out, w->other);
    if (w->tally)
        put_tally(&out, w->tally);
    if (w->other_tally)
        put_tally(&out, w->other_tally);
    if (w->ranking)
        put_string(&out, "ranking", cocreate_ranking_json(w->ranking));
    if (w->scheme)
        put_string(&out, "scheme", cocreate_scheme_json(w->scheme));
    if (w->awards)
        put_string(&out, "awards", cocreate_awards_json(w->awards));
    if (w->payout)
        put_payout(&out, w->payout);
    if (w->ledger)
        put_ledger(&out, w->ledger);
    if (w->store)
        put_store(&out, w->store);
    return out.text;
}

char *world_outputs(const world *w)
{
    writer out = {NULL, 0, 0};
    for (size_t i = 0; i < WORLD_NUMBERS; i++) {
        char number[32];
        snprintf(number, sizeof number, "%" PRId64, w->numbers[i]);
        if (w->numbers[i] != 0)
            put_string(&out, "number", number);
    }
    for (size_t i = 0; i < WORLD_WORDS; i++)
        if (w->words[i])
            put_string(&out, "word", w->words[i]);
    put_string(&out, "text", w->text ? "" : NULL);
    if (w->text)
        put(&out, "bytes", cocreate_text_data(w->text), cocreate_text_size(w->text));
    if (w->opened)
        put_store(&out, w->opened);
    return out.text;
}

void world_clear_outputs(world *w)
{
    cocreate_text_free(w->text);
    cocreate_store_close(w->opened);
    w->text = NULL;
    w->opened = NULL;
    memset(w->numbers, 0, sizeof w->numbers);
    memset(w->words, 0, sizeof w->words);
}

void world_free(world *w)
{
    world_clear_outputs(w);
    cocreate_profile_free(w->profile);
    cocreate_profile_free(w->other);
    cocreate_tally_free(w->tally);
    cocreate_tally_free(w->other_tally);
    cocreate_ranking_free(w->ranking);
    cocreate_scheme_free(w->scheme);
    cocreate_awards_free(w->awards);
    cocreate_payout_free(w->payout);
    cocreate_ledger_free(w->ledger);
    cocreate_store_close(w->store);
    if (w->file[0])
        unlink(w->file);
    memset(w, 0, sizeof *w);
}
