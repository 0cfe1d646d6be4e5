import ArgumentParser
import Clustering
import KMeansFiles

/// kmeans sketch: what is done with sketches in files.
struct SketchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sketch",
    abstract: "Merge, describe or cluster the sketches that 'kmeans onepass --sketch' writes.",
    discussion: """
      A sketch stands for points that are gone: sketches of many days or machines are merged, and \
      clustered as the points would be.
      Example: kmeans sketch cluster monday.sketch tuesday.sketch -k 20 --model clusters.kmeans
      """,
    subcommands: [SketchMergeCommand.self, SketchInfoCommand.self, SketchClusterCommand.self])
}

/// Files of sketches.
struct SketchInputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Files that 'kmeans onepass --sketch' wrote.", valueName: "sketch"),
    completion: .file())
  var sketches: [String]

  func validate() throws {
    if sketches.contains("") {
      throw ValidationError("the sketch is an empty name: expected a file")
    }
  }
}

/// kmeans sketch info: says what sketches hold.
struct SketchInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what sketches hold, and how they were made.",
    discussion: """
      sketchError is the squared error of all points to the centroids of the sketch, by which the \
      cost of clusters is bounded; sketchSize about how many centroids there are to be. With --json \
      the object has a list 'sketches', one entry a file.
      """)

  @OptionGroup(title: "Input") var source: SketchInputOptions

  @Flag(help: "One JSON object on stdout, nothing else.")
  var json = false

  func run() throws {
    let facts = try source.sketches.map {
      SketchFacts(try AnySketch($0, Execution(threads: 1))).all
    }
    guard json else {
      return try Streams.print(facts.map(\.lines).joined(separator: [""]).map(visible))
    }
    let objects = facts.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.name, $0.value) }) }
    try ["sketches": objects].printJSON()
  }
}

/// kmeans sketch merge: makes one sketch of several.
struct SketchMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Make one sketch of several, in the order in which they stand.",
    discussion: """
      The centroids of each come to the first as points of their weight would. Points, weights and \
      squared errors add up; another order gives another sketch of the same points.
      """)

  @OptionGroup(title: "Input") var source: SketchInputOptions

  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp("The file of the new sketch.", valueName: "FILE"), completion: .file())
  var output: String

  @OptionGroup var clobber: ClobberOptions
  @OptionGroup var common: RunOptions

  func run() throws {
    guard
      let target = try Output(
        output, option: "--out", allowing: [.model], inputs: source.sketches)
    else { return }
    try clobber.check([target])
    let merged = try AnySketch.merged(source.sketches, try common.execution())
    let (archive, summary) =
      switch merged {
      case .floats(let file): (file.archive, summary(file))
      case .doubles(let file): (file.archive, summary(file))
      }
    try archive.write(to: target.path)
    guard common.json else { return try common.summary([summary], besideFiles: true) }
    let facts = SketchFacts(merged).all.map { fact in
      fact.name == "file" ? Fact("file", .text(target.path)) : fact
    }
    try Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0.value) }).printJSON()
  }

  private func summary<Scalar: ClusteringScalar>(_ file: SketchFile<Scalar>) -> String {
    "\(output): a sketch of \(counted(file.sketch.pointCount, "point")), "
      + "\(counted(file.sketch.weights.count, "centroid")), from "
      + counted(source.sketches.count, "sketch", plural: "sketches")
  }
}
