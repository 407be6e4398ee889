#include "campaign/engine.h"

cocreate_status cocreate_preview(cocreate_store *store, const char *json, size_t size,
                                 cocreate_text **out, cocreate_error *error)
{
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    e->previewing = 1;
    cocreate_status status = cocreate_execute(store, json, size, out, error);
    e->previewing = 0;
    return status;
}
