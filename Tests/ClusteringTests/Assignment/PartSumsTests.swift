// Sums of parts of the rows, made apart and sent as bytes, merge to the bits of one pass.
import Clustering
import KMeansFiles
import Testing

@Suite struct PartSumsTests {
  /// Rows with labels and distances, and what a single pass makes of them.
  private struct Sample<Scalar: ClusteringScalar> {
    let points: Matrix<Scalar>
    let weights: [Double]?
    let nearest: NearestCentroids<Scalar>
    let none: ClusterSums<Scalar>
    var labels: [Int32]
    let whole: ClusterSums<Scalar>
    var clusters: Int { none.clusters }

    init(_ points: Matrix<Scalar>, k: Int, weights: [Double]? = nil, exact: ExactSums? = nil) {
      (self.points, self.weights) = (points, weights)
      nearest = NearestCentroids(
        points.picking((0..<k).map { $0 * 31 % points.rows }),
        centering: points.withRows { Centering(medianOf: $0) })
      none = ClusterSums(clusters: k, columns: points.columns, exact: exact)
      labels = [Int32](repeating: -1, count: points.rows)
      let (nearest, none) = (nearest, none)
      whole = labels.withUnsafeMutableBufferPointer { labels in
        points.withRows { rows in
          (weights ?? []).withUnsafeBufferPointer { weights in
            RowPass(
              WeightedRows(rows: rows, weights: weights.isEmpty ? nil : weights.baseAddress),
              clusters: k, threads: 1
            ).assign(nearest, into: Assignment(labels: labels.baseAddress!), reducing: none).0
          }
        }
      }
    }

    /// The sums of some rows, as somebody else finds and sends them.
    func part(_ range: Range<Int>, threads: Int) throws -> PartSums<Scalar> {
      var labels = labels
      let part = labels.withUnsafeMutableBufferPointer { labels in
        points.withRows { rows in
          (weights ?? []).withUnsafeBufferPointer { weights in
            let some = WeightedRows(
              rows: rows, weights: weights.isEmpty ? nil : weights.baseAddress)[range]
            return RowPass(
              some, stripeRows: Stripes.rows(clusters: clusters), threads: threads,
              firstRow: range.lowerBound
            ).assign(
              nearest,
              into: Assignment(labels: labels.baseAddress!, labelsAreKnown: true),
              summingLike: none)
          }
        }
      }
      #expect(part.1.moved == 0 && part.1.rows == range.count)
      let read = try PartSums<Scalar>(part.0.archive.throughBytes(), instructionSet: .baseline)
      #expect(read.archive == part.0.archive)
      return read
    }

    func check(_ parts: PartSums<Scalar>, _ what: Comment) throws {
      let total = try parts.total(of: points.rows)
      #expect(total.sums.map(\.bitPattern) == whole.sums.map(\.bitPattern), what)
      #expect(total.weights == whole.weights && total.counts == whole.counts, what)
      #expect(total.inertia.bitPattern == whole.inertia.bitPattern, what)
    }
  }

  /// Cuts rows at borders of stripes; some parts may have no row.
  private func cut(_ rows: Int, stripeRows: Int, _ random: inout TestRandom) -> [Range<Int>] {
    let stripes = (rows + stripeRows - 1) / stripeRows
    let count = Int.random(in: 0...6, using: &random)
    let borders = (0..<count).map { _ in Int.random(in: 0...stripes, using: &random) }.sorted()
    let all = [0] + borders.map { min($0 * stripeRows, rows) } + [rows]
    // The end of the rows need be no border: nobody begins there.
    return zip(all, all.dropFirst()).map { $0..<$1 }.filter { $0.lowerBound % stripeRows == 0 }
  }

  /// Merges parts two by two, whichever come first.
  private func merged<Scalar>(
    _ parts: [PartSums<Scalar>], _ random: inout TestRandom
  ) throws -> PartSums<Scalar> {
    var parts = parts
    while parts.count > 1 {
      let other = parts.remove(at: Int.random(in: 0..<parts.count, using: &random))
      let place = Int.random(in: 0..<parts.count, using: &random)
      try parts[place].merge(other)
      if Bool.random(using: &random) {
        parts[place] = try PartSums(parts[place].archive.throughBytes())
      }
    }
    return parts[0]
  }

  private func check<Scalar: ClusteringScalar>(
    _ sample: Sample<Scalar>, cuts: Int, _ what: String
  ) throws {
    var random = TestRandom(21)
    for number in 0..<cuts {
      let ranges = cut(
        sample.points.rows, stripeRows: Stripes.rows(clusters: sample.clusters), &random)
      let parts = try ranges.map {
        try sample.part($0, threads: Int.random(in: 1...3, using: &random))
      }
      try sample.check(merged(parts, &random), "\(what), cut \(number): \(ranges)")
    }
  }

  @Test(arguments: [1, 1023, 1024, 5 * 1024 + 1, 13 * 1024 + 77])
  func `parts at borders of stripes add up to one pass`(rows: Int) throws {
    var random = TestRandom(20)
    let weights = (0..<rows).map { _ in Double.random(in: 0..<3, using: &random) }
    for weights in [nil, weights] {
      let floats = TestData.outliers.points(rows, 5, seed: 1, of: Float.self)
      try check(Sample(floats, k: 7, weights: weights), cuts: 25, "Float")
      let doubles = TestData.outliers.points(rows, 9, seed: 2, of: Double.self)
      try check(Sample(doubles, k: 7, weights: weights), cuts: 25, "Double")
    }
  }

  /// Sums of such numbers over stripes are not associative, so that a wrong tree shows.
  @Test func `another tree has other bits`() throws {
    let sample = Sample(TestData.outliers.points(7 * 1024, 5, seed: 1, of: Double.self), k: 3)
    let stripes = try (0..<7).map { try sample.part($0 * 1024..<($0 + 1) * 1024, threads: 1) }
    var sums = try stripes[0].total(of: 1024)
    // By hand, one after another.
    for stripe in 1..<7 { sums.merge(try alone(stripes[stripe])) }
    #expect(sums.sums.map(\.bitPattern) != sample.whole.sums.map(\.bitPattern))
  }

  /// The sums of one stripe, wherever it is.
  private func alone<Scalar>(_ part: PartSums<Scalar>) throws -> ClusterSums<Scalar> {
    var archive = part.archive
    archive["rows"] = .ints([0, 1024])
    archive["nodes"] = .ints([0, 0])
    return try PartSums<Scalar>(archive).total(of: 1024)
  }

  private func exactSample(_ rows: Int) -> (Sample<Float>, ExactSums) {
    let points = TestData.integers.points(rows, 6, seed: 3, of: Float.self)
    var range = ValueRange()
    (range.largest, range.smallest) = (4, 1)
    let exact = ExactSums(range, rows: rows)!
    return (Sample(points, k: 5, exact: exact), exact)
  }

  @Test func `exact sums of parts add up to one pass`() throws {
    let (sample, _) = exactSample(11 * 1024 + 3)
    let counted: Int = sample.whole.counts.reduce(0, +)
    #expect(counted == 11 * 1024 + 3)
    try check(sample, cuts: 40, "exact")
  }

  @Test func `exact sums come in any order and from any border`() throws {
    let (sample, exact) = exactSample(5000)
    let none = ClusterSums<Float>(clusters: 5, columns: 6, withInertia: false, exact: exact)
    var random = TestRandom(22)
    for _ in 0..<30 {
      let borders = (0..<6).map { _ in Int.random(in: 0...5000, using: &random) }.sorted()
      let all = [0] + borders + [5000]
      var sums = none
      for (first, end) in zip(all, all.dropFirst()).shuffled(using: &random) {
        let part = sample.points.withRows { rows in
          sample.labels.withUnsafeBufferPointer { labels in
            RowPass(WeightedRows(rows: rows)[first..<end], clusters: 5, threads: 2)
              .reduce(labels: labels.baseAddress! + first, into: none)
          }
        }
        sums.merge(part)
      }
      #expect(sums.sums.map(\.bitPattern) == sample.whole.sums.map(\.bitPattern))
      #expect(sums.counts == sample.whole.counts)
    }
  }

  @Test func `parts that do not fit are refused`() throws {
    let sample = Sample(TestData.noise.points(4096, 3, seed: 4, of: Double.self), k: 4)
    var part = try sample.part(0..<2048, threads: 1)
    let (last, middle) = (
      try sample.part(3072..<4096, threads: 1), try sample.part(1024..<3072, threads: 1)
    )
    #expect(throws: ClusteringError.part(.rowsTwice(1024..<2048))) { try part.merge(middle) }
    try part.merge(last)
    #expect(throws: ClusteringError.part(.rowsMissing(2048..<3072))) { try part.total(of: 4096) }
    #expect(throws: ClusteringError.part(.rowsTwice(0..<2048))) { try part.merge(part) }
    let others = Sample(TestData.noise.points(4096, 3, seed: 4, of: Double.self), k: 5)
    let other = try others.part(2048..<3072, threads: 1)
    #expect(throws: ClusteringError.part(.otherSums)) { try part.merge(other) }
    try part.merge(sample.part(2048..<3072, threads: 1))
    try sample.check(part, "what was refused changed nothing")
    #expect(throws: ClusteringError.part(.rowsBeyond(3000..<4096, count: 3000))) {
      try part.total(of: 3000)
    }
  }
}
