/* Numbers of a draw that anyone can repeat. */
#include <string.h>

#include "base/digest.h"
#include "ranking/optimal/big.h"
#include "ranking/optimal/lottery.h"

static void add_u32(cci_buffer *b, size_t n)
{
    for (unsigned i = 0; i < 4; i++)
        cci_buffer_byte(b, (uint8_t)(n >> (24 - 8 * i)));
}

static cocreate_status fill_block(const cci_chain *chain, uint32_t k, uint32_t counter,
                                  cci_buffer *message, cci_digest *out, cocreate_error *error)
{
    static const char rule[] = "libcocreate/draw/v1"; /* with its NUL */
    cci_buffer_clear(message);
    cci_buffer_add(message, rule, sizeof rule);
    add_u32(message, strlen(chain->context));
    cci_buffer_text(message, chain->context);
    add_u32(message, k);
    add_u32(message, counter);
    if (message->failed)
        return cci_no_memory(error);
    *out = cci_hmac(chain->seed, message->data, message->size);
    return COCREATE_OK;
}

static cocreate_status draw_number(const cci_chain *chain, uint32_t k, const mp_int *below,
                                   cci_buffer *message, cci_buffer *bytes, mp_int *out,
                                   cocreate_error *error)
{
    size_t bits = (size_t)mp_count_bits(below), size = (bits + 7) / 8;
    uint8_t mask = (uint8_t)(0xff >> (8 * size - bits));
    for (uint32_t counter = 0;;) {
        while (bytes->size < size) {
            cci_digest block;
            CCI_TRY(fill_block(chain, k, counter++, message, &block, error));
            cci_buffer_add(bytes, block.bytes, sizeof block.bytes);
            if (bytes->failed)
                return cci_no_memory(error);
        }
        bytes->data[0] = (char)((uint8_t)bytes->data[0] & mask);
        CCI_BIG(mp_from_ubin(out, (const unsigned char *)bytes->data, size));
        if (mp_cmp(out, below) == MP_LT)
            return COCREATE_OK;
        memmove(bytes->data, bytes->data + size, bytes->size - size);
        cci_buffer_cut(bytes, bytes->size - size);
    }
}

cocreate_status cci_lottery_number(const cci_run *run, uint32_t k, const mp_int *below,
                                   mp_int *out, cocreate_error *error)
{
    cci_buffer message, bytes;
    cci_buffer_init(&message, &run->allocator);
    cci_buffer_init(&bytes, &run->allocator);
    cocreate_status status = draw_number(&run->chain, k, below, &message, &bytes, out, error);
    cci_buffer_free(&message);
    cci_buffer_free(&bytes);
    return status;
}
