/* Replays files through a fuzz target: each argument is a file. `--random SEED COUNT SIZE` makes COUNT inputs
 * of up to SIZE bytes, the same ones of the same seed everywhere. */
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

static int invent(uint64_t seed, long count, size_t size)
{
    uint8_t *bytes = malloc(size ? size : 1);
    for (long i = 0; bytes && i < count; i++) {
        uint64_t state = seed + (uint64_t)i;
        size_t used = 0, wanted = size;
        for (; used < wanted; used++) { /* SplitMix64 */
            uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
            z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
            z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
            bytes[used] = (uint8_t)(z >> 56);
            if (used == 0)
                wanted = size / 4 + (size_t)(z & 0xff) * (size - size / 4) / 255;
        }
        if (i % 1000 == 0)
            fprintf(stderr, "seed %llu\n", (unsigned long long)(seed + (uint64_t)i));
        LLVMFuzzerTestOneInput(bytes, used);
    }
    printf("%ld inputs made\n", count);
    free(bytes);
    return !bytes;
}

int main(int argc, char **argv)
{
    int bad = 0;
    if (argc == 5 && strcmp(argv[1], "--random") == 0)
        return invent(strtoull(argv[2], NULL, 10), strtol(argv[3], NULL, 10),
                      (size_t)strtoul(argv[4], NULL, 10));
    for (int i = 1; i < argc; i++)
        bad |= replay(argv[i]);
    printf("%d inputs replayed\n", argc - 1);
    return bad;
}
