#include "money/split/natural.h"

#include <assert.h>

#define LIMB_BITS 32

void cci_natural_set(cci_limb *out, size_t size, uint64_t value)
{
    for (size_t i = 0; i < size; i++) {
        out[i] = (cci_limb)value;
        value >>= LIMB_BITS;
    }
    assert(value == 0);
}

int cci_natural_is_zero(const cci_limb *a, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != 0)
            return 0;
    return 1;
}

int cci_natural_compare(const cci_limb *a, const cci_limb *b, size_t size)
{
    for (size_t i = size; i-- > 0;)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

void cci_natural_add(cci_limb *sum, size_t sum_size, const cci_limb *a, size_t a_size)
{
    assert(a_size <= sum_size);
    uint64_t carry = 0;
    for (size_t i = 0; i < sum_size; i++) {
        carry += (uint64_t)sum[i] + (i < a_size ? a[i] : 0);
        sum[i] = (cci_limb)carry;
        carry >>= LIMB_BITS;
    }
    assert(carry == 0);
}

void cci_natural_subtract(cci_limb *difference, size_t difference_size, const cci_limb *a,
                          size_t a_size)
{
    assert(a_size <= difference_size);
    uint64_t borrow = 0;
    for (size_t i = 0; i < difference_size; i++) {
        uint64_t taken = (i < a_size ? a[i] : 0) + borrow;
        borrow = difference[i] < taken;
        difference[i] = (cci_limb)(difference[i] - taken);
    }
    assert(borrow == 0);
}

void cci_natural_multiply(cci_limb *out, const cci_limb *a, size_t a_size, const cci_limb *b,
                          size_t b_size)
{
    cci_natural_set(out, a_size + b_size, 0);
    for (size_t i = 0; i < a_size; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b_size; j++) {
            carry += (uint64_t)a[i] * b[j] + out[i + j];
            out[i + j] = (cci_limb)carry;
            carry >>= LIMB_BITS;
        }
        out[i + b_size] = (cci_limb)carry;
    }
}

/* Limb i of divisor << shift, 0 <= shift < LIMB_BITS, taken from the unshifted number. */
static cci_limb shifted_limb(const cci_limb *number, size_t i, unsigned shift)
{
    uint64_t both = (uint64_t)number[i] << LIMB_BITS | (i > 0 ? number[i - 1] : 0);
    return (cci_limb)(both >> (LIMB_BITS - shift));
}

/* number -= digit * divisor << (shift + at limbs); returns whether it went below zero. */
static int subtract_multiple(cci_limb *number, const cci_limb *divisor, size_t divisor_size,
                             unsigned shift, uint64_t digit)
{
    uint64_t carry = 0, borrow = 0;
    for (size_t i = 0; i <= divisor_size; i++) {
        carry += i < divisor_size ? digit * shifted_limb(divisor, i, shift) : 0;
        uint64_t taken = (carry & UINT32_MAX) + borrow;
        borrow = number[i] < taken;
        number[i] = (cci_limb)(number[i] - taken);
        carry >>= LIMB_BITS;
    }
    return borrow != 0;
}

static void add_back(cci_limb *number, const cci_limb *divisor, size_t divisor_size, unsigned shift)
{
    uint64_t carry = 0;
    for (size_t i = 0; i <= divisor_size; i++) {
        carry += (uint64_t)number[i] + (i < divisor_size ? shifted_limb(divisor, i, shift) : 0);
        number[i] = (cci_limb)carry;
        carry >>= LIMB_BITS;
    }
}

static uint64_t divide_by_limb(cci_limb *number, size_t number_size, cci_limb divisor)
{
    uint64_t quotient = 0, rest = 0;
    for (size_t i = number_size; i-- > 0;) {
        rest = rest << LIMB_BITS | number[i];
        assert(quotient <= UINT32_MAX);
        quotient = quotient << LIMB_BITS | rest / divisor;
        rest %= divisor;
        number[i] = 0;
    }
    number[0] = (cci_limb)rest;
    return quotient;
}

/* Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D. */
uint64_t cci_natural_divide(cci_limb *number, size_t number_size, const cci_limb *divisor,
                            size_t divisor_size)
{
    while (divisor_size > 0 && divisor[divisor_size - 1] == 0)
        divisor_size--;
    assert(divisor_size > 0 && number_size > divisor_size && number[number_size - 1] == 0);
    if (divisor_size == 1)
        return divide_by_limb(number, number_size, divisor[0]);

    /* D1: shift both until the highest bit of the divisor is set. */
    unsigned shift = 0;
    while ((divisor[divisor_size - 1] << shift & UINT32_C(0x80000000)) == 0)
        shift++;
    for (size_t i = number_size; i-- > 0;)
        number[i] = shifted_limb(number, i, shift);

    uint64_t high = shifted_limb(divisor, divisor_size - 1, shift);
    uint64_t next = shifted_limb(divisor, divisor_size - 2, shift);
    uint64_t quotient = 0;
    for (size_t at = number_size - divisor_size; at-- > 0;) {
        /* D3: guess a digit from the two highest limbs, at most one too large after the loop. */
        cci_limb *part = number + at;
        uint64_t two = (uint64_t)part[divisor_size] << LIMB_BITS | part[divisor_size - 1];
        uint64_t digit = two / high, rest = two % high;
        while (digit > UINT32_MAX || digit * next > (rest << LIMB_BITS | part[divisor_size - 2])) {
            digit--;
            rest += high;
            if (rest > UINT32_MAX)
                break;
        }
        if (subtract_multiple(part, divisor, divisor_size, shift, digit)) {
            digit--;
            add_back(part, divisor, divisor_size, shift);
        }
        assert(quotient <= UINT32_MAX);
        quotient = quotient << LIMB_BITS | digit;
    }

    /* D8: what is left, shifted back. */
    for (size_t i = 0; i < number_size; i++) {
        uint64_t both = (uint64_t)(i + 1 < number_size ? number[i + 1] : 0) << LIMB_BITS | number[i];
        number[i] = (cci_limb)(both >> shift);
    }
    return quotient;
}
