/* The kinds of rules. Adding one: a file that defines it, its name in rule.h, a line here. */
#include <string.h>

#include "reward/rule.h"

static const cci_rule_kind *const kinds[] = {
    &cci_rule_ranked_prizes,
    &cci_rule_proportional_split,
    &cci_rule_threshold_award,
    &cci_rule_direct_grant,
    &cci_rule_badge,
};

const cci_rule_kind *cci_rule_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof kinds[0] ? kinds[index] : NULL;
}

static void member(cci_buffer *out, const char *key, const char *value)
{
    cci_buffer_byte(out, '"');
    cci_buffer_text(out, key);
    cci_buffer_text(out, "\":");
    cci_json_quote(out, value, strlen(value));
}

static void parameter(cci_buffer *out, const cci_parameter *p)
{
    cci_buffer_byte(out, '{');
    member(out, "about", p->about);
    cci_buffer_byte(out, ',');
    member(out, "name", p->name);
    cci_buffer_text(out, p->required ? ",\"required\":true," : ",\"required\":false,");
    member(out, "type", p->type);
    cci_buffer_byte(out, '}');
}

cocreate_status cocreate_rule_kinds(const cocreate_allocator *allocator, cocreate_text **out,
                                    cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_allocator a = cci_allocator(allocator);
    cci_buffer text;
    cci_buffer_init(&text, &a);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const cci_rule_kind *k = kinds[i];
        cci_buffer_text(&text, i == 0 ? "[{" : ",{");
        member(&text, "bound", k->bound);
        cci_buffer_byte(&text, ',');
        member(&text, "kind", k->kind);
        cci_buffer_text(&text, ",\"parameters\":[");
        for (const cci_parameter *p = k->parameters; p->name != NULL; p++) {
            if (p != k->parameters)
                cci_buffer_byte(&text, ',');
            parameter(&text, p);
        }
        cci_buffer_text(&text, "],");
        member(&text, "source", k->source);
        cci_buffer_byte(&text, ',');
        member(&text, "title", k->title);
        cci_buffer_byte(&text, '}');
    }
    cci_buffer_text(&text, "]");
    cocreate_status status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    return status;
}
