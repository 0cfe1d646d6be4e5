internal import KMeansFiles

extension KMeansModel {
  /// A model of parts that come from outside: any of them may be what no fit leaves behind.
  ///
  /// What comes out can be used as a model that a fit made: every distance to it is a number.
  init(
    checking centroids: Matrix<Scalar>, _ transform: RowTransform,
    pairwise: PairwiseDistance.Measure? = nil, clusterWeights: [Double], inertia: Double,
    iterations: Int, converged: Bool, streamed: StreamedClusters? = nil
  ) throws(WrongPart) {
    try Self.check(centroids)
    guard clusterWeights.count == centroids.rows else {
      throw WrongPart(
        section: "clusterWeights",
        problem:
          "has \(counted(clusterWeights.count, "weight")) for \(counted(centroids.rows, "centroid"))"
      )
    }
    if let cluster = clusterWeights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw WrongPart(
        section: "clusterWeights",
        problem: "says that cluster \(cluster) weighs \(clusterWeights[cluster]), "
          + "expected a finite number that is not negative")
    }
    guard clusterWeights.reduce(0, +).isFinite else {
      throw WrongPart(section: "clusterWeights", problem: "has weights whose sum overflows")
    }
    guard inertia >= 0, inertia.isFinite else {
      throw WrongPart(
        section: "inertia",
        problem: "is \(inertia), expected a finite number that is not negative")
    }
    guard iterations >= 0 else {
      throw WrongPart(section: "iterations", problem: "is \(iterations), expected at least 0")
    }
    try transform.standardization?.check(columns: centroids.columns)
    try transform.linear?.check(columns: centroids.columns)
    try streamed?.check(clusters: centroids.rows, columns: centroids.columns)
    self.init(
      transformed: centroids, transform: transform, pairwise: pairwise,
      clusterWeights: clusterWeights, inertia: inertia, iterations: iterations,
      converged: converged, streamed: streamed)
    // In the units of the points a value may be more than their type can hold.
    if !transform.isIdentity { try Self.check(self.centroids, as: "in the units of the points") }
  }

  private static func check(
    _ centroids: Matrix<Scalar>, as what: String = ""
  ) throws(WrongPart) {
    guard centroids.rows > 0, centroids.rows <= Int(Int32.max) else {
      throw WrongPart(
        section: "centroids",
        problem: "has \(counted(centroids.rows, "row")), expected 1 to \(Int32.max)")
    }
    let limit = FiniteCheck<Scalar>.limit
    let values = centroids.span
    for index in values.indices where !(Double(values[index]).magnitude <= limit) {
      let (row, column) = index.quotientAndRemainder(dividingBy: centroids.columns)
      throw WrongPart(
        section: "centroids",
        problem: "says that centroid \(row), column \(column) is \(values[index])"
          + "\(what.isEmpty ? "" : " \(what)"), expected a number within +-\(limit)")
    }
  }
}

extension RowTransform.Standardization {
  /// Refuses what cannot standardise rows of some columns.
  func check(columns: Int) throws(WrongPart) {
    // Of values within the limit no mean is larger, and no deviation twice as large.
    let limit = FiniteCheck<Double>.limit
    for (section, values) in [("means", means), ("deviations", deviations)] {
      guard values.count == columns else {
        throw WrongPart(
          section: section,
          problem: "has \(counted(values.count, "value")) for \(counted(columns, "column"))")
      }
      let isMean = section == "means"
      if let column = values.firstIndex(where: { value in
        isMean
          ? !(value.magnitude <= limit)
          : !(value > 0 && value <= 2 * limit && (1 / value).isFinite)
      }) {
        throw WrongPart(
          section: section,
          problem: "says \(values[column]) of column \(column), expected "
            + (isMean ? "a number within +-\(limit)" : "a number above 0, at most \(2 * limit)"))
      }
    }
  }
}
