import ArgumentParser
import KMeansFiles

/// The labels that are judged, and what by.
struct EvaluateLabelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The cluster of each point, a whole number, -1 for one that is left out: a file, of several "
        + "columns the one named cluster or that of FILE:COLUMN, or a column of the input, which is no "
        + "coordinate then.",
      valueName: "FILE|COLUMN"), completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "The true class of each point, a number or a text: a file, to which --header applies, too, of "
        + "several columns that of FILE:COLUMN, or a column of the input, which is not clustered then.",
      valueName: "FILE|COLUMN"),
    completion: .file())
  var labelsTrue: String?

  @Option(
    help: ArgumentHelp(
      "Weights: a file of one number a row, FILE:COLUMN of several, or a column of the input.",
      valueName: "FILE|COLUMN"),
    completion: .file())
  var pointWeights: String?
}

/// What the clusters are compared with.
struct EvaluateOtherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another clustering of the same rows to compare with: a model, centroids, or a folder that "
        + "'kmeans onepass -o' wrote. Each assigns by its own columns and transform.",
      valueName: "FILE"), completion: .file())
  var against: String?

  @Option(
    help: ArgumentHelp(
      "More points, such as those kept apart from the fit: the same measures of them, by the same "
        + "centroids. A file or a folder; of weights only a column holds for them.",
      valueName: "INPUT2"), completion: .file())
  var test: String?
}

/// What is told of the clusters.
struct EvaluateListOptions: ParsableArguments {
  @Flag(help: "List all clusters and classes, not only the largest.")
  var all = false

  @Flag(
    help: """
      Squared distances in the tables of clusters, and the figures of Mahout's qualcluster, which are \
      of these: its Davies-Bouldin, its Dunn, and the largest squared distance.
      """)
  var squared = false

  @Option(
    help: ArgumentHelp(
      "Write a table of the clusters of 2 points or more, in the columns of Mahout's qualcluster: mean, "
        + "deviation and quartiles of the distances, squared as Mahout's with --squared.",
      valueName: "OUT.csv"), completion: .file())
  var csv: String?

  @OptionGroup var clobber: ClobberOptions

  /// The file of the table, checked before any work is done.
  ///
  /// - Parameter inputs: the files that are read.
  func table(beside inputs: [String]) throws -> Output? {
    let output = try Output(csv, option: "--csv", allowing: [.csv], inputs: inputs)
    try clobber.check([output])
    return output
  }
}

/// The points that stand for all where all would take too long.
struct EvaluateSampleOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Points for the silhouette, drawn without regard to clusters and weights. (default: 10000)",
      valueName: "N"),
    transform: wholeNumber)
  var sample = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides which points those are. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  func validate() throws {
    if sample < 1 { throw ValidationError("--sample \(sample): expected at least 1") }
  }
}
