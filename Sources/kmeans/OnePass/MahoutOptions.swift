import ArgumentParser
import Clustering

/// The options of Mahout's streamingkmeans of which only one value exists here, or none: a user who
/// brings a script is told what to change.
struct MahoutOptions: ParsableArguments {
  @Option(
    help: """
      mahout: Mahout's defaults (--log-factor 20, -testp 0.1, -nbkm 4, --init k-means++, --collapse once, \
      -km given, trimmed iterations alone, clusters that stay empty), not its mistakes. The nearest \
      centroid is found exactly unless -sc says otherwise.
      """)
  var compat: Compatibility?

  @Option(
    name: [.customLong("dm", withSingleDash: true), .customLong("distanceMeasure")],
    help: ArgumentHelp(
      "A distance by the name of Mahout's class, such as SquaredEuclideanDistanceMeasure, which it is "
        + "anyway; EuclideanDistanceMeasure is that with --power 1.", valueName: "CLASS"),
    completion: .list(MahoutDistance.allCases.map(\.rawValue)))
  var distanceMeasure: String?

  @Option(
    name: [.customLong("sc", withSingleDash: true), .customLong("searcherClass")],
    help: ArgumentHelp(
      "How the centroid of the sketch that is nearest to a point is looked for: brute, projection, "
        + "fast-projection or lsh, or Mahout's name of it. All but the first may miss it. "
        + "(default: brute; Mahout's is ProjectionSearch)", valueName: "CLASS"),
    completion: .list(["brute", "projection", "fast-projection", "lsh"]))
  var searcher: String?

  @Option(
    name: [.customLong("np", withSingleDash: true), .customLong("numProjections")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "Random projections of both projection searches, 1 to 99. (default: 3)", valueName: "N"),
    transform: wholeNumber)
  var projections: Int?

  @Option(
    name: [.customShort("s"), .customLong("searchSize")], parsing: .unconditional,
    help: ArgumentHelp(
      "Centroids that they look at on each side in a projection, and by which lsh limits its own. "
        + "(default: 2)", valueName: "N"), transform: wholeNumber)
  var searchSize: Int?

  /// The tool whose defaults hold.
  enum Compatibility: String, ExpressibleByArgument, CaseIterable {
    case mahout
  }

  /// Refuses values that do not exist here.
  ///
  /// - Returns: a remark on the options that are passed over; `nil` for none.
  func check() throws -> String? {
    return try checkSearch()
  }
}
