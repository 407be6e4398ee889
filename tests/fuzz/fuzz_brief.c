/* Briefs: what is accepted, with every default filled in, is accepted again unchanged.
 *
 * An input is a brief where it begins with '{'; else the first byte chooses a preset, and the others what is
 * missing, exchanged or of another type in it. */
#include "mutation.h"

#include "cocreate/campaign.h"

static void check(const char *data, size_t size)
{
    cocreate_text *once = NULL, *twice = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_brief_check(NULL, data, size, &once, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(status != COCREATE_ERR_MEMORY && status != COCREATE_ERR_INTERNAL);
        return;
    }
    fuzz_holds(cocreate_brief_check(NULL, cocreate_text_data(once), cocreate_text_size(once),
                                    &twice, &error) == COCREATE_OK);
    fuzz_holds(fuzz_same_text(once, twice));
    cocreate_text_free(once);
    cocreate_text_free(twice);
}

static json_t *preset_at(size_t which)
{
    cocreate_preset preset = {.size = sizeof preset};
    fuzz_holds(cocreate_preset_at(which, &preset, NULL) == COCREATE_OK);
    json_t *brief = json_loads(preset.brief, 0, NULL);
    fuzz_holds(brief != NULL);
    return brief;
}

static void learn_presets(void)
{
    for (size_t i = 0; i < cocreate_preset_count(); i++) {
        json_t *brief = preset_at(i);
        learn(brief);
        json_decref(brief);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || data[0] == '{') {
        check((const char *)data, size);
        return 0;
    }
    if (n_words == 0)
        learn_presets();
    reader r = {data + 1, data + size};
    json_t *brief = preset_at(data[0] % cocreate_preset_count());
    for (int n = 0; r.at < r.end && n < 12; n++) { /* each of them alone, and with those before */
        change(brief, &r, 5);
        char *text = json_dumps(brief, JSON_COMPACT);
        fuzz_holds(text != NULL);
        check(text, strlen(text));
        free(text);
    }
    json_decref(brief);
    return 0;
}
