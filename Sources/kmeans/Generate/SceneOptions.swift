import ArgumentParser
import KMeansScenes

/// What a scene is to be: its size, and how fast and when things happen.
struct SceneOptions: ParsableArguments {
  @Option(
    name: [.customShort("k", allowingJoined: true), .customLong("clusters")],
    parsing: .unconditional,
    help: ArgumentHelp("The number of clusters. (default: 4)", valueName: "K"),
    transform: wholeNumber)
  var k: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of coordinates. (default: 2)", valueName: "D"),
    transform: wholeNumber)
  var dimension: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The points of a batch; of bursts their mean. (default: 100)", valueName: "N"),
    transform: wholeNumber)
  var points: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of batches. (default: 40)", valueName: "N"),
    transform: wholeNumber)
  var batches: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The standard deviation of each coordinate about the center. (default: 0.3)", valueName: "S"),
    transform: number)
  var spread: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The side of the cube that the first centers lie in. (default: 10)", valueName: "L"),
    transform: number)
  var extent: Double?

  @OptionGroup var course: CourseOptions

  /// Refuses options that say nothing of a scene.
  func check(_ kind: Scene.Kind) throws {
    for (name, isGiven, kinds) in course.uses where isGiven && !kinds.contains(kind) {
      let scenes = kinds.map(\.rawValue).joined(separator: " or ")
      throw ValidationError(
        "\(name): it has no effect on the scene '\(kind.rawValue)': expected it with \(scenes)")
    }
    if course.at != nil, course.every != nil {
      throw ValidationError("--at and --every: a jump is once, or again and again: expected one")
    }
  }

  /// The scene.
  func scene(_ kind: Scene.Kind) -> Scene {
    var scene = Scene(kind)
    scene.clusters = k ?? scene.clusters
    scene.dimension = dimension ?? scene.dimension
    scene.points = points ?? scene.points
    scene.batches = batches ?? scene.batches
    scene.seed = seed ?? scene.seed
    scene.spread = spread ?? scene.spread
    scene.extent = extent ?? scene.extent
    course.set(&scene)
    return scene
  }

  /// A message under the name of the option that sets a parameter.
  static func line(_ error: SceneError) -> String {
    let names = ["clusters": "-k", "lateShare": "--late-share", "lateness": "--late-by"]
    return "\(names[error.parameter] ?? "--\(error.parameter)") \(error.problem)"
  }
}

/// How a cluster of a drift moves.
enum DriftPath: String, ExpressibleByArgument, CaseIterable {
  case walk, line
}
