/* Encoding and decoding. The bytes of `small` were put together by hand from the format in
 * docs/reference/formats.md, its SHA-256 by Python's hashlib. */
#include "check.h"

#include "cocreate/profile.h"

/* Three options, the second "oa" named "Oak", the third withdrawn; an empty ballot of weight 0, and
 * 300 ballots 2 > 1 = 3 that weigh 2 together. */
static const uint8_t small[] = {
    'C',  'C',  'P',  'R',  1,    2,    0,    0,                         /* version, kind, flags */
    3,                                                                   /* options */
    0,    3,    2,    'o',  'a',  3,    'O',  'a',  'k',  16,            /* described */
    2,                                                                   /* ballots */
    0,    1,    0,                                                       /* the empty one */
    3,    3,    0,    5,    0xac, 2,    2,                               /* 300 = 0xac 0x02 */
    0xf7, 0x62, 0xcb, 0x10, 0xec, 0x80, 0x92, 0x9f, 0x0d, 0x45, 0x69, 0x39, 0x22, 0x7d, 0x64, 0x45,
    0xcf, 0xec, 0xf2, 0xb1, 0xb5, 0x3a, 0xaf, 0x0c, 0x33, 0x6c, 0xae, 0xa1, 0x15, 0xa2, 0xaf, 0x29};

static void add(cocreate_profile *p, const uint32_t *options, const int64_t *values, size_t n,
                int64_t count, int64_t weight)
{
    assert_status(cocreate_profile_add(p, options, values, n, count, weight, &check_error),
                  COCREATE_OK);
}

static void encodes_as_documented(void **state)
{
    (void)state;
    cocreate_profile *p;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, 3, &p, &check_error),
                  COCREATE_OK);
    const cocreate_option oak = {sizeof oak, "oa", "Oak", 0, COCREATE_NO_TIME, 0};
    const cocreate_option gone = {sizeof gone, NULL, NULL, 0, COCREATE_NO_TIME, 1};
    assert_status(cocreate_profile_set_option(p, 1, &oak, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_set_option(p, 2, &gone, &check_error), COCREATE_OK);
    add(p, (uint32_t[]){1, 2, 0}, (int64_t[]){1, 2, 2}, 3, 300, 2);
    add(p, NULL, NULL, 0, 1, 0);
    cocreate_text *text;
    assert_status(cocreate_profile_encode(p, &text, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_text_size(text), sizeof small);
    assert_memory_equal(cocreate_text_data(text), small, sizeof small);
    cocreate_text_free(text);
    cocreate_profile_free(p);
}

static void decodes_as_documented(void **state)
{
    (void)state;
    cocreate_profile *p;
    assert_status(cocreate_profile_decode(NULL, small, sizeof small, &p, &check_error),
                  COCREATE_OK);
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.kind, COCREATE_BALLOT_RANKING);
    assert_int_equal(info.ballots, 301);
    assert_int_equal(info.weight, 2);
    assert_int_equal(info.empty, 1);
    assert_int_equal(info.distinct, 2);
    cocreate_option option = {.size = sizeof option};
    assert_status(cocreate_profile_option(p, 1, &option, &check_error), COCREATE_OK);
    assert_string_equal(option.id, "oa");
    assert_string_equal(option.name, "Oak");
    assert_status(cocreate_profile_option(p, 2, &option, &check_error), COCREATE_OK);
    assert_string_equal(option.id, "3");
    assert_int_equal(option.withdrawn, 1);
    cocreate_profile_free(p);
}

/* Everything a profile can know comes back, at every width of words and for every kind. */
static void keeps_everything(void **state)
{
    (void)state;
    const size_t sizes[] = {1, 128, 129, 32768, 32769};
    for (size_t s = 0; s < 5; s++)
        for (int32_t kind = COCREATE_BALLOT_APPROVAL; kind <= COCREATE_BALLOT_POINTS; kind++) {
            cocreate_profile *p, *q;
            uint32_t last = (uint32_t)sizes[s] - 1;
            assert_status(cocreate_profile_new(NULL, kind, sizes[s], &p, &check_error),
                          COCREATE_OK);
            const cocreate_option option = {sizeof option, "\xc3\xa9", "\x01", INT64_MAX,
                                            -INT64_MAX, 1};
            assert_status(cocreate_profile_set_option(p, last, &option, &check_error),
                          COCREATE_OK);
            assert_status(cocreate_profile_set_budget(p, INT64_MAX, 18, &check_error),
                          COCREATE_OK);
            int64_t value = kind == COCREATE_BALLOT_APPROVAL ? 1 : INT64_MAX;
            add(p, &last, &value, 1, 5, INT64_MAX);
            add(p, NULL, NULL, 0, INT64_MAX - 5, 0);
            cocreate_text *once, *twice;
            assert_status(cocreate_profile_encode(p, &once, &check_error), COCREATE_OK);
            assert_status(cocreate_profile_decode(NULL, cocreate_text_data(once),
                                                  cocreate_text_size(once), &q, &check_error),
                          COCREATE_OK);
            assert_status(cocreate_profile_encode(q, &twice, &check_error), COCREATE_OK);
            assert_int_equal(cocreate_text_size(once), cocreate_text_size(twice));
            assert_memory_equal(cocreate_text_data(once), cocreate_text_data(twice),
                                cocreate_text_size(once));
            cocreate_option out = {.size = sizeof out};
            assert_status(cocreate_profile_option(q, last, &out, &check_error), COCREATE_OK);
            assert_int_equal(out.at, -INT64_MAX);
            assert_int_equal(out.cost, INT64_MAX);
            cocreate_text_free(once);
            cocreate_text_free(twice);
            cocreate_profile_free(p);
            cocreate_profile_free(q);
        }
}

static void notices_every_changed_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof small; i++) {
        uint8_t bytes[sizeof small];
        memcpy(bytes, small, sizeof small);
        bytes[i] ^= 0x10;
        cocreate_profile *p = NULL;
        cocreate_status s = cocreate_profile_decode(NULL, bytes, sizeof bytes, &p, &check_error);
        assert_int_equal(s, i == 4 ? COCREATE_ERR_VERSION : COCREATE_ERR_CORRUPT);
        assert_null(p);
    }
    for (size_t size = 0; size < sizeof small; size++) {
        cocreate_profile *p = NULL;
        assert_int_equal(cocreate_profile_decode(NULL, small, size, &p, NULL),
                         COCREATE_ERR_CORRUPT);
    }
}

/* Forged bytes with a right digest. */
typedef struct forgery {
    const char *body;
    size_t size;
    const char *text;
} forgery;

#define FORGED(body, text) {body, sizeof body - 1, text}

static void refuses_forged_bytes(void **state)
{
    (void)state;
    static const forgery forgeries[] = {
        FORGED("CCPR\1\5\0\0\1\0\0", "encoded profile, byte 6: no such kind of ballot"),
        FORGED("CCPR\1\2\10\0\1\0\0", "encoded profile, byte 7: unknown flags"),
        FORGED("CCPR\1\2\4\0\1\0\0\0",
               "encoded profile, byte 10: the number of seats is not possible"),
        FORGED("CCPR\1\2\4\0\1\2\0\0",
               "encoded profile, byte 10: the number of seats is not possible"),
        FORGED("CCPR\1\2\0\1\1\0\0", "encoded profile, byte 8: the cost exponent is not well-formed"),
        /* A million options in a handful of bytes. */
        FORGED("CCPR\1\2\0\0\xc0\x84\x3d\0\0",
               "encoded profile, byte 11: the number of options is not possible"),
        FORGED("CCPR\1\2\0\0\x81\0\0\0",
               "encoded profile, byte 8: the number of options is not possible"),
        FORGED("CCPR\1\2\0\0\1\40\0",
               "encoded profile, byte 10: the flags of an option are not well-formed"),
        FORGED("CCPR\1\2\0\0\1\1\1\61\0",
               "encoded profile, byte 12: an option id is flagged and the default"),
        FORGED("CCPR\1\2\0\0\1\2\1\61\0",
               "encoded profile, byte 12: an option name is flagged and the id"),
        FORGED("CCPR\1\2\0\0\1\4\0\0",
               "encoded profile, byte 11: a cost is flagged and 0"),
        FORGED("CCPR\1\2\0\0\2\1\1\62\0\0",
               "encoded profile, byte 13: two options have the same id"),
        FORGED("CCPR\1\2\0\0\2\1\1x\1\1x\0",
               "encoded profile, byte 15: the id \"x\" is that of option 0 already"),
        FORGED("CCPR\1\2\0\0\1\0\177\0\1\0",
               "encoded profile, byte 11: the number of ballots is not possible"),
        FORGED("CCPR\1\2\0\0\2\0\0\1\2\1\1\1\1",
               "encoded profile, byte 15: a ballot names an option twice"),
        FORGED("CCPR\1\2\0\0\2\0\0\1\1\5\1\1",
               "encoded profile, byte 14: a ballot names an option that is not there"),
        FORGED("CCPR\1\2\0\0\2\0\0\1\1\0\1\1",
               "encoded profile, byte 14: the last rank of a ballot does not end"),
        FORGED("CCPR\1\2\0\0\2\0\0\1\2\2\1\1\1",
               "encoded profile, byte 15: the options of a ballot are out of order"),
        FORGED("CCPR\1\1\0\0\2\0\0\1\1\1\1\1",
               "encoded profile, byte 14: a ballot has ranks, which its kind has not"),
        FORGED("CCPR\1\4\0\0\2\0\0\1\2\0\1\1\1",
               "encoded profile, byte 15: a ballot gives negative points"),
        FORGED("CCPR\1\3\0\0\2\0\0\1\3\0\x80\0\1\1",
               "encoded profile, byte 16: a value of a ballot is not well-formed"),
        FORGED("CCPR\1\1\0\0\2\0\0\1\1\0\0\1",
               "encoded profile, byte 16: a ballot has the count 0"),
        FORGED("CCPR\1\1\0\0\2\0\0\2\1\2\1\1\1\0\1\1",
               "encoded profile, byte 18: ballots are out of order"),
        FORGED("CCPR\1\1\0\0\2\0\0\2\1\2\1\1\1\2\1\1",
               "encoded profile, byte 18: ballots are out of order"),
        FORGED("CCPR\1\1\0\0\2\0\0\1\1\2\1\1\1",
               "encoded profile, byte 16: there are bytes behind the last ballot"),
        FORGED("CCPR\1\1\0\0\2\0\0\2\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f\0\1\2\1\1",
               "encoded profile, byte 27: the counts or weights together are more than 2^63 - 1"),
    };
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
        uint8_t bytes[128];
        const forgery *f = &forgeries[i];
        memcpy(bytes, f->body, f->size);
        cocreate_sha256(bytes, f->size, bytes + f->size);
        cocreate_profile *p = NULL;
        assert_failure(cocreate_profile_decode(NULL, bytes, f->size + 32, &p, &check_error),
                       COCREATE_ERR_CORRUPT, f->text);
        assert_null(p);
    }
}

static void tells_what_it_is_not(void **state)
{
    (void)state;
    cocreate_profile *p = NULL;
    uint8_t bytes[sizeof small];
    memcpy(bytes, small, sizeof small);
    assert_failure(cocreate_profile_decode(NULL, "", 0, &p, &check_error), COCREATE_ERR_CORRUPT,
                   "encoded profile, byte 0: this is not an encoded profile");
    bytes[20] ^= 1;
    assert_failure(cocreate_profile_decode(NULL, bytes, sizeof bytes, &p, &check_error),
                   COCREATE_ERR_CORRUPT,
                   "encoded profile, byte 4: the digest at the end does not match: the bytes were "
                   "changed");
    bytes[4] = 2;
    assert_failure(cocreate_profile_decode(NULL, bytes, sizeof bytes, &p, &check_error),
                   COCREATE_ERR_VERSION, "encoded profile of version 2, only 1 is known");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodes_as_documented), cmocka_unit_test(decodes_as_documented),
        cmocka_unit_test(keeps_everything),      cmocka_unit_test(notices_every_changed_byte),
        cmocka_unit_test(refuses_forged_bytes),  cmocka_unit_test(tells_what_it_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
