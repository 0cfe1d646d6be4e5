import ArgumentParser
import Clustering
import KMeansFiles
import KMeansReports
import VectorIO

/// A sketch that was clustered, and what is known of the points that it is of.
struct SketchedClusters<Scalar: ClusteringScalar> {
  let fit: OnePassKMeans.Fit<Scalar>
  let parameters: OnePassKMeans
  /// How the sketch grew; nothing of one in a file.
  var steps: [SketchStep] = []
  /// The points, read a second time.
  var points: ReportedPoints<Scalar>?
  /// Some of them, where they cannot be read a second time.
  var drawn: DrawnPoints?
  /// What was read, as people are told.
  var info: VectorFileInfo?
  var columns: InputColumns?

  /// The page.
  ///
  /// - Parameters:
  ///   - path: the file that names the clusters: the input, or the sketch.
  ///   - kind: of the facts.
  func page(
    _ command: ReportCommand, _ path: String, kind: String
  ) throws -> (page: Page, facts: ReportFacts) {
    var model = fit.model
    model.inputColumns = columns
    let given = GivenCentroids(model)
    let description =
      if let points, let info {
        try ClusterDescription(given, path, points.profile, info)
      } else {
        try ClusterDescription(given, path)
      }
    var content = try ClusterPage(description, model, command.results)
    content.drawn = points?.drawn ?? drawn
    content.inertia = points?.inertia
    let sketched = fit.sketch.pointCount
    if content.drawn?.total != sketched {
      content.facts.append(Page.Fact("points sketched", countText(sketched)))
    }
    content.facts += [
      Page.Fact("centroids of the sketch", countText(fit.sketch.weights.count)),
      Page.Fact("collapses", countText(fit.sketch.collapseCount)),
      Page.Fact("distance", model.distance.kind.rawValue),
      Page.Fact("seed", "\(parameters.ball.seed)"),
    ]
    if let points, points.drawn.total != fit.sketch.pointCount {
      content.notes.append(
        "The sketch is of \(counted(fit.sketch.pointCount, "point")), the input has "
          + "\(countText(points.drawn.total)): the bounds are those of the points that were sketched."
      )
    }
    var page = Page(
      "\(counted(content.clusterCount, "cluster")) in one pass",
      subtitle: "kmeans report of \(visible(path))")
    try SketchSections(self, content).add(to: &page)
    content.add(to: &page)
    var facts = ReportFacts(kind)
    (facts.clusters, facts.points) = (content.clusterCount, fit.sketch.pointCount)
    facts.sampledPoints = content.drawn.map { min($0.count, command.results.sample) }
    return (page, facts)
  }
}

extension ReportCommand {
  /// The parameters of clustering in one pass.
  ///
  /// - Parameter sketch: that of a file; `nil` for one to make.
  func onePass(_ sketch: SketchParameters? = nil) throws -> OnePassKMeans {
    let clusters = shown.clusterCount ?? 1
    var onePass = OnePassKMeans(clusterCount: clusters, seed: sketch?.seed ?? clustering.seed)
    if let sketch {
      onePass.sketch = sketch
      // A sketch for fewer clusters may have centroids enough: they are counted.
      onePass.sketch.numClusters = max(
        sketch.numClusters ?? 7 * sketch.clusterCount, clusters &+ 1)
    } else {
      onePass.sketch.distance = try clustering.distances.measure()
      onePass.sketch.standardizes = clustering.standardize
      onePass.sketch.numClusters = shown.sketchSize
      onePass.sketch.leavesOutZeroRows = rows.leavesOut
    }
    onePass.sketch.execution = try common.execution()
    onePass.ball.execution = onePass.sketch.execution
    try BallOptions.parse([]).set(&onePass.ball, nil, power: onePass.sketch.usedPower)
    do throws(ClusteringError) { try onePass.validate() } catch { throw Failure(error, .mahout) }
    return onePass
  }
}
