#include "campaign/verify/verify.h"

#include "base/text.h"

static cocreate_status report(const cci_verification *v, cocreate_text **out,
                              cocreate_error *error)
{
    char root[65];
    cci_digest digest = cci_tree_root(&v->shadow->tree);
    cci_buffer text;
    cci_hex(digest.bytes, sizeof digest.bytes, root);
    json_t *doc = cci_json_new();
    int ok = cci_json_put(doc, "verified", json_true()) &&
             cci_json_put(doc, "events", json_integer((json_int_t)v->events)) &&
             cci_json_put(doc, "rows", json_integer((json_int_t)v->rows)) &&
             cci_json_put(doc, "ballots", json_integer((json_int_t)v->ballots)) &&
             cci_json_put(doc, "results", json_integer((json_int_t)v->results)) &&
             cci_json_put(doc, "awards", json_integer((json_int_t)v->awards)) &&
             cci_json_put(doc, "commitments", json_integer((json_int_t)v->commitments)) &&
             cci_json_put(doc, "root", json_string(root));
    cci_buffer_init(&text, &v->original->allocator);
    cocreate_status status = ok ? cci_json_canonical(doc, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(doc);
    return status;
}

static cocreate_status run(cci_verification *v, cocreate_text **out, cocreate_error *error)
{
    CCI_TRY(cci_transaction_begin(v->shadow, error));
    cocreate_status status = cci_verify_events(v, error);
    CCI_TRY(cci_transaction_end(v->shadow, status, error));
    CCI_TRY(cci_verify_state(v, error));
    return out ? report(v, out, error) : COCREATE_OK;
}

cocreate_status cocreate_verify(cocreate_store *store, const uint8_t *root, uint64_t size,
                                const cocreate_progress *progress, cocreate_text **out,
                                cocreate_error *error)
{
    cocreate_store *memory;
    cci_verification v = {.root = root, .root_size = size, .progress = progress};
    CCI_TRY(cci_engine_of(store, &v.original, error));
    CCI_TRY(cocreate_store_open(&v.original->allocator, ":memory:", NULL, &memory, error));
    cocreate_status status = cci_engine_of(memory, &v.shadow, error);
    if (status == COCREATE_OK) {
        v.shadow->verifying = 1;
        status = run(&v, out, error);
    }
    cocreate_store_close(memory);
    return status;
}
