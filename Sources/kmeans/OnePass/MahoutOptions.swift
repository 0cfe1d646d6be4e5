import ArgumentParser

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
    help: ArgumentHelp("SquaredEuclideanDistanceMeasure, which it is anyway.", valueName: "CLASS"))
  var distanceMeasure: String?

  @Option(
    name: [.customLong("sc", withSingleDash: true), .customLong("searcherClass")],
    help: ArgumentHelp("BruteSearch: the nearest centroid is found exactly.", valueName: "CLASS"))
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
    try Self.check(
      "-dm", distanceMeasure, "SquaredEuclideanDistanceMeasure",
      package: "org.apache.mahout.common.distance.", because: "distances are squared Euclidean")
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
  /// worse here, so Mahout's scripts need no change where its ways are asked for.
  private func checkSearch() throws -> String? {
    var passedOver: [String] = []
    if let searcher, let problem = try searchProblem(searcher) {
      guard compat == .mahout else {
        throw Failure.usage("\(problem), or --compat mahout, which passes over it")
      }
      passedOver.append("-sc \(searcher)")
    }
    for (option, value) in [("-np", projections), ("-s", searchSize)] {
      guard let value else { continue }
      guard compat == .mahout else {
        throw Failure.usage(
          "\(option) \(value): the nearest centroid is found exactly, without projections or candidates: "
            + "expected no \(option), or --compat mahout, which passes over it")
      }
      passedOver.append("\(option) \(value)")
    }
    guard !passedOver.isEmpty else { return nil }
    let list = passedOver.joined(separator: ", ")
    return "the nearest centroid is found exactly: \(list) changes nothing"
  }

  /// The fault of a way of searching; `nil` for the only one that exists here.
  ///
  /// - Throws: ``Failure`` where Mahout has no such class either.
  private func searchProblem(_ searcher: String) throws -> String? {
    let package = "org.apache.mahout.math.neighborhood."
    let name = searcher.hasPrefix(package) ? String(searcher.dropFirst(package.count)) : searcher
    if name == "BruteSearch" { return nil }
    let problem = "-sc \(searcher): the nearest centroid is found exactly, expected BruteSearch"
    let others = ["ProjectionSearch", "FastProjectionSearch", "LocalitySensitiveHashSearch"]
    guard others.contains(name) else { throw Failure.usage(problem) }
    return problem
  }

  /// Refuses every class but one, which may have the name of its package before it.
  private static func check(
    _ option: String, _ value: String?, _ only: String, package: String, because: String
  ) throws {
    guard let value, value != only, value != package + only else { return }
    throw Failure.usage("\(option) \(value): \(because), expected \(only)")
  }
}

/// Commands of Mahout that its users look for here: not listed, each names its replacement.
protocol MahoutCommand: ParsableCommand {
  static var answer: String { get }
  var ignored: [String] { get }
}

extension MahoutCommand {
  func run() throws {
    throw Failure.usage("\(Self.configuration.commandName ?? ""): \(Self.answer)")
  }

  static func named(_ name: String) -> CommandConfiguration {
    CommandConfiguration(commandName: name, shouldDisplay: false)
  }
}

/// mahout qualcluster.
struct QualClusterCommand: MahoutCommand {
  static let configuration = named("qualcluster")
  static let answer =
    "expected 'kmeans evaluate INPUT --centroids FILE', which measures how good clusters are"
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}

/// mahout resplit.
struct ResplitCommand: MahoutCommand {
  static let configuration = named("resplit")
  static let answer =
    "not needed: 'kmeans onepass' reads one file of any size, in one process"
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}
