// Vector operations that Swift 6.3 cannot spell well: comparison and selection per lane.
// The vectors are Clang's ext_vector types, which Swift imports as SIMD4<Float> and so on; every
// function is one line, inlined into the caller and compiled for the caller's instruction set.
#ifndef KMEANS_LANES_H
#define KMEANS_LANES_H

#include <stdint.h>

typedef float kmeans_float16v __attribute__((ext_vector_type(16)));
typedef int32_t kmeans_int16v __attribute__((ext_vector_type(16)));
typedef double kmeans_double8v __attribute__((ext_vector_type(8)));
typedef int64_t kmeans_long8v __attribute__((ext_vector_type(8)));

/// All bits set in the lanes where a < b (a NaN is not less), none elsewhere.
static inline kmeans_int16v kmeans_less_f16(kmeans_float16v a, kmeans_float16v b) {
  return a < b;
}
/// a where a < b, else b: the minimum of lanes that hold no NaN.
static inline kmeans_float16v kmeans_min_f16(kmeans_float16v a, kmeans_float16v b) {
  return a < b ? a : b;
}
/// a where a > b, else b: the maximum of lanes that hold no NaN.
static inline kmeans_float16v kmeans_max_f16(kmeans_float16v a, kmeans_float16v b) {
  return a > b ? a : b;
}
/// The lanes of a where the mask is set, else those of b.
static inline kmeans_int16v kmeans_select_i16(
    kmeans_int16v mask, kmeans_int16v a, kmeans_int16v b) {
  return mask ? a : b;
}

static inline kmeans_long8v kmeans_less_d8(kmeans_double8v a, kmeans_double8v b) { return a < b; }
static inline kmeans_double8v kmeans_min_d8(kmeans_double8v a, kmeans_double8v b) {
  return a < b ? a : b;
}
static inline kmeans_double8v kmeans_max_d8(kmeans_double8v a, kmeans_double8v b) {
  return a > b ? a : b;
}
static inline kmeans_long8v kmeans_select_i8(
    kmeans_long8v mask, kmeans_long8v a, kmeans_long8v b) {
  return mask ? a : b;
}

#endif
