internal import KMeansKernelTypes

/// The first seed of the pair that Ostrovsky, Rabani, Schulman and Swamy begin with (The
/// effectiveness of Lloyd-type methods for the k-means problem, FOCS 2006, section 4.1.1),
/// weighted: row i with probability w_i (D + W |x_i - c|^2) / (2 W D), where c is the mean, W the
/// weight and D the inertia of all points. The second one is drawn as k-means++ draws it, with
/// probability w_i |x_i - c_1|^2 / (D + W |c_1 - c|^2).
///
/// That is, with probability 1/2 each, a row in proportion to its weight, w_i / W, or to its share
/// of the inertia, w_i |x_i - c|^2 / D.
enum FirstPair {
  /// - Parameters:
  ///   - potential: without seeds.
  ///   - draws: number 0 decides between the two, number 1 is the place in that distribution.
  /// - Returns: a row; `nil` where no row has any weight.
  /// - Complexity: O(n d), two passes over the points, or none.
  static func first<Source: PointSource>(
    from potential: SeedPotential<Source>, _ draws: Draws
  ) throws(Source.Failure) -> Int? {
    let place = draws.uniform(1)
    guard draws.uniform(0) >= 0.5 else { return potential.draw(place) }
    let source = potential.source
    let spread = SeedPotential(
      source, centering: potential.centering, instructionSet: potential.instructionSet,
      labels: potential.labels, distances: try distancesToMean(source), seedCount: 1)
    // All points are equal: there is no inertia to go by.
    return spread.draw(place) ?? potential.draw(place)
  }

  /// The squared distances to the mean in Double: rounded to Float it may be farther from the
  /// points than they are from each other.
  private static func distancesToMean<Source: PointSource>(
    _ source: Source
  ) throws(Source.Failure) -> [Double] {
    let moments = try source.reduce(
      into: ColumnMoments<Source.Scalar>(
        columns: source.columns, instructionSet: source.execution.kernels))
    var distances = [Double](repeating: 0, count: source.count)
    try distances.withUnsafeMutableBufferPointer { (distances) throws(Source.Failure) in
      _ = try source.reduce(
        into: MeanDistances<Source.Scalar>(
          mean: moments.means, distances: distances.baseAddress!))
    }
    return distances
  }
}

/// Notes the squared distance of each row to a mean.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
private struct MeanDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let mean: [Double]
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  func empty() -> MeanDistances { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing MeanDistances) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    for row in 0..<block.points.count {
      let values = block.points.rows[row]
      var distance = 0.0
      for column in mean.indices {
        let difference = Double(values[column]) - mean[column]
        distance += difference * difference
      }
      distances[block.first + row] = distance
    }
  }
}

/// The squared distance of two rows of a matrix.
struct PairDistance<Scalar: ClusteringScalar> {
  private let rows: Matrix<Scalar>
  private let kernels: KernelSet<Scalar>

  init(_ rows: Matrix<Scalar>, instructionSet: InstructionSet) {
    self.rows = rows
    kernels = .compiled(for: instructionSet)
  }

  func callAsFunction(_ first: Int, _ second: Int) -> Double {
    rows.withRows { kernels.directDistance($0[first], $0[second], $0.columns) }
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// A copy of some of the rows.
  func picking(_ numbers: [Int]) -> Matrix { withRows { $0.matrix(of: numbers) } }
}
