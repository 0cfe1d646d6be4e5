import ArgumentParser
import Clustering

/// The options of Mahout's streamingkmeans of which only one value exists here, or none: a user who
/// brings a script is told what to change.
struct MahoutOptions: ParsableArguments {
  @Option(
    help: """
      mahout: Mahout's defaults (--log-factor 20, -testp 0.1, -nbkm 4, --init k-means++, --collapse once, \
      -km given, trimmed iterations alone, clusters that stay empty), not its mistakes.
      """)
  var compat: Compatibility?

  @Option(
    name: [.customLong("xm", withSingleDash: true), .customLong("method")],
    help: ArgumentHelp("sequential, which it is anyway.", valueName: "METHOD"))
  var method: String?

  @Option(
    name: [.customLong("dm", withSingleDash: true), .customLong("distanceMeasure")],
    help: ArgumentHelp(
      "A distance by the name of Mahout's class, such as SquaredEuclideanDistanceMeasure, which it is "
        + "anyway; EuclideanDistanceMeasure is that with --power 1.", valueName: "CLASS"))
  var distanceMeasure: String?

  @Option(
    name: [.customLong("sc", withSingleDash: true), .customLong("searcherClass")],
    help: ArgumentHelp(
      "Any of Mahout's, which changes nothing: the nearest centroid is found exactly.",
      valueName: "CLASS"))
  var searcher: String?

  @Option(
    name: [.customLong("np", withSingleDash: true), .customLong("numProjections")],
    parsing: .unconditional, help: .hidden)
  var projections: String?

  @Option(
    name: [.customShort("s"), .customLong("searchSize")], parsing: .unconditional, help: .hidden)
  var searchSize: String?

  @Flag(
    name: [.customLong("rskm", withSingleDash: true), .customLong("reduceStreamingKMeans")],
    help: .hidden)
  var reducesAgain = false

  @Option(name: .customLong("tempDir"), parsing: .unconditional, help: .hidden)
  var temporaryFolder: String?

  @Option(name: .customLong("startPhase"), parsing: .unconditional, help: .hidden)
  var startPhase: String?

  @Option(name: .customLong("endPhase"), parsing: .unconditional, help: .hidden)
  var endPhase: String?

  /// The tool whose defaults hold.
  enum Compatibility: String, ExpressibleByArgument, CaseIterable {
    case mahout
  }

  /// Refuses values that do not exist here.
  ///
  /// - Returns: a remark on the options that are passed over; `nil` for none.
  func check() throws -> String? {
    if let method, method != "sequential" {
      let known = method == "mapreduce" ? " does not exist here: one process reads all" : ""
      throw Failure.usage("-xm \(method)\(known), expected sequential")
    }
    if reducesAgain {
      throw Failure.usage("-rskm: there is one sketch and no reducer, expected no -rskm")
    }
    for (option, value) in [
      ("--tempDir", temporaryFolder), ("--startPhase", startPhase), ("--endPhase", endPhase),
    ] where value != nil {
      throw Failure.usage(
        "\(option): one process does all without phases and temporary files, expected no \(option)")
    }
    return try checkSearch()
  }

  /// Checks Mahout's ways to look for the nearest centroid: none of them changes the result for the
  /// worse here, so Mahout's scripts need no change.
  private func checkSearch() throws -> String? {
    var passedOver: [String] = []
    if let searcher {
      let name = Self.name(of: searcher, in: "org.apache.mahout.math.neighborhood.")
      let others = ["ProjectionSearch", "FastProjectionSearch", "LocalitySensitiveHashSearch"]
      guard name == "BruteSearch" || others.contains(name) else {
        throw Failure.usage(
          "-sc \(searcher): the nearest centroid is found exactly, expected BruteSearch, "
            + "ProjectionSearch, FastProjectionSearch or LocalitySensitiveHashSearch")
      }
      if name != "BruteSearch" { passedOver.append("-sc \(searcher)") }
    }
    for (option, value) in [("-np", projections), ("-s", searchSize)] {
      if let value { passedOver.append("\(option) \(value)") }
    }
    guard !passedOver.isEmpty else { return nil }
    let list = passedOver.joined(separator: ", ")
    let verb = passedOver.count == 1 ? "changes" : "change"
    return "the nearest centroid is found exactly: \(list) \(verb) nothing"
  }

  /// The name of a class, which may have the name of its package before it.
  private static func name(of text: String, in package: String) -> String {
    text.hasPrefix(package) ? String(text.dropFirst(package.count)) : text
  }
}
