/* Which code a kernel runs. Every kernel exists in portable C; what a processor has besides only
 * makes it quicker, and gives the same integers. */
#ifndef CCI_BASE_CPU_H
#define CCI_BASE_CPU_H

typedef enum cci_cpu {
    CCI_CPU_BEST, /* what the processor has */
    CCI_CPU_BASE, /* portable C */
    CCI_CPU_AVX2  /* as CCI_CPU_BASE where there is none */
} cci_cpu;

/* Can AVX2 be compiled? Functions for it carry CCI_AVX2, and are called where cci_use_avx2(). */
#if (defined(__x86_64__) || defined(__i386__)) && (defined(__GNUC__) || defined(__clang__))
#define CCI_HAVE_AVX2 1
#define CCI_AVX2 __attribute__((target("avx2")))
static inline int cci_use_avx2(cci_cpu cpu)
{
    return cpu != CCI_CPU_BASE && __builtin_cpu_supports("avx2");
}
#endif

/* The same for the SHA extensions. clang 14 has the instructions, but no such question to ask. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
#define CCI_HAVE_SHA 1
#define CCI_SHA __attribute__((target("sha,sse4.1")))
static inline int cci_use_sha(cci_cpu cpu)
{
    return cpu != CCI_CPU_BASE && __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}
#endif

#endif
