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

/// One bit for each lane where a is not above b, the lowest for lane 0: a NaN is not.
static inline uint32_t kmeans_bits_not_above_register(kmeans_register a, kmeans_register b) {
  typedef _Bool bits __attribute__((ext_vector_type(KMEANS_REGISTER_LANES)));
  bits lanes = __builtin_convertvector(~(a > b), bits);
#if KMEANS_REGISTER_BYTES == 64 && !defined(KMEANS_DOUBLE)
  uint16_t result;
#else
  uint8_t result;
#endif
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result & ((1u << KMEANS_REGISTER_LANES) - 1);
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

#endif
