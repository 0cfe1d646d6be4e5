internal import KMeansKernelTypes

/// The squared distance of every row to the nearest of the seeds so far, and the distribution in
/// proportion to weight times that distance.
///
/// Distances are those of `directDistance`, and sums are taken stripe by stripe in row order: a
/// draw is the same for every thread count, block size and instruction set.
struct SeedPotential<Source: PointSource> {
  typealias Scalar = Source.Scalar

  let source: Source
  let centering: Centering<Scalar>
  let instructionSet: InstructionSet
  /// A power of two that weights are multiplied by, so that shares of tiny ones do not underflow:
  /// no draw depends on the unit of the weights.
  let unit: Double
  /// The squared distance to the nearest seed [n]; infinite before the first seed.
  private(set) var distances: [Double]
  /// The number of the nearest seed, the lowest on ties.
  private(set) var labels: [Int32]
  /// The number of seeds so far.
  private(set) var seedCount = 0
  /// The potential of each stripe; of the weights alone before the first seed.
  private var stripes: [Double] = []
  private let stripeRows = Stripes.rows(clusters: 1)

  init(_ source: Source, centering: Centering<Scalar>, instructionSet: InstructionSet) {
    self.source = source
    self.centering = centering
    self.instructionSet = instructionSet
    unit = Self.unit(of: source)
    distances = Array(repeating: .infinity, count: source.count)
    labels = Array(repeating: 0, count: source.count)
    stripes = Array(
      repeating: 0, count: Stripes.count(rows: source.count, stripeRows: stripeRows))
    sumStripes()
  }

  /// The potential of labels and distances that are known already.
  init(
    _ source: Source, centering: Centering<Scalar>, instructionSet: InstructionSet, labels: [Int32],
    distances: [Double], seedCount: Int
  ) {
    self.init(source, centering: centering, instructionSet: instructionSet)
    self.labels = labels
    self.distances = distances
    self.seedCount = seedCount
    sumStripes()
  }

  private static func unit(of source: Source) -> Double {
    guard let weights = source.weights else { return 1 }
    let largest = (0..<source.count).reduce(0.0) { max($0, weights[$1]) }
    guard largest > 0, largest < 0x1p-100 else { return 1 }
    // No larger, for 2^1024 is no Double.
    return Double(sign: .plus, exponent: min(-Int(largest.exponent), 1000), significand: 1)
  }

  /// The weight of a row, in the unit of the potential.
  func weight(_ row: Int) -> Double { source.weight(row) * unit }

  /// Adds seeds.
  ///
  /// - Complexity: O(n m d) for m seeds, one pass over the points.
  mutating func add(_ seeds: Matrix<Scalar>) throws(Source.Failure) {
    let nearest = NearestCentroids(seeds, centering: centering, instructionSet: instructionSet)
    let (source, stripeRows, unit, first) = (source, stripeRows, unit, Int32(seedCount))
    for stripe in stripes.indices { stripes[stripe] = 0 }
    try distances.withUnsafeMutableBufferPointer { (distances) throws(Source.Failure) in
      try labels.withUnsafeMutableBufferPointer { (labels) throws(Source.Failure) in
        try stripes.withUnsafeMutableBufferPointer { (stripes) throws(Source.Failure) in
          let update = SeedUpdate<Scalar>(
            distances: distances.baseAddress!, labels: labels.baseAddress!,
            stripes: stripes.baseAddress!, stripeRows: stripeRows, firstLabel: first,
            unit: unit)
          _ = try source.assign(
            nearest, into: nil, adding: StripeSum(update), stripeRows: stripeRows)
        }
      }
    }
    seedCount += seeds.rows
  }

  /// Adds one seed of which the distances to some rows are known: those that come nearer to it.
  mutating func lower(_ row: Int, to distance: Double) {
    guard distance < distances[row] else { return }
    distances[row] = distance
    labels[row] = Int32(seedCount)
  }

  /// Ends the addition of a seed by ``lower(_:to:)``.
  mutating func finishSeed() { seedCount += 1 }

  /// Sums the potential anew.
  ///
  /// - Complexity: O(n).
  mutating func sumStripes() {
    let (count, stripeRows, threads, unit) = (source.count, stripeRows, source.threads, unit)
    let team = source.team
    nonisolated(unsafe) let weights = source.weights
    distances.withUnsafeBufferPointer { distances in
      stripes.withUnsafeMutableBufferPointer { stripes in
        // Workers write to entries of different stripes.
        nonisolated(unsafe) let (distances, stripes) = (distances, stripes)
        Workers.share(stripes.count, among: threads, team: team) { queue in
          while let stripe = queue.next() {
            var sum = 0.0
            for row in Stripes.range(of: stripe, rows: count, stripeRows: stripeRows) {
              let distance = distances[row]
              sum += (weights?[row] ?? 1) * unit * (distance == .infinity ? 1 : distance)
            }
            stripes[stripe] = sum
          }
        }
      }
    }
  }

  /// The row at a place of the distribution; `nil` where none is left to draw.
  ///
  /// - Parameter place: at least 0 and less than 1.
  func draw(_ place: Double) -> Int? {
    let total = stripes.reduce(0, +)
    guard total > 0 else { return nil }
    var rest = place * total
    var last: Int?
    for stripe in stripes.indices where stripes[stripe] > 0 {
      if rest >= stripes[stripe] {
        rest -= stripes[stripe]
        last = stripe
        continue
      }
      return row(in: stripe, at: rest)
    }
    // Rounding can leave a little beyond the last stripe whose potential is not 0.
    return last.map { row(in: $0, at: .infinity) }
  }

  /// The row where the running sum of a stripe passes `rest`, or its last one with any share.
  private func row(in stripe: Int, at rest: Double) -> Int {
    var sum = 0.0
    var found = stripe * stripeRows
    for row in Stripes.range(of: stripe, rows: source.count, stripeRows: stripeRows) {
      let share = weight(row) * (distances[row].isFinite ? distances[row] : 1)
      guard share > 0 else { continue }
      found = row
      sum += share
      if sum > rest { return row }
    }
    return found
  }

  /// The first row with the largest share above 0 among those that a condition allows.
  func largest(where isAllowed: (Int) -> Bool) -> Int? {
    var best: (row: Int, share: WideProduct)?
    for row in distances.indices where distances[row] > 0 && source.weight(row) > 0 {
      let share = WideProduct(source.weight(row), distances[row])
      if best.map({ $0.share < share }) ?? true, isAllowed(row) { best = (row, share) }
    }
    return best?.row
  }
}

/// The product of two finite numbers above 0, which may lie beyond the range of Double. Within that
/// range products compare as their Doubles do.
private struct WideProduct: Comparable {
  private let exponent: Int
  private let significand: Double

  init(_ first: Double, _ second: Double) {
    let product = first.significand * second.significand
    exponent = Int(first.exponent) + Int(second.exponent) + Int(product.exponent)
    significand = product.significand
  }

  static func < (left: WideProduct, right: WideProduct) -> Bool {
    (left.exponent, left.significand) < (right.exponent, right.significand)
  }
}

/// Lowers the distances of the rows that are nearer to new seeds, and sums the potential of each
/// stripe.
///
/// `@unchecked Sendable`: workers write to entries of different rows and stripes.
private struct SeedUpdate<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let distances: UnsafeMutablePointer<Double>
  let labels: UnsafeMutablePointer<Int32>
  let stripes: UnsafeMutablePointer<Double>
  let stripeRows: Int
  let firstLabel: Int32
  /// The unit of the weights.
  let unit: Double

  var needsDistances: Bool { true }
  var takesCompressed: Bool { true }
  func empty() -> SeedUpdate { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing SeedUpdate) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let stripe = stripes + block.first / stripeRows
    var sum = stripe.pointee
    for row in 0..<block.points.count {
      let (index, distance) = (block.first + row, block.distances![row])
      if distance < distances[index] {
        distances[index] = distance
        labels[index] = firstLabel + block.labels[row]
      }
      sum += block.points.weight(row) * unit * distances[index]
    }
    stripe.pointee = sum
  }
}
