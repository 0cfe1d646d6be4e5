// Products of sixteen points with groups of six centroids, in whole numbers, and the upper scores
// made of them.
internal import KMeansCLanes

/// The products of sixteen points with six centroids.
typealias SixInts = (
  SIMD16<Int32>, SIMD16<Int32>, SIMD16<Int32>, SIMD16<Int32>, SIMD16<Int32>, SIMD16<Int32>
)
/// The products with four groups.
typealias FourGroups = (SixInts, SixInts, SixInts, SixInts)

/// The factors of the norm bounds and of the halves in the upper scores of sixteen points, beside
/// the products.
typealias ScoreFactors = (normBound: SIMD16<Float>, half: SIMD16<Float>)

@inline(__always)
func loadFloats(_ place: UnsafePointer<Float>) -> SIMD16<Float> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
}

/// A row of sixteen values, by its number.
@inline(__always)
func loadRow(_ number: Int, of rows: UnsafePointer<Float>) -> SIMD16<Float> {
  loadFloats(rows + 16 &* number)
}

@inline(__always)
func loadInts(_ place: UnsafePointer<Int32>) -> SIMD16<Int32> {
  UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Int32>.self)
}

@inline(__always)
func storeFloats(_ values: SIMD16<Float>, _ place: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(place).storeBytes(of: values, as: SIMD16<Float>.self)
}

/// The first terms of the products: they take off the sum of the 128 that every byte of the points
/// has too many.
@inline(__always)
private func starts(_ constants: UnsafePointer<Int32>) -> SixInts {
  let starts = constants + 6 &* KMEANS_GROUP_STARTS
  return (
    SIMD16(repeating: starts[0]), SIMD16(repeating: starts[1]),
    SIMD16(repeating: starts[2]), SIMD16(repeating: starts[3]),
    SIMD16(repeating: starts[4]), SIMD16(repeating: starts[5])
  )
}

@inline(__always)
private func add(_ point: SIMD16<Int32>, _ words: UnsafePointer<Int32>, to sums: inout SixInts) {
  sums.0 = kmeans_add_byte_products(sums.0, point, SIMD16(repeating: words[0]))
  sums.1 = kmeans_add_byte_products(sums.1, point, SIMD16(repeating: words[1]))
  sums.2 = kmeans_add_byte_products(sums.2, point, SIMD16(repeating: words[2]))
  sums.3 = kmeans_add_byte_products(sums.3, point, SIMD16(repeating: words[3]))
  sums.4 = kmeans_add_byte_products(sums.4, point, SIMD16(repeating: words[4]))
  sums.5 = kmeans_add_byte_products(sums.5, point, SIMD16(repeating: words[5]))
}

/// The products of sixteen points with four groups, which need not be neighbours.
@inline(__always)
func multiply(
  _ points: UnsafePointer<Int32>, _ words: Int, _ a: UnsafePointer<Int32>,
  _ b: UnsafePointer<Int32>, _ c: UnsafePointer<Int32>, _ d: UnsafePointer<Int32>,
  _ prefetching: inout Prefetching, betweenProducts: Bool
) -> FourGroups {
  if !betweenProducts { prefetchLines(&prefetching) }
  let end = 6 &* words
  var sums = (starts(a + end), starts(b + end), starts(c + end), starts(d + end))
  var (point, place) = (points, 0)
  while place < end {
    if betweenProducts { prefetchLines(&prefetching) }
    let word = loadInts(point)
    add(word, a + place, to: &sums.0)
    add(word, b + place, to: &sums.1)
    add(word, c + place, to: &sums.2)
    add(word, d + place, to: &sums.3)
    point += 16
    place &+= 6
  }
  return sums
}

/// The upper score V of a centroid of a group; see `filterGroups`.
@inline(__always)
func upperScore(
  _ product: SIMD16<Int32>, _ constants: UnsafePointer<Float>, _ slot: Int, _ factors: ScoreFactors
) -> SIMD16<Float> {
  let scaled = kmeans_whole_to_f16(product) * constant(KMEANS_GROUP_SCALES, slot, constants)
  let less = kmeans_minus_product_f16(
    scaled, factors.half, constant(KMEANS_GROUP_HALVES, slot, constants))
  return kmeans_plus_product_f16(
    less, factors.normBound, constant(KMEANS_GROUP_NORM_BOUNDS, slot, constants))
}

/// A constant of one centroid of a group, in all lanes.
@inline(__always)
func constant(_ row: Int, _ slot: Int, _ constants: UnsafePointer<Float>) -> SIMD16<Float> {
  SIMD16(repeating: constants[6 &* row &+ slot])
}

/// 32-bit words from one group to the next.
@inline(__always)
func groupStride(_ words: Int) -> Int { 6 &* words &+ 6 &* KMEANS_GROUP_CONSTANTS }

/// The constants of a group, as floats.
@inline(__always)
func constants(of group: UnsafePointer<Int32>, _ words: Int) -> UnsafePointer<Float> {
  UnsafeRawPointer(group + 6 &* words).assumingMemoryBound(to: Float.self)
}
