// Sketches that search: whatever they find, they are a function of points and parameters.
import Clustering
import KMeansFiles
import KMeansReference
import Testing

private let dimensions = [1, 2, 3, 7, 8, 16, 17, 33]

@Suite struct SearchedSketchTests {
  private func parameters(
    _ searcher: SketchParameters.Searcher, _ number: Int = 0
  ) -> SketchParameters {
    .of([12, 25, 40][number % 3], seed: UInt64(number)) {
      $0.searcher = searcher
      $0.collapse = [.once, .paper, .jump][number % 3]
    }
  }

  @Test(arguments: SketchData.allCases)
  func `a search among all centroids gives the bits of the rule`(data: SketchData) throws {
    for (number, columns) in dimensions.enumerated() {
      let weights = SketchWeights.allCases[number % 4].values(1300, seed: 3)
      let parameters = parameters(.brute, number)
      let floats = data.points(1300, columns, seed: UInt64(number), of: Float.self)
      let doubles = data.points(1300, columns, seed: UInt64(number), of: Double.self)
      for slice in [1300, 7] {
        let one = try compareAll(floats, weights, parameters, slice)
        #expect(one.difference(from: parameters.reference(floats, weights: weights)) == nil)
        let two = try compareAll(doubles, weights, parameters, slice)
        #expect(two.difference(from: parameters.reference(doubles, weights: weights)) == nil)
      }
    }
  }

  private func compareAll<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ weights: [Double]?, _ parameters: SketchParameters, _ slice: Int
  ) throws -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(parameters)
    sketch.comparesAll = true
    for first in stride(from: 0, to: points.rows, by: slice) {
      try sketch.learn(points, first..<min(points.rows, first + slice), weights: weights)
    }
    return sketch
  }

  @Test(
    arguments: SketchParameters.Searcher.sparse, [SketchData.mixture, .integers, .farOutlier])
  func `blocks, slices, threads and instruction sets change no bit`(
    _ searcher: SketchParameters.Searcher, data: SketchData
  ) throws {
    for (number, columns) in [1, 5, 19].enumerated() {
      var parameters = parameters(searcher, number)
      let points = data.points(1700, columns, seed: UInt64(number), of: Float.self)
      let weights = SketchWeights.allCases[number].values(1700, seed: 1)
      let expected = try parameters.sketch(points, weights: weights)
      // Four numbers are too few.
      #expect(expected.collapseCount > 0 || data == .integers && columns == 1)
      for (place, block) in [1, 3, 16, 100, 512].enumerated() {
        let sets = InstructionSet.available
        parameters.execution.instructionSet = sets[place % sets.count]
        parameters.execution.threads = [1, 2, nil][place % 3]
        let strategies = Execution.Strategy.working(on: sets[place % sets.count])
        parameters.execution.strategy = strategies[place % strategies.count]
        let slice = [1, 999, 7, 1001, 333][place]
        let found = try parameters.sketch(
          points, weights: weights, slice: slice, blockRows: block)
        #expect(found.bits == expected.bits, "d=\(columns) block=\(block)")
      }
    }
  }

  /// Adds the points in slices, with a merge halfway.
  ///
  /// - Parameter interrupted: what is done to the sketch after every slice.
  private func sketch(
    _ parameters: SketchParameters, slices: [Int], _ points: Matrix<Double>,
    _ interrupted: (inout StreamingSketch<Double>) throws -> Void
  ) throws -> StreamingSketch<Double> {
    let others = try parameters.sketch(
      SketchData.mixture.points(1300, points.columns, seed: 9, of: Double.self))
    var sketch = StreamingSketch<Double>(parameters)
    var (first, number) = (0, 0)
    while first < points.rows {
      let end = first < 1700 ? 1700 : points.rows
      let last = min(end, first + slices[number % slices.count])
      try sketch.learn(points, first..<last)
      try interrupted(&sketch)
      if last == 1700 {
        try sketch.merge(others)
        try interrupted(&sketch)
      }
      (first, number) = (last, number + 1)
    }
    return sketch
  }

  @Test(arguments: SketchParameters.Searcher.all)
  func `a sketch that is saved and loaded anywhere goes on to the same bits`(
    _ searcher: SketchParameters.Searcher
  ) throws {
    for (number, slices) in [[5, 1, 1], [16], [128, 1, 500], [1000, 999, 1]].enumerated() {
      let points = SketchData.mixture.points(2300, [3, 12][number % 2], seed: 4, of: Double.self)
      let parameters = parameters(searcher, number)
      let whole = try sketch(parameters, slices: [2300], points) { _ in }
      #expect(whole.collapseCount > 0)
      let dropped = try sketch(parameters, slices: slices, points) { $0.dropCaches() }
      #expect(dropped.bits == whole.bits, "\(slices)")
      let reread = try sketch(parameters, slices: slices, points) {
        let read = try StreamingSketch<Double>(archive: $0.archived())
        #expect(read.archive == $0.archive)
        #expect(read.parameters.searcher == searcher)
        $0 = read
      }
      #expect(reread.bits == whole.bits, "\(slices)")
    }
  }

  @Test func `a copy is a snapshot`() throws {
    let points = SketchData.mixture.points(2500, 6, seed: 4, of: Float.self)
    for searcher in SketchParameters.Searcher.sparse {
      var sketch = StreamingSketch<Float>(parameters(searcher))
      try sketch.learn(points, 0..<1500)
      var copy = sketch
      let before = copy.bits
      try sketch.learn(points, 1500..<2500)
      #expect(copy.bits == before && sketch.bits != before)
      try copy.learn(points, 1500..<2500)
      #expect(copy.bits == sketch.bits)
    }
  }

  @Test func `each searcher does something of its own`() throws {
    let points = SketchData.uniform.points(4000, 12, seed: 2, of: Float.self)
    let sketches = try SketchParameters.Searcher.all.map { try parameters($0, 2).sketch(points) }
    #expect(Set(sketches.map(\.bits)).count == 4)
    for sketch in sketches {
      #expect(sketch.weights.reduce(0, +) == 4000)
      // Not much worse than the exact one.
      #expect(sketch.squaredError < 2 * sketches[0].squaredError)
    }
    // Numbers of the searchers count, too.
    let pairs: [(SketchParameters.Searcher, SketchParameters.Searcher)] = [
      (.projection(), .projection(projections: 1)),
      (.fastProjection(), .fastProjection(searchSize: 1)), (.hashing(), .hashing(searchSize: 9)),
    ]
    for (one, two) in pairs {
      #expect(try parameters(one).sketch(points).bits != parameters(two).sketch(points).bits)
    }
  }

  @Test func `a merge goes by the searcher of the first`() throws {
    let points = SketchData.mixture.points(1500, 8, seed: 1, of: Float.self)
    let other = try parameters(.fastProjection()).sketch(
      SketchData.mixture.points(1500, 8, seed: 2, of: Float.self))
    for searcher in SketchParameters.Searcher.all {
      var merged = try parameters(searcher).sketch(points)
      try merged.merge(other)
      #expect(merged.parameters.searcher == searcher)
      #expect(merged.weights.reduce(0, +) == 3000)
      // A sketch without points takes the other's centroids, and nothing of its searcher.
      var empty = StreamingSketch<Float>(parameters(searcher))
      try empty.merge(other)
      let reread = try StreamingSketch<Float>(archive: empty.archived())
      var (one, two) = (empty, reread)
      try one.learn(points)
      try two.learn(points)
      #expect(one.bits == two.bits)
    }
  }
}
