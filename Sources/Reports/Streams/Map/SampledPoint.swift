/// A point of a stream that is drawn behind its clusters.
package struct SampledPoint: Sendable {
  /// The number of its batch, from 1.
  package let batch: Int
  /// In the units of the centroids [d].
  package let values: [Double]
}

/// Some points of a stream of any length, at even distances: every so many-th, and of twice as many
/// every second, so that a run always takes the same ones.
package struct PointSample: Sendable {
  package private(set) var points: [SampledPoint] = []
  /// The number of points that there were.
  package private(set) var total = 0
  private var stride = 1
  private let most: Int

  /// - Parameter most: the largest number of points.
  package init(most: Int) { self.most = most }

  /// Whether the next point is one of them; to be asked once for each.
  package mutating func takesNext() -> Bool {
    defer { total += 1 }
    return total.isMultiple(of: stride)
  }

  /// Adds a point that is one of them.
  package mutating func add(_ values: [Double], batch: Int) {
    points.append(SampledPoint(batch: batch, values: values))
    guard points.count > most else { return }
    points = points.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    stride *= 2
  }

  /// Gives the points to other batches; those that go to none are not drawn.
  package mutating func assign(_ batch: (Int) -> Int?) {
    points = points.compactMap { point in
      batch(point.batch).map { SampledPoint(batch: $0, values: point.values) }
    }
  }

  /// A remark for the page where not all points are drawn.
  package var note: String? {
    points.count < total
      ? "Of \(countText(total)) points \(countText(points.count)) are drawn, at even distances."
      : nil
  }
}
