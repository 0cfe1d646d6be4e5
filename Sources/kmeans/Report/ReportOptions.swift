import ArgumentParser
import Clustering
import KMeansFiles

/// What a report is of, but for streams.
struct ReportSourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model; with INPUT also its points, which are assigned.", valueName: "M"),
    completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A sketch that 'kmeans onepass --sketch' wrote, clustered into K; with INPUT, the points that "
        + "it is of, also these.", valueName: "S"), completion: .file())
  var sketch: String?

  @Option(
    name: .customShort("k", allowingJoined: true), parsing: .unconditional,
    help: ArgumentHelp("Cluster INPUT into K clusters.", valueName: "K"), transform: wholeNumber)
  var k: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Try these numbers of clusters: 2-20, 10-100:10 (in steps of ten) or 2,4,8. What is shown in full "
        + "is -k, or else the number that most criteria suggest.", valueName: "LIST"),
    transform: ClusterCounts.parse)
  var clusters: ClusterCounts?

  @Flag(help: "Cluster INPUT in one pass, by a sketch, as 'kmeans onepass' does.")
  var onepass = false

  @Option(
    name: .customLong("km", withSingleDash: true), parsing: .unconditional,
    help: ArgumentHelp(
      "With --onepass: about how many centroids the sketch is to have, above K. (default: 7 K)",
      valueName: "N"), transform: wholeNumber)
  var sketchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Starts of each fit; the smallest inertia wins. (default: 1)", valueName: "N"),
    transform: wholeNumber)
  var runs = 1

  /// The number of clusters that is shown in full, where it is said.
  var clusterCount: Int? {
    k ?? clusters.flatMap { $0.values.count == 1 ? $0.values[0] : nil }
  }

  /// The numbers of clusters of a curve; `nil` where there is none to draw.
  var curve: [Int]? { clusters.flatMap { $0.values.count > 1 ? $0.values : nil } }

  var filesRead: [String?] { [model, sketch] }

  /// What says already how points are compared; `nil` where points are to be clustered.
  var given: String? { model.map { "--model \($0)" } ?? sketch.map { "--sketch \($0)" } }

  /// Refuses what does not go together.
  ///
  /// - Parameter isOfStream: whether another kind of report is asked for.
  func check(_ inputs: [String], isOfStream: Bool) throws {
    let asked = [
      model.map { "--model \($0)" }, sketch.map { "--sketch \($0)" },
      onepass ? "--onepass" : nil, isOfStream ? "a report of a stream" : nil,
    ].compactMap { $0 }
    if asked.count > 1 {
      throw ValidationError("\(asked[0]) and \(asked[1]): expected one of them")
    }
    if let model, k != nil || clusters != nil {
      throw ValidationError("--model \(model): it has its clusters: expected no -k or --clusters")
    }
    if let sketch, clusterCount == nil {
      throw ValidationError("--sketch \(sketch): expected -k K, the number of clusters")
    }
    if onepass, clusterCount == nil { throw ValidationError("--onepass: expected -k K") }
    if onepass || sketch != nil, curve != nil {
      throw ValidationError("--clusters LIST: expected a fit, not --onepass or --sketch")
    }
    if let sketchSize, !onepass {
      throw ValidationError("-km \(sketchSize): expected --onepass")
    }
    if runs < 1 { throw ValidationError("--runs \(runs): expected at least 1") }
    if asked.isEmpty, k == nil, clusters == nil {
      throw ValidationError(
        inputs.isEmpty
          ? "expected --model M, --trace T.jsonl, --sketch S, or INPUT with -k K or --clusters 2-20"
          : "expected -k K or --clusters 2-20, the number of clusters, or --model M")
    }
    if inputs.isEmpty, model == nil, sketch == nil, !isOfStream {
      throw ValidationError("Missing expected argument '<input>'")
    }
  }
}

/// Where a report goes, and how much it shows.
struct ReportOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the page: a name that ends in .html, or - for the standard output.",
      valueName: "OUT.html"),
    completion: .file())
  var out: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The points that are drawn, drawn at random where there are more. (default: 4000)",
      valueName: "N"), transform: wholeNumber)
  var sample = 4000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Columns of each cluster to show. (default: 5)", valueName: "N"),
    transform: wholeNumber)
  var top = 5

  @Option(
    help: ArgumentHelp(
      "Names of the columns, one a line, such as the terms of a vocabulary: the page also has the "
        + "--top heaviest of each cluster.", valueName: "FILE"), completion: .file())
  var featureNames: String?

  @OptionGroup var clobber: ClobberOptions

  func validate() throws {
    guard sample >= 1, sample <= 100_000 else {
      throw ValidationError("--sample \(sample): expected from 1 to 100000")
    }
    guard top >= 1, top <= 100 else {
      throw ValidationError("--top \(top): expected from 1 to 100")
    }
  }
}
