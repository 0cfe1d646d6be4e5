// Sums of products of registers of points with six centroids.
internal import KMeansCLanes

/// A block of columns of a group of centroids: column by column six values, the first terms of
/// their sums, the number of the first centroid, whether there are sums over columns before these
/// and whether these are the last ones, and the place of such sums, six a point.
typealias SixCentroids = (
  values: UnsafePointer<Scalar>, low: UnsafePointer<Scalar>, number: Int32, isBegun: Bool,
  isDone: Bool, sums: UnsafeMutablePointer<Scalar>
)

/// The scores of one register of points with six centroids.
typealias SixRegisters = (
  kmeans_register, kmeans_register, kmeans_register, kmeans_register, kmeans_register,
  kmeans_register
)

@inline(__always)
func loadRegister(_ place: UnsafePointer<Scalar>) -> kmeans_register {
  UnsafeRawPointer(place).loadUnaligned(as: kmeans_register.self)
}

/// The first terms of the sums over a block of columns.
@inline(__always)
func start(_ six: SixCentroids) -> SixRegisters {
  if six.isBegun {
    let zero = kmeans_register(repeating: 0)
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
func add(_ before: UnsafePointer<Scalar>, to sums: inout SixRegisters) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  sums.0 = loadRegister(before) + sums.0
  sums.1 = loadRegister(before + lanes) + sums.1
  sums.2 = loadRegister(before + 2 &* lanes) + sums.2
  sums.3 = loadRegister(before + 3 &* lanes) + sums.3
  sums.4 = loadRegister(before + 4 &* lanes) + sums.4
  sums.5 = loadRegister(before + 5 &* lanes) + sums.5
}

@inline(__always)
func store(_ sums: SixRegisters, _ place: UnsafeMutablePointer<Scalar>) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  store(sums.0, place)
  store(sums.1, place + lanes)
  store(sums.2, place + 2 &* lanes)
  store(sums.3, place + 3 &* lanes)
  store(sums.4, place + 4 &* lanes)
  store(sums.5, place + 5 &* lanes)
}

@inline(__always)
func store(_ register: kmeans_register, _ place: UnsafeMutablePointer<Scalar>) {
  UnsafeMutableRawPointer(place).storeBytes(of: register, as: kmeans_register.self)
}

@inline(__always)
func broadcast(_ value: UnsafePointer<Scalar>) -> kmeans_register {
  kmeans_register(repeating: value.pointee)
}
