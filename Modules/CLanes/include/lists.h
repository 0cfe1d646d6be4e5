// Lists of numbers: values that indices name, and the numbers of lanes whose bits are set.
#ifndef KMEANS_LISTS_H
#define KMEANS_LISTS_H

#include "lanes.h"
#include "registers.h"

#if defined(__AVX512F__)
typedef float kmeans_gathered __attribute__((vector_size(64)));
typedef int kmeans_gathering __attribute__((vector_size(64)));

/// How many values two vectors hold as a table.
static inline int64_t kmeans_table_size(void) { return 32; }
/// The sixteen values of a table that the indices name, by their lowest bits.
static inline kmeans_float16v kmeans_choose_f16(
    kmeans_float16v low, kmeans_float16v high, kmeans_int16v indices) {
  return (kmeans_float16v)__builtin_ia32_vpermi2varps512(
      (kmeans_gathered)low, (kmeans_gathering)indices, (kmeans_gathered)high);
}
/// The sixteen values that the indices name.
static inline kmeans_float16v kmeans_gather_f16(const float *values, kmeans_int16v indices) {
  return (kmeans_float16v)__builtin_ia32_gathersiv16sf(
      (kmeans_gathered){0}, values, (kmeans_gathering)indices, (unsigned short)-1, 4);
}
/// Writes the numbers of the lanes whose bits are set one after another, and returns how many there
/// are; what is behind them, of sixteen, is overwritten.
static inline int64_t kmeans_append_lanes(kmeans_int16v numbers, uint16_t bits, int32_t *list) {
  // Not straight to memory: some processors take a hundred cycles for that.
  typedef kmeans_gathering unaligned __attribute__((aligned(4)));
  *(unaligned *)list = __builtin_ia32_compresssi512_mask(
      (kmeans_gathering)numbers, (kmeans_gathering)numbers, bits);
  return __builtin_popcount(bits);
}
#else
#if defined(__AVX2__)
typedef float kmeans_half __attribute__((vector_size(32)));
typedef int kmeans_half_indices __attribute__((vector_size(32)));

static inline int64_t kmeans_table_size(void) { return 8; }
static inline kmeans_float16v kmeans_choose_f16(
    kmeans_float16v low, kmeans_float16v high, kmeans_int16v indices) {
  kmeans_half table, halves[2];
  kmeans_half_indices places[2];
  __builtin_memcpy(&table, &low, sizeof table);
  __builtin_memcpy(places, &indices, sizeof places);
  halves[0] = __builtin_ia32_permvarsf256(table, places[0]);
  halves[1] = __builtin_ia32_permvarsf256(table, places[1]);
  kmeans_float16v result;
  __builtin_memcpy(&result, halves, sizeof result);
  return result;
}
#else
static inline int64_t kmeans_table_size(void) { return 0; }
static inline kmeans_float16v kmeans_choose_f16(
    kmeans_float16v low, kmeans_float16v high, kmeans_int16v indices) {
  return low;
}
#endif
static inline kmeans_float16v kmeans_gather_f16(const float *values, kmeans_int16v indices) {
  kmeans_float16v result;
  for (int lane = 0; lane < 16; lane++) result[lane] = values[indices[lane]];
  return result;
}
static inline int64_t kmeans_append_lanes(kmeans_int16v numbers, uint16_t bits, int32_t *list) {
  int64_t count = 0;
  for (uint32_t left = bits; left != 0; left &= left - 1) {
    list[count++] = numbers[__builtin_ctz(left)];
  }
  return count;
}
#endif

/// The lanes of `b` where the index has a bit, else those of `a`.
static inline kmeans_float16v kmeans_where_bit_f16(
    kmeans_int16v indices, int64_t bit, kmeans_float16v a, kmeans_float16v b) {
  return (indices & (int32_t)bit) != 0 ? b : a;
}

// MARK: Registers

static inline kmeans_register kmeans_root_register(kmeans_register a) {
  return __builtin_elementwise_sqrt(a);
}
/// Writes the lanes as floats.
static inline void kmeans_put_floats_register(kmeans_register values, float *target) {
  typedef float floats __attribute__((ext_vector_type(KMEANS_REGISTER_LANES)));
  typedef float line __attribute__((ext_vector_type(KMEANS_REGISTER_LANES), aligned(4)));
  *(line *)target = __builtin_convertvector(values, floats);
}

// MARK: Lanes of the scalar type

#if defined(KMEANS_DOUBLE)
#define KMEANS_LANES 8
#else
#define KMEANS_LANES 16
#endif

static inline kmeans_lanes kmeans_abs_lanes(kmeans_lanes a) { return __builtin_elementwise_abs(a); }
static inline kmeans_lanes kmeans_root_lanes(kmeans_lanes a) {
  return __builtin_elementwise_sqrt(a);
}
/// The lanes of c where a <= b, else those of d.
static inline kmeans_lanes kmeans_where_at_most_lanes(
    kmeans_lanes a, kmeans_lanes b, kmeans_lanes c, kmeans_lanes d) {
  return a <= b ? c : d;
}
/// The values that the first `count` of as many labels as there are lanes name; zeros behind them.
static inline kmeans_lanes kmeans_gather_lanes(
    const kmeans_scalar *values, const int32_t *labels, int64_t count) {
#if defined(__AVX512F__) && !defined(KMEANS_DOUBLE)
  if (count >= KMEANS_LANES) {
    typedef kmeans_gathering unaligned __attribute__((aligned(4)));
    return (kmeans_lanes)__builtin_ia32_gathersiv16sf(
        (kmeans_gathered){0}, values, *(const unaligned *)labels, (unsigned short)-1, 4);
  }
#endif
  kmeans_lanes result = (kmeans_lanes)(kmeans_scalar)0;
  for (int lane = 0; lane < KMEANS_LANES && lane < count; lane++) {
    result[lane] = values[labels[lane]];
  }
  return result;
}
static inline kmeans_lanes kmeans_gather_floats_lanes(
    const float *values, const int32_t *labels, int64_t count) {
#if defined(KMEANS_DOUBLE)
  kmeans_lanes result = (kmeans_lanes)(kmeans_scalar)0;
  for (int lane = 0; lane < KMEANS_LANES && lane < count; lane++) {
    result[lane] = values[labels[lane]];
  }
  return result;
#elif defined(__AVX512F__)
  if (count >= KMEANS_LANES) {
    typedef kmeans_gathering unaligned __attribute__((aligned(4)));
    return (kmeans_lanes)__builtin_ia32_gathersiv16sf(
        (kmeans_gathered){0}, values, *(const unaligned *)labels, (unsigned short)-1, 4);
  }
#endif
#if !defined(KMEANS_DOUBLE)
  kmeans_lanes result = (kmeans_lanes)(kmeans_scalar)0;
  for (int lane = 0; lane < KMEANS_LANES && lane < count; lane++) {
    result[lane] = values[labels[lane]];
  }
  return result;
#endif
}
/// Writes the first `count` lanes as floats, to the places of a list, which ascends, or from
/// `first` on without one.
static inline void kmeans_put_floats_lanes(
    kmeans_lanes values, float *target, const int32_t *list, int64_t first, int64_t count) {
  typedef float floats __attribute__((ext_vector_type(KMEANS_LANES)));
  typedef float line __attribute__((ext_vector_type(KMEANS_LANES), aligned(4)));
  floats narrow = __builtin_convertvector(values, floats);
  if (list != 0 && count >= KMEANS_LANES && list[KMEANS_LANES - 1] - list[0] == KMEANS_LANES - 1) {
    first = list[0];
    list = 0;
  }
  if (list == 0 && count >= KMEANS_LANES) {
    *(line *)(target + first) = narrow;
    return;
  }
#if defined(__AVX512F__) && !defined(KMEANS_DOUBLE)
  if (count >= KMEANS_LANES) {
    typedef kmeans_gathering unaligned __attribute__((aligned(4)));
    __builtin_ia32_scattersiv16sf(
        target, (unsigned short)-1, *(const unaligned *)list, (kmeans_gathered)narrow, 4);
    return;
  }
#endif
  for (int lane = 0; lane < KMEANS_LANES && lane < count; lane++) {
    target[list == 0 ? first + lane : list[lane]] = narrow[lane];
  }
}

/// One bit for each lane where not a > b: a NaN sets it, too.
static inline uint16_t kmeans_bits_not_above_f16(kmeans_float16v a, kmeans_float16v b) {
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  bits lanes = __builtin_convertvector(~(a > b), bits);
  uint16_t result;
  __builtin_memcpy(&result, &lanes, sizeof result);
  return result;
}

#endif
