// Doubles taken apart into powers of two and what is left, by their bits: nothing is computed here,
// so nothing is rounded or fused.
#ifndef KMEANS_POWERS_H
#define KMEANS_POWERS_H

#include "lanes.h"

// MARK: x = 2^k m with m from sqrt(1/2) to sqrt(2), for positive normal numbers

// The bits of a number less those of sqrt(1/2) have k in the highest twelve. Written out twice, for
// a call with whole vectors gives a warning.

/// The whole numbers k.
static inline kmeans_double8v kmeans_exponents_d8(kmeans_double8v x) {
  return __builtin_convertvector(((kmeans_long8v)x - 0x3fe6a09e667f3bcd) >> 52, kmeans_double8v);
}
/// The numbers m.
static inline kmeans_double8v kmeans_significands_d8(kmeans_double8v x) {
  kmeans_long8v k = ((kmeans_long8v)x - 0x3fe6a09e667f3bcd) >> 52;
  return (kmeans_double8v)((kmeans_long8v)x - (k << 52));
}

/// 2^n for whole numbers n from -1022 to 1023.
static inline kmeans_double8v kmeans_powers_of_two_d8(kmeans_double8v n) {
  return (kmeans_double8v)((__builtin_convertvector(n, kmeans_long8v) + 1023) << 52);
}

#endif
