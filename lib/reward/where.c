#include "reward/where.h"

#include <string.h>

typedef struct parser {
    const char *start, *at;
    const cci_path *path;
    cocreate_error *error;
} parser;

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

static int is_word(char c)
{
    return is_letter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static int is_numeral(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/';
}

static void spaces(parser *p)
{
    while (*p->at == ' ')
        p->at++;
}

static size_t run(const parser *p, int (*belongs)(char))
{
    size_t n = 0;
    while (belongs(p->at[n]))
        n++;
    return n;
}

static cocreate_status expected(const parser *p, const char *what)
{
    return cci_json_fail(p->error, COCREATE_ERR_SCHEMA, p->path, "expected %s at character %zu",
                         what, (size_t)(p->at - p->start) + 1);
}

static int take(parser *p, const char *text)
{
    size_t n = strlen(text);
    if (strncmp(p->at, text, n) != 0)
        return 0;
    p->at += n;
    return 1;
}

static cocreate_status relation(parser *p, cci_operator *out)
{
    static const char *const texts[] = {"<=", ">=", "<", ">", "="};
    spaces(p);
    for (int i = 0; i < 5; i++)
        if (take(p, texts[i])) {
            *out = (cci_operator)i;
            spaces(p);
            return COCREATE_OK;
        }
    return expected(p, "one of <= >= < > =");
}

static cocreate_status numeral(parser *p, cci_number *out)
{
    size_t n = run(p, is_numeral);
    cci_rational r;
    CCI_TRY(cci_rational_init(&r, p->error));
    cocreate_error inner;
    cocreate_status status = cci_rational_parse(p->at, n, &r, &inner);
    if (status == COCREATE_OK && cci_number_set(out, &r))
        p->at += n;
    else if (status == COCREATE_ERR_MEMORY)
        status = cci_no_memory(p->error);
    else
        status = expected(p, "a number");
    cci_rational_clear(&r);
    return status;
}

static cocreate_status condition(parser *p, cci_arena *arena, cci_condition *out)
{
    size_t n = run(p, is_letter);
    const char *name = p->at;
    if (n == 8 && memcmp(name, "selected", n) == 0) {
        p->at += n;
        out->what = CCI_WHERE_SELECTED;
        return COCREATE_OK;
    }
    if (n == 6 && memcmp(name, "status", n) == 0) {
        p->at += n;
        out->what = CCI_WHERE_STATUS;
        CCI_TRY(relation(p, &out->relation));
        size_t size = run(p, is_word);
        if (out->relation != CCI_EQ || size == 0)
            return expected(p, "'=' and a status");
        out->word = cci_arena_copy(arena, p->at, size);
        p->at += size;
        return out->word == NULL ? cci_no_memory(p->error) : COCREATE_OK;
    }
    out->what = CCI_WHERE_METRIC;
    if (n == 4 && memcmp(name, "rank", n) == 0) {
        out->what = CCI_WHERE_RANK;
    } else {
        int m = 0;
        while (m < CCI_METRIC_COUNT &&
               (strlen(cci_metric_names[m]) != n || memcmp(name, cci_metric_names[m], n) != 0))
            m++;
        if (m == CCI_METRIC_COUNT)
            return expected(p, "rank, score, votes, points, supporters, selected or status");
        out->metric = (cci_metric)m;
    }
    p->at += n;
    CCI_TRY(relation(p, &out->relation));
    return numeral(p, &out->value);
}

cocreate_status cci_where_parse(cci_arena *arena, const char *text, cci_where *out,
                                const cci_path *path, cocreate_error *error)
{
    parser p = {text, text, path, error};
    cci_where where = {.n = 0};
    for (;;) {
        if (where.n == CCI_WHERE_MAX)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "more than %d conditions",
                                 CCI_WHERE_MAX);
        spaces(&p);
        cci_condition *c = &where.conditions[where.n];
        CCI_TRY(condition(&p, arena, c));
        where.n++;
        if (c->what == CCI_WHERE_METRIC)
            where.needs |= (unsigned)CCI_NEED_METRIC << c->metric;
        int spaced = *p.at == ' ';
        spaces(&p);
        if (*p.at == '\0')
            break;
        if (!spaced || !take(&p, "and "))
            return expected(&p, "\" and \" or the end");
    }
    where.text = cci_arena_copy(arena, text, strlen(text));
    if (where.text == NULL)
        return cci_no_memory(error);
    *out = where;
    return COCREATE_OK;
}

static int relates(cci_number a, cci_operator relation_, cci_number b)
{
    int order = cci_number_compare(a, b);
    switch (relation_) {
    case CCI_LE:
        return order <= 0;
    case CCI_GE:
        return order >= 0;
    case CCI_LT:
        return order < 0;
    case CCI_GT:
        return order > 0;
    case CCI_EQ:
        return order == 0;
    }
    return 0;
}

int cci_where_holds(const cci_where *where, const cci_entry *entry, int64_t place)
{
    for (size_t i = 0; i < where->n; i++) {
        const cci_condition *c = &where->conditions[i];
        cci_number n = {place, 1};
        int holds = 0;
        switch (c->what) {
        case CCI_WHERE_SELECTED:
            holds = entry->selected;
            break;
        case CCI_WHERE_STATUS:
            holds = strcmp(entry->status, c->word) == 0;
            break;
        case CCI_WHERE_METRIC:
            n = entry->metrics[c->metric];
            holds = n.den > 0 && relates(n, c->relation, c->value);
            break;
        case CCI_WHERE_RANK:
            holds = relates(n, c->relation, c->value);
            break;
        }
        if (!holds)
            return 0;
    }
    return 1;
}
