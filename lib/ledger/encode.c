/* The journal as JSON Lines, and back with every rule and hash checked. */
#include <inttypes.h>
#include <string.h>

#include "ledger/journal.h"

cocreate_status cocreate_ledger_encode(const cocreate_ledger *ledger, cocreate_text **out,
                                       cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &ledger->allocator);
    for (size_t i = 0; i < ledger->n; i++) {
        cci_buffer_text(&b, ledger->entries[i].json);
        cci_buffer_byte(&b, '\n');
    }
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}

/* The lines of an entry, as arrays that cci_ledger_post() takes. */
typedef struct columns {
    const char **accounts, **currencies;
    int64_t *minor;
    size_t n;
} columns;

static cocreate_status read_lines(const cocreate_allocator *a, const json_t *json, columns *c,
                                  cocreate_error *error)
{
    static const char *const keys[] = {"account", "currency", "minor", NULL};
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "lines");
    json_t *lines;
    CCI_TRY(cci_json_get_array(json, "lines", &lines, &root, error));
    c->n = json_array_size(lines);
    c->accounts = cci_alloc(a, c->n, sizeof *c->accounts);
    c->currencies = cci_alloc(a, c->n, sizeof *c->currencies);
    c->minor = cci_alloc(a, c->n, sizeof *c->minor);
    if (c->accounts == NULL || c->currencies == NULL || c->minor == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < c->n; i++) {
        const json_t *line = json_array_get(lines, i);
        cci_path here = cci_path_at(&at, i);
        CCI_TRY(cci_json_object(line, &here, error));
        CCI_TRY(cci_json_keys(line, keys, &here, error));
        CCI_TRY(cci_json_string(line, "account", &c->accounts[i], &here, error));
        CCI_TRY(cci_json_string(line, "currency", &c->currencies[i], &here, error));
        CCI_TRY(cci_json_i64(line, "minor", -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX,
                             &c->minor[i], &here, error));
    }
    return COCREATE_OK;
}

/* A reversal must mirror what it says it reverses, and a settlement repeat what was reserved. Lines
 * stand in order of currency, account and amount, so that those of one account mirror the others
 * from the end. */
static cocreate_status check_lines_about(const cocreate_ledger *ledger, const cci_draft *d,
                                         cocreate_error *error)
{
    const cci_posting *entry = &ledger->entries[d->about];
    const cci_line *lines = entry->lines;
    int reversal = d->kind == CCI_ENTRY_REVERSAL, fits = entry->n == d->n;
    for (size_t i = 0, end; i < d->n && fits; i = end) {
        const cci_balance *balance = &ledger->balances[lines[i].balance];
        for (end = i + 1; end < d->n && lines[end].balance == lines[i].balance;)
            end++;
        for (size_t k = i; k < end; k++)
            fits = fits && strcmp(d->currencies[k], balance->name) == 0 &&
                   strcmp(d->accounts[k], cci_balance_account(balance)) == 0 &&
                   d->minor[k] ==
                       (reversal ? -lines[end - 1 - (k - i)].minor : lines[k].minor);
    }
    if (fits)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_VERIFY,
                    reversal ? "the lines are not the mirror image of \"%s\""
                             : "the lines are not those reserved by \"%s\"",
                    entry->key);
}

/* What kind of entry it is, and about which other. */
static cocreate_status read_kind(const cocreate_ledger *ledger, const json_t *json, cci_draft *d,
                                 cocreate_error *error)
{
    static const struct {
        const char *member;
        cci_entry_kind kind;
    } kinds[] = {{"reverses", CCI_ENTRY_REVERSAL},
                 {"settles", CCI_ENTRY_SETTLEMENT},
                 {"voids", CCI_ENTRY_VOID}};
    cci_path root = CCI_ROOT;
    int pending = 0, members = 0;
    d->about = CCI_TABLE_NONE;
    d->expires = CCI_NEVER;
    CCI_TRY(cci_json_bool_opt(json, "pending", &pending, &root, error));
    CCI_TRY(cci_json_i64_opt(json, "expires", -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX,
                             &d->expires, &root, error));
    d->kind = pending ? CCI_ENTRY_PENDING : CCI_ENTRY_POSTED;
    members = pending;
    for (size_t i = 0; i < 3; i++) {
        const char *about = NULL;
        CCI_TRY(cci_json_string_opt(json, kinds[i].member, &about, &root, error));
        if (about == NULL)
            continue;
        members++;
        d->kind = kinds[i].kind;
        d->about = cci_ledger_find(ledger, about);
        if (d->about == CCI_TABLE_NONE)
            return cci_fail(error, COCREATE_ERR_VERIFY,
                            "it %s \"%.128s\", which is no entry before", kinds[i].member, about);
    }
    if (members > 1 || (!pending && d->expires != CCI_NEVER))
        return cci_fail(error, COCREATE_ERR_VERIFY, "it cannot be pending, reverse, settle, void "
                                                    "and expire all at once");
    return COCREATE_OK;
}

static cocreate_status post_entry(cocreate_ledger *ledger, const json_t *json, columns *c,
                                  cocreate_error *error)
{
    static const char *const keys[] = {"at",   "expires", "hash", "key",      "lines",   "memo",
                                       "n",    "pending", "prev", "reverses", "settles", "voids",
                                       NULL};
    cci_path root = CCI_ROOT;
    const char *hash, *prev;
    int64_t n;
    cci_draft d = {.about = CCI_TABLE_NONE};
    CCI_TRY(cci_json_object(json, &root, error));
    CCI_TRY(cci_json_keys(json, keys, &root, error));
    CCI_TRY(cci_json_i64(json, "n", 1, CCI_JSON_INTEGER_MAX, &n, &root, error));
    CCI_TRY(cci_json_i64(json, "at", -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX, &d.at, &root,
                         error));
    CCI_TRY(cci_json_string(json, "key", &d.key, &root, error));
    CCI_TRY(cci_json_string(json, "hash", &hash, &root, error));
    CCI_TRY(cci_json_string(json, "prev", &prev, &root, error));
    CCI_TRY(cci_json_string_opt(json, "memo", &d.memo, &root, error));
    CCI_TRY(read_lines(&ledger->allocator, json, c, error));
    d.accounts = c->accounts;
    d.currencies = c->currencies;
    d.minor = c->minor;
    d.n = c->n;
    if (n != (int64_t)ledger->n + 1)
        return cci_fail(error, COCREATE_ERR_VERIFY, "n is %" PRId64 ", not %zu", n, ledger->n + 1);
    if (ledger->n > 0 && strcmp(prev, ledger->entries[ledger->n - 1].hash) != 0)
        return cci_fail(error, COCREATE_ERR_VERIFY, "prev is not the hash of the entry before");
    if (ledger->n == 0 && (strlen(prev) != 64 || strspn(prev, "0") != 64))
        return cci_fail(error, COCREATE_ERR_VERIFY, "prev of the first entry is not 64 zeros");
    CCI_TRY(read_kind(ledger, json, &d, error));
    if (d.kind == CCI_ENTRY_VOID && d.n != 0)
        return cci_fail(error, COCREATE_ERR_VERIFY, "it voids a reservation and yet has lines");
    if (d.kind == CCI_ENTRY_REVERSAL || d.kind == CCI_ENTRY_SETTLEMENT)
        CCI_TRY(check_lines_about(ledger, &d, error));
    cocreate_status status = cci_ledger_post(ledger, &d, error);
    if (status == COCREATE_EXISTS)
        return cci_fail(error, COCREATE_ERR_VERIFY, "the key \"%s\" is there already", d.key);
    return status;
}

/* Is what was posted, written again, the line that was read? */
static cocreate_status check_bytes(const cocreate_ledger *ledger, const json_t *json,
                                   const char *line, size_t size, cocreate_error *error)
{
    const cci_posting *entry = &ledger->entries[ledger->n - 1];
    if (strlen(entry->json) == size && memcmp(entry->json, line, size) == 0)
        return COCREATE_OK;
    if (strcmp(json_string_value(json_object_get(json, "hash")), entry->hash) != 0)
        return cci_fail(error, COCREATE_ERR_VERIFY, "the hash is not that of the entry");
    return cci_fail(error, COCREATE_ERR_VERIFY, "the line is not in canonical form");
}

static cocreate_status decode_line(cocreate_ledger *ledger, const char *line, size_t size,
                                   cocreate_error *error)
{
    json_t *json;
    columns c = {0};
    CCI_TRY(cci_json_parse(line, size, &json, error));
    cocreate_status status = post_entry(ledger, json, &c, error);
    if (status == COCREATE_OK)
        status = check_bytes(ledger, json, line, size, error);
    cci_free(&ledger->allocator, c.accounts);
    cci_free(&ledger->allocator, c.currencies);
    cci_free(&ledger->allocator, c.minor);
    json_decref(json);
    return status;
}

/* What a journal of ours cannot hold fails its verification, whatever posting calls it. */
static cocreate_status decode_failure(cocreate_status status, uint64_t number,
                                      const cocreate_error *inner, cocreate_error *error)
{
    switch (status) {
    case COCREATE_ERR_MEMORY:
        return cci_no_memory(error);
    case COCREATE_ERR_PARSE:
    case COCREATE_ERR_SCHEMA:
        break;
    default:
        status = COCREATE_ERR_VERIFY;
    }
    return cci_fail_at(error, status, number, "line %" PRIu64 ": %s", number, inner->text);
}

cocreate_status cocreate_ledger_decode(const cocreate_allocator *allocator, const char *text,
                                       size_t size, cocreate_ledger **out, cocreate_error *error)
{
    cocreate_ledger *ledger;
    CCI_TRY(cocreate_ledger_new(allocator, &ledger, error));
    uint64_t number = 0;
    for (size_t at = 0; at < size;) {
        cocreate_error inner;
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - text) - at;
        cocreate_status status = decode_line(ledger, text + at, length, &inner);
        number++;
        if (status == COCREATE_OK && end == NULL)
            status = cci_fail(&inner, COCREATE_ERR_VERIFY, "the line does not end");
        if (status != COCREATE_OK) {
            cocreate_ledger_free(ledger);
            return decode_failure(status, number, &inner, error);
        }
        at += length + 1;
    }
    *out = ledger;
    return COCREATE_OK;
}
