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
    name: [.customLong("dm", withSingleDash: true), .customLong("distanceMeasure")],
    help: ArgumentHelp(
      "SquaredEuclideanDistanceMeasure, which it is anyway, or CosineDistanceMeasure for --distance "
        + "cosine.", valueName: "CLASS"))
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

  /// The distance of the points.
  ///
  /// - Parameter asked: what `--distance` says.
  func distance(_ asked: DistanceMeasure?) throws -> DistanceMeasure {
    guard let distanceMeasure else { return asked ?? .euclidean }
    let known: [String: DistanceMeasure] = [
      "SquaredEuclideanDistanceMeasure": .euclidean, "CosineDistanceMeasure": .cosine,
    ]
    let name = Self.name(of: distanceMeasure, in: "org.apache.mahout.common.distance.")
    guard let found = known[name] else {
      throw Failure.usage(
        "-dm \(distanceMeasure): distances are squared Euclidean or those of the cosine, expected "
          + "SquaredEuclideanDistanceMeasure or CosineDistanceMeasure")
    }
    if let asked, asked != found {
      throw Failure.usage(
        "-dm \(distanceMeasure) and --distance \(asked.rawValue) are different distances, expected one "
          + "of them")
    }
    return found
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
