/* Replays files through a fuzz target: each argument is a file. */
#include "fuzz.h"

static int replay(const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    size_t used = 0, room = 1u << 20;
    uint8_t *bytes = malloc(room);
    while (bytes && (used += fread(bytes + used, 1, room - used, stream)) == room) {
        uint8_t *more = realloc(bytes, room *= 2);
        if (!more)
            free(bytes);
        bytes = more;
    }
    int bad = !bytes || ferror(stream);
    fclose(stream);
    /* A copy of just this size, so that the address sanitizer sees a byte too many. */
    uint8_t *exact = bad ? NULL : malloc(used ? used : 1);
    if (exact) {
        memcpy(exact, bytes, used);
        LLVMFuzzerTestOneInput(exact, used);
    }
    free(exact);
    free(bytes);
    return !exact;
}

int main(int argc, char **argv)
{
    int bad = 0;
    for (int i = 1; i < argc; i++)
        bad |= replay(argv[i]);
    printf("%d inputs replayed\n", argc - 1);
    return bad;
}
