/// Means that rounding has moved out of the box of their rows, put back into it: three times 0.1
/// have the mean 0.1.
///
/// Sums are taken in Double, a stripe in row order, then pairwise: with s the rows of a stripe, v =
/// 2^-53 and A the weighted mean of the magnitudes in a column, a mean is off by at most g A, g =
/// (s + 64) v. Where it leaves the box of its rows, above hi say, the true mean lies within g A of
/// hi, so nearly all weight does, and A is |hi| but for that.
///
/// * **Floats** need nothing: g is far below 2^-25, so that a mean that is rounded to Float comes
///   back into the box.
/// * **Products that underflow** are none of this: see ``WeightScales``.
/// * The **row of the largest weight** of n has at least the share 1/n, so it lies within n g |hi|
///   of hi then. Where it is farther from the mean than twice that, or equals it, there is nothing
///   to do: so it is for nearly all means of ordinary data, in O(n + k d). For the others the box
///   of the cluster is measured.
/// * A mean may be one of **rows that left** since: then the box of all rows is measured, unless
///   the mean lies within that of rows that are known anyway.
struct MeanBoxes<Source: PointSource> {
  typealias Scalar = Source.Scalar

  private let source: Source
  private let labels: [Int32]
  private let counts: [Int]
  private let weights: [Double]
  /// 2 g, for these bounds are rounded, too.
  private let unit: Double

  /// - Parameters:
  ///   - labels: of all rows.
  ///   - counts, weights: of each cluster by these labels.
  init(_ source: Source, labels: [Int32], counts: [Int], weights: [Double]) {
    self.source = source
    self.labels = labels
    self.counts = counts
    self.weights = weights
    unit = Double(Stripes.rows(clusters: counts.count) + 64) * 0x1p-52
  }

  /// The means, where some have to be moved.
  ///
  /// - Parameter known: the box of some rows that have a weight.
  /// - Complexity: O(n + k d), and a pass over the rows where some may have to be moved.
  func moved(
    _ means: Matrix<Scalar>, known: ColumnBox<Scalar>
  ) throws(Source.Failure) -> Matrix<Scalar>? {
    let heaviest = heaviestRows
    let clusters = heaviest.indices.filter { heaviest[$0] >= 0 }
    let rows = try source.rows(clusters.map { heaviest[$0] })
    var known = known
    rows.withRows { rows in for row in 0..<rows.count { known.add(rows[row]) } }
    let suspects = zip(clusters, 0...).filter { cluster, place in
      (0..<means.columns).contains {
        isSuspect(means[cluster, $0], besides: rows[place, $0], of: cluster)
      }
    }.map(\.0)
    let isOutside = (0..<means.rows).contains { cluster in
      (0..<means.columns).contains {
        known.clamp(means[cluster, $0], column: $0) != means[cluster, $0]
      }
    }
    guard isOutside || !suspects.isEmpty else { return nil }
    return try clamped(means, suspects)
  }

  /// The same, where every cluster is measured.
  ///
  /// - Complexity: O(n d), a pass over the rows.
  func moved(_ means: Matrix<Scalar>) throws(Source.Failure) -> Matrix<Scalar>? {
    try clamped(means, counts.indices.filter { weights[$0] > 0 })
  }

  /// The row of the largest weight of each cluster, the first of those; -1 where none has any.
  private var heaviestRows: [Int] {
    var rows = [Int](repeating: -1, count: counts.count)
    guard let weights = source.weights else {
      var missing = counts.count { $0 > 0 }
      for row in labels.indices where missing > 0 && rows[Int(labels[row])] < 0 {
        rows[Int(labels[row])] = row
        missing -= 1
      }
      return rows
    }
    var largest = [Double](repeating: 0, count: counts.count)
    for row in labels.indices where weights[row] > largest[Int(labels[row])] {
      rows[Int(labels[row])] = row
      largest[Int(labels[row])] = weights[row]
    }
    return rows
  }

  private func isSuspect(_ mean: Scalar, besides value: Scalar, of cluster: Int) -> Bool {
    let (mean, value) = (Double(mean), Double(value))
    let limit = 2 * Double(counts[cluster] + 1) * (unit * mean.magnitude + .leastNonzeroMagnitude)
    return mean != value && (mean - value).magnitude <= limit
  }

  /// The means within the boxes of some clusters, and within that of all rows.
  private func clamped(
    _ means: Matrix<Scalar>, _ suspects: [Int]
  ) throws(Source.Failure) -> Matrix<Scalar>? {
    let none = ClusterBoxes<Scalar>(suspects, clusters: counts.count, columns: means.columns)
    let boxes = try labels.withUnsafeBufferPointer { (labels) throws(Source.Failure) in
      try source.reduce(
        clusters: counts.count, labels: labels.baseAddress!, into: none)
    }
    let all = boxes.all
    var (moved, isMoved) = (means, false)
    for cluster in 0..<means.rows {
      for column in 0..<means.columns {
        let mean = means[cluster, column]
        // A mean of rows that left may be farther off than by rounding; a centroid that was given,
        // and has had no rows, may be anywhere.
        let reach = unit * Double(mean).magnitude + .leastNonzeroMagnitude
        var inside = mean
        for box in [boxes.box(of: cluster), all] {
          guard let box, box.low[column] <= box.high[column] else { continue }
          let place = box.clamp(inside, column: column)
          if (Double(place) - Double(mean)).magnitude <= reach { inside = place }
        }
        guard inside != mean else { continue }
        moved[cluster, column] = inside
        isMoved = true
      }
    }
    return isMoved ? moved : nil
  }
}
