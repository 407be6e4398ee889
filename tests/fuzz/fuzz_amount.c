/* Amounts and weights from text. An amount that is read prints to text that reads the same. The
 * first byte is the exponent. */
#include "fuzz.h"

#include "cocreate/money.h"

static void read_amount(const char *text, int32_t exponent)
{
    int64_t minor = 7, again = 8;
    cocreate_error error = {0};
    cocreate_status status = cocreate_amount_parse(text, exponent, &minor, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(minor == 7);
        return;
    }
    char printed[COCREATE_AMOUNT_TEXT];
    fuzz_holds(cocreate_amount_print(minor, exponent, printed, &error) == COCREATE_OK);
    fuzz_holds(cocreate_amount_parse(printed, exponent, &again, &error) == COCREATE_OK);
    fuzz_holds(again == minor);
}

/* The text cut at each comma. */
static void read_weights(char *text)
{
    const char *texts[16] = {NULL};
    int64_t weights[16];
    size_t n = 0;
    for (char *s = text; s && n < 16;) {
        char *comma = strchr(s, ',');
        if (comma)
            *comma++ = '\0';
        texts[n++] = s;
        s = comma;
    }
    cocreate_error error = {0};
    cocreate_status status = cocreate_weights_parse(texts, n, weights, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        return;
    }
    for (size_t i = 0; i < n; i++)
        fuzz_holds(weights[i] >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text = malloc(size);
    if (!text)
        return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    read_amount(text, data[0] % 19);
    read_weights(text);
    free(text);
    return 0;
}
