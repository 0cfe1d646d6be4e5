// Measures that are no squared Euclidean distance of transformed rows.
extension DistanceMeasure {
  /// What is measured between transformed rows; `nil` where it is the squared Euclidean distance.
  package var pairwise: PairwiseDistance.Measure? {
    switch self {
    case .euclidean, .cosine, .weightedEuclidean, .mahalanobis: nil
    // The columns of transformed rows are scaled by the weights.
    case .manhattan, .weightedManhattan: .manhattan
    case .chebyshev: .chebyshev
    case .minkowski(let exponent): .minkowski(exponent: exponent)
    case .tanimoto: .tanimoto
    }
  }
}

extension PairwiseDistance {
  /// The distance of transformed rows by a measure; `nil` where that is the squared Euclidean one.
  package init?(of distance: DistanceMeasure, instructionSet: InstructionSet) {
    guard let measure = distance.pairwise else { return nil }
    self.init(measure, instructionSet: instructionSet)
  }
}
