internal import KMeansKernelTypes

/// The mean and the squared deviations of every column.
///
/// Rows are added one by one and stripes merged by the update of Chan, Golub and LeVeque (1979),
/// which does not lose digits to a common offset of the data.
package struct ColumnMoments<Scalar: ClusteringScalar>: RowReduction {
  /// The sum of the weights.
  package private(set) var weight = 0.0
  /// The weighted mean of every column.
  package private(set) var means: [Double]
  /// The weighted sum of squared deviations from the mean, for every column.
  package private(set) var deviations: [Double]
  private let kernels: KernelSet<Scalar>

  package init(columns: Int, instructionSet: InstructionSet) {
    self.init(columns: columns, .compiled(for: instructionSet))
  }

  /// Moments that are known.
  init(
    weight: Double, means: [Double], deviations: [Double], instructionSet: InstructionSet
  ) {
    kernels = .compiled(for: instructionSet)
    self.weight = weight
    self.means = means
    self.deviations = deviations
  }

  private init(columns: Int, _ kernels: KernelSet<Scalar>) {
    self.kernels = kernels
    means = Array(repeating: 0, count: columns)
    deviations = means
  }

  package var needsDistances: Bool { false }
  package func empty() -> ColumnMoments { ColumnMoments(columns: means.count, kernels) }
  package mutating func reset() { self = empty() }

  /// The mean over the columns of the variance of a column (the weighted one, divided by the
  /// weight).
  package var meanVariance: Double {
    weight > 0 ? deviations.reduce(0, +) / weight / Double(means.count) : 0
  }

  package mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let rows = block.points.rows
    means.withUnsafeMutableBufferPointer { means in
      deviations.withUnsafeMutableBufferPointer { deviations in
        kernels.updateMoments(
          rows.base, rows.stride, rows.count, rows.columns, block.points.weights, &weight,
          means.baseAddress!, deviations.baseAddress!)
      }
    }
  }

  package mutating func merge(_ later: borrowing ColumnMoments) {
    guard later.weight > 0 else { return }
    let total = weight + later.weight
    let share = later.weight / total
    for column in means.indices {
      let difference = later.means[column] - means[column]
      means[column] += share * difference
      deviations[column] +=
        later.deviations[column] + difference * difference * weight * share
    }
    weight = total
  }
}
