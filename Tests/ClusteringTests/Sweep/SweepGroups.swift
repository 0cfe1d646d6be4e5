// More centroids than one group of a filter or one vector has, so that bounds carry over.
import Clustering
import KMeansReference

extension SweepFaults {
  /// Fits many clusters from given centroids and from drawn ones, with bytes and with products.
  mutating func checkGroups<Scalar: ClusteringScalar>(_ number: Int, of type: Scalar.Type) {
    var random = TestRandom(UInt64(number) &* 0x9E6C_63D0_876A_3F6B)
    let (rows, columns) = (Int.random(in: 30...200, using: &random), Int(random.next() % 20) + 1)
    let values = SweepValues<Scalar>(&random)
    let points = values.points(rows, columns, &random)
    guard points.doubles.joined().allSatisfy({ $0.magnitude <= 1e140 }) else { return }
    let far = SweepValues<Scalar>(&random).points(40, columns, &random)
    let k = Int.random(in: 7...30, using: &random)
    var kmeans = KMeans(clusterCount: k, seed: 0)
    kmeans.initialization = CentroidInitialization.allCases[number / 2 % 3]
    kmeans.execution.threads = 1
    kmeans.tolerance = 0
    kmeans.maxIterations = 20
    let start: Matrix<Scalar>? =
      switch random.next() % 3 {
      case 0: nil
      case 1: points.picking((0..<k).map { $0 * rows / k })
      default: far.picking(Array(0..<k))
      }
    if let start, !start.doubles.joined().allSatisfy({ $0.magnitude <= 1e140 }) { return }
    begin("case \(number) (\(type)) of groups")
    var expected: KMeans.Fit<Scalar>?
    for way in SweepWay.all where way.instructionSet >= .v4 || way.threads == 1 {
      kmeans.execution.strategy = way.strategy
      kmeans.execution.instructionSet = way.instructionSet
      kmeans.verifiesBounds = way.strategy == .filtered
      guard let found = fitGroups(kmeans, points, start) else { continue }
      if let expected {
        check(
          found.labels == expected.labels
            && found.model.centroids.bits == expected.model.centroids.bits
            && found.model.inertia == expected.model.inertia, "other bits by \(way)")
      } else {
        checkLabels(found.labels, points.doubles, found.model.centroids.doubles)
      }
      expected = expected ?? found
    }
  }

  /// Fits, unless squares of all differences vanish, which is refused.
  private mutating func fitGroups<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ points: Matrix<Scalar>, _ start: Matrix<Scalar>?
  ) -> KMeans.Fit<Scalar>? {
    do throws(ClusteringError) {
      return try kmeans.fit(points.view, from: start)
    } catch {
      let width = points.doubles.largestDifference
      check(width > 0 && width < 1e-139, "\(error)")
      return nil
    }
  }
}
