// One pass over the rows of a case, and ball k-means of all of them.
import Clustering
import KMeansReference

extension SweepFaults {
  /// Sketches and clusters a case.
  mutating func checkOnePass<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var random = input.generator(3)
    var onePass = OnePassKMeans(clusterCount: input.clusters, seed: random.next())
    onePass.ball.runs = 2
    (onePass.ball.execution.threads, onePass.sketch.execution.threads) = (1, 1)
    onePass.sketch.collapse = SketchParameters.Collapse.allCases[Int(random.next() % 3)]
    if random.next() % 2 == 0 { onePass.sketch.numClusters = input.clusters + 1 }
    begin("one pass")
    guard let fit = fit(onePass, input) else { return }
    begin("sketched")
    let (rows, centroids) = (input.rows, fit.model.centroids.doubles)
    checkFinite(centroids.flatMap { $0 } + fit.model.clusterWeights + [fit.model.inertia], "model")
    checkSum(fit.model.clusterWeights.reduce(0, +), input.totalWeight, "weight")
    checkBox(centroids, input)
    if let labels = try? fit.model.assign(input.points.view, execution: Execution(threads: 1)) {
      checkLabels(labels, rows, centroids)
      let cost = SweepDistance.inertia(rows, labels, centroids, weights: input.weights)
      let (least, most) = (fit.cost.lowerBound, fit.cost.upperBound)
      check(
        least <= cost * (1 + 1e-12) && cost * (1 - 1e-12) <= most,
        "cost \(cost) is not in \(least)...\(most)")
    } else {
      check(false, "no labels")
    }
    for way in SweepWay.few(1, input.number + 2) {
      (onePass.ball.execution, onePass.sketch.execution) = (way.execution, way.execution)
      guard let found = self.fit(onePass, input) else { continue }
      check(
        found.model.centroids.bits == fit.model.centroids.bits && found.model == fit.model
          && found.cost == fit.cost, "other bits by \(way)")
    }
  }

  private mutating func fit<Scalar: ClusteringScalar>(
    _ onePass: OnePassKMeans, _ input: SweepCase<Scalar>
  ) -> OnePassKMeans.Fit<Scalar>? {
    taken(input) { error in
      switch error {
      case .noPoints: input.totalWeight == 0
      case .invalidTotalWeight(let total): !(total <= 0x1p900)
      default:
        if case .tooFewCentroids(let count, _, _)? = error.specific(SketchError.self) {
          count < input.clusters
        } else {
          nil
        }
      }
    } by: { () throws(ClusteringError) in
      try onePass.fit(input.points.view, weights: input.weights?.span)
    }
  }

  /// Ball k-means of the points themselves.
  mutating func checkBall<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var random = input.generator(4)
    var ball = BallKMeans(clusterCount: input.clusters, runs: 2, seed: random.next())
    ball.initialization = BallKMeans.Initialization.allCases[Int(random.next() % 4)]
    ball.testProbability = random.next() % 2 == 0 ? 0 : 0.2
    ball.execution.threads = 1
    begin("ball \(ball.initialization)")
    guard let fit = fit(ball, input) else { return }
    begin("balls")
    let (rows, centroids) = (input.rows, fit.model.centroids.doubles)
    checkFinite(
      centroids.flatMap { $0 } + fit.model.clusterWeights + fit.runCosts + [fit.model.inertia],
      "model")
    checkLabels(fit.labels, rows, centroids)
    checkBox(centroids, input)
    checkSum(fit.model.clusterWeights.reduce(0, +), input.totalWeight, "weight")
    checkSum(
      fit.model.inertia,
      SweepDistance.inertia(rows, fit.labels, centroids, weights: input.weights), "inertia")
    for way in SweepWay.few(2, input.number) {
      ball.execution = way.execution
      guard let found = self.fit(ball, input) else { continue }
      check(
        found.model.centroids.bits == fit.model.centroids.bits && found.model == fit.model
          && found.labels == fit.labels && found.runCosts == fit.runCosts, "other bits by \(way)")
    }
  }

  private mutating func fit<Scalar: ClusteringScalar>(
    _ ball: BallKMeans, _ input: SweepCase<Scalar>
  ) -> BallKMeans.Fit<Scalar>? {
    taken(input) { () throws(ClusteringError) in
      try ball.fit(input.points.view, weights: input.weights?.span)
    }
  }
}
