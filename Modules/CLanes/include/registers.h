// Whole registers of the instruction set and the scalar at hand: 16, 8 or 4 floats, or half as many
// doubles. What the fused kernels are made of; Swift imports the types as SIMD16<Float> and so on.
#ifndef KMEANS_REGISTERS_H
#define KMEANS_REGISTERS_H

#include "lanes.h"

#if defined(__AVX512F__)
#define KMEANS_REGISTER_BYTES 64
#elif defined(__AVX2__)
#define KMEANS_REGISTER_BYTES 32
#else
#define KMEANS_REGISTER_BYTES 16
#endif

#define KMEANS_REGISTER_LANES (KMEANS_REGISTER_BYTES / sizeof(kmeans_scalar))
typedef kmeans_scalar kmeans_register __attribute__((ext_vector_type(KMEANS_REGISTER_LANES)));
typedef kmeans_index kmeans_register_indices
    __attribute__((ext_vector_type(KMEANS_REGISTER_LANES)));
typedef int32_t kmeans_register_labels __attribute__((ext_vector_type(KMEANS_REGISTER_LANES)));
/// A register of floats in every target.
typedef float kmeans_floats __attribute__((ext_vector_type(KMEANS_REGISTER_BYTES / 4)));

/// How many registers of points a tile has: as many as leave room for six times as many sums.
static inline int64_t kmeans_tile_registers(void) { return KMEANS_REGISTER_BYTES == 64 ? 4 : 2; }
static inline int64_t kmeans_register_count(void) { return KMEANS_REGISTER_LANES; }

/// How many products are added before their sum is added to the others.
static inline int64_t kmeans_block_columns(void) { return 64; }
/// How many groups of centroids share a block of columns of a tile while it is in the fastest
/// cache.
static inline int64_t kmeans_chunk_groups(void) { return 8; }

/// Asks for `count` lines of the cache, from the one at `place` on; any address will do.
static inline void kmeans_prefetch_lines(const void *place, int64_t count) {
  for (int64_t line = 0; line < count; line++) {
    __builtin_prefetch((const char *)place + 64 * line, 0, 2);
  }
}

// MARK: Operations per lane; no lane may hold a NaN.

KMEANS_COMPARISONS(register, kmeans_register, kmeans_register_indices)

/// sum - a b, rounded once where the processor can.
static inline kmeans_register kmeans_minus_product_register(
    kmeans_register sum, kmeans_register a, kmeans_register b) {
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__)
  return __builtin_elementwise_fma(-a, b, sum);
#else
  // Without the instruction a fused multiply-add is a call for every lane.
  return sum - a * b;
#endif
}

/// Labels as integers as wide as the scalar, and back.
static inline kmeans_register_indices kmeans_widen_labels(kmeans_register_labels labels) {
  return __builtin_convertvector(labels, kmeans_register_indices);
}
static inline kmeans_register_labels kmeans_narrow_labels(kmeans_register_indices labels) {
  return __builtin_convertvector(labels, kmeans_register_labels);
}

// MARK: Squares of 4 x 4

typedef kmeans_scalar kmeans_four __attribute__((ext_vector_type(4)));

/// Writes the columns of four rows of four values one after another, `stride` values apart.
static inline void kmeans_transpose(
    kmeans_four a, kmeans_four b, kmeans_four c, kmeans_four d, kmeans_scalar *target,
    int64_t stride) {
  typedef kmeans_scalar line __attribute__((ext_vector_type(4), aligned(sizeof(kmeans_scalar))));
  kmeans_four ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  kmeans_four ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  kmeans_four cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  kmeans_four cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  *(line *)target = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  *(line *)(target + stride) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  *(line *)(target + 2 * stride) = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  *(line *)(target + 3 * stride) = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

// MARK: A register of fours: rows 0, 4, 8, 12 of as many rows as a register has floats

#if KMEANS_REGISTER_BYTES == 64
static inline kmeans_floats kmeans_join_f4(
    kmeans_float4v a, kmeans_float4v b, kmeans_float4v c, kmeans_float4v d) {
  typedef float eight __attribute__((ext_vector_type(8)));
  eight low = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
  eight high = __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
#define KMEANS_IN_FOURS(a, b, i, j, k, l)                                                             \
  __builtin_shufflevector(                                                                            \
      a, b, i, j, k, l, 4 + i, 4 + j, 4 + k, 4 + l, 8 + i, 8 + j, 8 + k, 8 + l, 12 + i, 12 + j,       \
      12 + k, 12 + l)
#define KMEANS_OTHER 16
#elif KMEANS_REGISTER_BYTES == 32
static inline kmeans_floats kmeans_join_f4(
    kmeans_float4v a, kmeans_float4v b, kmeans_float4v c, kmeans_float4v d) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
}
#define KMEANS_IN_FOURS(a, b, i, j, k, l)                                                             \
  __builtin_shufflevector(a, b, i, j, k, l, 4 + i, 4 + j, 4 + k, 4 + l)
#define KMEANS_OTHER 8
#else
static inline kmeans_floats kmeans_join_f4(
    kmeans_float4v a, kmeans_float4v b, kmeans_float4v c, kmeans_float4v d) {
  return a;
}
#define KMEANS_IN_FOURS(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#define KMEANS_OTHER 4
#endif

/// The first `count` < 4 of the values at `source`, then zeros; nothing behind them is read.
#if defined(__AVX512VL__) || defined(__AVX2__)
static inline kmeans_float4v kmeans_load_first_f4(const float *source, int64_t count) {
  typedef float four __attribute__((vector_size(16)));
  typedef int32_t lanes __attribute__((vector_size(16)));
  lanes places = {0, 1, 2, 3};
  return (kmeans_float4v)__builtin_ia32_maskloadps((const four *)source, places < (int32_t)count);
}
#else
static inline kmeans_float4v kmeans_load_first_f4(const float *source, int64_t count) {
  return (kmeans_float4v){
      source[0], count > 1 ? source[1] : 0, count > 2 ? source[2] : 0, 0};
}
#endif

/// Writes the first `count` of four columns of a register of rows one after another, `stride`
/// values apart, where a, b, c and d hold every fourth row each.
///
/// Returns the sum of `norms` and the squares of those columns, in order.
static inline kmeans_floats kmeans_turn_fs(
    kmeans_floats a, kmeans_floats b, kmeans_floats c, kmeans_floats d, float *target,
    int64_t stride, int64_t count, kmeans_floats norms) {
  typedef float line __attribute__((ext_vector_type(KMEANS_REGISTER_BYTES / 4), aligned(4)));
  kmeans_floats ab_low = KMEANS_IN_FOURS(a, b, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
  kmeans_floats ab_high = KMEANS_IN_FOURS(a, b, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
  kmeans_floats cd_low = KMEANS_IN_FOURS(c, d, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
  kmeans_floats cd_high = KMEANS_IN_FOURS(c, d, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
  kmeans_floats first = KMEANS_IN_FOURS(ab_low, cd_low, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
  kmeans_floats second = KMEANS_IN_FOURS(ab_low, cd_low, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
  kmeans_floats third = KMEANS_IN_FOURS(ab_high, cd_high, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
  kmeans_floats fourth = KMEANS_IN_FOURS(ab_high, cd_high, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
  *(line *)target = first;
  norms = norms + first * first;
  if (count == 1) return norms;
  *(line *)(target + stride) = second;
  norms = norms + second * second;
  if (count == 2) return norms;
  *(line *)(target + 2 * stride) = third;
  norms = norms + third * third;
  if (count == 3) return norms;
  *(line *)(target + 3 * stride) = fourth;
  return norms + fourth * fourth;
}

#if KMEANS_REGISTER_BYTES == 64
#define KMEANS_FOURTHS(a, b, i, j)                                                                    \
  __builtin_shufflevector(                                                                            \
      a, b, i, i + 1, i + 2, i + 3, j, j + 1, j + 2, j + 3, 16 + i, 17 + i, 18 + i, 19 + i, 16 + j,   \
      17 + j, 18 + j, 19 + j)
/// Writes sixteen columns of sixteen rows, less sixteen origins, one after another: whole lines are
/// read, and whole lines are written.
///
/// Returns the sum of `norms` and the squares of the columns, in order.
static inline kmeans_floats kmeans_turn_square_fs(
    const float *rows, int64_t row_stride, kmeans_floats origins, float *target, int64_t stride,
    kmeans_floats norms) {
  typedef float line __attribute__((ext_vector_type(16), aligned(4)));
  kmeans_floats quarters[16], columns[16];
#pragma clang loop unroll(full)
  for (int64_t row = 0; row < 16; row += 4) {
    const float *first = rows + row * row_stride;
    kmeans_floats a = *(const line *)first - origins;
    kmeans_floats b = *(const line *)(first + row_stride) - origins;
    kmeans_floats c = *(const line *)(first + 2 * row_stride) - origins;
    kmeans_floats d = *(const line *)(first + 3 * row_stride) - origins;
    kmeans_floats ab_low = KMEANS_IN_FOURS(a, b, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
    kmeans_floats ab_high = KMEANS_IN_FOURS(a, b, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
    kmeans_floats cd_low = KMEANS_IN_FOURS(c, d, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
    kmeans_floats cd_high = KMEANS_IN_FOURS(c, d, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
    // Columns i, i + 4, i + 8 and i + 12 of four rows each.
    quarters[row] = KMEANS_IN_FOURS(ab_low, cd_low, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
    quarters[row + 1] = KMEANS_IN_FOURS(ab_low, cd_low, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
    quarters[row + 2] = KMEANS_IN_FOURS(ab_high, cd_high, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
    quarters[row + 3] = KMEANS_IN_FOURS(ab_high, cd_high, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
  }
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 4; column++) {
    kmeans_floats a = quarters[column], b = quarters[4 + column];
    kmeans_floats c = quarters[8 + column], d = quarters[12 + column];
    kmeans_floats ab_even = KMEANS_FOURTHS(a, b, 0, 8), ab_odd = KMEANS_FOURTHS(a, b, 4, 12);
    kmeans_floats cd_even = KMEANS_FOURTHS(c, d, 0, 8), cd_odd = KMEANS_FOURTHS(c, d, 4, 12);
    columns[column] = KMEANS_FOURTHS(ab_even, cd_even, 0, 8);
    columns[column + 4] = KMEANS_FOURTHS(ab_odd, cd_odd, 0, 8);
    columns[column + 8] = KMEANS_FOURTHS(ab_even, cd_even, 4, 12);
    columns[column + 12] = KMEANS_FOURTHS(ab_odd, cd_odd, 4, 12);
  }
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 16; column++) {
    *(line *)(target + column * stride) = columns[column];
    norms = norms + columns[column] * columns[column];
  }
  return norms;
}
/// How many columns are turned at once.
static inline int64_t kmeans_square_columns(void) { return 16; }
#else
static inline kmeans_floats kmeans_turn_square_fs(
    const float *rows, int64_t row_stride, kmeans_floats origins, float *target, int64_t stride,
    kmeans_floats norms) {
  return norms;
}
static inline int64_t kmeans_square_columns(void) { return INT64_MAX; }
#endif

#endif
