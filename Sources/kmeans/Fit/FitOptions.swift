import ArgumentParser
import Clustering

/// How many clusters a fit looks for, and from where it starts.
struct FitClusterOptions: ParsableArguments {
  @Option(
    name: [.customShort("k", allowingJoined: true), .customLong("clusters")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of clusters; that of the file or model of --init otherwise.", valueName: "K"),
    transform: wholeNumber)
  var k: Int?

  @Option(
    help: ArgumentHelp(
      "greedy (k-means++ that takes the best of several draws), k-means++, random, optimal (the "
        + "global optimum of one column), or a file of centroids or a model to start from.",
      valueName: "INIT"), completion: .file())
  var `init` = CentroidInitialization.greedy.rawValue

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Starts, one with --init optimal; the smallest inertia wins. (default: 1)", valueName: "N"),
    transform: wholeNumber)
  var runs = 1
}

/// Where the results of a fit go.
struct FitOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the centroids: .npy, .csv, or .npz without their zeros.", valueName: "OUT"),
    completion: .file())
  var centroids: String?

  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output.", valueName: "OUT"),
    completion: .file())
  var labels: String?

  @OptionGroup var append: AppendOptions
  @OptionGroup var clobber: ClobberOptions

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"), completion: .file())
  var model: String?
}

/// What a fit may use, and whether it is checked.
struct FitSpeedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Memory to use, such as 512M or 8G; a larger file is read in several passes. (default: what "
        + "is available)", valueName: "SIZE"), transform: memorySize)
  var memory: Int?

  @Flag(help: "Replay each iteration in a naive reference (slow) and compare.")
  var verify = false
}
