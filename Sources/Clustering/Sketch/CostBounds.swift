/// Certain bounds on the k-means cost of points that are gone.
public struct CostBounds: Sendable, Hashable, Codable {
  /// The least that the cost can be.
  public let lowerBound: Double
  /// The most that the cost can be.
  public let upperBound: Double

  package init(lowerBound: Double, upperBound: Double) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  /// Whether a cost is possible.
  public func contains(_ cost: Double) -> Bool { lowerBound <= cost && cost <= upperBound }
}

extension StreamingSketch {
  /// Bounds on the weighted k-means cost of all points that were added, for some centers: the sum
  /// of w times the squared distance to the nearest of them.
  ///
  /// With c_j the centroids of the sketch, w_j their weights, S = sum w_j d(c_j)^2 for the distance
  /// d to the nearest center, and E the sum of the squared errors:
  ///
  ///     max(0, sqrt(S) - sqrt(E))^2 <= cost <= S + E
  ///
  /// The upper bound gives every point the center of its centroid (Huygens); the lower one is
  /// Minkowski's inequality for the distances of the points, of their centroids, and between the
  /// two. Both are widened by what rounding can have done, which is kept with every centroid
  /// (`SketchRounding`).
  ///
  /// Where the distance d is a norm and no squared Euclidean distance (Manhattan, Chebyshev,
  /// Minkowski), the cost is the sum of w d, S = sum w_j d(c_j), and E bounds the sum of w d(x,
  /// c_j) over the points and their centroids; then, by the triangle inequality,
  ///
  ///     max(0, S - E) <= cost <= S + E
  ///
  /// The distance of Tanimoto is no norm, so that nothing is known for certain: from 0 to infinity.
  ///
  /// Where points are transformed, distances are those of transformed points and centers, as they
  /// are for a model.
  ///
  /// - Parameter centers: at least one row of as many columns as the points have; any centers, of
  ///   any model, in the units of the points.
  /// - Returns: 0 and 0 where there are no points, 0 and infinity where a center is not finite.
  /// - Complexity: O(k m d) for k centers and m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func costBounds(for centers: Matrix<Scalar>) -> CostBounds {
    guard let begun = try? begun() else { return CostBounds(lowerBound: 0, upperBound: 0) }
    let map = begun.transform.flatMap {
      RowMap<Scalar>(
        $0, columns: centers.columns, instructionSet: parameters.execution.kernels)
    }
    return begun.costBounds(transformed: map?.mapped(centers) ?? centers)
  }

  /// The same for centers that are transformed as the points are.
  package func costBounds(transformed centers: Matrix<Scalar>) -> CostBounds {
    settled?.state.costBounds(for: centers.converted(to: Double.self))
      ?? CostBounds(lowerBound: 0, upperBound: 0)
  }

  /// The same for transformed centers in Double.
  package func costBounds(for centers: Matrix<Double>) -> CostBounds where Scalar == Float {
    settled?.state.costBounds(for: centers) ?? CostBounds(lowerBound: 0, upperBound: 0)
  }
}

extension SketchState {
  func costBounds(for centers: Matrix<Double>) -> CostBounds {
    precondition(centers.rows > 0 && centers.columns == columns)
    let values = centers.span
    for index in values.indices where !(values[index].magnitude <= FiniteCheck<Double>.limit) {
      return CostBounds(lowerBound: 0, upperBound: .infinity)
    }
    let distances = assignment(toCentersInFrame: inFrame(centers)).distances
    guard let pairwise else { return bounds(distances) }
    guard pairwise.isNorm else { return CostBounds(lowerBound: 0, upperBound: .infinity) }
    return pairwiseBounds(distances)
  }

  /// The squared distance of each centroid to the nearest of some centers, in the units of the
  /// points.
  func squaredDistances<Scalar: ClusteringScalar>(to centers: Matrix<Scalar>) -> [Double] {
    assignment(to: centers).distances
  }

  /// For each centroid the nearest of some centers, and the squared distance to it, in the units of
  /// the points.
  func assignment<Scalar: ClusteringScalar>(
    to centers: Matrix<Scalar>
  ) -> (labels: [Int32], distances: [Double]) {
    assignment(toCentersInFrame: inFrame(centers.converted(to: Double.self)))
  }

  private func inFrame(_ centers: Matrix<Double>) -> Matrix<Double> {
    var shifted = centers
    var values = shifted.mutableSpan
    for index in values.indices { values[index] -= shift[index % columns] }
    return shifted
  }

  /// The same for centers in the frame.
  private func assignment(
    toCentersInFrame centers: Matrix<Double>
  ) -> (labels: [Int32], distances: [Double]) {
    let count = count
    var (labels, distances) = (
      [Int32](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    labels.withUnsafeMutableBufferPointer { labels in
      distances.withUnsafeMutableBufferPointer { distances in
        guard let labels = labels.baseAddress else { return }
        let found = Assignment(labels: labels, distances: distances.baseAddress)
        let pass = RowPass(WeightedRows(rows: memory.rows), clusters: centers.rows, threads: 1)
        if let pairwise {
          let nearest = PairwiseCentroids<Double>(centers, pairwise)
          _ = pass.assign(nearest, into: found, scratch: PassScratch())
        } else {
          let nearest = NearestCentroids(
            centers, centering: Centering(shift: Array(repeating: 0, count: columns)),
            instructionSet: parameters.execution.kernels)
          _ = pass.assign(nearest, into: found)
        }
      }
    }
    return (labels, distances)
  }

  /// The distance where it is no squared Euclidean one.
  private var pairwise: PairwiseDistance? {
    PairwiseDistance(of: parameters.distance, instructionSet: parameters.execution.kernels)
  }

  /// The bounds for a norm, in the names of ``SketchRounding``: a distance has a relative error of
  /// delta, and with the lengths of e and of the centers in the frame multiplied by the root of d
  /// it is off by no more than d (delta + 2 v) + 2 v |c| + e.
  private func pairwiseBounds(_ distances: [Double]) -> CostBounds {
    let unit = Double.unitRoundoff
    var (least, most, errors) = (0.0, 0.0, 0.0)
    for (slot, distance) in distances.enumerated() {
      let entry = memory.entries[slot]
      let euclidean =
        2 * unit * entry.squaredNorm.squareRoot() + entry.coordinateError * SketchRounding.slack
      let off =
        distance * (rounding.distanceError + 4 * unit) + euclidean * rounding.normFactor
        + rounding.distanceUnderflow
      least += entry.weight * (1 - rounding.weightError) * max(0, distance - off)
      most += entry.weight * (1 + rounding.weightError) * (distance + off)
      errors += entry.squaredError + entry.sumError * SketchRounding.slack
    }
    // Each of the sums has one rounding a term and a few for the term itself.
    let widening = Double(distances.count + 16) * unit
    least = min(least, .greatestFiniteMagnitude)
    return CostBounds(
      lowerBound: max(0, least * (1 - widening) - errors * (1 + widening)),
      upperBound: (most + errors) * (1 + widening))
  }

  /// The bounds, in the names of ``SketchRounding``: a squared distance has a relative error of
  /// delta, the coordinates of a center in the frame one of v relative to its length, at most
  /// |c| + d; so the distance of the mean of an entry's points lies within
  /// d (delta + 2 v) + 2 v |c| + e of d.
  private func bounds(_ distances: [Double]) -> CostBounds {
    let unit = Double.unitRoundoff
    var (least, most, errors) = (0.0, 0.0, 0.0)
    for (slot, squaredDistance) in distances.enumerated() {
      let entry = memory.entries[slot]
      let distance = squaredDistance.squareRoot()
      let off =
        distance * (rounding.distanceError + 4 * unit)
        + 2 * unit * entry.squaredNorm.squareRoot()
        + entry.coordinateError * SketchRounding.slack + rounding.distanceUnderflow.squareRoot()
      let nearest = max(0, distance - off)
      least += entry.weight * (1 - rounding.weightError) * nearest * nearest
      most += entry.weight * (1 + rounding.weightError) * (distance + off) * (distance + off)
      errors += entry.squaredError + entry.sumError * SketchRounding.slack
    }
    // Each of the sums has one rounding a term and a few for the term itself.
    let widening = Double(distances.count + 16) * unit
    // What overflows, for centers far from all points, is at least the largest number.
    least = min(least, .greatestFiniteMagnitude)
    let root = max(
      0, least.squareRoot() * (1 - widening) - errors.squareRoot() * (1 + widening))
    return CostBounds(
      lowerBound: root * root * (1 - 2 * widening), upperBound: (most + errors) * (1 + widening))
  }
}
