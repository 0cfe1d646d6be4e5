// Sums of products of registers of points with six centroids, for doubles.
internal import KMeansCLanes

/// A block of columns of a group of centroids: column by column six values, what their sums begin with, the number
/// of the first one, whether there are sums over columns before these and whether these are the last ones, and
/// where such sums are, six a point.
typealias SixCentroidsDouble = (
  values: UnsafePointer<Double>, low: UnsafePointer<Double>, number: Int32, isBegun: Bool,
  isDone: Bool, sums: UnsafeMutablePointer<Double>
)

/// The scores of one register of points with six centroids.
typealias SixDoubles = (
  kmeans_doubles, kmeans_doubles, kmeans_doubles, kmeans_doubles, kmeans_doubles, kmeans_doubles
)

@inline(__always)
func loadRegister(_ place: UnsafePointer<Double>) -> kmeans_doubles {
  UnsafeRawPointer(place).loadUnaligned(as: kmeans_doubles.self)
}

/// What the sums over a block of columns begin with.
@inline(__always)
func start(_ six: SixCentroidsDouble) -> SixDoubles {
  if six.isBegun {
    let zero = kmeans_doubles(repeating: 0)
    return (zero, zero, zero, zero, zero, zero)
  }
  let low = six.low
  return (
    broadcast(low), broadcast(low + 1), broadcast(low + 2), broadcast(low + 3), broadcast(low + 4),
    broadcast(low + 5)
  )
}

/// Adds the sums over the columns before.
@inline(__always)
func add(_ before: UnsafePointer<Double>, to sums: inout SixDoubles) {
  let lanes = Int(truncatingIfNeeded: kmeans_doubles_count())
  sums.0 = loadRegister(before) + sums.0
  sums.1 = loadRegister(before + lanes) + sums.1
  sums.2 = loadRegister(before + 2 &* lanes) + sums.2
  sums.3 = loadRegister(before + 3 &* lanes) + sums.3
  sums.4 = loadRegister(before + 4 &* lanes) + sums.4
  sums.5 = loadRegister(before + 5 &* lanes) + sums.5
}

@inline(__always)
func store(_ sums: SixDoubles, _ place: UnsafeMutablePointer<Double>) {
  let lanes = Int(truncatingIfNeeded: kmeans_doubles_count())
  store(sums.0, place)
  store(sums.1, place + lanes)
  store(sums.2, place + 2 &* lanes)
  store(sums.3, place + 3 &* lanes)
  store(sums.4, place + 4 &* lanes)
  store(sums.5, place + 5 &* lanes)
}

@inline(__always)
func store(_ register: kmeans_doubles, _ place: UnsafeMutablePointer<Double>) {
  UnsafeMutableRawPointer(place).storeBytes(of: register, as: kmeans_doubles.self)
}

@inline(__always)
func broadcast(_ value: UnsafePointer<Double>) -> kmeans_doubles {
  kmeans_doubles(repeating: value.pointee)
}
