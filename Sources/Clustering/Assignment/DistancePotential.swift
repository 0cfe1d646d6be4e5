internal import KMeansKernelTypes

/// The squared distance of every point to the nearest of some chosen points, and the distribution
/// in proportion to weight times that distance.
///
/// Sums are taken stripe by stripe in row order, so a draw does not depend on the threads.
struct DistancePotential<Scalar: ClusteringScalar> {
  private let points: WeightedRows<Scalar>
  private let threads: Int
  private let kernels: KernelSet<Scalar>
  private let stripeRows = Stripes.rows(clusters: 1)
  /// Infinite before the first point is chosen.
  private(set) var distances: [Double]
  /// The potential of each stripe.
  private var stripes: [Double]

  init(_ points: WeightedRows<Scalar>, threads: Int, instructionSet: InstructionSet) {
    self.points = points
    self.threads = threads
    kernels = .compiled(for: instructionSet)
    distances = Array(repeating: .infinity, count: points.count)
    stripes = []
    stripes = (0..<Stripes.count(rows: points.count, stripeRows: stripeRows)).map { stripe in
      rows(of: stripe).reduce(0) { $0 + points.weight($1) }
    }
  }

  /// The potential of distances that are known already.
  init(
    _ points: WeightedRows<Scalar>, distances: [Double], threads: Int,
    instructionSet: InstructionSet
  ) {
    self.init(points, threads: threads, instructionSet: instructionSet)
    self.distances = distances
    for stripe in stripes.indices {
      stripes[stripe] = rows(of: stripe).reduce(0) { $0 + points.weight($1) * distances[$1] }
    }
  }

  /// The first row with the largest share above 0 among those that a condition allows.
  func largest(where isAllowed: (Int) -> Bool) -> Int? {
    var best: (row: Int, share: Double)?
    for row in distances.indices {
      let share = points.weight(row) * distances[row]
      if share > best?.share ?? 0, isAllowed(row) { best = (row, share) }
    }
    return best?.row
  }

  private func rows(of stripe: Int) -> Range<Int> {
    Stripes.range(of: stripe, rows: points.count, stripeRows: stripeRows)
  }

  /// Makes a row one of the chosen points.
  ///
  /// - Complexity: O(n d), one pass over the points.
  mutating func add(_ chosen: Int) {
    let (points, kernels, stripeRows) = (points, kernels, stripeRows)
    distances.withUnsafeMutableBufferPointer { distances in
      stripes.withUnsafeMutableBufferPointer { stripes in
        // Workers write to entries of different stripes.
        nonisolated(unsafe) let (distances, stripes) = (distances, stripes)
        Workers.share(stripes.count, among: threads) { turns in
          while let stripe = turns.next() {
            var sum = 0.0
            for row in Stripes.range(of: stripe, rows: points.count, stripeRows: stripeRows) {
              let distance = kernels.directDistance(
                points.rows[row], points.rows[chosen], points.rows.columns)
              distances[row] = min(distances[row], distance)
              sum += points.weight(row) * distances[row]
            }
            stripes[stripe] = sum
          }
        }
      }
    }
  }

  /// The row at a place of the distribution, or none where nothing is left to draw.
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
    // Rounding can leave a little beyond the last stripe that has something.
    return last.map { row(in: $0, at: .infinity) }
  }

  /// The row where the running sum of a stripe passes `rest`, or its last one with any share.
  private func row(in stripe: Int, at rest: Double) -> Int {
    var sum = 0.0
    var found = stripe * stripeRows
    for row in rows(of: stripe) {
      let share = points.weight(row) * (distances[row].isFinite ? distances[row] : 1)
      guard share > 0 else { continue }
      found = row
      sum += share
      if sum > rest { return row }
    }
    return found
  }
}
