// How fast memory can be read at best: plain sums with the widest registers, which Swift compiled
// for the platform's baseline does not have.
#ifndef KMEANS_CACHE_READ_H
#define KMEANS_CACHE_READ_H

#include <stddef.h>

// Eight sums that do not wait for each other, so that loads alone bound the loop.
#define KMEANS_SUM(name, lanes, attributes)                                                     \
  attributes static inline float name(const float *values, size_t count) {                      \
    typedef float vector __attribute__((vector_size(4 * (lanes)), aligned(4)));                 \
    vector sums[8] = {0};                                                                       \
    size_t place = 0;                                                                           \
    for (; place + 8 * (lanes) <= count; place += 8 * (lanes)) {                                \
      _Pragma("clang loop unroll(full)") for (size_t part = 0; part < 8; part++) {              \
        sums[part] += *(const vector *)(values + place + part * (lanes));                       \
      }                                                                                         \
    }                                                                                           \
    vector all = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +                                  \
                 ((sums[4] + sums[5]) + (sums[6] + sums[7]));                                   \
    float total = 0;                                                                            \
    for (size_t lane = 0; lane < (lanes); lane++) total += all[lane];                           \
    for (; place < count; place++) total += values[place];                                      \
    return total;                                                                               \
  }

KMEANS_SUM(kmeans_sum_baseline, 4, )
#if defined(__x86_64__)
KMEANS_SUM(kmeans_sum_v3, 8, __attribute__((target("avx2"))))
KMEANS_SUM(kmeans_sum_v4, 16, __attribute__((target("avx512f"))))
#else
KMEANS_SUM(kmeans_sum_v3, 8, )
KMEANS_SUM(kmeans_sum_v4, 16, )
#endif
#undef KMEANS_SUM

#endif
