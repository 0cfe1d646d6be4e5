import ArgumentParser
import KMeansScenes

/// What single scenes take: when something happens, and how much.
struct CourseOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "jump, vanish, appear, split: the batch in which it happens; merge: in which the two are one. "
        + "(default: after a third; merge: two thirds)", valueName: "BATCH"), transform: wholeNumber
  )
  var at: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("jump: again after so many batches.", valueName: "BATCHES"),
    transform: wholeNumber)
  var every: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "jump: the shortest in each coordinate; the longest is 1 more. (default: 2)", valueName: "L"),
    transform: number)
  var distance: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "merge, split: batches to come together or to part. (default: a quarter)",
      valueName: "BATCHES"), transform: wholeNumber)
  var duration: Int?

  @Option(help: "drift: a random walk, or a line. (default: walk)")
  var path: DriftPath?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "drift: the deviation of a step in each coordinate, or the length of a step on a line; bursts: "
        + "the way in a mean pause. (default: 0.15)", valueName: "L"), transform: number)
  var speed: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "imbalance: the share of the cluster of rank r is as 1/r^E. (default: 1)", valueName: "E"),
    transform: wholeNumber)
  var exponent: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "outliers: degrees of freedom of Student's distribution; 1 is Cauchy's. (default: 2)",
      valueName: "N"), transform: wholeNumber)
  var freedom: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "bursts: the mean pause between them, in seconds. (default: 60)", valueName: "SECONDS"),
    transform: number)
  var pause: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "bursts: the share of the points that come late. (default: 0.05)", valueName: "SHARE"),
    transform: number)
  var lateShare: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "bursts: how late they are in the mean, in seconds. (default: 120)", valueName: "SECONDS"),
    transform: number)
  var lateBy: Double?

  /// The options, whether they are given, and the scenes that they say something of.
  var uses: [(name: String, isGiven: Bool, kinds: [Scene.Kind])] {
    [
      ("--at", at != nil, [.jump, .vanish, .appear, .merge, .split]),
      ("--every", every != nil, [.jump]), ("--distance", distance != nil, [.jump]),
      ("--duration", duration != nil, [.merge, .split]), ("--path", path != nil, [.drift]),
      ("--speed", speed != nil, [.drift, .bursts]),
      ("--exponent", exponent != nil, [.imbalance]), ("--freedom", freedom != nil, [.outliers]),
      ("--pause", pause != nil, [.bursts]), ("--late-share", lateShare != nil, [.bursts]),
      ("--late-by", lateBy != nil, [.bursts]),
    ]
  }

  /// Sets what is given.
  func set(_ scene: inout Scene) {
    (scene.at, scene.every, scene.duration) = (at, every, duration)
    scene.distance = distance ?? scene.distance
    scene.isStraight = path == .line
    scene.speed = speed ?? scene.speed
    scene.exponent = exponent ?? scene.exponent
    scene.freedom = freedom ?? scene.freedom
    scene.pause = pause ?? scene.pause
    scene.lateShare = lateShare ?? scene.lateShare
    scene.lateness = lateBy ?? scene.lateness
  }
}
