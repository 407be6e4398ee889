/* Allocation, growing arrays and buffers, cursors; every request for memory refused in turn. */
#include "check.h"
#include "failing_allocator.h"

#include "base/memory.h"

static void refuses_incomplete_allocators(void **state)
{
    (void)state;
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    assert_status(cci_allocator_check(NULL, &check_error), COCREATE_OK);
    assert_status(cci_allocator_check(&fa.allocator, &check_error), COCREATE_OK);

    cocreate_allocator a = fa.allocator;
    a.size = 0;
    assert_failure(cci_allocator_check(&a, &check_error), COCREATE_ERR_ARGUMENT,
                   "allocator: size is 0, expected sizeof(cocreate_allocator) = 40");
    a = fa.allocator;
    a.allocate = NULL;
    assert_failure(cci_allocator_check(&a, &check_error), COCREATE_ERR_ARGUMENT,
                   "allocator: allocate is NULL");
    a = fa.allocator;
    a.reallocate = NULL;
    assert_failure(cci_allocator_check(&a, &check_error), COCREATE_ERR_ARGUMENT,
                   "allocator: reallocate is NULL");
    a = fa.allocator;
    a.release = NULL;
    assert_failure(cci_allocator_check(&a, &check_error), COCREATE_ERR_ARGUMENT,
                   "allocator: release is NULL");
}

static void allocates_zeroed_and_checked(void **state)
{
    (void)state;
    cocreate_allocator a = cci_allocator(NULL);
    uint8_t *block = cci_alloc(&a, 100, 3);
    for (int i = 0; i < 300; i++)
        assert_int_equal(block[i], 0);
    block[299] = 7;
    block = cci_realloc(&a, block, 1000, 3);
    assert_int_equal(block[299], 7);
    assert_null(cci_realloc(&a, block, SIZE_MAX / 2, 3));
    assert_int_equal(block[299], 7);
    cci_free(&a, block);
    cci_free(&a, NULL);

    assert_null(cci_alloc(&a, SIZE_MAX / 2, 3));
    void *empty = cci_alloc(&a, 0, 8);
    assert_non_null(empty);
    cci_free(&a, empty);
    assert_null(cci_strndup(&a, "x", SIZE_MAX));
    char *copy = cci_strndup(&a, "abcdef", 3);
    assert_string_equal(copy, "abc");
    cci_free(&a, copy);
    copy = cci_strndup(&a, NULL, 0);
    assert_string_equal(copy, "");
    cci_free(&a, copy);
}

static void grows_or_stays(void **state)
{
    (void)state;
    failing_allocator fa;
    failing_allocator_init(&fa, 1, FAIL_FOREVER);
    void *items = NULL;
    size_t capacity = 0;
    assert_true(cci_grow(&fa.allocator, &items, &capacity, 5, 4));
    assert_int_equal(capacity, 8);
    void *before = items;
    assert_true(cci_grow(&fa.allocator, &items, &capacity, 8, 4)); /* fits: nothing is asked for */
    assert_false(cci_grow(&fa.allocator, &items, &capacity, 9, 4));
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, 8);
    assert_false(cci_grow(&fa.allocator, &items, &capacity, SIZE_MAX, 4));
    cci_free(&fa.allocator, items);
    assert_int_equal(fa.live, 0);

    /* n appends ask for memory O(log n) times */
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    items = NULL;
    capacity = 0;
    for (size_t n = 1; n <= 100000; n++)
        assert_true(cci_grow(&fa.allocator, &items, &capacity, n, 4));
    assert_true(fa.requests < 30);
    cci_free(&fa.allocator, items);
}

/* Everything a buffer can write. */
static void write_all(cci_buffer *b)
{
    cci_buffer_add(b, "ab", 2);
    cci_buffer_add(b, NULL, 0);
    cci_buffer_byte(b, '|');
    cci_buffer_text(b, "text|");
    cci_buffer_i64(b, INT64_MIN);
    cci_buffer_byte(b, '|');
    cci_buffer_i64(b, -7);
    cci_buffer_byte(b, '|');
    cci_buffer_u64(b, UINT64_MAX);
    cci_buffer_byte(b, '|');
    cci_buffer_u64(b, 0);
    cci_buffer_byte(b, '|');
    cci_buffer_hex(b, (const uint8_t *)"\x00\xab", 2);
    cci_buffer_format(b, "|%s %d %zu|", "fmt", -3, (size_t)9);
    cci_buffer_le32(b, 0x44434241);
    cci_buffer_le64(b, UINT64_C(0x4847464544434241));
    cci_buffer_varint(b, 300);
}

/* 300 = 0b10_0101100: AC 02 in LEB128 */
static const char written[] = "ab|text|-9223372036854775808|-7|18446744073709551615|0|00ab|fmt -3 9|"
                              "ABCDABCDEFGH\xac\x02";

static void writes_bytes(void **state)
{
    (void)state;
    cci_buffer b;
    cocreate_text *text;
    cci_buffer_init(&b, NULL);
    write_all(&b);
    assert_int_equal(b.size, sizeof written - 1);
    assert_string_equal(b.data, written);
    cci_buffer_cut(&b, 2);
    assert_string_equal(b.data, "ab");
    cci_buffer_clear(&b);
    assert_string_equal(b.data, "");
    cci_buffer_text(&b, "done");
    assert_status(cci_buffer_finish(&b, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), "done");
    assert_int_equal(cocreate_text_size(text), 4);
    assert_null(b.data);
    assert_int_equal(b.size, 0);
    cocreate_text_free(text);
    cocreate_text_free(NULL);

    assert_status(cci_buffer_finish(&b, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), "");
    assert_int_equal(cocreate_text_size(text), 0);
    cocreate_text_free(text);
    cci_buffer_free(&b);
}

static void remembers_a_failed_append(void **state)
{
    failing_mode mode = *(failing_mode *)*state;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cci_buffer b;
        cci_buffer_init(&b, &fa.allocator);
        write_all(&b);
        cocreate_text *text = NULL;
        cocreate_status status = cci_buffer_finish(&b, &text, &check_error);
        cci_buffer_free(&b);
        if (status == COCREATE_OK) {
            assert_int_equal(cocreate_text_size(text), sizeof written - 1);
            cocreate_text_free(text);
        } else {
            assert_int_equal(status, COCREATE_ERR_MEMORY);
            assert_string_equal(check_error.text, "out of memory");
            assert_null(text);
        }
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0)
            break;
        assert_int_not_equal(status, COCREATE_OK);
    }
}

static void writes_no_more_after_a_failure(void **state)
{
    (void)state;
    failing_allocator fa;
    failing_allocator_init(&fa, 1, FAIL_ONCE);
    cci_buffer b;
    cci_buffer_init(&b, &fa.allocator);
    cci_buffer_text(&b, "first");
    cci_buffer_text(&b, "a text that needs more than the first block has room for");
    cci_buffer_text(&b, "!");
    assert_true(b.failed);
    assert_string_equal(b.data, "first");
    cci_buffer_add(&b, "x", SIZE_MAX);
    cci_buffer_clear(&b);
    cci_buffer_hex(&b, (const uint8_t *)"x", SIZE_MAX / 2 + 1);
    assert_true(b.failed);
    cci_buffer_free(&b);
    assert_int_equal(fa.live, 0);
}

static cci_cursor cursor_of(const char *bytes, size_t size)
{
    const uint8_t *start = (const uint8_t *)bytes;
    return (cci_cursor){start, start + size, start};
}

static void reads_bytes_up_to_the_end(void **state)
{
    (void)state;
    cci_cursor c = cursor_of("\x01" "ABCD" "ABCDEFGH" "xyz", 16);
    uint8_t byte;
    uint32_t n32;
    uint64_t n64;
    const uint8_t *bytes;
    assert_true(cci_read_byte(&c, &byte));
    assert_int_equal(byte, 1);
    assert_true(cci_read_le32(&c, &n32));
    assert_int_equal(n32, 0x44434241);
    assert_true(cci_read_le64(&c, &n64));
    assert_true(n64 == UINT64_C(0x4847464544434241));
    const uint8_t *before = c.at;
    assert_false(cci_read_le32(&c, &n32));
    assert_false(cci_read_le64(&c, &n64));
    assert_false(cci_read_bytes(&c, 4, &bytes));
    assert_false(cci_read_bytes(&c, SIZE_MAX, &bytes));
    assert_ptr_equal(c.at, before);
    assert_true(cci_read_bytes(&c, 3, &bytes));
    assert_memory_equal(bytes, "xyz", 3);
    assert_false(cci_read_byte(&c, &byte));
    assert_false(cci_read_varint(&c, &n64));
    assert_true(cci_read_bytes(&c, 0, &bytes));
}

static void reads_one_form_of_each_varint(void **state)
{
    (void)state;
    static const uint64_t numbers[] = {0, 1, 127, 128, 300, 16383, 16384, UINT32_MAX,
                                       UINT64_C(1) << 63, UINT64_MAX};
    cci_buffer b;
    cci_buffer_init(&b, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uint64_t back;
        cci_buffer_clear(&b);
        cci_buffer_varint(&b, numbers[i]);
        cci_cursor c = cursor_of(b.data, b.size);
        assert_true(cci_read_varint(&c, &back));
        assert_true(back == numbers[i] && c.at == c.end);
        cci_cursor cut = cursor_of(b.data, b.size - 1);
        assert_false(cci_read_varint(&cut, &back));
    }
    cci_buffer_free(&b);

    static const struct {
        const char *bytes;
        size_t size;
    } bad[] = {{"\x80\x00", 2},                                 /* 0 with padding */
               {"\xff\x80\x00", 3},                             /* 127 with padding */
               {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10}, /* 2^64 and more */
               {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint64_t n = 5;
        cci_cursor c = cursor_of(bad[i].bytes, bad[i].size);
        assert_false(cci_read_varint(&c, &n));
        assert_true(n == 5 && c.at == c.start);
    }
}

static failing_mode once = FAIL_ONCE, forever = FAIL_FOREVER;

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_incomplete_allocators),
        cmocka_unit_test(allocates_zeroed_and_checked),
        cmocka_unit_test(grows_or_stays),
        cmocka_unit_test(writes_bytes),
        {"remembers_a_failed_append/once", remembers_a_failed_append, NULL, NULL, &once},
        {"remembers_a_failed_append/forever", remembers_a_failed_append, NULL, NULL, &forever},
        cmocka_unit_test(writes_no_more_after_a_failure),
        cmocka_unit_test(reads_bytes_up_to_the_end),
        cmocka_unit_test(reads_one_form_of_each_varint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
