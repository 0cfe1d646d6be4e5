// Scores of registers of points with six centroids, and the search for the smallest.
internal import KMeansCLanes

@inline(__always)
func fourBySix(
  _ points: UnsafePointer<Float>, _ columns: Int, _ six: SixCentroidsFloat,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Float>,
  _ second: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
  let start = start(six)
  var (s0, s1, s2, s3) = (start, start, start, start)
  subtractProducts(&s0, &s1, &s2, &s3, points, six.values, columns)
  // Short sums, added up: their rounding errors are those of a block, not of all columns.
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
  _ points: UnsafePointer<Float>, _ columns: Int, _ six: SixCentroidsFloat,
  _ labels: UnsafeMutablePointer<Int32>, _ best: UnsafeMutablePointer<Float>,
  _ second: UnsafeMutablePointer<Float>
) {
  let lanes = Int(truncatingIfNeeded: kmeans_floats_count())
  let start = start(six)
  var (s0, s1) = (start, start)
  subtractProducts(&s0, &s1, points, six.values, columns)
  // Short sums, added up: their rounding errors are those of a block, not of all columns.
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
  _ scores: SixFloats, _ number: Int32, _ labels: UnsafeMutablePointer<Int32>,
  _ best: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
) {
  var least = loadRegister(best)
  var runner = loadRegister(second)
  var index = UnsafeRawPointer(labels).loadUnaligned(as: kmeans_int32s.self)
  enter(scores.0, number, &least, &runner, &index)
  enter(scores.1, number &+ 1, &least, &runner, &index)
  enter(scores.2, number &+ 2, &least, &runner, &index)
  enter(scores.3, number &+ 3, &least, &runner, &index)
  enter(scores.4, number &+ 4, &least, &runner, &index)
  enter(scores.5, number &+ 5, &least, &runner, &index)
  UnsafeMutableRawPointer(best).storeBytes(of: least, as: kmeans_floats.self)
  UnsafeMutableRawPointer(second).storeBytes(of: runner, as: kmeans_floats.self)
  UnsafeMutableRawPointer(labels).storeBytes(of: index, as: kmeans_int32s.self)
}

@inline(__always)
func enter(
  _ score: kmeans_floats, _ number: Int32, _ least: inout kmeans_floats,
  _ runner: inout kmeans_floats, _ index: inout kmeans_int32s
) {
  index = kmeans_select_fs(
    kmeans_less_fs(score, least), kmeans_int32s(repeating: number), index)
  runner = kmeans_min_fs(runner, kmeans_max_fs(score, least))
  least = kmeans_min_fs(score, least)
}
