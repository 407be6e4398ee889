/* The first byte chooses the reading rules. What is written reads the same where a rule names the
 * candidates, which the file does not list. */
#include "fuzz_formats.h"

static const char *const rules[] = {
    NULL,
    "{\"overvote\":\"exhaust\",\"duplicate\":\"skip\",\"delimiter\":\"|\",\"max_skipped\":1}",
    "{\"overvote\":\"skip\",\"duplicate\":\"exhaust\",\"delimiter\":\"|\",\"max_ranks\":2}",
    "{\"overvote\":\"tie\",\"duplicate\":\"skip\",\"delimiter\":\"|\",\"first_rank\":2,\"blank\":\"W\"}",
    "{\"overvote\":\"skip\",\"duplicate\":\"skip\",\"overvote_label\":\"x\",\"skipped_label\":[\"y\"],"
    "\"contest\":\"Mayor\",\"excluded\":\"Ann\"}",
};

/* {"candidates":[..]}; ids have no control characters. */
static void name_candidates(const cocreate_profile *p, char *out, size_t size)
{
    cocreate_profile_info info = {.size = sizeof info};
    fuzz_holds(cocreate_profile_info_get(p, &info, NULL) == COCREATE_OK);
    size_t n = (size_t)snprintf(out, size, "{\"candidates\":[");
    for (size_t i = 0; i < info.options; i++) {
        cocreate_option option = {.size = sizeof option};
        fuzz_holds(cocreate_profile_option(p, i, &option, NULL) == COCREATE_OK);
        fuzz_holds(n + 2 * strlen(option.id) + 8 < size);
        n += (size_t)snprintf(out + n, size - n, i > 0 ? ",\"" : "\"");
        for (const char *s = option.id; *s != '\0'; s++) {
            if (*s == '"' || *s == '\\')
                out[n++] = '\\';
            out[n++] = *s;
        }
        n += (size_t)snprintf(out + n, size - n, "\"");
    }
    snprintf(out + n, size - n, "]}");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 20000)
        return 0;
    cocreate_profile *profile =
        fuzz_read_ruled("cvr", data + 1, size - 1, 0, rules[data[0] % 5]);
    if (!profile)
        return 0;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    size_t room = 12 * size + 1000;
    char *text = malloc(room);
    fuzz_holds(text != NULL);
    name_candidates(profile, text, room);
    limits.rules = text;
    fuzz_round_trip(profile, "cvr", 0, &limits);
    free(text);
    cocreate_profile_free(profile);
    return 0;
}
