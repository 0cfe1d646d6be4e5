private import KMeansCLibrary

extension ElbowCurve {
  /// How far the logarithm of the inertia lies below what points without clusters have (Tibshirani,
  /// Walther and Hastie, Estimating the number of clusters in a data set via the gap statistic,
  /// Journal of the Royal Statistical Society B 63(2), 2001).
  public struct Gap: Sendable, Hashable, Codable {
    /// The mean of the logarithms of the inertia of the references, less that of the points.
    public let value: Double
    /// The standard deviation of the references, times the root of 1 + 1/B for B of them.
    public let deviation: Double

    /// A gap of parts.
    public init(value: Double, deviation: Double) {
      self.value = value
      self.deviation = deviation
    }
  }
}

/// The references of a gap statistic: as many rows, drawn uniformly from the box of the points.
struct GapReferences<Scalar: ClusteringScalar> {
  private let parameters: KMeans
  private let box: ColumnBox<Scalar>
  /// The rows that count.
  private let rows: Int
  /// The weight of one of them.
  private let weight: Double

  /// - Parameters:
  ///   - points: those of transformed points.
  ///   - parameters: those of the fits; the references are not transformed, but for their length.
  init(_ points: CurveBox<Scalar>, _ parameters: KMeans) {
    (box, rows, weight) = (points.box, points.rows, points.weight / Double(points.rows))
    var untransformed = parameters
    untransformed.standardizes = false
    untransformed.columnScale = nil
    if untransformed.distance != .cosine { untransformed.distance = .euclidean }
    self.parameters = untransformed
  }

  /// The gap of each fit.
  ///
  /// - Parameters:
  ///   - inertias: those of the points, by the number of clusters.
  ///   - count: B, the number of references.
  /// - Throws: as a fit, and where a reference does not fit into memory.
  /// - Complexity: that of B times as many fits.
  func gaps(
    of inertias: [(clusters: Int, inertia: Double)], count: Int
  ) throws(ClusteringError) -> [ElbowCurve.Gap] {
    var logarithms = inertias.map { _ in [Double]() }
    for number in 0..<count {
      let reference = try reference(number)
      for (place, fit) in inertias.enumerated() {
        var kmeans = parameters
        kmeans.clusterCount = fit.clusters
        let inertia = try kmeans.fit(reference.view).model.inertia * weight
        logarithms[place].append(log(max(inertia, .leastNonzeroMagnitude)))
      }
    }
    return zip(inertias, logarithms).map { fit, references in
      let mean = references.reduce(0, +) / Double(count)
      let variance = references.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      return ElbowCurve.Gap(
        value: mean - log(max(fit.inertia, .leastNonzeroMagnitude)),
        deviation: (variance * (1 + 1 / Double(count))).squareRoot())
    }
  }

  /// Draws the rows of a reference.
  private func reference(_ number: Int) throws(ClusteringError) -> Matrix<Scalar> {
    let (columns, draws) = (
      box.low.count, Draws(seed: parameters.seed, purpose: .gapReference, run: number)
    )
    guard var matrix = try? Matrix<Scalar>(rows: rows, columns: columns) else {
      throw .sparse(.outOfMemory(rows: rows, columns: columns))
    }
    matrix.withMutableValues { values in
      for place in 0..<rows * columns {
        let (low, high) = (Double(box.low[place % columns]), Double(box.high[place % columns]))
        values[place] = Scalar(low + draws.uniform(place) * (high - low))
      }
    }
    return matrix
  }
}
