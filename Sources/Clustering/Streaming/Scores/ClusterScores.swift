internal import KMeansKernelTypes

/// Scores of how usual points are within their clusters.
struct ClusterScores<Scalar: ClusteringScalar>: Sendable {
  private let centers: Matrix<Double>
  /// The mean squared distance of each cluster's points from its centroid; NaN without points [k].
  private let squaredRadii: [Double]
  private let tails: ClusterTails
  private let kernels: KernelSet<Scalar>

  /// - Parameters:
  ///   - centroids: the centers as points are compared with them.
  ///   - parts: the parts of predictions that are wanted.
  /// - Complexity: O(k d).
  init(
    _ clusters: StreamClusters, centroids: Matrix<Scalar>, _ parts: Predictions.Parts,
    instructionSet: InstructionSet
  ) {
    centers = clusters.centers
    kernels = .compiled(for: instructionSet)
    squaredRadii =
      parts.contains(.outlierScores) ? Self.squaredRadii(clusters, centroids) : []
    tails = parts.contains(.tailProbabilities) ? ClusterTails(clusters) : .none
  }

  private static func squaredRadii(
    _ clusters: StreamClusters, _ centroids: Matrix<Scalar>
  ) -> [Double] {
    clusters.means.withRows { means in
      clusters.variances.withRows { variances in
        centroids.withRows { centroids in
          (0..<means.count).map { cluster in
            guard clusters.momentWeights[cluster] > 0 else { return .nan }
            let (mean, variance) = (means[cluster], variances[cluster])
            let centroid = centroids[cluster]
            var sum = 0.0
            for column in 0..<means.columns {
              let offset = mean[column] - Double(centroid[column])
              sum += variance[column] + offset * offset
            }
            return sum
          }
        }
      }
    }
  }

  /// The distances of points in units of their clusters' radii.
  ///
  /// - Parameters:
  ///   - labels, squaredDistances: IN, one a point.
  ///   - scores: OUT, one a point.
  /// - Complexity: O(count).
  func setOutlierScores(
    _ labels: UnsafePointer<Int32>, squaredDistances: UnsafePointer<Double>, count: Int,
    _ scores: UnsafeMutablePointer<Double>
  ) {
    squaredRadii.withUnsafeBufferPointer { squaredRadii in
      let squaredRadii = squaredRadii.baseAddress!
      for row in 0..<count {
        let (distance, radius) = (squaredDistances[row], squaredRadii[Int(labels[row])])
        // Off a point without any radius: infinite; on it: 0.
        scores[row] = distance == 0 && radius == 0 ? 0 : (distance / radius).squareRoot()
      }
    }
  }

  /// The shares of the clusters' points that are as unlikely as points, or more.
  ///
  /// - Parameters:
  ///   - labels: IN, one a row.
  ///   - values: OUT, one a row.
  /// - Complexity: O(rows d).
  func setTailProbabilities(
    _ rows: Rows<Scalar>, _ labels: UnsafePointer<Int32>, _ values: UnsafeMutablePointer<Double>
  ) {
    centers.withRows { centers in
      tails.squaredDeviations.withUnsafeBufferPointer { variances in
        // In a column that never varied its own value adds 0, and any other value infinity.
        kernels.standardizedDistances(
          rows.base, rows.stride, rows.count, rows.columns, centers.base, variances.baseAddress!,
          labels, values)
      }
    }
    tails.replace(values, labels, count: rows.count)
  }
}
