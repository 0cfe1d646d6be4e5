import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import KMeansReports

/// kmeans report: one page of HTML to look at clusters, or at a stream.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draw clusters, or a stream, on a page of HTML.",
    discussion: """
      The page is one file that loads nothing: it can be mailed, printed, and looked at with scripts \
      off. What is drawn of many points is a sample, the same one in every run, and the page says so.
      Examples:
        kmeans report --model clusters.kmeans data.csv --out report.html
        kmeans report data.csv -k 12 --standardize --out report.html
        kmeans report data.csv --clusters 2-20 --out elbow.html
        kmeans report data.csv -k 12 --onepass --out onepass.html
        kmeans report --sketch points.sketch -k 12 data.csv --out sketch.html
        kmeans report --trace trace.jsonl --out stream.html
        kmeans report --sweep points.csv --batch-size 1000 -k 4 --out sweep.html
      """)

  @Argument(
    help: ArgumentHelp(
      "Files of points, or folders of them, taken as one set of rows.", valueName: "input"),
    completion: .file())
  var inputs: [String] = []

  @OptionGroup(title: "What is shown") var shown: ReportSourceOptions
  @OptionGroup(title: "Streams") var streams: StreamReportOptions
  @OptionGroup(title: "Clusters") var clustering: ClusteringOptions
  @OptionGroup(title: "Input") var rows: RowOptions
  @OptionGroup(title: "Input") var ids: IDOptions
  @OptionGroup(title: "Output") var results: ReportOutputOptions
  @OptionGroup var common: RunOptions

  /// The kinds of reports; the first one that is asked for is made.
  static var kinds: [any ReportKind.Type] {
    [
      StreamPage.self, SweepPage.self, SketchPage.self, OnePassPage.self, ModelPage.self,
      FitPage.self,
    ]
  }

  func validate() throws {
    if inputs.contains("") {
      throw ValidationError("the input is an empty name: expected a file")
    }
    try InputFiles.check(inputs)
    try shown.check(inputs, isOfStream: streams.isAskedFor)
  }

  /// Refuses options of clustering where that was done.
  private func checkClustering() throws {
    guard let given = shown.given else { return }
    let options = [
      clustering.standardize ? "--standardize" : nil, clustering.distances.givenNames.first,
      clustering.scaling.givenNames.first,
      clustering.pointWeights.map { "--point-weights \($0)" },
    ].compactMap { $0 }
    if let option = options.first {
      throw Failure.usage(
        "\(option): \(given) says how points are compared: expected none beside it")
    }
  }

  /// Refuses what only some kinds of reports have, and names of columns that cannot be read.
  private func checkOthers() throws {
    if let option = clustering.scaling.givenNames.first, shown.onepass || streams.isAskedFor {
      throw Failure.usage(
        "\(option): expected a fit, which sees all rows before it begins: INPUT with -k K or --clusters "
          + "2-20")
    }
    if let column = ids.idColumn, streams.isAskedFor || inputs.isEmpty {
      throw Failure.usage(
        "--id-column \(column): expected "
          + (inputs.isEmpty
            ? "INPUT, a file with that column" : "a report of clusters, not of a stream"))
    }
    guard let path = results.featureNames else { return }
    if streams.isAskedFor {
      throw Failure.usage(
        "--feature-names \(path): expected a report of clusters, not of a stream")
    }
    _ = try FeatureNames(path)
  }

  func run() throws {
    try checkClustering()
    try checkOthers()
    let clock = ContinuousClock()
    let start = clock.now
    let output = try output()
    _ = try common.execution()
    var (page, facts) = try kind().made()
    let html = page.html
    let file = try AtomicFile(output.path)
    try file.write(html)
    try file.commit()
    (facts.out, facts.bytes) = (output.path, html.utf8.count)
    facts.seconds = (clock.now - start).seconds
    if common.json, !output.isStdout { return try facts.printJSON() }
    try common.summary(
      [
        "\(output.path): \(page.sections.map(\.title).joined(separator: ", "))",
        "\(short(Double(html.utf8.count) / 1e3)) kB in \(short(facts.seconds ?? 0)) s",
      ], stdoutIsTaken: output.isStdout, besideFiles: true)
  }

  /// What is asked for.
  private func kind() throws -> any ReportKind {
    for kind in Self.kinds {
      if let kind = try kind.init(self) { return kind }
    }
    throw Failure.usage(
      "expected --model M, --trace T.jsonl, --sketch S, or INPUT with -k K or --clusters 2-20")
  }

  /// Where the page goes.
  private func output() throws -> Output {
    let files =
      (filesRead + [results.featureNames]).compactMap { $0 } + clustering.distances.paths
    guard
      let output = try Output(
        results.out, option: "--out", allowing: [.page], toStdout: true, inputs: files)
    else { throw Failure.usage("Missing expected argument '--out <OUT.html>'") }
    if output.isStdout, common.json {
      throw Failure.usage("--json and --out - both want the standard output")
    }
    try results.clobber.check([output])
    return output
  }
}

extension ReportCommand: ReadingCommand {
  var filesRead: [String?] {
    InputFiles.all(inputs) + shown.filesRead + streams.filesRead
      + [FileOrColumn(clustering.pointWeights).file]
  }
}

extension ReportCommand: ComputingCommand {}
