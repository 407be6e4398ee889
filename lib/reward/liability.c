/* What a scheme may cost at worst, as JSON. */
#include <inttypes.h>
#include <string.h>

#include "reward/rule.h"

static void text(cci_buffer *b, const char *before, const char *value)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, value, strlen(value));
}

static void amount(cci_buffer *b, const char *before, const cocreate_scheme *scheme, int64_t minor)
{
    char printed[COCREATE_AMOUNT_TEXT];
    text(b, before, cci_amount_text(scheme, minor, printed));
}

cocreate_status cocreate_scheme_liability(const cocreate_scheme *scheme, cocreate_text **out,
                                          cocreate_error *error)
{
    cci_buffer b;
    int64_t total = 0;
    cci_buffer_init(&b, &scheme->arena.allocator);
    cci_buffer_text(&b, "{\"funds\":[");
    for (size_t i = 0; i < scheme->n_funds; i++) {
        const cci_fund *fund = &scheme->funds[i];
        cci_buffer_text(&b, i == 0 ? "{" : ",{");
        if (fund->revenue) {
            text(&b, "\"id\":", fund->id);
            cci_buffer_text(&b, ",\"source\":\"revenue\"}");
            continue;
        }
        amount(&b, "\"budget\":", scheme, fund->budget);
        text(&b, ",\"id\":", fund->id);
        amount(&b, ",\"liability\":", scheme, fund->bound);
        cci_buffer_byte(&b, '}');
        total += fund->bound; /* at most the sum of the budgets, which was checked */
    }
    text(&b, "],\"liability\":{", scheme->currency);
    amount(&b, ":", scheme, total);
    cci_buffer_text(&b, "},\"rules\":[");
    int first = 1;
    for (size_t i = 0; i < scheme->n_rules; i++) {
        const cci_rule *rule = &scheme->rules[i];
        if (rule->fund == NULL || rule->fund->revenue)
            continue;
        amount(&b, first ? "{\"amount\":" : ",{\"amount\":", scheme, rule->bound);
        text(&b, ",\"fund\":", rule->fund->id);
        cci_buffer_format(&b, ",\"minor\":%" PRId64, rule->bound);
        text(&b, ",\"rule\":", rule->id);
        text(&b, ",\"why\":", rule->why);
        cci_buffer_byte(&b, '}');
        first = 0;
    }
    cci_buffer_text(&b, "]}");
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}
