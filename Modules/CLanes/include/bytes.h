// Operations on bytes that multiply and add into whole numbers (VNNI): what the filter's kernels
// are made of. Only for targets that have them.
#ifndef KMEANS_BYTES_H
#define KMEANS_BYTES_H

#include "lanes.h"
#include "turning.h"

/// Asks for a line of the fastest cache; any address will do.
static inline void kmeans_prefetch_line(const void *place) { __builtin_prefetch(place, 0, 3); }

// MARK: The rows of what the filter's kernels hand to each other, by number

/// The record of a quantised row, in the letters of `quantizeRow`.
enum {
  KMEANS_QUANTIZATION_SCALE,           // s, the step of a byte
  KMEANS_QUANTIZATION_ERROR,           // E, at least |e|/s: the length of what bytes lose
  KMEANS_QUANTIZATION_LENGTH,          // X, at least |x^|/s: the length of the bytes
  KMEANS_QUANTIZATION_NORM,            // P, at most |x'|^2/s^2: the squared length of the row
  KMEANS_QUANTIZATION_QUANTIZED_NORM,  // Q, at most |x^|^2/s^2: the squared length of the bytes
  KMEANS_QUANTIZATION_SUM,             // the sum of the bytes
  KMEANS_QUANTIZATION_COUNT,           // how many values a record has
};

/// The thresholds of sixteen points, in the letters of `findThresholds`: sixteen values each.
enum {
  KMEANS_THRESHOLD_NORM_FACTOR,     // A, by which norm bounds are multiplied; no unit
  KMEANS_THRESHOLD_INVERSE_SCALE,   // r, at most 1/s
  KMEANS_THRESHOLD_SCORE,           // T, the least upper score of who can win; a length
  KMEANS_THRESHOLD_SQUARED_LENGTH,  // at most |x'|^2/s^2 or |x^|^2/s^2
  KMEANS_THRESHOLD_REACH,           // at least w/s; zero where the bound is by products
  KMEANS_THRESHOLD_OWN,             // at least u/s or w/s, which is taken off slacks
  KMEANS_THRESHOLD_SCALE,           // s
  KMEANS_THRESHOLD_UPPER_BOUND,     // at least u; a length
  KMEANS_THRESHOLD_COUNT,           // how many values a point has
};

/// The constants of a group, in the letters of `filterGroups`: six words each, behind the bytes.
enum {
  KMEANS_GROUP_STARTS,       // -128 times the sums of the bytes; whole numbers
  KMEANS_GROUP_SCALES,       // t, the step of a byte
  KMEANS_GROUP_NORM_BOUNDS,  // N, at least |c'|
  KMEANS_GROUP_HALVES,       // n, at most |c'|^2/2
  KMEANS_GROUP_CONSTANTS,    // how many words a centroid has
};

typedef int8_t kmeans_byte16v __attribute__((ext_vector_type(16)));

/// The nearest whole numbers, even ones on ties.
static inline kmeans_int16v kmeans_nearest_whole_f16(kmeans_float16v a) {
  return __builtin_convertvector(__builtin_elementwise_roundeven(a), kmeans_int16v);
}
static inline kmeans_float16v kmeans_whole_to_f16(kmeans_int16v a) {
  return __builtin_convertvector(a, kmeans_float16v);
}
/// Whole numbers from -128 to 127 as bytes.
static inline kmeans_byte16v kmeans_bytes_of_i16(kmeans_int16v a) {
  return __builtin_convertvector(a, kmeans_byte16v);
}

/// sum + a b and sum - a b, rounded once.
static inline kmeans_float16v kmeans_plus_product_f16(
    kmeans_float16v sum, kmeans_float16v a, kmeans_float16v b) {
  return __builtin_elementwise_fma(a, b, sum);
}
static inline kmeans_float16v kmeans_minus_product_f16(
    kmeans_float16v sum, kmeans_float16v a, kmeans_float16v b) {
  return __builtin_elementwise_fma(-a, b, sum);
}
static inline kmeans_float16v kmeans_abs_f16(kmeans_float16v a) {
  return __builtin_elementwise_abs(a);
}
static inline kmeans_float16v kmeans_root_f16(kmeans_float16v a) {
  return __builtin_elementwise_sqrt(a);
}
static inline double kmeans_root(double a) { return __builtin_elementwise_sqrt(a); }
static inline kmeans_double8v kmeans_root_d8(kmeans_double8v a) {
  return __builtin_elementwise_sqrt(a);
}

/// One bit for each lane where not a < b, the lowest for lane 0: a NaN sets it, too.
static inline uint16_t kmeans_bits_not_less_f16(kmeans_float16v a, kmeans_float16v b) {
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  bits lanes = __builtin_convertvector(~(a < b), bits);
  uint16_t result;
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}
/// One bit for each lane that equals a number.
static inline uint16_t kmeans_bits_equal_i16(kmeans_int16v a, int32_t number) {
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  bits lanes = __builtin_convertvector(a == (kmeans_int16v)number, bits);
  uint16_t result;
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}
/// One bit for each lane that is no whole number.
static inline uint16_t kmeans_bits_not_whole_f16(kmeans_float16v a) {
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  bits lanes = __builtin_convertvector(~(__builtin_elementwise_roundeven(a) == a), bits);
  uint16_t result;
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}
/// One bit for each lane where not a > b: a NaN sets it, too.
static inline uint16_t kmeans_bits_not_greater_f16(kmeans_float16v a, kmeans_float16v b) {
  return kmeans_bits_not_less_f16(b, a);
}

/// The lanes of a whose byte of `bytes` equals `number`, else those of b.
static inline kmeans_float16v kmeans_select_byte_f16(
    kmeans_byte16v bytes, int8_t number, kmeans_float16v a, kmeans_float16v b) {
  kmeans_int16v mask = __builtin_convertvector(bytes == (kmeans_byte16v)number, kmeans_int16v);
  return mask ? a : b;
}
static inline kmeans_byte16v kmeans_replace_byte(
    kmeans_byte16v bytes, int8_t number, int8_t replacement) {
  return bytes == (kmeans_byte16v)number ? (kmeans_byte16v)replacement : bytes;
}

/// The largest of 16 lanes.
static inline float kmeans_reduce_max_f16(kmeans_float16v a) {
  kmeans_float8v b = a.lo > a.hi ? a.lo : a.hi;
  kmeans_float4v c = b.lo > b.hi ? b.lo : b.hi;
  float d = c.x > c.z ? c.x : c.z, e = c.y > c.w ? c.y : c.w;
  return d > e ? d : e;
}
/// The sum of 16 lanes, in Double.
static inline double kmeans_reduce_sum_f16(kmeans_float16v a) {
  kmeans_double8v both =
      __builtin_convertvector(a.lo, kmeans_double8v) + __builtin_convertvector(a.hi, kmeans_double8v);
  kmeans_double4v four = both.lo + both.hi;
  return (four.x + four.z) + (four.y + four.w);
}

// MARK: Instructions of VNNI, and the same in plain C for targets that only have to compile

#if defined(__AVX512VNNI__)
typedef int32_t kmeans_vector_i16 __attribute__((vector_size(64)));
typedef float kmeans_vector_f16 __attribute__((vector_size(64)));

/// Adds to each lane the products of its four unsigned bytes of `a` with the four signed bytes of
/// `b`; exact.
static inline kmeans_int16v kmeans_add_byte_products(
    kmeans_int16v sum, kmeans_int16v a, kmeans_int16v b) {
  return (kmeans_int16v)__builtin_ia32_vpdpbusd512(
      (kmeans_vector_i16)sum, (kmeans_vector_i16)a, (kmeans_vector_i16)b);
}

/// One bit for each of the first `count` numbers that has a bit of `wanted`, of 32 at most; nothing
/// behind them is read.
static inline uint32_t kmeans_bits_sharing_u32(const uint16_t *numbers, int64_t count, uint16_t wanted) {
  typedef short words __attribute__((vector_size(64)));
  typedef short lanes __attribute__((ext_vector_type(32)));
  typedef _Bool bits __attribute__((ext_vector_type(32)));
  uint32_t valid = count < 32 ? (1u << count) - 1 : ~0u;
  words values = __builtin_ia32_loaddquhi512_mask((const words *)numbers, (words){0}, valid);
  bits found = __builtin_convertvector(((lanes)values & (short)wanted) != 0, bits);
  uint32_t result;
  __builtin_memcpy(&result, &found, sizeof result);
  return result;
}

/// The lanes of the numbers whose bits are set, moved together; what is left is zero.
static inline kmeans_int16v kmeans_compress_i16(kmeans_int16v numbers, uint16_t bits) {
  return (kmeans_int16v)__builtin_ia32_compresssi512_mask(
      (kmeans_vector_i16)numbers, (kmeans_vector_i16){0}, bits);
}

/// Turns sixteen rows of sixteen words: column by column they are written one after another, each
/// with the same bits changed.
static inline void kmeans_turn_words(
    const int32_t *rows, int64_t row_stride, int32_t changed, int32_t *target) {
  typedef float line __attribute__((ext_vector_type(16), aligned(4)));
  kmeans_floats quarters[16], columns[16];
#pragma clang loop unroll(full)
  for (int64_t row = 0; row < 16; row += 4) {
    const float *first = (const float *)(rows + row * row_stride);
    kmeans_floats a = *(const line *)first, b = *(const line *)(first + row_stride);
    kmeans_floats c = *(const line *)(first + 2 * row_stride);
    kmeans_floats d = *(const line *)(first + 3 * row_stride);
    kmeans_turn_fours(a, b, c, d, quarters + row);
  }
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 4; column++) {
    kmeans_join_quarters(
        quarters[column], quarters[4 + column], quarters[8 + column], quarters[12 + column],
        columns + column);
  }
  typedef int32_t words __attribute__((ext_vector_type(16), aligned(4)));
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 16; column++) {
    *(words *)(target + column * 16) = (kmeans_int16v)columns[column] ^ changed;
  }
}
#else
static inline kmeans_int16v kmeans_add_byte_products(
    kmeans_int16v sum, kmeans_int16v a, kmeans_int16v b) {
  for (int byte = 0; byte < 4; byte++) {
    sum += ((a >> (8 * byte)) & 255) * (b << (24 - 8 * byte) >> 24);
  }
  return sum;
}
static inline uint32_t kmeans_bits_sharing_u32(const uint16_t *numbers, int64_t count, uint16_t wanted) {
  uint32_t result = 0;
  for (int64_t place = 0; place < count && place < 32; place++) {
    if ((numbers[place] & wanted) != 0) result |= 1u << place;
  }
  return result;
}
static inline kmeans_int16v kmeans_compress_i16(kmeans_int16v numbers, uint16_t bits) {
  kmeans_int16v result = 0;
  int count = 0;
  for (int lane = 0; lane < 16; lane++) {
    if (bits >> lane & 1) result[count++] = numbers[lane];
  }
  return result;
}
static inline void kmeans_turn_words(
    const int32_t *rows, int64_t row_stride, int32_t changed, int32_t *target) {
  for (int64_t column = 0; column < 16; column++) {
    for (int64_t row = 0; row < 16; row++) {
      target[16 * column + row] = rows[row * row_stride + column] ^ changed;
    }
  }
}
#endif

#endif
