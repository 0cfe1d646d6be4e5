// How many fused multiply-adds the processor can do at best: chains in registers that touch no
// memory.
#ifndef KMEANS_MULTIPLY_ADDS_H
#define KMEANS_MULTIPLY_ADDS_H

#include <stddef.h>

// Twelve chains are more than latency times units; each step is 12 x lanes multiply-adds.
#define KMEANS_MULTIPLY_ADDS(name, value, lanes, attributes, step)                              \
  attributes static inline value name(size_t steps, value factor) {                             \
    typedef value vector __attribute__((ext_vector_type(lanes)));                               \
    vector chains[12], a = (vector)factor, b = (vector)(value)0.5;                              \
    for (int chain = 0; chain < 12; chain++) chains[chain] = (vector)(value)chain;              \
    for (size_t place = 0; place < steps; place++) {                                            \
      _Pragma("clang loop unroll(full)") for (int chain = 0; chain < 12; chain++) {             \
        chains[chain] = step(chains[chain], a, b);                                              \
      }                                                                                         \
    }                                                                                           \
    vector all = chains[0];                                                                     \
    for (int chain = 1; chain < 12; chain++) all += chains[chain];                              \
    value total = 0;                                                                            \
    for (int lane = 0; lane < (lanes); lane++) total += all[lane];                              \
    return total;                                                                               \
  }

#define KMEANS_FUSED(x, a, b) __builtin_elementwise_fma(x, a, b)
#define KMEANS_SEPARATE(x, a, b) ((x) * (a) + (b))

KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_float_baseline, float, 4, , KMEANS_SEPARATE)
KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_double_baseline, double, 2, , KMEANS_SEPARATE)
#if defined(__x86_64__)
KMEANS_MULTIPLY_ADDS(
    kmeans_multiply_adds_float_v3, float, 8, __attribute__((target("avx2,fma"))), KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(
    kmeans_multiply_adds_double_v3, double, 4, __attribute__((target("avx2,fma"))), KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(
    kmeans_multiply_adds_float_v4, float, 16, __attribute__((target("avx512f"))), KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(
    kmeans_multiply_adds_double_v4, double, 8, __attribute__((target("avx512f"))), KMEANS_FUSED)
#else
KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_float_v3, float, 4, , KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_double_v3, double, 2, , KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_float_v4, float, 4, , KMEANS_FUSED)
KMEANS_MULTIPLY_ADDS(kmeans_multiply_adds_double_v4, double, 2, , KMEANS_FUSED)
#endif
#undef KMEANS_MULTIPLY_ADDS

#endif
