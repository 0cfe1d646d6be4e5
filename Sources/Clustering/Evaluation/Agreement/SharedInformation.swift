private import KMeansCLibrary

/// The mutual information of classes and clusters, in nats, with scikit-learn's definitions and
/// special cases.
struct SharedInformation {
  private let mutual: Double
  private let classEntropy: Double
  private let clusterEntropy: Double

  /// - Complexity: O(pairs of a class and a cluster that share points).
  init<Class>(_ confusion: ConfusionMatrix<Class>) {
    let points = Double(confusion.clusterSizes.reduce(0, +))
    func entropy(_ sizes: [Int]) -> Double {
      if sizes.count < 2 { return 0 }
      return sizes.reduce(0) { $0 - Double($1) / points * log(Double($1) / points) }
    }
    classEntropy = entropy(confusion.classSizes)
    clusterEntropy = entropy(confusion.clusterSizes)
    guard confusion.classes.count > 1, confusion.clusters.count > 1 else {
      mutual = 0
      return
    }
    let sum = confusion.cells.reduce(0.0) { sum, cell in
      let expected =
        Double(confusion.classSizes[cell.classIndex])
        * (Double(confusion.clusterSizes[cell.clusterIndex]) / points)
      let term = Double(cell.count) / points * log(Double(cell.count) / expected)
      // The remainder of terms that cancel is rounding.
      return sum + (term.magnitude < .ulpOfOne ? 0 : term)
    }
    mutual = max(0, sum)
  }

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
