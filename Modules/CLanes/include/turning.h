// Rows of floats made ready for the fused kernels: as many as a register has lanes are turned, so
// that each column of them fills a register.
#ifndef KMEANS_TURNING_H
#define KMEANS_TURNING_H

#include "registers.h"

/// Some rows: neighbours, `stride` apart, or wherever `list` says.
typedef struct {
  const float *first;
  int64_t stride;
  const float *const *list;
} kmeans_rows;

static inline const float *kmeans_row(kmeans_rows rows, int64_t number) {
  return rows.list == 0 ? rows.first + number * rows.stride : rows.list[number];
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

/// Turns fours: what were the first, second, third and fourth values of a, b, c and d in each four
/// of lanes become four vectors.
static inline void kmeans_turn_fours(
    kmeans_floats a, kmeans_floats b, kmeans_floats c, kmeans_floats d, kmeans_floats *turned) {
  kmeans_floats ab_low = KMEANS_IN_FOURS(a, b, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
  kmeans_floats ab_high = KMEANS_IN_FOURS(a, b, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
  kmeans_floats cd_low = KMEANS_IN_FOURS(c, d, 0, KMEANS_OTHER, 1, KMEANS_OTHER + 1);
  kmeans_floats cd_high = KMEANS_IN_FOURS(c, d, 2, KMEANS_OTHER + 2, 3, KMEANS_OTHER + 3);
  turned[0] = KMEANS_IN_FOURS(ab_low, cd_low, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
  turned[1] = KMEANS_IN_FOURS(ab_low, cd_low, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
  turned[2] = KMEANS_IN_FOURS(ab_high, cd_high, 0, 1, KMEANS_OTHER, KMEANS_OTHER + 1);
  turned[3] = KMEANS_IN_FOURS(ab_high, cd_high, 2, 3, KMEANS_OTHER + 2, KMEANS_OTHER + 3);
}

/// Writes the first `count` of four columns of a register of rows one after another, `stride`
/// values apart, where a, b, c and d hold every fourth row each.
///
/// Returns the sum of `norms` and the squares of those columns, in order.
static inline kmeans_floats kmeans_turn_fs(
    kmeans_floats a, kmeans_floats b, kmeans_floats c, kmeans_floats d, float *target,
    int64_t stride, int64_t count, kmeans_floats norms) {
  typedef float line __attribute__((ext_vector_type(KMEANS_REGISTER_BYTES / 4), aligned(4)));
  kmeans_floats turned[4];
  kmeans_turn_fours(a, b, c, d, turned);
  *(line *)target = turned[0];
  norms = norms + turned[0] * turned[0];
  if (count == 1) return norms;
  *(line *)(target + stride) = turned[1];
  norms = norms + turned[1] * turned[1];
  if (count == 2) return norms;
  *(line *)(target + 2 * stride) = turned[2];
  norms = norms + turned[2] * turned[2];
  if (count == 3) return norms;
  *(line *)(target + 3 * stride) = turned[3];
  return norms + turned[3] * turned[3];
}

#if KMEANS_REGISTER_BYTES == 64
#define KMEANS_FOURTHS(a, b, i, j)                                                                    \
  __builtin_shufflevector(                                                                            \
      a, b, i, i + 1, i + 2, i + 3, j, j + 1, j + 2, j + 3, 16 + i, 17 + i, 18 + i, 19 + i, 16 + j,   \
      17 + j, 18 + j, 19 + j)
#define KMEANS_SQUARE_COLUMNS 16

/// Joins four quarters of four columns each, four rows in every one of them, to whole columns: they
/// go to the first, fifth, ninth and thirteenth place.
static inline void kmeans_join_quarters(
    kmeans_floats a, kmeans_floats b, kmeans_floats c, kmeans_floats d, kmeans_floats *columns) {
  kmeans_floats ab_even = KMEANS_FOURTHS(a, b, 0, 8), ab_odd = KMEANS_FOURTHS(a, b, 4, 12);
  kmeans_floats cd_even = KMEANS_FOURTHS(c, d, 0, 8), cd_odd = KMEANS_FOURTHS(c, d, 4, 12);
  columns[0] = KMEANS_FOURTHS(ab_even, cd_even, 0, 8);
  columns[4] = KMEANS_FOURTHS(ab_odd, cd_odd, 0, 8);
  columns[8] = KMEANS_FOURTHS(ab_even, cd_even, 4, 12);
  columns[12] = KMEANS_FOURTHS(ab_odd, cd_odd, 4, 12);
}

/// Writes sixteen columns of sixteen rows, less sixteen origins, one after another: whole lines are
/// read, and whole lines are written.
///
/// Returns the sum of `norms` and the squares of the columns, in order.
static inline kmeans_floats kmeans_turn_square_fs(
    kmeans_rows rows, int64_t column, kmeans_floats origins, float *target, int64_t stride,
    kmeans_floats norms) {
  typedef float line __attribute__((ext_vector_type(16), aligned(4)));
  kmeans_floats quarters[16], columns[16];
#pragma clang loop unroll(full)
  for (int64_t row = 0; row < 16; row += 4) {
    kmeans_floats a = *(const line *)(kmeans_row(rows, row) + column) - origins;
    kmeans_floats b = *(const line *)(kmeans_row(rows, row + 1) + column) - origins;
    kmeans_floats c = *(const line *)(kmeans_row(rows, row + 2) + column) - origins;
    kmeans_floats d = *(const line *)(kmeans_row(rows, row + 3) + column) - origins;
    // Columns i, i + 4, i + 8 and i + 12 of four rows each.
    kmeans_turn_fours(a, b, c, d, quarters + row);
  }
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 4; column++) {
    kmeans_join_quarters(
        quarters[column], quarters[4 + column], quarters[8 + column], quarters[12 + column],
        columns + column);
  }
#pragma clang loop unroll(full)
  for (int64_t column = 0; column < 16; column++) {
    *(line *)(target + column * stride) = columns[column];
    norms = norms + columns[column] * columns[column];
  }
  return norms;
}
/// How many columns are turned at once.
static inline int64_t kmeans_square_columns(void) { return KMEANS_SQUARE_COLUMNS; }
#else
static inline kmeans_floats kmeans_turn_square_fs(
    kmeans_rows rows, int64_t column, kmeans_floats origins, float *target, int64_t stride,
    kmeans_floats norms) {
  return norms;
}
static inline int64_t kmeans_square_columns(void) { return INT64_MAX; }
#endif

// MARK: A register of rows

/// The first `count` of four columns, at least one, of every fourth of some rows.
static inline kmeans_floats kmeans_every_fourth_fs(
    const float *const *rows, int64_t column, int64_t count) {
  typedef float four __attribute__((ext_vector_type(4), aligned(4)));
  kmeans_float4v parts[4];
#pragma clang loop unroll(full)
  for (int64_t part = 0; part < KMEANS_REGISTER_BYTES / 16; part++) {
    const float *values = rows[4 * part] + column;
    parts[part] = count == 4 ? *(const four *)values : kmeans_load_first_f4(values, count);
  }
#if KMEANS_REGISTER_BYTES == 64
  return kmeans_join_f4(parts[0], parts[1], parts[2], parts[3]);
#elif KMEANS_REGISTER_BYTES == 32
  return kmeans_join_f4(parts[0], parts[1], parts[0], parts[1]);
#else
  return parts[0];
#endif
}

/// Packs as many rows as a register has lanes: those of a list, or neighbours where there is none,
/// from `place` on; behind the `count` that there are the last one comes again. Writes their
/// columns less their origins, `stride` values apart, and their squared norms.
// `flatten`: a copy of its own of what neighbours are packed with, too, so that both are inlined.
__attribute__((flatten)) static inline void kmeans_pack_listed(
    const float *rows, int64_t row_stride, const int32_t *list, int64_t place, int64_t count,
    int64_t columns, const float *shift, float *target, int64_t stride, float *norms) {
  enum { lanes = KMEANS_REGISTER_BYTES / 4 };
  typedef float line __attribute__((ext_vector_type(lanes), aligned(4)));
  typedef float four __attribute__((ext_vector_type(4), aligned(4)));
  // Found once for all columns.
  const float *addresses[lanes];
  for (int64_t lane = 0; lane < lanes; lane++) {
    int64_t number = place + lane < count ? place + lane : count - 1;
    addresses[lane] = rows + (list == 0 ? number : list[number]) * row_stride;
  }
  // Rows of a list lie anywhere: those of the next register but one are asked for.
  if (list != 0) {
    for (int64_t lane = 2 * lanes; lane < 3 * lanes && place + lane < count; lane++) {
      const float *row = rows + list[place + lane] * row_stride;
      for (int64_t value = 0; value < columns; value += 16) __builtin_prefetch(row + value, 0, 3);
      __builtin_prefetch(row + columns - 1, 0, 3);
    }
  }
  kmeans_floats sum = (kmeans_floats)0;
  int64_t column = 0;
#if defined(KMEANS_SQUARE_COLUMNS)
  for (; columns - column >= KMEANS_SQUARE_COLUMNS; column += KMEANS_SQUARE_COLUMNS) {
    sum = kmeans_turn_square_fs(
        (kmeans_rows){0, 0, addresses}, column, *(const line *)(shift + column),
        target + column * stride, stride, sum);
  }
#endif
  for (; column < columns; column += 4) {
    int64_t rest = columns - column < 4 ? columns - column : 4;
    kmeans_float4v origin =
        rest == 4 ? *(const four *)(shift + column) : kmeans_load_first_f4(shift + column, rest);
    kmeans_floats origins = kmeans_join_f4(origin, origin, origin, origin);
    sum = kmeans_turn_fs(
        kmeans_every_fourth_fs(addresses, column, rest) - origins,
        kmeans_every_fourth_fs(addresses + 1, column, rest) - origins,
        kmeans_every_fourth_fs(addresses + 2, column, rest) - origins,
        kmeans_every_fourth_fs(addresses + 3, column, rest) - origins, target + column * stride,
        stride, rest, sum);
  }
  *(line *)norms = sum;
}

#endif
