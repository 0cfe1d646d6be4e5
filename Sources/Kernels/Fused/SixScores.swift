// Scores of registers of points with six centroids, and the search for the smallest.
internal import KMeansCLanes

@inline(__always)
func fourBySix(
  _ points: UnsafePointer<Scalar>, _ columns: Int, _ six: SixCentroids,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Scalar>,
  _ second: UnsafeMutablePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  let start = start(six)
  var (s0, s1, s2, s3) = (start, start, start, start)
  subtractProducts(&s0, &s1, &s2, &s3, points, six.values, columns)
  // Short sums are added up: their rounding errors are those of a block, not of all columns.
  if six.isBegun {
    add(six.sums, to: &s0)
    add(six.sums + 6 &* lanes, to: &s1)
    add(six.sums + 12 &* lanes, to: &s2)
    add(six.sums + 18 &* lanes, to: &s3)
  }
  if six.isDone {
    keep(s0, six.number, labels, best, second)
    keep(s1, six.number, labels + lanes, best + lanes, second + lanes)
    keep(s2, six.number, labels + 2 &* lanes, best + 2 &* lanes, second + 2 &* lanes)
    keep(s3, six.number, labels + 3 &* lanes, best + 3 &* lanes, second + 3 &* lanes)
  } else {
    store(s0, six.sums)
    store(s1, six.sums + 6 &* lanes)
    store(s2, six.sums + 12 &* lanes)
    store(s3, six.sums + 18 &* lanes)
  }
}

@inline(__always)
func twoBySix(
  _ points: UnsafePointer<Scalar>, _ columns: Int, _ six: SixCentroids,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Scalar>,
  _ second: UnsafeMutablePointer<Scalar>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_register_count())
  let start = start(six)
  var (s0, s1) = (start, start)
  subtractProducts(&s0, &s1, points, six.values, columns)
  // Short sums are added up: their rounding errors are those of a block, not of all columns.
  if six.isBegun {
    add(six.sums, to: &s0)
    add(six.sums + 6 &* lanes, to: &s1)
  }
  if six.isDone {
    keep(s0, six.number, labels, best, second)
    keep(s1, six.number, labels + lanes, best + lanes, second + lanes)
  } else {
    store(s0, six.sums)
    store(s1, six.sums + 6 &* lanes)
  }
}

/// Enters six scores of a register of points.
@inline(__always)
func keep(
  _ scores: SixRegisters, _ number: Int32, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Scalar>, _ second: UnsafeMutablePointer<Scalar>
) {
  var least = loadRegister(best)
  var runner = loadRegister(second)
  var index = kmeans_widen_labels(
    UnsafeRawPointer(labels).loadUnaligned(as: kmeans_register_labels.self))
  enter(scores.0, number, &least, &runner, &index)
  enter(scores.1, number &+ 1, &least, &runner, &index)
  enter(scores.2, number &+ 2, &least, &runner, &index)
  enter(scores.3, number &+ 3, &least, &runner, &index)
  enter(scores.4, number &+ 4, &least, &runner, &index)
  enter(scores.5, number &+ 5, &least, &runner, &index)
  UnsafeMutableRawPointer(best).storeBytes(of: least, as: kmeans_register.self)
  UnsafeMutableRawPointer(second).storeBytes(of: runner, as: kmeans_register.self)
  UnsafeMutableRawPointer(labels).storeBytes(
    of: kmeans_narrow_labels(index), as: kmeans_register_labels.self)
}

@inline(__always)
func enter(
  _ score: kmeans_register, _ number: Int32, _ least: inout kmeans_register,
  _ runner: inout kmeans_register, _ index: inout kmeans_register_indices
) {
  index = kmeans_select_register(
    kmeans_less_register(score, least), kmeans_register_indices(repeating: kmeans_index(number)),
    index)
  runner = kmeans_min_register(runner, kmeans_max_register(score, least))
  least = kmeans_min_register(score, least)
}
