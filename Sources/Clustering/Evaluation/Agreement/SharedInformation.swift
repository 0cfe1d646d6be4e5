private import KMeansCLibrary

/// The mutual information of classes and clusters, in nats, with scikit-learn's definitions and
/// special cases.
struct SharedInformation {
  private let mutual: Double
  private let classEntropy: Double
  private let clusterEntropy: Double

  /// - Complexity: O(pairs of a class and a cluster that share points).
  init<Class>(_ confusion: ConfusionMatrix<Class>) {
    self.init(
      classSizes: confusion.classSizes.map { Double($0) },
      clusterSizes: confusion.clusterSizes.map { Double($0) },
      total: Double(confusion.clusterSizes.reduce(0, +)),
      cells: confusion.cells.lazy.map { ($0.classIndex, $0.clusterIndex, Double($0.count)) })
  }

  /// The same of numbers that need not be whole: those of weighted points.
  ///
  /// - Parameters:
  ///   - total: that of all points, above 0.
  ///   - cells: the class, the cluster, and what they share, above 0.
  init(
    classSizes: [Double], clusterSizes: [Double], total points: Double,
    cells: some Sequence<(Int, Int, Double)>
  ) {
    func entropy(_ sizes: [Double]) -> Double {
      if sizes.count < 2 { return 0 }
      return sizes.reduce(0) { $0 - $1 / points * log($1 / points) }
    }
    classEntropy = entropy(classSizes)
    clusterEntropy = entropy(clusterSizes)
    guard classSizes.count > 1, clusterSizes.count > 1 else {
      mutual = 0
      return
    }
    let sum = cells.reduce(0.0) { sum, cell in
      let expected = classSizes[cell.0] * (clusterSizes[cell.1] / points)
      let term = cell.2 / points * log(cell.2 / expected)
      // The remainder of terms that cancel is rounding.
      return sum + (term.magnitude < .ulpOfOne ? 0 : term)
    }
    mutual = max(0, sum)
  }

  /// What each of both tells beyond the other, in nats: the entropies, less the mutual information
  /// twice.
  var variation: Double { max(0, classEntropy - mutual) + max(0, clusterEntropy - mutual) }

  /// The mutual information over the mean of the entropies.
  var normalized: Double {
    if classEntropy == 0, clusterEntropy == 0 { return 1 }
    return mutual > 0 ? mutual / ((classEntropy + clusterEntropy) / 2) : 0
  }

  /// The part of the classes' entropy that the clusters tell.
  var homogeneity: Double { classEntropy > 0 ? mutual / classEntropy : 1 }

  /// The part of the clusters' entropy that the classes tell.
  var completeness: Double { clusterEntropy > 0 ? mutual / clusterEntropy : 1 }

  /// The harmonic mean of both.
  var vMeasure: Double {
    let (h, c) = (homogeneity, completeness)
    return h + c > 0 ? 2 * h * c / (h + c) : 0
  }
}
