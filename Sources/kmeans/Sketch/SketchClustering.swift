import Clustering
import KMeansFiles

/// Ball k-means of a sketch, with the options that mend what is wrong with it.
struct SketchClustering {
  let parameters: OnePassKMeans
  /// Whether points may have no weight.
  private var areWeighted = false
  /// What `-km` and `-e` say; `nil` without them.
  private var size: Int?
  private var cutoff: Double?
  /// Whether the sketch is what an earlier run has left: its size is no option here.
  private var isGiven = true

  /// Of a sketch that some command made.
  init(_ parameters: OnePassKMeans) {
    self.parameters = parameters
    if case .fixed(let cutoff) = parameters.sketch.distanceCutoff { self.cutoff = cutoff }
  }

  /// Of the sketch of this command.
  init(_ parameters: OnePassKMeans, _ command: OnePassCommand) {
    self.init(parameters)
    areWeighted = command.source.pointWeights != nil
    size = command.sketching.sketchSize
    isGiven = false
  }

  /// - Throws: ``Failure`` with what is wrong, and where that is.
  func fit<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, _ locator: ErrorLocator
  ) throws -> OnePassKMeans.Fit<Scalar> {
    do throws(ClusteringError) {
      // Points there are, but none that counts.
      if sketch.pointCount > 0, sketch.weights.isEmpty { throw .invalidTotalWeight(0) }
      return try parameters.fit(sketch)
    } catch {
      guard
        case .tooFewCentroids(let found, let clusters, let shortage)? =
          error.specific(SketchError.self)
      else {
        throw locator.failure(error)
      }
      throw Failure.data(
        "\(locator.points): the sketch has \(counted(found, "centroid")) for "
          + "\(counted(clusters, "cluster")): \(reason(shortage))")
    }
  }

  /// The reason why a sketch has too few centroids, with the option that mends it.
  private func reason(_ shortage: SketchShortage) -> String {
    switch shortage {
    case .fewDistinctPoints(let resolution):
      let weighted = areWeighted ? " of a weight above 0" : ""
      let rounded =
        resolution > 0
        ? " (such as are nearer to each other than \(short(resolution)) count as one, so far from the "
          + "first rows)" : ""
      return
        "the points\(weighted) have no more distinct values\(rounded), expected a smaller -k"
    case .collapsed where isGiven:
      return "expected a smaller -k, or points that are sketched again with a larger -km"
    case .collapsed(let wanted):
      return "a collapse left so few of about \(wanted) that it was to keep, expected "
        + (size.map { "a -km above \($0)" } ?? "a larger -km") + ", or a smaller --beta"
    case .largeCutoff(let found):
      guard let cutoff else {
        let squared = parameters.sketch.usedPower == 2 ? "squared " : ""
        return "the distance cutoff \(short(found)), the smallest \(squared)distance among the "
          + "first rows, made distinct points one, expected a smaller one as -e"
      }
      let weighted =
        areWeighted
        ? " (it is for points of weight 1; others are compared by weight times squared distance)"
        : ""
      return
        "the distance cutoff -e \(cutoff) made distinct points one\(weighted), expected a smaller one"
    }
  }
}
