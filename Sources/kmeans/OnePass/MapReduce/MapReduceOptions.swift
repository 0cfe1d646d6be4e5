import ArgumentParser

/// Mahout's options of how a run is divided: into splits that are sketched side by side, and into
/// phases between which it may stop.
struct MapReduceOptions: ParsableArguments {
  @Option(
    name: [.customLong("xm", withSingleDash: true), .customLong("method")],
    help: ArgumentHelp(
      "sequential: a sketch a file; mapreduce: a sketch for each of --splits parts of the rows, side "
        + "by side on all cores, whose centroids are clustered together. (default: sequential)",
      valueName: "METHOD"), completion: .list(["sequential", "mapreduce"]))
  var method: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of parts. Their rows follow one another; the result depends on their number, never on "
        + "--threads. (default: \(MapReducePlan.usualSplits))", valueName: "N"),
    transform: wholeNumber)
  var splits: Int?

  @Flag(
    name: [.customLong("rskm", withSingleDash: true), .customLong("reduceStreamingKMeans")],
    help: "Sketch the centroids of all parts again, into one sketch of about -km centroids.")
  var reducesAgain = false

  @Option(
    name: .customLong("tempDir"),
    help: ArgumentHelp(
      "The folder of what phases leave for the next ones; a run that was interrupted goes on from "
        + "there. (default: a hidden one beside the output, else in TMPDIR)", valueName: "DIR"),
    completion: .directory)
  var folder: String?

  @Option(
    name: .customLong("startPhase"), parsing: .unconditional,
    help: ArgumentHelp(
      "The first phase: 0 divides the rows, 1 sketches the parts, 2 joins the sketches, 3 clusters "
        + "them. What those before it found has to be in --tempDir. (default: 0)",
      valueName: "PHASE"), transform: wholeNumber)
  var startPhase: Int?

  @Option(
    name: .customLong("endPhase"), parsing: .unconditional,
    help: ArgumentHelp(
      "The last phase; before 3 no output is written, and --tempDir stays. (default: 3)",
      valueName: "PHASE"), transform: wholeNumber)
  var endPhase: Int?

  /// The options that were given, apart from the method.
  private var given: [String] {
    let options: [(String, Bool)] = [
      ("--splits", splits != nil), ("-rskm", reducesAgain), ("--tempDir", folder != nil),
      ("--startPhase", startPhase != nil), ("--endPhase", endPhase != nil),
    ]
    return options.compactMap { name, isGiven in isGiven ? name : nil }
  }

  /// The way in which the run is divided; `nil` where it is not.
  ///
  /// - Throws: ``Failure`` where options do not go together.
  func plan() throws -> MapReducePlan? {
    switch method ?? "sequential" {
    case "mapreduce": return try MapReducePlan(self)
    case "sequential":
      if let option = given.first {
        throw Failure.usage("\(option) divides a run of -xm mapreduce, expected that, too")
      }
      return nil
    case let other:
      throw Failure.usage("-xm \(other): expected sequential or mapreduce")
    }
  }
}

/// A part of a run of `-xm mapreduce`: what it leaves behind is all that the next one needs.
enum MapReducePhase: Int, CaseIterable, Comparable {
  case split, map, reduce, ball

  var name: String { "\(self)" }

  static func < (left: MapReducePhase, right: MapReducePhase) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The way in which a run is divided, checked.
struct MapReducePlan {
  static let usualSplits = 8
  static let mostSplits = 65_536

  let splits: Int
  /// Whether the centroids of all splits are sketched again.
  let reducesAgain: Bool
  /// The folder of what is left for later phases; `nil` for the usual one.
  let folder: String?
  let phases: ClosedRange<MapReducePhase>

  init(_ options: MapReduceOptions) throws {
    splits = options.splits ?? Self.usualSplits
    guard (1...Self.mostSplits).contains(splits) else {
      throw Failure.usage("--splits \(splits): expected 1 to \(Self.mostSplits)")
    }
    reducesAgain = options.reducesAgain
    folder = options.folder
    if let folder, folder.isEmpty || folder == "-" {
      throw Failure.usage("--tempDir '\(folder)': expected the name of a folder")
    }
    let first = try Self.phase(options.startPhase ?? 0, "--startPhase")
    let last = try Self.phase(options.endPhase ?? 3, "--endPhase")
    guard first <= last else {
      throw Failure.usage(
        "--startPhase \(first.rawValue) comes after --endPhase \(last.rawValue), expected it not to"
      )
    }
    phases = first...last
  }

  private static func phase(_ number: Int, _ option: String) throws -> MapReducePhase {
    guard let phase = MapReducePhase(rawValue: number) else {
      throw Failure.usage(
        "\(option) \(number): expected 0 (split), 1 (map), 2 (reduce) or 3 (ball k-means)")
    }
    return phase
  }

  /// The rows of each split: as many in each, and one more in the first ones where they do not come
  /// out even. There may be none in the last ones.
  func ranges(of rows: Int) -> [Range<Int>] {
    let (share, rest) = rows.quotientAndRemainder(dividingBy: splits)
    return (0..<splits).map { split in
      let first = split * share + min(split, rest)
      return first..<first + share + (split < rest ? 1 : 0)
    }
  }
}
