/* A program outside the project: C11, and C++17 as well. */
#include <cocreate/cocreate.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    cocreate_error error;
    cocreate_text *text = NULL;
    const char json[] = "{\"b\": 1.0, \"a\": [true]}";
    if (cocreate_canonical_json(NULL, json, strlen(json), &text, &error) != COCREATE_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    int same = strcmp(cocreate_text_data(text), "{\"a\":[true],\"b\":1}") == 0;
    cocreate_text_free(text);
    printf("libcocreate %s\n", cocreate_version());
    return same ? 0 : 1;
}
