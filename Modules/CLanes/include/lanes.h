// Vector operations that Swift 6.3 cannot spell well: conversion, comparison and selection per
// lane, and the reductions built on them. The vectors are Clang's ext_vector types, which Swift
// imports as SIMD16<Float> and so on. Every function is inlined into the kernel that calls it and
// compiled for that kernel's instruction set; no `always_inline`, which would let it escape into
// other code.
//
// A target is compiled for one scalar, too: what has no type in its name is about that, so that
// kernels are written once. What has one is the same in every target: f16 are sixteen floats.
#ifndef KMEANS_LANES_H
#define KMEANS_LANES_H

#include <stdint.h>

typedef float kmeans_float4v __attribute__((ext_vector_type(4)));
typedef float kmeans_float8v __attribute__((ext_vector_type(8)));
typedef float kmeans_float16v __attribute__((ext_vector_type(16)));
typedef int32_t kmeans_int16v __attribute__((ext_vector_type(16)));
typedef double kmeans_double4v __attribute__((ext_vector_type(4)));
typedef double kmeans_double8v __attribute__((ext_vector_type(8)));
typedef int64_t kmeans_long8v __attribute__((ext_vector_type(8)));

// MARK: The scalar of the target, and an integer as wide

#if defined(KMEANS_DOUBLE)
typedef double kmeans_scalar;
typedef int64_t kmeans_index;
#else
typedef float kmeans_scalar;
typedef int32_t kmeans_index;
#endif

/// 64 bytes on every instruction set: 16 floats or 8 doubles.
typedef kmeans_scalar kmeans_lanes __attribute__((ext_vector_type(64 / sizeof(kmeans_scalar))));
typedef kmeans_index kmeans_indices __attribute__((ext_vector_type(64 / sizeof(kmeans_scalar))));

static inline int64_t kmeans_lanes_count(void) { return 64 / sizeof(kmeans_scalar); }

/// 0, 1, 2 and so on.
static inline kmeans_indices kmeans_first_indices(void) {
#if defined(KMEANS_DOUBLE)
  return (kmeans_indices){0, 1, 2, 3, 4, 5, 6, 7};
#else
  return (kmeans_indices){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
#endif
}

// MARK: From one type to the other

/// Eight values as doubles; exact.
static inline kmeans_double8v kmeans_widen_f8(kmeans_float8v a) {
  return __builtin_convertvector(a, kmeans_double8v);
}
static inline kmeans_double8v kmeans_load_eight(const kmeans_scalar *source) {
  typedef kmeans_scalar eight __attribute__((ext_vector_type(8), aligned(sizeof(kmeans_scalar))));
  return __builtin_convertvector(*(const eight *)source, kmeans_double8v);
}

/// Eight doubles rounded to floats; infinite where they are beyond.
static inline kmeans_float8v kmeans_narrow_d8(kmeans_double8v a) {
  return __builtin_convertvector(a, kmeans_float8v);
}

// MARK: The first `count` < 8 of the values at `source` as doubles, then zeros, or zeros and ones
// The memory behind them is not read: with a mask where there is one, else value by value.

#if defined(__AVX512VL__)
typedef float kmeans_vector_f8 __attribute__((vector_size(32)));
typedef double kmeans_vector_d8 __attribute__((vector_size(64)));

static inline kmeans_double8v kmeans_load_first_f8(const float *source, int64_t count) {
  kmeans_vector_f8 zeros = {0, 0, 0, 0, 0, 0, 0, 0};
  kmeans_vector_f8 first = __builtin_ia32_loadups256_mask(
      (const kmeans_vector_f8 *)source, zeros, (unsigned char)((1u << count) - 1));
  return __builtin_convertvector((kmeans_float8v)first, kmeans_double8v);
}
static inline kmeans_double8v kmeans_load_first_d8(const double *source, int64_t count) {
  kmeans_vector_d8 zeros = {0, 0, 0, 0, 0, 0, 0, 0};
  return (kmeans_double8v)__builtin_ia32_loadupd512_mask(
      source, zeros, (unsigned char)((1u << count) - 1));
}
static inline kmeans_double8v kmeans_load_with_ones_f8(const float *source, int64_t count) {
  kmeans_vector_f8 ones = {0, 0, 0, 0, 0, 0, 1, 1};
  kmeans_vector_f8 first = __builtin_ia32_loadups256_mask(
      (const kmeans_vector_f8 *)source, ones, (unsigned char)((1u << count) - 1));
  return __builtin_convertvector((kmeans_float8v)first, kmeans_double8v);
}
static inline kmeans_double8v kmeans_load_with_ones_d8(const double *source, int64_t count) {
  kmeans_vector_d8 ones = {0, 0, 0, 0, 0, 0, 1, 1};
  return (kmeans_double8v)__builtin_ia32_loadupd512_mask(
      source, ones, (unsigned char)((1u << count) - 1));
}
#elif defined(__AVX2__)
typedef float kmeans_vector_f8 __attribute__((vector_size(32)));
typedef double kmeans_vector_d4 __attribute__((vector_size(32)));
typedef int32_t kmeans_vector_i8 __attribute__((vector_size(32)));
typedef int64_t kmeans_vector_l4 __attribute__((vector_size(32)));

static inline kmeans_double8v kmeans_load_first_f8(const float *source, int64_t count) {
  kmeans_vector_i8 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  kmeans_vector_f8 first = __builtin_ia32_maskloadps256(
      (const kmeans_vector_f8 *)source, lanes < (int32_t)count);
  return __builtin_convertvector((kmeans_float8v)first, kmeans_double8v);
}
static inline kmeans_double8v kmeans_load_first_d8(const double *source, int64_t count) {
  kmeans_vector_l4 low = {0, 1, 2, 3}, high = {4, 5, 6, 7};
  kmeans_double8v first;
  first.lo = (kmeans_double4v)__builtin_ia32_maskloadpd256(
      (const kmeans_vector_d4 *)source, low < count);
  first.hi = (kmeans_double4v)__builtin_ia32_maskloadpd256(
      (const kmeans_vector_d4 *)(source + 4), high < count);
  return first;
}
static inline kmeans_double8v kmeans_load_with_ones_f8(const float *source, int64_t count) {
  kmeans_vector_i8 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  kmeans_vector_f8 ones = {0, 0, 0, 0, 0, 0, 1, 1};
  kmeans_vector_f8 first = __builtin_ia32_maskloadps256(
      (const kmeans_vector_f8 *)source, lanes < (int32_t)count);
  first = (kmeans_vector_f8)((kmeans_vector_i8)first | (kmeans_vector_i8)ones);
  return __builtin_convertvector((kmeans_float8v)first, kmeans_double8v);
}
static inline kmeans_double8v kmeans_load_with_ones_d8(const double *source, int64_t count) {
  kmeans_vector_l4 low = {0, 1, 2, 3}, high = {4, 5, 6, 7};
  kmeans_vector_d4 ones = {0, 0, 1, 1};
  kmeans_vector_d4 last = __builtin_ia32_maskloadpd256(
      (const kmeans_vector_d4 *)(source + 4), high < count);
  kmeans_double8v first;
  first.lo = (kmeans_double4v)__builtin_ia32_maskloadpd256(
      (const kmeans_vector_d4 *)source, low < count);
  first.hi = (kmeans_double4v)((kmeans_vector_l4)last | (kmeans_vector_l4)ones);
  return first;
}
#else
#define KMEANS_LOAD_PARTS(suffix, value)                                                              \
  static inline kmeans_double8v kmeans_load_first_##suffix(const value *source, int64_t count) {      \
    double lanes[8] = {0, 0, 0, 0, 0, 0, 0, 0};                                                       \
    for (int64_t lane = 0; lane < count; lane++) lanes[lane] = source[lane];                          \
    return (kmeans_double8v){lanes[0], lanes[1], lanes[2], lanes[3],                                  \
                             lanes[4], lanes[5], lanes[6], lanes[7]};                                 \
  }                                                                                                   \
  static inline kmeans_double8v kmeans_load_with_ones_##suffix(const value *source, int64_t count) {  \
    double lanes[8] = {0, 0, 0, 0, 0, 0, 1, 1};                                                       \
    for (int64_t lane = 0; lane < count; lane++) lanes[lane] = source[lane];                          \
    return (kmeans_double8v){lanes[0], lanes[1], lanes[2], lanes[3],                                  \
                             lanes[4], lanes[5], lanes[6], lanes[7]};                                 \
  }
KMEANS_LOAD_PARTS(f8, float)
KMEANS_LOAD_PARTS(d8, double)
#endif

/// Whether part of a vector is loaded at once.
#if defined(__AVX512VL__) || defined(__AVX2__)
static inline int64_t kmeans_loads_parts(void) { return 1; }
#else
static inline int64_t kmeans_loads_parts(void) { return 0; }
#endif

/// The lanes of a where `first`, else those of b: no branch.
static inline kmeans_double8v kmeans_choose_d8(_Bool first, kmeans_double8v a, kmeans_double8v b) {
  kmeans_long8v mask = -(kmeans_long8v)(int64_t)first;
  return mask ? a : b;
}
/// Eight zeros in memory.
static inline const double *kmeans_zeros(void) {
  static const double zeros[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  return zeros;
}

/// Seven values and a one.
static inline kmeans_double8v kmeans_one_behind_seven(kmeans_double8v values) {
  kmeans_double8v ones = {1, 1, 1, 1, 1, 1, 1, 1};
  return __builtin_shufflevector(values, ones, 0, 1, 2, 3, 4, 5, 6, 15);
}

// MARK: Comparison and selection, for lanes and the type of their comparisons; none may hold a NaN.

#define KMEANS_COMPARISONS(suffix, values, integers)                                                  \
  /* All bits set in the lanes where a < b. */                                                        \
  static inline integers kmeans_less_##suffix(values a, values b) { return a < b; }                   \
  static inline values kmeans_min_##suffix(values a, values b) { return a < b ? a : b; }              \
  static inline values kmeans_max_##suffix(values a, values b) { return a > b ? a : b; }              \
  /* The lanes of a where the mask is set, else those of b. */                                        \
  static inline integers kmeans_select_##suffix(integers mask, integers a, integers b) {              \
    return mask ? a : b;                                                                              \
  }                                                                                                   \
  /* The lanes of a where x equals y, else those of b. */                                             \
  static inline values kmeans_select_equal_##suffix(integers x, integers y, values a, values b) {     \
    return x == y ? a : b;                                                                            \
  }
KMEANS_COMPARISONS(f16, kmeans_float16v, kmeans_int16v)
KMEANS_COMPARISONS(d8, kmeans_double8v, kmeans_long8v)
KMEANS_COMPARISONS(lanes, kmeans_lanes, kmeans_indices)

/// One bit for each lane where a <= b, the lowest for lane 0.
static inline uint32_t kmeans_bits_at_most_lanes(kmeans_lanes a, kmeans_lanes b) {
  typedef _Bool bits __attribute__((ext_vector_type(64 / sizeof(kmeans_scalar))));
  bits lanes = __builtin_convertvector(a <= b, bits);
#if defined(KMEANS_DOUBLE)
  uint8_t result;
#else
  uint16_t result;
#endif
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}

/// One bit for each lane where a < b and c <= d, the lowest for lane 0; a NaN is neither.
static inline uint32_t kmeans_bits_less_and_at_most_d8(
    kmeans_double8v a, kmeans_double8v b, kmeans_double8v c, kmeans_double8v d) {
  typedef _Bool bits __attribute__((ext_vector_type(8)));
  bits lanes = __builtin_convertvector((a < b) & (c <= d), bits);
  uint8_t result;
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}

// MARK: What doubles are like

static inline kmeans_double8v kmeans_abs_d8(kmeans_double8v a) {
  return __builtin_elementwise_abs(a);
}
/// The lanes of a that are not zero, else those of b.
static inline kmeans_double8v kmeans_nonzero_or_d8(kmeans_double8v a, kmeans_double8v b) {
  return a != 0 ? a : b;
}
/// The quotients of a and b; zero in the lanes where a is zero, whatever b is.
static inline kmeans_double8v kmeans_ratio_or_zero_d8(kmeans_double8v a, kmeans_double8v b) {
  return a != 0 ? a / b : a;
}
/// The lanes of a where x is above zero, else those of b.
static inline kmeans_double8v kmeans_where_positive_d8(
    kmeans_double8v x, kmeans_double8v a, kmeans_double8v b) {
  return x > 0 ? a : b;
}
/// The lanes of two vectors, one behind the other, at some places from 0 to 15: one instruction
/// where `kmeans_picks_lanes` says so.
#if defined(__AVX512F__)
typedef double kmeans_picked_d8 __attribute__((vector_size(64)));
typedef long long kmeans_picks_l8 __attribute__((vector_size(64)));
static inline kmeans_double8v kmeans_pick_d8(
    kmeans_double8v low, kmeans_double8v high, kmeans_long8v places) {
  return (kmeans_double8v)__builtin_ia32_vpermi2varpd512(
      (kmeans_picked_d8)low, (kmeans_picks_l8)places, (kmeans_picked_d8)high);
}
static inline int64_t kmeans_picks_lanes(void) { return 1; }
#else
static inline kmeans_double8v kmeans_pick_d8(
    kmeans_double8v low, kmeans_double8v high, kmeans_long8v places) {
  kmeans_double8v picked;
  for (int lane = 0; lane < 8; lane++) {
    picked[lane] = places[lane] < 8 ? low[places[lane]] : high[places[lane] & 7];
  }
  return picked;
}
static inline int64_t kmeans_picks_lanes(void) { return 0; }
#endif
/// All bits set in the lanes where a is above b, or no number.
static inline kmeans_long8v kmeans_not_at_most_d8(kmeans_double8v a, kmeans_double8v b) {
  return ~(a <= b);
}
/// All bits set in the lanes where a is no float.
static inline kmeans_long8v kmeans_not_floats_d8(kmeans_double8v a) {
  kmeans_float8v floats = __builtin_convertvector(a, kmeans_float8v);
  return __builtin_convertvector(floats, kmeans_double8v) != a;
}
static inline kmeans_long8v kmeans_not_zero_d8(kmeans_double8v a) { return a != 0; }
/// Whether any bit is set.
static inline _Bool kmeans_any_l8(kmeans_long8v a) { return __builtin_reduce_or(a) != 0; }

// MARK: Reductions

/// The sums of the lanes of four vectors, each from the first lane to the last.
static inline kmeans_double4v kmeans_add_columns_d4(
    kmeans_double4v a, kmeans_double4v b, kmeans_double4v c, kmeans_double4v d) {
  kmeans_double4v ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6);
  kmeans_double4v ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  kmeans_double4v cd_even = __builtin_shufflevector(c, d, 0, 4, 2, 6);
  kmeans_double4v cd_odd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
  kmeans_double4v first = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5);
  kmeans_double4v second = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5);
  kmeans_double4v third = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7);
  kmeans_double4v fourth = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7);
  return ((first + second) + third) + fourth;
}
/// The same, added one after another to four sums.
static inline kmeans_double4v kmeans_add_columns_to_d4(
    kmeans_double4v sum, kmeans_double4v a, kmeans_double4v b, kmeans_double4v c, kmeans_double4v d) {
  kmeans_double4v ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6);
  kmeans_double4v ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  kmeans_double4v cd_even = __builtin_shufflevector(c, d, 0, 4, 2, 6);
  kmeans_double4v cd_odd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
  kmeans_double4v first = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5);
  kmeans_double4v second = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5);
  kmeans_double4v third = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7);
  kmeans_double4v fourth = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7);
  return (((sum + first) + second) + third) + fourth;
}

/// The smallest lane.
static inline float kmeans_reduce_min_f16(kmeans_float16v a) {
  kmeans_float8v b = a.lo < a.hi ? a.lo : a.hi;
  kmeans_float4v c = b.lo < b.hi ? b.lo : b.hi;
  float d = c.x < c.z ? c.x : c.z, e = c.y < c.w ? c.y : c.w;
  return d < e ? d : e;
}
static inline double kmeans_reduce_min_d8(kmeans_double8v a) {
  kmeans_double4v b = a.lo < a.hi ? a.lo : a.hi;
  double d = b.x < b.z ? b.x : b.z, e = b.y < b.w ? b.y : b.w;
  return d < e ? d : e;
}

/// The smallest of the indices in the lanes whose value equals `least`.
static inline int32_t kmeans_index_of_f16(
    kmeans_float16v values, kmeans_int16v indices, float least) {
  return __builtin_reduce_min(values == (kmeans_float16v)least ? indices : (kmeans_int16v)INT32_MAX);
}
static inline int64_t kmeans_index_of_d8(
    kmeans_double8v values, kmeans_long8v indices, double least) {
  return __builtin_reduce_min(values == (kmeans_double8v)least ? indices : (kmeans_long8v)INT64_MAX);
}

// MARK: The first `count` of sixteen floats, then zeros; nothing behind them is read

#if defined(__AVX512F__)
static inline kmeans_float16v kmeans_load_first_f16(const float *source, int64_t count) {
  typedef float vector __attribute__((vector_size(64)));
  uint16_t bits = count >= 16 ? 0xffff : count <= 0 ? 0 : (uint16_t)((1u << count) - 1);
  return (kmeans_float16v)__builtin_ia32_loadups512_mask(source, (vector){0}, bits);
}
#else
static inline kmeans_float16v kmeans_load_first_f16(const float *source, int64_t count) {
  kmeans_float16v result = (kmeans_float16v)0;
  for (int64_t lane = 0; lane < 16 && lane < count; lane++) result[lane] = source[lane];
  return result;
}
#endif

#endif
