#include "campaign/boundary/hooks.h"

cocreate_status cocreate_store_hooks(cocreate_store *store, const cocreate_hooks *hooks,
                                     cocreate_error *error)
{
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    if (hooks && hooks->size != sizeof *hooks)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "hooks: size is %zu, expected sizeof(cocreate_hooks) = %zu", hooks->size,
                        sizeof *hooks);
    e->hooks = hooks ? *hooks : (cocreate_hooks){.size = sizeof *hooks};
    return COCREATE_OK;
}

cocreate_status cci_hook_authorize(cci_engine *e, const char *actor, const char *action,
                                   const char *campaign, cocreate_error *error)
{
    if (!e->hooks.authorize)
        return COCREATE_OK;
    e->in_hook = 1;
    int32_t allowed = e->hooks.authorize(e->hooks.user, actor, action, campaign);
    e->in_hook = 0;
    return allowed ? COCREATE_OK
                   : cci_fail(error, COCREATE_ERR_PERMISSION, "the host denies '%s' %s", actor,
                              action);
}

static cocreate_status add_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    cci_buffer *list = user;
    cci_buffer_byte(list, list->size > 0 ? ',' : '[');
    cci_buffer_add(list, row->payload.data, row->payload.size);
    return list->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_hook_veto(cci_engine *e, cocreate_error *error)
{
    uint64_t first = e->undo_tree.size + 1, last = e->tree.size;
    char reason[COCREATE_REASON] = "";
    if (!e->hooks.veto || first > last)
        return COCREATE_OK;
    cci_buffer events;
    cci_buffer_init(&events, &e->allocator);
    cocreate_status status =
        e->store->backend->scan_events(e->store->self, first, last, add_event, &events, error);
    cci_buffer_text(&events, "]");
    if (status == COCREATE_OK && events.failed)
        status = cci_no_memory(error);
    if (status == COCREATE_OK) {
        e->in_hook = 1;
        int32_t refused = e->hooks.veto(e->hooks.user, events.data, reason);
        e->in_hook = 0;
        reason[sizeof reason - 1] = '\0';
        if (refused)
            status = cci_fail(error, COCREATE_ERR_REFUSED, "veto: %s",
                              reason[0] ? reason : "the host gives no reason");
    }
    cci_buffer_free(&events);
    return status;
}

static void observe(cci_engine *e, uint64_t first, uint64_t last)
{
    e->in_hook = 1;
    e->hooks.observe(e->hooks.user, first, last);
    e->in_hook = 0;
}

void cci_hook_written(cci_engine *e, uint64_t first, uint64_t last)
{
    if (!e->hooks.observe || first > last)
        return;
    if (!e->store->in_batch)
        observe(e, first, last);
    else if (e->unseen == 0)
        e->unseen = first;
}

void cci_hook_batch_end(cci_engine *e, int committed)
{
    uint64_t first = e->unseen;
    e->unseen = 0;
    if (committed && first > 0 && e->hooks.observe)
        observe(e, first, e->tree.size);
}
