// Seeded streams for the sketch.
import Clustering
import Foundation
import KMeansReference

/// The kinds of points that part a filter from what it filters for.
enum SketchData: String, CaseIterable, Sendable {
  case mixture, uniform, offset, integers, tightClusters, heavyTails, farOutlier, denormal, constant

  /// Values that are representable in a type.
  func points<Scalar: ClusteringScalar>(
    _ rows: Int, _ columns: Int, seed: UInt64, of type: Scalar.Type = Scalar.self
  ) -> Matrix<Scalar> {
    var random = TestRandom(seed)
    let centers = (0..<8).map { _ in (0..<columns).map { _ in 5 * random.bell() } }
    let tight = (0..<20).map { _ in
      (0..<columns).map { _ in Double.random(in: 0..<100, using: &random) }
    }
    // Early: the mean of the first rows is far from all of them. Late: the first that is far.
    let outlier = seed % 3 == 0 ? rows / 2 : rows * 7 / 8
    let far = seed % 2 == 0 || Scalar.self == Float.self ? 1e30 : -1e100
    let values = (0..<rows).map { row -> [Scalar] in
      let cluster = Int(random.next() >> 32)
      let chi = (log(1 - Double.random(in: 0..<1, using: &random)) * -1).squareRoot()
      return (0..<columns).map { column in
        switch self {
        case .mixture: Scalar(centers[cluster % 8][column] + random.bell())
        case .uniform: Scalar(Double.random(in: 0..<1, using: &random))
        case .offset: Scalar(1e6 + random.bell())
        case .integers: Scalar(Int(random.next() >> 62))
        case .tightClusters: Scalar(tight[cluster % 20][column] + 0.01 * random.bell())
        case .heavyTails: Scalar(random.bell() / max(chi, 1e-3))
        case .farOutlier: Scalar(row == outlier && column == 0 ? far : random.bell())
        case .denormal: Scalar(random.bell()) * Scalar.leastNormalMagnitude / 64
        case .constant: Scalar(3.25)
        }
      }
    }
    return try! Matrix(values)
  }
}

/// The kinds of weights.
enum SketchWeights: String, CaseIterable, Sendable {
  case one, integers, fractions, someZero

  func values(_ count: Int, seed: UInt64) -> [Double]? {
    var random = TestRandom(seed)
    return switch self {
    case .one: nil
    case .integers: (0..<count).map { _ in Double(Int.random(in: 1...49, using: &random)) }
    case .fractions: (0..<count).map { _ in Double.random(in: 0.001..<3, using: &random) }
    case .someZero: (0..<count).map { _ in Double(Int.random(in: 0...2, using: &random)) }
    }
  }
}

extension SketchParameters {
  /// Parameters with a number of centroids.
  static func of(
    _ numClusters: Int, clusters: Int = 3, seed: UInt64 = 1,
    _ change: (inout SketchParameters) -> Void = { _ in }
  ) -> SketchParameters {
    var parameters = SketchParameters(clusterCount: clusters, seed: seed)
    parameters.numClusters = numClusters
    change(&parameters)
    return parameters
  }

  /// What the naive reference says of a stream that begins with some rows.
  func reference<Scalar: ClusteringScalar>(
    first: [[Double]], weights: [Double]? = nil, of type: Scalar.Type
  ) -> ReferenceSketch {
    let seed = seed
    let draws = Draws(seed: seed, purpose: .sketch)
    let uniforms = ReferenceSketch.Uniforms(
      point: { draws.uniform($0) },
      order: { Draws(seed: seed, purpose: .sketchOrder, run: $0).uniform($1) },
      collapse: { Draws(seed: seed, purpose: .sketchCollapse, run: $0).uniform($1) },
      merge: { Draws(seed: seed, purpose: .sketchMerge).uniform($0) })
    var rule = ReferenceSketch.Rule(logFactor: clusterLogFactor ?? Double(clusterCount))
    rule.beta = beta
    rule.takesRoots = usedPower == 1
    rule.overshoot = clusterOvershoot
    rule.collapse =
      switch collapse {
      case .once: .once
      case .paper: .paper
      case .jump: .jump
      }
    let cutoff: Double? =
      switch distanceCutoff {
      case .estimated: nil
      case .fixed(let cutoff): cutoff
      case .shindler(let points): 1 / (Double(clusterCount) * (1 + log(Double(points))))
      }
    return ReferenceSketch(
      first: Array(first.prefix(1000)), firstWeights: weights.map { Array($0.prefix(1000)) },
      wanted: numClusters!, cutoff: cutoff, rule: rule, uniforms: uniforms, of: type)
  }

  /// What the naive reference makes of a whole stream.
  func reference<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil
  ) -> ReferenceSketch {
    let rows = points.doubles
    var sketch = reference(first: rows, weights: weights, of: Scalar.self)
    for (row, values) in rows.enumerated() { sketch.add(values, weight: weights?[row] ?? 1) }
    return sketch
  }

  /// The sketch of a stream that comes in slices.
  func sketch<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil, slice: Int? = nil, blockRows: Int? = nil
  ) throws -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(self)
    sketch.blockRows = blockRows
    for first in stride(from: 0, to: points.rows, by: slice ?? max(1, points.rows)) {
      let range = first..<min(points.rows, first + (slice ?? points.rows))
      try sketch.learn(points, range, weights: weights)
    }
    return sketch
  }
}

// The compiler does not like views of matrices without a name.
extension StreamingSketch {
  /// Adds some rows of a matrix.
  mutating func learn(
    _ points: Matrix<Scalar>, _ range: Range<Int>? = nil, weights: [Double]? = nil
  ) throws(ClusteringError) {
    let range = range ?? 0..<points.rows
    if let weights {
      let part = Array(weights[range])
      try add(points.view.rows(range), weights: part.span)
    } else {
      try add(points.view.rows(range))
    }
  }

  /// The first thing in which a sketch is not what the reference says, in bits.
  func difference(from reference: ReferenceSketch) -> String? {
    func differ(_ name: String, _ a: [Double], _ b: [Double]) -> String? {
      if a.count != b.count { return "\(name): \(a.count), expected \(b.count)" }
      guard let place = a.indices.first(where: { a[$0].bitPattern != b[$0].bitPattern }) else {
        return nil
      }
      return "\(name)[\(place)]: \(a[place]), expected \(b[place])"
    }
    let numbers = [pointCount, numClusters, collapseCount].map(Double.init)
    let expected = [reference.pointCount, reference.wanted, reference.collapseCount]
    let centers = reference.centers
    let places = doubleCentroids?.doubles ?? []
    let rounded = centroids?.doubles ?? []
    return differ("points, N, collapses", numbers, expected.map(Double.init))
      ?? differ("cutoff", [distanceCutoff ?? -1], [reference.cutoff ?? -1])
      ?? differ("weights", weights, reference.entries.map(\.weight))
      ?? differ("centroids", places.flatMap(\.self), centers.flatMap(\.self))
      ?? differ(
        "rounded", rounded.flatMap(\.self), centers.flatMap { $0.map { Double(Scalar($0)) } })
      ?? differ("squared errors", squaredErrors, reference.entries.map(\.squaredError))
  }
}
