import Clustering
import Foundation
import KMeansFiles
import KMeansReports
import VectorIO

/// The report of a model, alone or with points.
struct ModelPage: ReportKind {
  private let command: ReportCommand
  private let path: String

  init?(_ command: ReportCommand) throws {
    guard let path = command.shown.model else { return nil }
    if command.inputs.isEmpty, let option = command.rows.given.first {
      throw Failure.usage("\(option): expected INPUT, a file that is read so")
    }
    (self.command, self.path) = (command, path)
  }

  func made() throws -> (page: Page, facts: ReportFacts) {
    guard try archiveKind(path) != nil else {
      throw Failure.data("\(path): expected a model, as 'kmeans fit --model' writes it")
    }
    let given = try GivenCentroids(model: path)
    guard !command.inputs.isEmpty else {
      return switch given {
      case .floats(let model): try page(of: model, given)
      case .doubles(let model): try page(of: model, given)
      }
    }
    let file = try command.open(like: given, from: path)
    return switch given.precision(for: file.info, asked: command.rows.precision) {
    case .float: try page(of: file.rows(as: Float.self), given)
    case .double: try page(of: file.rows(as: Double.self), given)
    }
  }

  /// The page of a model alone.
  private func page<Scalar: ClusteringScalar>(
    of model: KMeansModel<Scalar>, _ given: GivenCentroids
  ) throws -> (page: Page, facts: ReportFacts) {
    var content = try ClusterPage(ClusterDescription(given, path), model, command.results)
    content.facts = model.reportFacts
    content.notes = [
      "This is what the model knows by itself. With the points that it is of there are pictures of "
        + "them, too: kmeans report --model \(visible(path)) INPUT --out OUT.html"
    ]
    if model.inertia > 0 { content.inertia = model.inertia }
    return page(content, "the model \(visible(path))")
  }

  /// The page of a model and points, which are read block by block.
  private func page<Scalar: ClusteringScalar>(
    of file: VectorFile<Scalar>, _ given: GivenCentroids
  ) throws -> (page: Page, facts: ReportFacts) {
    let model: KMeansModel<Scalar> = try given.model(from: path)
    let points = try ReportedPoints(
      reading: file, model, from: path, command, command.common.execution())
    var content = try ClusterPage(
      ClusterDescription(given, path, points.profile, file.info), model, command.results)
    content.facts = model.reportFacts
    (content.drawn, content.inertia) = (points.drawn, points.inertia)
    return page(content, "\(visible(file.info.path)), by the model \(visible(path))")
  }

  private func page(
    _ content: ClusterPage, _ source: String
  ) -> (page: Page, facts: ReportFacts) {
    var page = Page(
      counted(content.clusterCount, "cluster"), subtitle: "kmeans report of \(source)")
    content.add(to: &page)
    var facts = ReportFacts("model")
    facts.clusters = content.clusterCount
    facts.points = content.drawn?.total
    facts.sampledPoints = content.drawn.map { min($0.count, command.results.sample) }
    return (page, facts)
  }
}

extension KMeansModel {
  /// Figures of how it was found.
  var reportFacts: [Page.Fact] {
    var facts: [Page.Fact] = []
    if iterations > 0 {
      facts.append(
        Page.Fact("iterations", "\(countText(iterations))\(converged ? "" : ", not converged")"))
    }
    facts.append(Page.Fact("distance", distance.kind.rawValue))
    return facts
  }
}

extension ReportCommand {
  /// Opens the input for points that go to the centroids of a model.
  func open(like given: GivenCentroids, from path: String) throws -> OpenedVectorFile {
    var expected = given.expectedColumns(
      from: path, areListed: rows.areColumnsListed, isModel: true)
    expected.setApart = ids.idColumn.map { [($0, "--id-column")] } ?? []
    var reading = expected.completing(rows.reading)
    reading.auxiliary.key = ids.idColumn
    reading.skipsZeroRows = given.needsDirections
    let file = try rows.open(inputs, reading, note: common.note)
    common.note(file.info)
    try expected.check(file.info, file.info.chosenColumns) { common.note($0) }
    return file
  }
}
