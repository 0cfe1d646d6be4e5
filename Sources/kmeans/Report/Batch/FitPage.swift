import Clustering
import Foundation
import KMeansFiles
import KMeansReports
import VectorIO

/// The report of points that it clusters itself, into one number of clusters or into many.
struct FitPage: ReportKind {
  let command: ReportCommand
  private let parameters: KMeans

  init?(_ command: ReportCommand) throws {
    guard command.shown.clusters != nil || command.shown.k != nil, !command.inputs.isEmpty else {
      return nil
    }
    self.command = command
    var kmeans = try command.clustering.parameters(
      clusters: command.shown.clusterCount ?? 1, command.common)
    kmeans.leavesOutZeroRows = command.rows.leavesOut
    kmeans.runs = command.shown.runs
    for clusters in command.shown.curve ?? [] {
      kmeans.clusterCount = clusters
      try kmeans.validate()
    }
    kmeans.clusterCount = command.shown.clusterCount ?? 1
    try kmeans.validate()
    parameters = kmeans
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    let weights = PointWeights(command.clustering.pointWeights)
    var options = command.rows.reading
    options.skipsZeroRows = command.clustering.skipsZeroRows
    options.auxiliary.key = command.ids.idColumn
    let file = try command.rows.open(
      command.inputs, weights.adding(to: options), note: command.common.note)
    let held = HeldRows.ofCurve(copies: command.shown.curve == nil ? 0 : 1)
    switch command.rows.precision ?? Precision(file.info.precision) {
    case .float: return try page(Points<Float>(file, weights, command.common, held: held))
    case .double: return try page(Points<Double>(file, weights, command.common, held: held))
    }
  }

  private func page<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>
  ) throws -> (page: Page, facts: ReportFacts) {
    let columnNotes = points.columnNotes(
      command.rows, command.clustering, parameters.execution)
    columnNotes.forEach(command.common.note)
    let curve = try command.shown.curve.map {
      try CurveSection(self.curve(points, $0), unit: unit)
    }
    var chosen = parameters
    if let curve, command.shown.clusterCount == nil { chosen.clusterCount = curve.chosen }
    var fit = try self.fit(points, chosen)
    fit.model.inputColumns = points.file.inputColumns
    let found = try ReportedPoints(points, fit.model, command, parameters.execution)
    let info = points.info
    var content = try ClusterPage(
      ClusterDescription(
        GivenCentroids(fit.model), info.path, found.profile, info), fit.model, command.results)
    content.facts =
      fit.model.reportFacts + [Page.Fact("seed", "\(parameters.seed)")]
      + [Page.Fact("precision", Scalar.self == Float.self ? "float" : "double")]
    content.notes = columnNotes.map { "\(visible($0))." } + Self.notes(points, fit.model)
    (content.drawn, content.inertia, content.history) = (
      found.drawn, found.inertia, fit.history
    )
    var page = Page(
      "\(counted(content.clusterCount, "cluster")) of \(visible(lastName(info.path)))",
      subtitle: "kmeans report of \(visible(info.path))")
    curve?.add(to: &page, chosen: chosen.clusterCount, isAsked: command.shown.clusterCount != nil)
    content.add(to: &page)
    var facts = ReportFacts(curve == nil ? "fit" : "elbow")
    (facts.clusters, facts.points) = (content.clusterCount, points.rows)
    facts.sampledPoints = min(found.drawn.count, command.results.sample)
    return (page, facts)
  }

  /// What inertia is a sum of.
  private var unit: String {
    parameters.distance.inertiaUnit
      + (parameters.standardizes ? ", standardised columns" : "")
      + (parameters.columnScale == nil ? "" : ", scaled columns")
      + (parameters.unitRows == true && parameters.distance != .cosine ? ", rows of length 1" : "")
  }

  private func fit<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ parameters: KMeans
  ) throws -> (model: KMeansModel<Scalar>, history: [KMeans.Iteration]) {
    let progress = Progress(command.common, total: parameters.maxIterations)
    let fit = try points.locator.onError { () throws(ClusteringError) in
      try parameters.fit(
        points.view, weights: points.weights?.span,
        onSeeds: { progress.show(seeds: $0, of: parameters.clusterCount) },
        observing: { iteration, _ in progress.show(iteration) })
    }
    progress.finish()
    return (fit.model, fit.history)
  }

  private func curve<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ counts: [Int]
  ) throws -> ElbowCurve {
    let progress = Progress(command.common, total: counts.count)
    var done = 0
    let curve = try points.locator.onError { () throws(ClusteringError) in
      try parameters.curve(
        points.view, weights: points.weights?.span, clusterCounts: counts, startsAnew: true,
        withIndices: true
      ) { clusters, iteration in
        progress.show(done) {
          "\(counted(clusters, "cluster")), \(done) of \(counted(counts.count, "fit")) done, "
            + "iteration \(iteration.number)"
        }
      } onFit: { _ in
        done += 1
      }
    }
    progress.finish()
    return curve
  }

  /// What should be known of the points.
  private static func notes<Scalar: ClusteringScalar>(
    _ points: Points<Scalar>, _ model: KMeansModel<Scalar>
  ) -> [String] {
    var notes: [String] = []
    if points.weights != nil {
      notes.append(
        "The points are weighted: weights enter the clusters and the inertia; sizes, means and pictures "
          + "count points.")
    }
    let leftOut = points.skipped.count
    if leftOut > 0 {
      notes.append(
        "\(counted(leftOut, "row")) of the input \(leftOut == 1 ? "was" : "were") left out.")
    }
    return notes
  }
}
