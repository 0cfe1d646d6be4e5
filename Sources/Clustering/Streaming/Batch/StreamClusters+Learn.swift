// The step of an update: centers, weights and moments.
extension StreamClusters {
  /// Moves each cluster that got points towards their mean, and its second moments with it.
  ///
  /// With n the decayed weight of a cluster, m the weight of its points, b their mean, c the center
  /// and lambda the gain:
  ///
  ///     n' = n + m        c' = c + lambda (b - c)        lambda = m / n', or fixed
  ///
  /// so that c' = (n c + m b) / (n + m) where the gain is weighted. With p the weight of the points
  /// before, a their mean and v their variance about it, u the variance of the new ones about b,
  /// and mu = m / (p + m), those of all points are (Chan, Golub and LeVeque, 1979)
  ///
  ///     a' = a + mu (b - a)       v' = (1 - mu) v + mu u + mu (1 - mu) (b - a)^2
  ///
  /// - Parameters:
  ///   - sums: the sums of the batch, about `centroids`.
  ///   - centroids: the centroids that the points were assigned to: the centers, rounded, or made
  ///     of length 1 [k x d].
  ///   - now: the weight of a present event, in units of the landmark.
  ///   - gain: lambda where it is fixed; `nil` where it is weighted.
  ///   - moves: OUT, the distance that each center moved [k].
  /// - Complexity: O(k d).
  mutating func learn<Scalar: ClusteringScalar>(
    _ sums: BatchSums<Scalar>, about centroids: Matrix<Scalar>, now: Double, gain: Double?,
    moves: inout [Double]
  ) {
    let columns = columns
    centroids.withRows { centroids in
      sums.deviations.withRows { deviations in
        sums.squares.withRows { squares in
          for cluster in weights.indices {
            let batchWeight = sums.weights[cluster] * now
            moves[cluster] = 0
            guard batchWeight > 0 else { continue }
            weights[cluster] += batchWeight
            let (before, after) = (momentWeights[cluster], momentWeights[cluster] + batchWeight)
            momentWeights[cluster] = after
            let step = LearningStep(
              gain: gain ?? batchWeight / weights[cluster], share: batchWeight / after,
              keptShare: before / after, weight: sums.scaledWeight(of: cluster))
            let place = cluster * columns
            let squaredMove = centers.withMutableValues { centers in
              means.withMutableValues { means in
                variances.withMutableValues { variances in
                  step.apply(
                    centers + place, means + place, variances + place, centroids[cluster],
                    deviations[cluster], squares[cluster], columns)
                }
              }
            }
            moves[cluster] = squaredMove.squareRoot()
          }
        }
      }
    }
  }
}

/// One cluster's step towards the mean of its points.
struct LearningStep {
  /// lambda.
  let gain: Double
  /// mu.
  let share: Double
  /// 1 - mu.
  let keptShare: Double
  /// The weight of the points of the batch, in the unit of their sums.
  let weight: Double

  /// - Returns: the squared length of the step.
  func apply<Scalar: ClusteringScalar>(
    _ center: UnsafeMutablePointer<Double>, _ mean: UnsafeMutablePointer<Double>,
    _ variance: UnsafeMutablePointer<Double>, _ centroid: UnsafePointer<Scalar>,
    _ deviations: UnsafePointer<Double>,
    _ squares: UnsafePointer<Double>, _ columns: Int
  ) -> Double {
    var squaredMove = 0.0
    for column in 0..<columns {
      let deviation = deviations[column] / weight
      // The points' own variance; rounding may leave it a little below 0.
      let own = max(0, squares[column] / weight - deviation * deviation)
      let from = Double(centroid[column])
      let move = gain * ((from - center[column]) + deviation)
      let distance = (from - mean[column]) + deviation
      center[column] += move
      mean[column] += share * distance
      variance[column] =
        keptShare * variance[column] + share * (own + keptShare * distance * distance)
      squaredMove += move * move
    }
    return squaredMove
  }
}
