import ArgumentParser

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

/// How much is listed.
struct EvaluateListOptions: ParsableArguments {
  @Flag(help: "List all clusters and classes, not only the largest.")
  var all = false
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
