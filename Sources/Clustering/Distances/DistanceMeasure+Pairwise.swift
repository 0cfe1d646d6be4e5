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

  /// The same of a measure that comes from outside.
  ///
  /// - Parameter error: the error of what is wrong with it.
  /// - Throws: that error where it is a squared Euclidean distance, or has wrong parameters.
  func checkedPairwise<Problem: Error>(
    _ error: (String) -> Problem
  ) throws(Problem) -> PairwiseDistance.Measure {
    do throws(ClusteringError) { try validate() } catch let fault {
      throw error("is '\(kind.rawValue)': \(fault)")
    }
    guard let pairwise else {
      throw error("is '\(kind.rawValue)', which the transform of the rows says, expected none")
    }
    return pairwise
  }
}

extension PairwiseDistance {
  /// The distance of transformed rows by a measure; `nil` where that is the squared Euclidean one.
  package init?(of distance: DistanceMeasure, instructionSet: InstructionSet) {
    guard let measure = distance.pairwise else { return nil }
    self.init(measure, instructionSet: instructionSet)
  }
}
