/* What the registry claims of a method, and what docs/reference/criteria.md says of it. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "ranking/method.h"

/* The n-th cell of a row of a table, from 0, without the spaces around it. */
static size_t cell(const char *row, int n, const char **out)
{
    for (; n >= 0; n--)
        row = strchr(row, '|') + 1;
    row += strspn(row, " ");
    size_t size = strcspn(row, "|\n");
    while (size > 0 && row[size - 1] == ' ')
        size--;
    *out = row;
    return size;
}

/* Is the name in a list "a, b, c"? */
static int lists(const char *list, size_t size, const char *name)
{
    for (const char *end = list + size; list < end;) {
        size_t n = strcspn(list, ",|\n");
        if (n > (size_t)(end - list))
            n = (size_t)(end - list);
        if (n == strlen(name) && memcmp(list, name, n) == 0)
            return 1;
        list += n;
        list += strspn(list, ", ");
        if (n == 0)
            break;
    }
    return 0;
}

/* What the table says of the method and Condorcet winners; "" where it has no row. */
static const char *of_condorcet(const char *page, const char *name, size_t *size)
{
    const char *text;
    for (const char *line = page; (line = strstr(line, "\n| ")) != NULL;) {
        line++;
        size_t first = cell(line, 0, &text);
        if (lists(text, first, name)) {
            *size = cell(line, 4, &text);
            return text;
        }
    }
    *size = 0;
    return "";
}

static int takes_opposition(const cci_method *method)
{
    for (size_t i = 0; i < method->option_count; i++)
        for (const char *const *c = method->options[i].choices; c != NULL && *c != NULL; c++)
            if (strcmp(*c, "opposition") == 0)
                return 1;
    return 0;
}

/* The margin of victory builds on the flag, whatever the options: with strength=opposition a Condorcet
 * winner may lose on ballots that end early. */
static void condorcet_methods_are_those_of_the_table(void **state)
{
    (void)state;
    char *page = read_file(COCREATE_SOURCE_DIR "/docs/reference/criteria.md", NULL);
    assert_non_null(strstr(page, "| Maj | MLos | MutM | Cond |"));
    char *others = strstr(page, "## One winner from approvals"); /* has other columns */
    assert_non_null(others);
    *others = '\0';
    size_t seen = 0, wrong = 0;
    for (size_t i = 0; i < cci_method_count(); i++) {
        const cci_method *method = cci_methods[i];
        size_t size;
        const char *sign = of_condorcet(page, method->name, &size);
        int yes = size == 3 && memcmp(sign, "yes", 3) == 0;
        seen += size > 0;
        if (size == 0 || yes == method->condorcet || (yes && takes_opposition(method)))
            continue;
        print_error("%s: the table says %.*s, the registry %d\n", method->name, (int)size, sign,
                    method->condorcet);
        wrong++;
    }
    free(page);
    assert_true(seen >= 60);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(condorcet_methods_are_those_of_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
