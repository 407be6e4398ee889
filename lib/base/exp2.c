#include "base/exp2.h"

#include <assert.h>

#include "base/checked.h"

#define BITS 63

/* A number from 1 to below 2, in units of 2^-127. */
typedef struct fixed {
    uint64_t high, low;
} fixed;

/* 2^(2^-1), 2^(2^-2), .. 2^(2^-63), to the nearest. */
static const fixed roots[BITS] = {
    {UINT64_C(0xb504f333f9de6484), UINT64_C(0x597d89b3754abe9f)},
    {UINT64_C(0x9837f0518db8a96f), UINT64_C(0x46ad23182e42f6f6)},
    {UINT64_C(0x8b95c1e3ea8bd6e6), UINT64_C(0xfbe4628758a53c90)},
    {UINT64_C(0x85aac367cc487b14), UINT64_C(0xc5c95b8c2154c1b2)},
    {UINT64_C(0x82cd8698ac2ba1d7), UINT64_C(0x3e2a475b46520bff)},
    {UINT64_C(0x8164d1f3bc030773), UINT64_C(0x7be56527bd14def5)},
    {UINT64_C(0x80b1ed4fd999ab6c), UINT64_C(0x25335719b6e6fd20)},
    {UINT64_C(0x8058d7d2d5e5f6b0), UINT64_C(0x94d589f608ee4aa2)},
    {UINT64_C(0x802c6436d0e04f50), UINT64_C(0xff8ce94a6797b3ce)},
    {UINT64_C(0x8016302f17467628), UINT64_C(0x3690dfe44d11d008)},
    {UINT64_C(0x800b179c82028fd0), UINT64_C(0x945e54e2ae18f2f0)},
    {UINT64_C(0x80058baf7fee3b5d), UINT64_C(0x1c718b38e549cb93)},
    {UINT64_C(0x8002c5d00fdcfcb6), UINT64_C(0xb6566a58c048be1f)},
    {UINT64_C(0x800162e61bed4a48), UINT64_C(0xe84c2e1a463473da)},
    {UINT64_C(0x8000b17292f702a3), UINT64_C(0xaa22beacca949013)},
    {UINT64_C(0x800058b92abbae02), UINT64_C(0x030c5fa5256f41fe)},
    {UINT64_C(0x80002c5c8dade4d7), UINT64_C(0x1776c0f4dbea67d6)},
    {UINT64_C(0x8000162e44eaf636), UINT64_C(0x526be456600bdbe5)},
    {UINT64_C(0x80000b1721fa7c18), UINT64_C(0x8307016c1cd4e8b7)},
    {UINT64_C(0x8000058b90de7e4c), UINT64_C(0xecfc487503488bb2)},
    {UINT64_C(0x800002c5c8678f36), UINT64_C(0xcbfce50a6de60b14)},
    {UINT64_C(0x80000162e431db9f), UINT64_C(0x80b2347b5d62e516)},
    {UINT64_C(0x800000b1721872d0), UINT64_C(0xc7b08cf1e0114153)},
    {UINT64_C(0x80000058b90c1aa8), UINT64_C(0xa5c3736cb77e8e00)},
    {UINT64_C(0x8000002c5c8605a4), UINT64_C(0x635f2efc2362d978)},
    {UINT64_C(0x800000162e4300e6), UINT64_C(0x35cf4a109e3939bd)},
    {UINT64_C(0x8000000b17217ff8), UINT64_C(0x1bef9c551590cf83)},
    {UINT64_C(0x800000058b90bfdd), UINT64_C(0x4e39cd52c0cfa27d)},
    {UINT64_C(0x80000002c5c85fe6), UINT64_C(0xf72d669e0e76e412)},
    {UINT64_C(0x8000000162e42ff1), UINT64_C(0x8f9ad35186d0df28)},
    {UINT64_C(0x80000000b17217f8), UINT64_C(0x4cce71aa0dcfffe8)},
    {UINT64_C(0x8000000058b90bfc), UINT64_C(0x07a77ad56ed22aaa)},
    {UINT64_C(0x800000002c5c85fd), UINT64_C(0xfc23cdead40da8d7)},
    {UINT64_C(0x80000000162e42fe), UINT64_C(0xfc25eb1571853a66)},
    {UINT64_C(0x800000000b17217f), UINT64_C(0x7d97f692baacded5)},
    {UINT64_C(0x80000000058b90bf), UINT64_C(0xbead3b8b5dd254d8)},
    {UINT64_C(0x8000000002c5c85f), UINT64_C(0xdf4eedd62f084e68)},
    {UINT64_C(0x800000000162e42f), UINT64_C(0xefa58aef378bf587)},
    {UINT64_C(0x8000000000b17217), UINT64_C(0xf7d24a78a3c7ef03)},
    {UINT64_C(0x800000000058b90b), UINT64_C(0xfbe9067c93e474a6)},
    {UINT64_C(0x80000000002c5c85), UINT64_C(0xfdf47b8e5a72599f)},
    {UINT64_C(0x8000000000162e42), UINT64_C(0xfefa3bdb315934a3)},
    {UINT64_C(0x80000000000b1721), UINT64_C(0x7f7d1d7299b49c46)},
    {UINT64_C(0x8000000000058b90), UINT64_C(0xbfbe8e9a8d1c4ea0)},
    {UINT64_C(0x800000000002c5c8), UINT64_C(0x5fdf4745969ea76f)},
    {UINT64_C(0x80000000000162e4), UINT64_C(0x2fefa3a0df5373c0)},
    {UINT64_C(0x800000000000b172), UINT64_C(0x17f7d1cff4aac1e2)},
    {UINT64_C(0x80000000000058b9), UINT64_C(0x0bfbe8e7db95a2f1)},
    {UINT64_C(0x8000000000002c5c), UINT64_C(0x85fdf473e61ae1f9)},
    {UINT64_C(0x800000000000162e), UINT64_C(0x42fefa39f121751c)},
    {UINT64_C(0x8000000000000b17), UINT64_C(0x217f7d1cf815bb96)},
    {UINT64_C(0x800000000000058b), UINT64_C(0x90bfbe8e7bec1e0d)},
    {UINT64_C(0x80000000000002c5), UINT64_C(0xc85fdf473dee5f17)},
    {UINT64_C(0x8000000000000162), UINT64_C(0xe42fefa39ef54390)},
    {UINT64_C(0x80000000000000b1), UINT64_C(0x7217f7d1cf7a26c9)},
    {UINT64_C(0x8000000000000058), UINT64_C(0xb90bfbe8e7bcf4a5)},
    {UINT64_C(0x800000000000002c), UINT64_C(0x5c85fdf473de72a2)},
    {UINT64_C(0x8000000000000016), UINT64_C(0x2e42fefa39ef3765)},
    {UINT64_C(0x800000000000000b), UINT64_C(0x17217f7d1cf79b38)},
    {UINT64_C(0x8000000000000005), UINT64_C(0x8b90bfbe8e7bcd7d)},
    {UINT64_C(0x8000000000000002), UINT64_C(0xc5c85fdf473de6b7)},
    {UINT64_C(0x8000000000000001), UINT64_C(0x62e42fefa39ef359)},
    {UINT64_C(0x8000000000000000), UINT64_C(0xb17217f7d1cf79ac)},
};

static const uint64_t log_2 = UINT64_C(0xb17217f7d1cf79ac); /* the natural one, in units of 2^-64 */

static fixed multiply(fixed a, fixed b)
{
    uint64_t high, middle, first, first_low, second, second_low, last, none;
    cci_mul_u64(a.high, b.high, &high, &middle);
    cci_mul_u64(a.high, b.low, &first, &first_low);
    cci_mul_u64(a.low, b.high, &second, &second_low);
    cci_mul_u64(a.low, b.low, &last, &none);
    last += first_low;
    uint64_t carry = last < first_low;
    last += second_low;
    carry += last < second_low;
    middle += first;
    high += middle < first;
    middle += second;
    high += middle < second;
    middle += carry;
    high += middle < carry;
    return (fixed){high << 1 | middle >> 63, middle << 1 | last >> 63};
}

uint64_t cci_exp2(uint64_t part, uint64_t whole)
{
    const uint64_t one = UINT64_C(1) << BITS;
    uint64_t bits = 0, tail = 0, rest = 0, high, low;
    fixed power = {one, 0};
    assert(part < whole && whole < one);
    int fits = cci_muldiv_u64(part, one, whole, &bits, &rest) &&
               cci_muldiv_u64(rest, one, whole, &tail, &rest);
    assert(fits);
    (void)fits;
    for (int i = 0; i < BITS; i++)
        if (bits >> (BITS - 1 - i) & 1)
            power = multiply(power, roots[i]);
    /* What the bits leave, tail * 2^-126, is so small that 2^x is 1 + x log 2. */
    cci_mul_u64(tail, log_2, &tail, &low);
    cci_mul_u64(power.high, tail, &high, &low);
    uint64_t more = high << 2 | low >> 62;
    power.low += more;
    power.high += (high >> 62) + (power.low < more);
    return power.high + (power.low >> 63);
}
