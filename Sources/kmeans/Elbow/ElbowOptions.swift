import ArgumentParser

/// The numbers of clusters that are tried, and how.
struct ElbowClusterOptions: ParsableArguments {
  @Option(
    name: [.customShort("k", allowingJoined: true), .customLong("clusters")],
    parsing: .unconditional,
    help: ArgumentHelp(
      "The numbers of clusters: 2-20, 10-100:10 (in steps of ten) or 2,4,8.", valueName: "LIST"),
    transform: ClusterCounts.parse)
  var counts: ClusterCounts

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many points of the curve must be flat behind a knee. (default: 1)", valueName: "S"),
    transform: number)
  var sensitivity = 1.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Starts for each number; the smallest inertia wins. (default: 10)", valueName: "N"),
    transform: wholeNumber)
  var runs = 10

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also the gap statistic, from B sets of uniform points, each of which takes as long as the "
        + "curve. (default: 0)", valueName: "B"),
    transform: wholeNumber)
  var gap = 0

  func validate() throws {
    guard sensitivity >= 0, sensitivity.isFinite else {
      throw ValidationError("--sensitivity \(sensitivity): expected a number that is not negative")
    }
    guard gap >= 0 else { throw ValidationError("--gap \(gap): expected at least 0") }
  }
}
