// The scalar type of a target: this folder is compiled once for each scalar and instruction set.
internal import KMeansCLanes

// No name of C: code that imports this module sees the C module as it is without the macro.
#if KMEANS_DOUBLE
  package typealias Scalar = Double
#else
  package typealias Scalar = Float
#endif

// The following is chosen here and not in C, where a call with whole vectors gives a warning.

/// The first `count` < 8 values as doubles, then zeros; no value behind them is read.
@inline(__always)
func loadFirst(_ place: UnsafePointer<Scalar>, _ count: Int) -> SIMD8<Double> {
  #if KMEANS_DOUBLE
    kmeans_load_first_d8(place, Int64(truncatingIfNeeded: count))
  #else
    kmeans_load_first_f8(place, Int64(truncatingIfNeeded: count))
  #endif
}

/// The same for `count` < 7, with ones in the last two lanes.
@inline(__always)
func loadWithOnes(_ place: UnsafePointer<Scalar>, _ count: Int) -> SIMD8<Double> {
  #if KMEANS_DOUBLE
    kmeans_load_with_ones_d8(place, Int64(truncatingIfNeeded: count))
  #else
    kmeans_load_with_ones_f8(place, Int64(truncatingIfNeeded: count))
  #endif
}

/// The smallest lane.
@inline(__always)
func smallest(of lanes: kmeans_lanes) -> Scalar {
  #if KMEANS_DOUBLE
    kmeans_reduce_min_d8(lanes)
  #else
    kmeans_reduce_min_f16(lanes)
  #endif
}

/// The smallest of the indices of the lanes that equal a value.
@inline(__always)
func number(
  of value: Scalar, in lanes: kmeans_lanes, _ indices: kmeans_indices
) -> kmeans_index {
  #if KMEANS_DOUBLE
    kmeans_index_of_d8(lanes, indices, value)
  #else
    kmeans_index_of_f16(lanes, indices, value)
  #endif
}

/// Halves of lanes added to each other until four are left.
@inline(__always)
func addedToFour(_ lanes: kmeans_lanes) -> SIMD4<Scalar> {
  #if KMEANS_DOUBLE
    return lanes.lowHalf + lanes.highHalf
  #else
    let eight = lanes.lowHalf + lanes.highHalf
    return eight.lowHalf + eight.highHalf
  #endif
}
