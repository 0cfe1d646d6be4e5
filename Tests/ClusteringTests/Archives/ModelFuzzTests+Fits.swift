// What a user does with a model, and a fit with what it goes on from.
import Clustering
import KMeansFiles
import Testing

extension ModelFuzzTests {
  /// - Returns: whether rows could be assigned; a model may be right and its transform make numbers
  ///   that are too large of some rows, which is an error that says so.
  func use<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) throws -> Bool {
    let dimension = model.dimension
    #expect(model.clusterCount > 0 && dimension > 0)
    #expect(model.inertia.isFinite && model.inertia >= 0)
    #expect(model.clusterWeights.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(model.centroids.isFinite)
    let values = (0..<4 * dimension).map { Scalar($0 % 7) - 2 }
    let points = try Matrix(values.span, columns: dimension)
    #expect(try KMeansModel<Scalar>(model.archive) == model)
    if let columns = model.inputColumns { #expect(columns.count == dimension) }
    if model.streamed != nil { try goOn(from: model, with: points) }
    do throws(ClusteringError) {
      let (labels, distances, _) = try model.labelsAndDistances(
        points.view, execution: Execution(threads: 1))
      #expect(labels.allSatisfy { $0 >= 0 && $0 < model.clusterCount })
      #expect(distances.allSatisfy { $0.isFinite && $0 >= 0 })
      return true
    } catch {
      return false
    }
  }

  /// Goes on with the plan or the progress of a fit.
  ///
  /// - Returns: whether there was a fit; points, or parameters, may be no longer those of the plan.
  func resume<Scalar: ClusteringScalar>(
    _ archive: Archive, _ kind: ModelSeed, of type: Scalar.Type
  ) throws -> Bool {
    try kind.withPoints(of: type) { points in
      let parameters = kind.parameters
      var lloyd = try Lloyd(points, parameters: parameters)
      var progress: LloydProgress<Scalar>?
      do {
        if kind.isPlan {
          let plan = try LloydPlan<Scalar>(archive)
          #expect(try LloydPlan(plan.archive) == plan)
          lloyd = try Lloyd(points, resuming: plan, parameters: parameters)
        } else {
          progress = try LloydProgress(archive)
          #expect(try LloydProgress<Scalar>(progress!.archive).archive == progress!.archive)
        }
        let run =
          if let progress { try LloydRun(lloyd, resuming: progress) } else {
            try lloyd.begin(run: 0)
          }
        let fit = try run.finish()
        #expect(fit.labels.allSatisfy { $0 >= 0 && $0 < parameters.clusterCount })
        #expect(fit.model.transformedCentroids.isFinite)
        return true
      } catch is ClusteringError {
        return false
      }
    }
  }

  /// Merges sums with those of the other rows.
  func use<Scalar: ClusteringScalar>(_ sums: PartSums<Scalar>) throws -> Bool {
    #expect(try PartSums<Scalar>(sums.archive).archive == sums.archive)
    let isExact = sums.archive["splitter"] != nil
    do throws(ClusteringError) {
      var all = sums
      for rows in [0..<2048, 2048..<3072, 3072..<5000] where !sums.rows.contains(rows.lowerBound) {
        try all.merge(ModelSeed.sums(of: Scalar.self, exact: isExact, rows: rows))
      }
      let total = try all.total(of: 5000)
      #expect(total.counts.allSatisfy { $0 >= 0 })
      return true
    } catch {
      return false
    }
  }
}
