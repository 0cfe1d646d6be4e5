// The rows that a sketch refuses: the error, and that nothing was added.
import Clustering
import Testing

@Suite("Rows that a sketch refuses") struct SketchRowErrorTests {
  /// The error of rows that come to a sketch that has some, after which it must be as it was.
  private func error(
    _ rows: [[Double]], weights: [Double]? = nil, after count: Int
  ) throws -> ClusteringError? {
    let points = SketchData.mixture.points(2000, 2, seed: 1, of: Double.self)
    var sketch = StreamingSketch<Double>(.of(20))
    try sketch.learn(points, 0..<count)
    var untouched = sketch
    let bad = try Matrix(rows)
    do throws(ClusteringError) {
      if let weights {
        try sketch.add(bad.view, weights: weights.span)
      } else {
        try sketch.add(bad.view)
      }
      return nil
    } catch {
      #expect(sketch.pointCount == count)
      #expect(sketch.dimension == untouched.dimension)
      try sketch.learn(points, count..<2000)
      try untouched.learn(points, count..<2000)
      #expect(sketch.doubleCentroids == untouched.doubleCentroids)
      #expect(sketch.weights == untouched.weights)
      #expect(sketch.squaredErrors == untouched.squaredErrors)
      return error
    }
  }

  private static let counts = [0, 1, 999, 1000, 1500]

  @Test("values that are not finite, or too large, by row and column", arguments: counts)
  func values(count: Int) throws {
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(try error([[1, 2], [3, bad]], after: count) == .notFinite(row: 1, column: 1))
      #expect(
        try error([[1, 2], [bad, 3]], weights: [1, 0], after: count)
          == .notFinite(row: 1, column: 0))
    }
    let large = [[1.0, 2], [3, 4], [5, -1e141]]
    #expect(try error(large, after: count) == .tooLarge(row: 2, column: 1, limit: 1e140))
    // The first of several, behind enough rows that a part of them could have been added.
    var rows = (0..<3000).map { [Double($0 % 17), 1] }
    (rows[2990][0], rows[2995][1]) = (.nan, .infinity)
    #expect(try error(rows, after: count) == .notFinite(row: 2990, column: 0))
  }

  @Test("weights that are none, too few or too many", arguments: counts)
  func weights(count: Int) throws {
    let rows = [[1.0, 2], [3, 4]]
    #expect(
      try error(rows, weights: [1, -2], after: count) == .invalidWeight(row: 1, weight: -2))
    #expect(
      try error(rows, weights: [.infinity, 1], after: count)
        == .invalidWeight(row: 0, weight: .infinity))
    #expect(
      try error(rows, weights: [.nan, 1], after: count)?.description
        == ClusteringError.invalidWeight(row: 0, weight: .nan).description)
    #expect(
      try error(rows, weights: [1], after: count) == .weightCountMismatch(weights: 1, points: 2))
    #expect(
      try error(rows, weights: [1, 1, 1], after: count)
        == .weightCountMismatch(weights: 3, points: 2))
    #expect(
      try error(rows, weights: [1e308, 1e308], after: count) == .invalidTotalWeight(.infinity))
  }

  @Test("rows of another number of columns", arguments: [1, 999, 1000, 1500])
  func columns(count: Int) throws {
    #expect(
      try error([[1, 2, 3]], after: count) == .dimensionMismatch(found: 3, expected: 2))
    #expect(try error([[1]], after: count) == .dimensionMismatch(found: 1, expected: 2))
  }

  @Test("no row is no error, whatever its columns mean")
  func noRows() throws {
    var sketch = StreamingSketch<Double>(.of(20))
    let none = try Matrix<Double>(reserving: 4, columns: 3)
    try sketch.learn(none)
    #expect(sketch.pointCount == 0 && sketch.centroids == nil)
  }

  // MARK: - Sources

  /// Rows of an array, some at a time.
  private struct Rows: RowSource {
    let values: [[Double]]
    let atOnce: Int
    var next = 0
    var columns: Int { values[0].count }

    mutating func read(into rows: inout OutputSpan<Double>) throws {
      for _ in 0..<min(atOnce, values.count - next) where rows.freeCapacity >= columns {
        for value in values[next] { rows.append(value) }
        next += 1
      }
    }
  }

  @Test("a source has the sketch of its rows; its errors count rows from the first of the stream")
  func sources() throws {
    let points = SketchData.mixture.points(9000, 3, seed: 2, of: Double.self)
    let parameters = SketchParameters.of(25)
    let expected = parameters.reference(points)
    for atOnce in [1, 100, 100_000] {
      var source = Rows(values: points.doubles, atOnce: atOnce)
      var sketch = StreamingSketch<Double>(parameters)
      try sketch.add(all: &source)
      #expect(sketch.difference(from: expected) == nil)
    }
    for bad in [3, 999, 1000, 4096, 8999] {
      var values = points.doubles
      values[bad][2] = .nan
      var source = Rows(values: values, atOnce: 700)
      var sketch = StreamingSketch<Double>(parameters)
      try sketch.learn(points, 0..<500)
      #expect(throws: ClusteringError.notFinite(row: 500 + bad, column: 2)) {
        try sketch.add(all: &source)
      }
      #expect(sketch.pointCount >= 500 && sketch.pointCount <= 500 + bad)
      #expect(sketch.weights.reduce(0, +) == Double(sketch.pointCount))
    }
  }
}
