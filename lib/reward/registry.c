/* The kinds of rules. Adding one: a file that defines it, a line in the kinds.h of its family. */
#include <string.h>

#include "reward/contest/kinds.h"
#include "reward/information/kinds.h"
#include "reward/matching/kinds.h"
#include "reward/procurement/kinds.h"
#include "reward/recognition/kinds.h"
#include "reward/rule.h"
#include "reward/sharing/kinds.h"
#include "reward/standing/kinds.h"

/* Every family lists its kinds as X(name) in its kinds.h. */
#define CCI_ALL_KINDS(X) \
    CCI_CONTEST_KINDS(X) \
    CCI_SHARING_KINDS(X) \
    CCI_PROCUREMENT_KINDS(X) \
    CCI_MATCHING_KINDS(X) \
    CCI_INFORMATION_KINDS(X) \
    CCI_RECOGNITION_KINDS(X) \
    CCI_STANDING_KINDS(X)

#define DECLARE(name) extern const cci_rule_kind cci_rule_##name;
CCI_ALL_KINDS(DECLARE)

#define LIST(name) &cci_rule_##name,
static const cci_rule_kind *const kinds[] = {CCI_ALL_KINDS(LIST)};

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
