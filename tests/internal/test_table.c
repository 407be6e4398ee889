/* Hash tables: what they find does not depend on the key, and collisions do no harm. */
#include "check.h"
#include "failing_allocator.h"

#include "base/table.h"

/* 2^16 strings of 32 letters with one djb2 hash: "Ez" and "FY" have the same (33 * 69 + 122 =
 * 33 * 70 + 89), so any mixture of 16 of them does. */
enum { PAIRS = 16, COLLIDING = 1 << PAIRS, LENGTH = 2 * PAIRS };
static char colliding[COLLIDING][LENGTH + 1];

static uint32_t djb2(const char *s)
{
    uint32_t hash = 5381;
    while (*s)
        hash = hash * 33 + (uint8_t)*s++;
    return hash;
}

static int make_collisions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COLLIDING; i++)
        for (size_t bit = 0; bit < PAIRS; bit++)
            memcpy(colliding[i] + 2 * bit, i >> bit & 1 ? "Ez" : "FY", 2);
    return djb2(colliding[0]) != djb2(colliding[COLLIDING - 1]);
}

static void bytes_of_row(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    (void)owner;
    *bytes = colliding[index];
    *size = LENGTH;
}

static void finds_the_same_under_any_key(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    for (uint32_t round = 0; round < 100; round++) {
        uint8_t key[16];
        for (size_t i = 0; i < sizeof key; i++)
            key[i] = (uint8_t)(round * 31 + i * 7);
        cci_table t;
        cci_table_init(&t, NULL, NULL, bytes_of_row);
        cci_table_set_key(&t, key);
        for (uint32_t i = 0; i < ROWS; i++) {
            uint64_t hash = cci_table_hash(&t, colliding[i], LENGTH);
            assert_true(cci_table_find_hashed(&t, hash, colliding[i], LENGTH) == CCI_TABLE_NONE);
            assert_true(cci_table_reserve(&t, 1));
            cci_table_insert(&t, hash, i);
        }
        for (uint32_t i = 0; i < ROWS; i++)
            assert_int_equal(cci_table_find(&t, colliding[i], LENGTH), i);
        assert_true(cci_table_find(&t, colliding[ROWS], LENGTH) == CCI_TABLE_NONE);
        assert_true(cci_table_find(&t, colliding[0], LENGTH - 1) == CCI_TABLE_NONE);
        assert_true(cci_table_find(&t, "", 0) == CCI_TABLE_NONE);
        cci_table_free(&t);
    }
}

static void takes_65536_colliding_strings(void **state)
{
    (void)state;
    cci_table t;
    cci_table_init(&t, NULL, NULL, bytes_of_row);
    assert_true(cci_table_reserve(&t, COLLIDING));
    size_t capacity = t.capacity;
    for (uint32_t i = 0; i < COLLIDING; i++)
        cci_table_insert(&t, cci_table_hash(&t, colliding[i], LENGTH), i);
    assert_int_equal(t.capacity, capacity); /* one reserve was enough */
    for (uint32_t i = 0; i < COLLIDING; i++)
        assert_int_equal(cci_table_find(&t, colliding[i], LENGTH), i);
    /* spread: no run of taken slots is longer than chance makes it (thousands, if all collide) */
    size_t run = 0, longest = 0;
    for (size_t i = 0; i < t.capacity; i++) {
        run = t.slots[i] ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    assert_true(longest < 500);
    cci_table_free(&t);
}

/* SipHash-2-4 of 00 01 .. 0e under 00 01 .. 0f: Aumasson & Bernstein (2012), appendix A */
static void hashes_as_siphash_does(void **state)
{
    (void)state;
    uint8_t key[16], input[15];
    for (uint8_t i = 0; i < 16; i++)
        key[i] = i;
    memcpy(input, key, 15);
    cci_table t;
    cci_table_init(&t, NULL, NULL, bytes_of_row);
    cci_table_set_key(&t, key);
    assert_true(cci_table_hash(&t, input, 15) == UINT64_C(0xa129ca6149be45e5));
    cci_table_free(&t);
}

static void keys_differ_from_table_to_table(void **state)
{
    (void)state;
    cci_table a, b;
    cci_table_init(&a, NULL, NULL, bytes_of_row);
    cci_table_init(&b, NULL, NULL, bytes_of_row);
    assert_memory_not_equal(a.key, b.key, sizeof a.key);
    cci_table_free(&a);
    cci_table_free(&b);
}

static void refuses_to_grow_beyond_all_memory(void **state)
{
    (void)state;
    cci_table t;
    cci_table_init(&t, NULL, NULL, bytes_of_row);
    assert_false(cci_table_reserve(&t, SIZE_MAX));
    assert_false(cci_table_reserve(&t, ((size_t)1 << 31) + 1));
    assert_int_equal(t.capacity, 0);
    cci_table_free(&t);
}

static void collects_strings_in_order(void **state)
{
    (void)state;
    cci_string_set s;
    cci_string_set_init(&s, NULL);
    uint32_t index = 9;
    int added = 9;
    for (uint32_t i = 0; i < 1000; i++) {
        assert_status(cci_string_set_add(&s, colliding[i], &index, &added, &check_error),
                      COCREATE_OK);
        assert_true(index == i && added == 1);
    }
    assert_status(cci_string_set_add(&s, colliding[500], &index, &added, &check_error),
                  COCREATE_OK);
    assert_true(index == 500 && added == 0);
    assert_int_equal(s.count, 1000);
    assert_int_equal(cci_string_set_find(&s, colliding[999]), 999);
    assert_true(cci_string_set_find(&s, colliding[1000]) == CCI_TABLE_NONE);
    assert_true(cci_string_set_find(&s, "") == CCI_TABLE_NONE);
    for (uint32_t i = 0; i < 1000; i++)
        assert_ptr_equal(s.items[i], colliding[i]);
    cci_string_set_free(&s);
}

static void survives_without_memory(void **state)
{
    failing_mode mode = *(failing_mode *)*state;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cci_string_set s;
        cci_string_set_init(&s, &fa.allocator);
        for (uint32_t i = 0; i < 40; i++) {
            uint32_t index = 77;
            int added = 77;
            size_t before = s.count;
            cocreate_status status =
                cci_string_set_add(&s, colliding[i], &index, &added, &check_error);
            if (status == COCREATE_OK) {
                assert_true(index == before && added == 1);
                continue;
            }
            assert_int_equal(status, COCREATE_ERR_MEMORY);
            assert_true(index == 77 && added == 77 && s.count == before);
            assert_true(cci_string_set_find(&s, colliding[i]) == CCI_TABLE_NONE);
        }
        cci_string_set_free(&s);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0)
            break;
    }
}

static failing_mode once = FAIL_ONCE, forever = FAIL_FOREVER;

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_same_under_any_key),
        cmocka_unit_test(takes_65536_colliding_strings),
        cmocka_unit_test(hashes_as_siphash_does),
        cmocka_unit_test(keys_differ_from_table_to_table),
        cmocka_unit_test(refuses_to_grow_beyond_all_memory),
        cmocka_unit_test(collects_strings_in_order),
        {"survives_without_memory/once", survives_without_memory, NULL, NULL, &once},
        {"survives_without_memory/forever", survives_without_memory, NULL, NULL, &forever},
    };
    return cmocka_run_group_tests(tests, make_collisions, NULL) != 0;
}
