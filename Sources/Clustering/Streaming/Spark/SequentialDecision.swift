/// Decides by sequential sums the rows for which
/// ``SequentialAssignment`` cannot trust the order that `directDistance` found. An unsafe handle.
///
/// `@unchecked Sendable`: threads write to labels of different rows.
struct SequentialDecision: @unchecked Sendable {
  let rows: Rows<Double>
  let centroids: Rows<Double>
  /// IN/OUT: the nearest centroid of each row.
  let labels: UnsafeMutablePointer<Int32>
  /// The squared distance of each row to it.
  let best: UnsafePointer<Double>
  /// The squared distance of each row to the second nearest.
  let second: UnsafePointer<Double>
  /// The ratio of second best to best above which `directDistance` decides.
  let factor: Double

  init(
    rows: Rows<Double>, centroids: Rows<Double>, labels: UnsafeMutablePointer<Int32>,
    best: UnsafePointer<Double>, second: UnsafePointer<Double>, factor: Double
  ) {
    self.rows = rows
    self.centroids = centroids
    self.labels = labels
    self.best = best
    self.second = second
    self.factor = factor
  }

  /// Decides some of the rows.
  ///
  /// - Returns: the number of them that were in doubt.
  func decide(_ range: Range<Int>) -> Int {
    var count = 0
    for row in range {
      if second[row] > best[row] * factor { continue }
      count += 1
      labels[row] = nearest(rows[row], startingWith: labels[row])
    }
    return count
  }

  /// The argmin of the sequential sum, the lowest index on ties, given a centroid that is near.
  private func nearest(_ point: UnsafePointer<Double>, startingWith first: Int32) -> Int32 {
    var label = first
    var least = distance(point, centroids[Int(first)], limit: .infinity)
    for centroid in 0..<Int32(centroids.count) where centroid != first {
      let found = distance(point, centroids[Int(centroid)], limit: least)
      if found < least || found == least && centroid < label { (label, least) = (centroid, found) }
    }
    return label
  }

  /// The sequential sum, or a part of it that is above the limit: adding squares never lowers it.
  private func distance(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, limit: Double
  ) -> Double {
    var sum = 0.0
    var column = 0
    while column < rows.columns, sum <= limit {
      let end = min(column + 8, rows.columns)
      while column < end {
        let difference = a[column] - b[column]
        sum = sum + difference * difference
        column += 1
      }
    }
    return sum
  }
}
