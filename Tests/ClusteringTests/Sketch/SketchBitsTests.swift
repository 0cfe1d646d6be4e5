// The sketch, which takes points in blocks, against the rule, which takes them one by one: bit for
// bit.
import Clustering
import KMeansReference
import Testing

private let dimensions = [1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100]
private let blocks: [Int?] = [nil, 1, 2, 3, 7, 16, 17, 32, 64, 100, 128, 200, 511, 512]
private let slices: [Int?] = [nil, 1000, 7, 999, 1001, nil, 1, 333]

@Suite("A sketch is what the rule says, bit for bit") struct SketchBitsTests {
  /// One of the ways to be sketched, by number: any 9 in a row have all rules and all cutoffs.
  private func parameters<Scalar: ClusteringScalar>(_ number: Int, for points: Matrix<Scalar>)
    -> SketchParameters
  {
    let size = points.doubles.prefix(50).joined().reduce(0) { max($0, $1.magnitude) }
    return .of(
      [12, 25, 40][number % 3], clusters: [1, 3, 8][number / 2 % 3], seed: UInt64(number)
    ) {
      $0.collapse = [.once, .paper, .jump][number % 3]
      $0.distanceCutoff =
        [.estimated, .fixed(max(0x1p-1000, size * size / 50)), .shindler(points: points.rows)][
          number / 3 % 3]
      $0.clusterOvershoot = [2, 1, 1.5, 3.25][number % 4]
      $0.beta = [1.3, 2, 1.05][number / 5 % 3]
      $0.clusterLogFactor = [nil, 0, 4.5][number / 4 % 3]
    }
  }

  @Test(
    "any block, any slice, any instruction set, one thread or more",
    arguments: SketchData.allCases)
  func blocksAndSlices(data: SketchData) throws {
    var collapses = 0
    for (place, columns) in dimensions.enumerated() {
      let number = place + 5 * SketchData.allCases.firstIndex(of: data)!
      collapses += try check(data, columns, number, of: Float.self)
      collapses += try check(data, columns, number + 7, of: Double.self)
    }
    #expect(collapses > 0 || data == .constant || data == .denormal)
  }

  /// Compares one of `every` blocks, which ones the number says.
  ///
  /// - Returns: how often the sketch collapsed.
  private func check<Scalar: ClusteringScalar>(
    _ data: SketchData, _ columns: Int, _ number: Int, every: Int = 1, of type: Scalar.Type
  ) throws -> Int {
    let rows = [1400, 1001, 1200, 640][number % 4]
    let points = data.points(rows, columns, seed: UInt64(number), of: type)
    let kind = SketchWeights.allCases[(number + number / 4) % 4]
    let weights = kind.values(rows, seed: UInt64(number))
    var parameters = parameters(number, for: points)
    let expected = parameters.reference(points, weights: weights)
    for (place, block) in blocks.enumerated() where (place + number) % every == 0 {
      let sets = InstructionSet.available
      parameters.execution.instructionSet = sets[(place + number) % sets.count]
      parameters.execution.threads = [1, nil, 2][(place + number / 2) % 3]
      // The points are too few for `auto` to take it.
      parameters.execution.strategy = .filteredIfAvailable(on: parameters.execution.instructionSet!)
      let slice = slices[(place + number) % slices.count]
      let found = try parameters.sketch(points, weights: weights, slice: slice, blockRows: block)
      let difference = found.difference(from: expected)
      #expect(
        difference == nil,
        """
        \(Scalar.self) d=\(columns) number=\(number) \(kind) block=\(block ?? 0) slice=\(slice ?? 0) \
        \(parameters)
        """)
      if difference != nil { break }
    }
    return expected.collapseCount
  }

  @Test("many seeds", arguments: 0..<12)
  func seeds(part: Int) throws {
    for number in part * 10..<part * 10 + 10 {
      let data = SketchData.allCases[number % SketchData.allCases.count]
      let columns = 1 + number % 21
      if number % 2 == 0 {
        _ = try check(data, columns, number, every: 4, of: Float.self)
      } else {
        _ = try check(data, columns, number, every: 4, of: Double.self)
      }
    }
  }

  /// Products that OpenBLAS shares among its threads, in a process where nobody keeps it at one.
  @Test func largeProductsOnManyThreads() async {
    await #expect(processExitsWith: .success) {
      let points = SketchData.mixture.points(4000, 100, seed: 5, of: Float.self)
      var parameters = SketchParameters.of(500, seed: 3) { $0.collapse = .jump }
      // Where bytes are multiplied there are no such products.
      parameters.execution.instructionSet = InstructionSet.available.last { $0 < .v4vnni }
      parameters.execution.threads = 1
      let one = try parameters.sketch(points, blockRows: 512)
      parameters.execution.threads = nil
      let many = try parameters.sketch(points, blockRows: 512)
      parameters.execution.threads = 2
      let two = try parameters.sketch(points)
      precondition(one.weights.count > 400 && one.collapseCount > 0)
      precondition(one.doubleCentroids == many.doubleCentroids)
      precondition(one.doubleCentroids == two.doubleCentroids)
      precondition(one.squaredErrors == many.squaredErrors && one.weights == many.weights)
      precondition(one.squaredErrors == two.squaredErrors && one.weights == two.weights)
    }
  }

  @Test(
    "one centroid that is far has no point compared with all", arguments: Execution.Strategy.working
  )
  func farCentroid(strategy: Execution.Strategy) throws {
    var rows = SketchData.tightClusters.points(4000, 24, seed: 3, of: Float.self).doubles
    rows[1500][0] = 1e30
    let points = try Matrix(rows.map { $0.map { Float($0) } })
    // One centroid for each of the twenty clusters.
    let parameters = SketchParameters.of(60) {
      $0.distanceCutoff = .fixed(1000)
      $0.execution.strategy = strategy
    }
    let sketch = try parameters.sketch(points)
    #expect(sketch.weights.contains(1) && (20..<30).contains(sketch.weights.count))
    #expect(sketch.redecidedCount < 400)
  }

  @Test("a copy is a snapshot: neither changes the other", arguments: Execution.Strategy.working)
  func snapshots(strategy: Execution.Strategy) throws {
    let points = SketchData.mixture.points(3000, 9, seed: 1, of: Float.self)
    let parameters = SketchParameters.of(30) { $0.execution.strategy = strategy }
    for cut in [0, 1, 500, 999, 1000, 1001, 2000] {
      var sketch = StreamingSketch<Float>(parameters)
      try sketch.learn(points, 0..<cut)
      let copy = sketch
      let before = (copy.doubleCentroids, copy.weights, copy.squaredErrors, copy.distanceCutoff)
      try sketch.learn(points, cut..<3000)
      #expect(copy.pointCount == cut)
      #expect(copy.doubleCentroids == before.0 && copy.weights == before.1)
      #expect(copy.squaredErrors == before.2 && copy.distanceCutoff == before.3)
      var other = copy
      try other.learn(points, cut..<3000)
      #expect(other.difference(from: parameters.reference(points)) == nil, "cut at \(cut)")
      #expect(sketch.difference(from: parameters.reference(points)) == nil, "cut at \(cut)")
    }
  }
}
