// The state of a sketch apart from the caches that make it fast.
import Clustering
import KMeansFiles
import KMeansReference
import Testing

/// Ways to be interrupted: the sizes of the blocks between which a sketch loses its caches.
private let slices = [[5, 1, 1], [16], [3, 1, 16, 7], [128, 1, 500], [1000, 999, 1]]

@Suite struct SketchStateTests {
  /// A stream with collapses, of weights that differ, and another one that is merged halfway.
  private struct Stream<Scalar: ClusteringScalar> {
    let points: Matrix<Scalar>
    let weights: [Double]
    let merged: StreamingSketch<Scalar>
    var parameters: SketchParameters

    init(_ data: SketchData, columns: Int, _ parameters: SketchParameters) throws {
      let rows = 2600
      points = data.points(rows, columns, seed: 4)
      weights = SketchWeights.someZero.values(rows, seed: 5)!
      let others: Matrix<Scalar> = data.points(1300, columns, seed: 6)
      merged = try parameters.sketch(others, weights: nil)
      self.parameters = parameters
    }

    /// Sketches all of it.
    ///
    /// - Parameter interrupted: what is done to the sketch after every block.
    func sketch(
      in slices: [Int], blockRows: Int? = nil,
      _ interrupted: (inout StreamingSketch<Scalar>) throws -> Void = { _ in }
    ) throws -> StreamingSketch<Scalar> {
      var sketch = StreamingSketch<Scalar>(parameters)
      sketch.blockRows = blockRows
      var (first, number) = (0, 0)
      while first < points.rows {
        // The rows of the merge are not in a slice.
        let end = first < 1700 ? 1700 : points.rows
        let last = min(end, first + slices[number % slices.count])
        try sketch.learn(points, first..<last, weights: weights)
        try interrupted(&sketch)
        if last == 1700 {
          try sketch.merge(merged)
          try interrupted(&sketch)
        }
        (first, number) = (last, number + 1)
      }
      return sketch
    }
  }

  /// The first thing in which two sketches are not the same, in bits.
  private func difference<Scalar: ClusteringScalar>(
    _ one: StreamingSketch<Scalar>, _ other: StreamingSketch<Scalar>
  ) -> String? {
    let centers = try! Matrix((0..<3).map { row in (0..<one.dimension!).map { Double(row + $0) } })
    func facts(_ sketch: StreamingSketch<Scalar>) -> [(String, [Double])] {
      let bounds =
        Scalar.self == Double.self
        ? sketch.costBounds(for: centers as! Matrix<Scalar>) : sketch.floatBounds(for: centers)
      return [
        ("counts", [sketch.pointCount, sketch.numClusters, sketch.collapseCount].map(Double.init)),
        ("cutoff", [sketch.distanceCutoff ?? -1]),
        ("centroids", sketch.doubleCentroids!.doubles.flatMap(\.self)),
        ("weights", sketch.weights), ("squared errors", sketch.squaredErrors),
        ("cost", [bounds.lowerBound, bounds.upperBound]),
      ]
    }
    return zip(facts(one), facts(other)).first {
      $0.0.1.map(\.bitPattern) != $0.1.1.map(\.bitPattern)
    }.map { "\($0.0.0)" }
  }

  private func check<Scalar: ClusteringScalar>(
    _ data: SketchData, columns: Int, _ strategy: Execution.Strategy, of type: Scalar.Type,
    _ body: (inout StreamingSketch<Scalar>) throws -> Void
  ) throws {
    for (number, slices) in slices.enumerated() {
      var stream = try Stream<Scalar>(
        data, columns: columns,
        .of(25) {
          $0.collapse = SketchParameters.Collapse.allCases[number % 3]
          $0.execution.strategy = strategy
          $0.execution.threads = 1
        })
      let whole = try stream.sketch(in: [stream.points.rows])
      #expect(whole.collapseCount > 0)
      for blockRows in [nil, 17] {
        stream.parameters.execution.threads = blockRows == nil ? 2 : 1
        let interrupted = try stream.sketch(in: slices, blockRows: blockRows, body)
        #expect(difference(interrupted, whole) == nil, "\(slices), \(blockRows ?? 0)")
      }
    }
  }

  @Test(
    arguments: [SketchData.mixture, .farOutlier, .offset, .integers], Execution.Strategy.working)
  func `caches that are dropped after every block change no bit`(
    data: SketchData, strategy: Execution.Strategy
  ) throws {
    try check(data, columns: 5, strategy, of: Float.self) { $0.dropCaches() }
    try check(data, columns: 19, strategy, of: Double.self) { $0.dropCaches() }
  }

  @Test(arguments: [SketchData.mixture, .farOutlier], Execution.Strategy.working)
  func `a sketch that goes through the bytes of an archive after every block has the same bits`(
    data: SketchData, strategy: Execution.Strategy
  ) throws {
    try check(data, columns: 19, strategy, of: Float.self) { try reread(&$0) }
    try check(data, columns: 5, strategy, of: Double.self) { try reread(&$0) }
  }

  private func reread<Scalar: ClusteringScalar>(_ sketch: inout StreamingSketch<Scalar>) throws {
    let (blockRows, archive) = (sketch.blockRows, sketch.archive)
    let source = ArchiveBytes(archive.encoded())
    let read = try Archive(readingFrom: source, kind: StreamingSketch<Scalar>.archiveKind)
    #expect(read == archive)
    sketch = try StreamingSketch(read, execution: sketch.parameters.execution)
    sketch.blockRows = blockRows
  }
}

extension StreamingSketch {
  fileprivate func floatBounds(for centers: Matrix<Double>) -> CostBounds {
    (self as! StreamingSketch<Float>).costBounds(for: centers)
  }
}
