#include "campaign/report/exact.h"

#include <string.h>

#include "cocreate/money.h"

cocreate_status cci_say_exact(const char *exact, cci_buffer *out, cocreate_error *error)
{
    cci_rational value = {0}, back = {0};
    cocreate_status status = cci_rational_init(&value, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&back, error);
    int found = 0;
    if (status == COCREATE_OK)
        status = cci_rational_parse(exact, strlen(exact), &value, error);
    for (int32_t decimals = 0; decimals <= 12 && status == COCREATE_OK && !found; decimals++) {
        int64_t scaled, unit = 1;
        int order = 1;
        char text[COCREATE_AMOUNT_TEXT];
        for (int32_t i = 0; i < decimals; i++)
            unit *= 10;
        status = cci_rational_round(&value, decimals, CCI_ROUND_DOWN, &scaled, NULL);
        if (status != COCREATE_OK) { /* too large for any number of decimals, or for memory */
            status = status == COCREATE_ERR_MEMORY ? cci_no_memory(error) : COCREATE_OK;
            break;
        }
        status = cci_rational_set_i64(&back, scaled, unit, error);
        if (status == COCREATE_OK)
            status = cci_rational_compare(&value, &back, &order, error);
        found = status == COCREATE_OK && order == 0;
        if (found && cocreate_amount_print(scaled, decimals, text, NULL) == COCREATE_OK)
            cci_buffer_text(out, text);
    }
    cci_rational_clear(&value);
    cci_rational_clear(&back);
    if (status == COCREATE_OK && !found)
        cci_buffer_text(out, exact);
    return status == COCREATE_OK && out->failed ? cci_no_memory(error) : status;
}
