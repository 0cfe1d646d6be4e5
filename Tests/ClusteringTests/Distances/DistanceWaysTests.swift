// By whichever way points come, a distance is the same.
import Clustering
import Testing

@Suite struct DistanceWaysTests {
  private static let measures: [DistanceMeasure] = [
    .weightedEuclidean(weights: [0.3, 7, 1.1]), .mahalanobis(nil),
  ]

  @Test(arguments: measures) func `rows that are read again`(_ distance: DistanceMeasure) throws {
    let points = DistancePoints.stripes(9000, of: Float.self)
    var kmeans = KMeans(clusterCount: 4, seed: 3)
    kmeans.distance = distance
    kmeans.recordsInertia = true
    let expected = try kmeans.fit(points)
    var source = MatrixSource(points)
    let model = try kmeans.fit(rereading: &source, memory: 300 << 20)
    #expect(model == expected.model)
  }

  @Test(arguments: measures) func `a curve is one of fits`(_ distance: DistanceMeasure) throws {
    let points = DistancePoints.stripes(500, of: Double.self)
    var kmeans = KMeans(clusterCount: 1, seed: 3)
    kmeans.distance = distance
    let curve = try kmeans.curve(
      points, clusterCounts: [2, 4], withIndices: true, gapReferences: 2)
    kmeans.clusterCount = 2
    #expect(curve.fits[0].inertia == (try kmeans.fit(points).model.inertia))
    #expect(curve.fits.allSatisfy { $0.gap != nil && $0.inertia > 0 })
  }

  @Test(arguments: measures) func `a plan is that of its distance`(_ distance: DistanceMeasure)
    throws
  {
    let points = DistancePoints.stripes(400, of: Double.self)
    var kmeans = KMeans(clusterCount: 3, seed: 3)
    kmeans.distance = distance
    try points.withRows { (rows) throws(any Error) in
      let source = InMemoryPoints(WeightedRows(rows: rows), Execution(threads: 1))
      let lloyd = try Lloyd(source, parameters: kmeans)
      let plan = try LloydPlan<Double>(lloyd.plan.archive)
      #expect(plan == lloyd.plan)
      let resumed = try Lloyd(source, resuming: plan, parameters: kmeans)
      #expect(try resumed.bestRun().model == lloyd.bestRun().model)
      var other = kmeans
      other.distance = .weightedEuclidean(weights: [1, 2, 4])
      #expect(throws: ClusteringError.self) {
        _ = try Lloyd(source, resuming: plan, parameters: other)
      }
    }
  }

  @Test(arguments: measures) func `quality is that of transformed points`(
    _ distance: DistanceMeasure
  ) throws {
    let points = DistancePoints.stripes(400, of: Double.self)
    var kmeans = KMeans(clusterCount: 3, seed: 3)
    kmeans.distance = distance
    let fit = try kmeans.fit(points)
    let quality = try fit.model.evaluate(points.view, sample: 400, seed: 0)
    #expect(abs(quality.inertia / fit.model.inertia - 1) < 1e-12)
  }

  @Test func `a sketch by one distance is no part of another`() throws {
    let points = DistancePoints.stripes(300, of: Double.self)
    var parameters = SketchParameters(clusterCount: 2, seed: 1)
    parameters.distance = .weightedEuclidean(weights: [1, 2, 3])
    var one = StreamingSketch<Double>(parameters)
    try one.add(points)
    var empty = StreamingSketch<Double>(parameters)
    try empty.merge(one)
    #expect(empty.weights == one.weights && empty.transform == one.transform)
    parameters.distance = .weightedEuclidean(weights: [1, 2, 4])
    var other = StreamingSketch<Double>(parameters)
    try other.add(points)
    #expect(throws: ClusteringError.sketch(.transformsDiffer)) { try one.merge(other) }
  }
}
