// Fits, and the assignment of their points.
import Clustering
import KMeansReference

extension SweepFaults {
  /// Fits a case by every start, with all that must not change a bit, and assigns its points.
  mutating func checkFits<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var random = input.generator(1)
    var kmeans = KMeans(clusterCount: input.clusters, seed: random.next())
    kmeans.initialization = CentroidInitialization.allCases[input.number / 2 % 3]
    // Drawn rows of one column are tried as well.
    if input.rows[0].count == 1, input.number % 8 < 4 { kmeans.initialization = .optimal }
    kmeans.tolerance = random.next() % 2 == 0 ? 0 : 1e-4
    kmeans.maxIterations = random.next() % 3 == 0 ? 1 : 20
    kmeans.runs = random.next() % 4 == 0 ? 2 : 1
    if input.number % 2 == 0 { kmeans.recordsInertia = true }
    kmeans.execution.threads = 1
    begin("fit \(kmeans.initialization)")
    guard let fit = taken(input, by: input.fit(kmeans)) else { return }
    let (rows, model) = (input.rows, fit.model)
    let centroids = model.centroids.doubles
    checkFinite(centroids.flatMap { $0 } + model.clusterWeights + [model.inertia], "model")
    checkFinite(fit.history.flatMap { [$0.inertia ?? 0, $0.squaredShift] }, "history")
    checkLabels(fit.labels, rows, centroids)
    checkBox(centroids, input)
    checkSum(
      model.inertia,
      SweepDistance.inertia(rows, fit.labels, centroids, weights: input.weights), "inertia")
    var weights = [Double](repeating: 0, count: input.clusters)
    for row in rows.indices { weights[Int(fit.labels[row])] += input.weight(row) }
    check(model.clusterWeights == weights, "weights \(model.clusterWeights), expected \(weights)")
    checkSameBits(kmeans, input, fit)
    checkAssignments(input, fit)
    checkUses(of: fit.model, input)
  }

  /// Threads, strategies and instruction sets change no bit.
  private mutating func checkSameBits<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ input: SweepCase<Scalar>, _ expected: KMeans.Fit<Scalar>
  ) {
    var kmeans = kmeans
    for other in SweepWay.few(3, input.number) {
      kmeans.execution = other.execution
      guard let found = taken(input, by: input.fit(kmeans)) else { continue }
      check(
        found.labels == expected.labels
          && found.model.centroids.bits == expected.model.centroids.bits
          && found.model.inertia.bitPattern == expected.model.inertia.bitPattern
          && found.model.clusterWeights == expected.model.clusterWeights
          && found.history.map(\.inertia) == expected.history.map(\.inertia),
        "other bits by \(other)")
    }
  }

  private mutating func checkAssignments<Scalar: ClusteringScalar>(
    _ input: SweepCase<Scalar>, _ fit: KMeans.Fit<Scalar>
  ) {
    begin("assign")
    let (rows, centroids) = (input.rows, fit.model.centroids.doubles)
    let distances = rows.indices.map {
      Reference.squaredDistance(rows[$0], centroids[Int(fit.labels[$0])])
    }
    for other in SweepWay.all {
      do throws(ClusteringError) {
        let found = try fit.model.labelsAndDistances(
          input.points.view, execution: other.execution)
        check(found.labels == fit.labels, "\(found.labels) by \(other), expected \(fit.labels)")
        check(found.distances == distances, "distances by \(other)")
      } catch {
        check(false, "\(error)")
      }
    }
  }
}

extension SweepFaults {
  /// Whether all that takes a model takes that of a fit.
  private mutating func checkUses<Scalar: ClusteringScalar>(
    of model: KMeansModel<Scalar>, _ input: SweepCase<Scalar>
  ) {
    let weights = input.weights
    do throws(ClusteringError) {
      let found = try model.evaluate(
        input.points.view, weights: weights?.span, sample: 10, seed: 1,
        execution: Execution(threads: 1))
      checkSum(found.inertia, model.inertia, "inertia by evaluation")
      // A stream takes weights that it can keep in other units.
      guard model.clusterWeights.allSatisfy({ $0 <= 1e150 }) else { return }
      var parameters = StreamingParameters(clusterCount: model.clusterCount, seed: 0)
      parameters.execution.threads = 1
      let stream = try StreamingKMeans(parameters, continuing: model)
      check(
        stream.latestModel?.centroids.bits == model.centroids.bits,
        "a stream begins elsewhere")
    } catch {
      check(false, "\(error)")
    }
  }
}

extension SweepCase {
  /// A fit of the case, to be called.
  func fit(_ kmeans: KMeans) -> () throws(ClusteringError) -> KMeans.Fit<Scalar> {
    { () throws(ClusteringError) in try kmeans.fit(points.view, weights: weights?.span) }
  }
}

/// What must not change a bit.
struct SweepWay: CustomStringConvertible {
  var strategy: Execution.Strategy
  var instructionSet: InstructionSet
  var threads: Int

  /// Every strategy on every instruction set that has it, and two threads.
  static let all = InstructionSet.available.flatMap { set in
    Execution.Strategy.working(on: set).map {
      SweepWay(strategy: $0, instructionSet: set, threads: $0 == .fused ? 2 : 1)
    }
  }

  /// Some of them, in turns: all have theirs among cases that follow each other.
  static func few(_ count: Int, _ number: Int) -> [SweepWay] {
    (0..<count).map { all[(number / 2 + $0 * all.count / count) % all.count] }
  }

  var execution: Execution {
    Execution(threads: threads, strategy: strategy, instructionSet: instructionSet)
  }

  var description: String { "\(strategy) on \(instructionSet), \(threads) threads" }
}
