// Columns that are scaled and not centred, against the formulas by hand.
import Clustering
import Foundation
import KMeansFiles
import Testing

@Suite struct ColumnScaleTests {
  /// Counts of terms: most are zeros, few rows have the later ones, and nobody the last.
  static func counts<Scalar: ClusteringScalar>(
    _ rows: Int, _ columns: Int = 12, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var random = TestRandom(11)
    return try! Matrix(
      (0..<rows).map { row -> [Scalar] in
        (0..<columns).map { column in
          let isRare = Int(random.next() % UInt64(2 + column)) > 0
          let isOfTopic = column % 4 == row % 4
          let count = Scalar(1 + Int(random.next() % 5))
          // The first column is in every row.
          if column == 0 { return count }
          return column == columns - 1 || (isRare && !isOfTopic) ? 0 : count
        }
      })
  }

  /// By hand, as scikit-learn's documentation says it.
  private func factors<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ scale: ColumnScale, weights: [Double]
  ) -> [Double] {
    let (n, total) = (Double(points.rows), weights.reduce(0, +))
    return (0..<points.columns).map { column in
      let values = points.doubles.map { $0[column] }
      switch scale {
      case .inverseDocumentFrequency:
        let frequency = Double(values.count { $0 != 0 })
        return log((1 + n) / (1 + frequency)) + 1
      case .deviation:
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let squares = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
        return values.allSatisfy { $0 == values[0] } ? 1 : 1 / (squares / total).squareRoot()
      }
    }
  }

  private func check<Scalar: ClusteringScalar>(
    _ scale: ColumnScale, weighted: Bool, of type: Scalar.Type
  ) throws {
    let points = Self.counts(3000, of: type)
    let weights = (0..<3000).map { weighted ? Double($0 % 3) : 1 }
    var kmeans = KMeans(clusterCount: 4, seed: 2)
    kmeans.tolerance = 0
    kmeans.columnScale = scale
    let fit = try kmeans.fit(points.view, weights: weights.span)
    let found = try #require(fit.model.transform.standardization)
    #expect(found.means.allSatisfy { $0 == 0 })
    for (deviation, factor) in zip(found.deviations, factors(points, scale, weights: weights)) {
      #expect(abs(deviation * factor - 1) < 1e-12)
    }
    // The rest is bit for bit that of rows that somebody else has divided.
    var divided = points
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        divided[row, column] = Scalar(Double(points[row, column]) / found.deviations[column])
      }
    }
    kmeans.columnScale = nil
    let expected = try kmeans.fit(divided.view, weights: weights.span)
    #expect(fit.labels == expected.labels)
    #expect(fit.model.transformedCentroids == expected.model.centroids)
    #expect(fit.model.inertia == expected.model.inertia)
    #expect(try fit.model.assign(points.view) == fit.labels)
    // In the units of the points.
    let (row, column) = (1, 2)
    let restored = Double(expected.model.centroids[row, column]) * found.deviations[column]
    #expect(fit.model.centroids[row, column] == Scalar(restored))
  }

  @Test(arguments: ColumnScale.allCases, [false, true])
  func `a fit is that of scaled points`(scale: ColumnScale, weighted: Bool) throws {
    try check(scale, weighted: weighted, of: Float.self)
    try check(scale, weighted: weighted, of: Double.self)
  }

  @Test(arguments: ColumnScale.allCases)
  func `threads, instruction sets and reading again change no bit`(scale: ColumnScale) throws {
    let points = Self.counts(5000, of: Float.self)
    var kmeans = KMeans(clusterCount: 5, seed: 3)
    kmeans.columnScale = scale
    kmeans.execution.threads = 1
    let expected = try kmeans.fit(points.view).model
    for isa in InstructionSet.available {
      kmeans.execution = Execution(threads: 3, instructionSet: isa)
      #expect(try kmeans.fit(points.view).model == expected)
    }
    var source = MatrixSource(points)
    #expect(try kmeans.fit(rereading: &source) == expected)
  }

  /// ln((1 + n)/(1 + df)) + 1 for n = 3, df = 3, 1 and 0: by hand 1, 1.6931..., 2.3862...
  @Test func `a weight of 0 does not take a row out of the frequencies`() throws {
    let points = try Matrix<Double>([[1, 0, 0], [2, 0, 0], [3, 5, 0]])
    var kmeans = KMeans(clusterCount: 1)
    kmeans.columnScale = .inverseDocumentFrequency
    let weights: [Double] = [1, 1, 0]
    let model = try kmeans.fit(points.view, weights: weights.span).model
    let deviations = try #require(model.transform.standardization).deviations
    #expect(deviations[0] == 1)
    #expect(abs(1 / deviations[1] - 1.6931471805599454) < 1e-15)
    #expect(abs(1 / deviations[2] - 2.3862943611198906) < 1e-15)
  }

  @Test func `a constant column is divided by 1`() throws {
    let points = try Matrix<Float>([[0, 7, 1], [0, 7, 3], [0, 7, 5]])
    var kmeans = KMeans(clusterCount: 2)
    kmeans.columnScale = .deviation
    let deviations = try kmeans.fit(points.view).model.transform.standardization?.deviations
    #expect(deviations?[0] == 1 && deviations?[1] == 1)
    #expect(abs(deviations![2] - (8.0 / 3).squareRoot()) < 1e-15)
  }

  @Test(arguments: ColumnScale.allCases)
  func `files and JSON keep it in their old form`(scale: ColumnScale) throws {
    let points = Self.counts(400, of: Float.self)
    var kmeans = KMeans(clusterCount: 3, seed: 2)
    (kmeans.columnScale, kmeans.distance) = (scale, .cosine)
    let model = try kmeans.fit(points.view).model
    let again = try KMeansModel<Float>(archive: model.archived())
    #expect(again == model && again.centroids == model.centroids)
    #expect(model.archive["normalizes"] == .int(1))
    let json = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(KMeansModel<Float>.self, from: json) == model)
    let parameters = try JSONEncoder().encode(kmeans)
    #expect(try JSONDecoder().decode(KMeans.self, from: parameters) == kmeans)
    // Parameters of before there were scales.
    kmeans.columnScale = nil
    let old = String(decoding: try JSONEncoder().encode(kmeans), as: UTF8.self)
    #expect(!old.contains("columnScale") && !old.contains("unitRows"))
  }

  @Test func `what does not go together is refused`() throws {
    var kmeans = KMeans(clusterCount: 1)
    (kmeans.columnScale, kmeans.standardizes) = (.deviation, true)
    #expect(throws: ClusteringError.transform(.standardizedAndScaled(.deviation))) {
      try kmeans.validate()
    }
    kmeans.standardizes = false
    try kmeans.validate()
  }

  /// Rows of zeros count among the n, and need no label.
  @Test func `rows of zeros are left out where that is asked for`() throws {
    let points = try Matrix<Double>([[1, 0], [0, 0], [0, 2], [3, 1]])
    var kmeans = KMeans(clusterCount: 2, seed: 1)
    (kmeans.columnScale, kmeans.distance) = (.inverseDocumentFrequency, .cosine)
    #expect(throws: ClusteringError.zeroRow(1)) { _ = try kmeans.fit(points.view) }
    kmeans.leavesOutZeroRows = true
    let fit = try kmeans.fit(points.view)
    #expect(fit.labels[1] == -1 && fit.labels[0] >= 0 && fit.model.clusterWeights.reduce(0, +) == 3)
    let deviations = fit.model.transform.standardization!.deviations
    #expect(abs(1 / deviations[0] - (log(5.0 / 3) + 1)) < 1e-15)
  }

  @Test func `a plan of another scale is refused`() throws {
    let points = Self.counts(600, of: Double.self)
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.columnScale = .inverseDocumentFrequency
    try points.view.withWeightedRows(nil) { (rows) throws(ClusteringError) in
      let source = InMemoryPoints(rows, Execution(threads: 1))
      let plan = try Lloyd(source, parameters: kmeans).plan
      _ = try Lloyd(source, resuming: plan, parameters: kmeans)
      for change in [ColumnScale.deviation, nil] {
        var other = kmeans
        other.columnScale = change
        #expect(throws: ClusteringError.resuming(.otherTransform)) {
          _ = try Lloyd(source, resuming: plan, parameters: other)
        }
      }
    }
  }

  @Test func `a curve is that of fits`() throws {
    let points = Self.counts(500, of: Double.self)
    var kmeans = KMeans(clusterCount: 4, seed: 5)
    (kmeans.columnScale, kmeans.unitRows) = (.inverseDocumentFrequency, true)
    let curve = try kmeans.curve(points.view, clusterCounts: [4], withIndices: true)
    #expect(curve.fits[0].inertia == (try kmeans.fit(points.view).model.inertia))
  }
}
