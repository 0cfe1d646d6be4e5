public import ArgumentParser
public import Clustering
import Foundation

/// How a stream learns and forgets.
struct LearningOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of a weight that is kept after one unit of time, from 0 to 1; Spark's decayFactor. "
        + "(default: 1, nothing is forgotten)", valueName: "A"),
    transform: number)
  var decayFactor: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share that is forgotten after one unit of time: 1 - the decay factor.", valueName: "A"),
    transform: number)
  var forgetfulness: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The time after which half is kept, in the unit of --time-unit, or as a time of the points: "
        + "90s, 1h, 7d.", valueName: "H"), transform: numberOrTime)
  var halfLife: NumberOrTime?

  @Option(
    help: """
      What time is counted in: a unit for each batch, for each point, or seconds by --time-column. \
      (default: batches; seconds where there is a --time-column)
      """)
  var timeUnit: Forgetting.Unit?

  @Option(
    help: """
      How far centroids move: weighted, by the share of the new points in the weight of the cluster \
      (Spark), or fixed, by what is forgotten in a batch.
      """)
  var gain = StreamingParameters.Gain.weighted

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What becomes of clusters without data: they die after so many half-lives and another is split "
        + "(default: 8), never, or by spark's rule.", valueName: "H|never|spark"),
    completion: .list(["never", "spark"]), transform: deathRule)
  var deaths: StreamingParameters.Deaths?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How far a time may lie after the latest before it: a number of half-lives, or a time such as "
        + "2d. (default: 100)",
      valueName: "N"),
    transform: numberOrTime)
  var maxTimeJump: NumberOrTime?

  @Option(
    help: "spark: Spark MLlib's arithmetic and rules, bit for bit; implies --precision double.")
  var compat: Compatibility?

  @OptionGroup(title: "Distance") var distances: DistanceOptions

  @Flag(help: "Standardise each column by the mean and deviation of the first rows, for good.")
  var standardize = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  func validate() throws {
    let paces = [
      ("--decay-factor", decayFactor != nil), ("--forgetfulness", forgetfulness != nil),
      ("--half-life", halfLife != nil),
    ].filter(\.1).map(\.0)
    guard paces.count < 2 else {
      throw ValidationError(
        "\(paces.joined(separator: " and ")) say the same thing: expected one of them")
    }
    if let halfLife, halfLife.isTime, let timeUnit, timeUnit != .seconds {
      throw ValidationError(
        "--half-life \(TimeUnits.text(halfLife.value)): it is a time of the points, expected no "
          + "--time-unit \(timeUnit.rawValue)")
    }
    if compat == .spark, let deaths, deaths != .spark {
      throw ValidationError("--compat spark has Spark's dying rule: expected no --deaths")
    }
  }

  /// Whether the points have to be doubles.
  var needsDouble: Bool { compat == .spark || deaths == .spark }

  /// What is forgotten when.
  ///
  /// - Parameter hasTimes: whether there is a column of times.
  func forgetting(hasTimes: Bool) throws -> Forgetting {
    if let halfLife, halfLife.isTime, !hasTimes {
      throw Failure.usage(
        "--half-life \(TimeUnits.text(halfLife.value)): expected the times, --time-column COLUMN, "
          + "or a number of \((timeUnit ?? .batches).rawValue)")
    }
    let unit = timeUnit ?? (hasTimes ? .seconds : .batches)
    if unit == .seconds, !hasTimes {
      throw Failure.usage("--time-unit seconds: expected the times, --time-column COLUMN")
    }
    if maxTimeJump != nil, unit != .seconds {
      throw Failure.usage("--max-time-jump: expected time in seconds, by --time-column COLUMN")
    }
    let pace: Forgetting.Pace =
      if let decayFactor {
        .decayFactor(decayFactor)
      } else if let forgetfulness {
        .forgetfulness(forgetfulness)
      } else if let halfLife {
        .halfLife(halfLife.value)
      } else {
        .never
      }
    return Forgetting(pace, unit)
  }
}

extension LearningOptions {
  /// How many half-lives a time may lie after the latest before it; `nil` unless that was asked.
  ///
  /// - Parameter forgetting: without a half-life there is no such limit.
  func timeJump(_ forgetting: Forgetting) -> Double? {
    switch maxTimeJump {
    case .seconds(let seconds):
      forgetting.halfLife.isFinite ? seconds / forgetting.halfLife : nil
    case .number(let halfLives): halfLives
    case nil: nil
    }
  }

  /// Refuses another distance than that of the model that a stream goes on from.
  func checkDistance(of model: DistanceMeasure, _ path: String) throws {
    guard let name = distances.givenNames.first else { return }
    let asked = try distances.measure(distances.distance ?? model.kind)
    let isSame = asked == model || asked.isEstimated && model.kind == .mahalanobis
    guard !isSame else { return }
    let how = asked.kind == model.kind ? ", by other numbers" : ""
    let value = name == "--distance" ? " \(asked.kind.rawValue)" : ""
    throw Failure.usage(
      "\(name)\(value): the model \(path) is one of distance \(model.kind.rawValue)\(how)")
  }

  /// The options that were given and only say how points are learnt.
  var givenNames: [String] {
    [
      ("--decay-factor", decayFactor != nil), ("--forgetfulness", forgetfulness != nil),
      ("--half-life", halfLife != nil), ("--time-unit", timeUnit != nil),
      ("--gain", gain != .weighted), ("--deaths", deaths != nil),
      ("--max-time-jump", maxTimeJump != nil), ("--compat", compat != nil),
      ("--standardize", standardize),
    ].filter(\.1).map(\.0)
  }
}

/// Whose rules a stream follows.
enum Compatibility: String, ExpressibleByArgument, CaseIterable {
  case spark
}

/// What becomes of clusters without data.
private func deathRule(_ text: String) throws -> StreamingParameters.Deaths {
  switch text {
  case "never": return .never
  case "spark": return .spark
  default:
    guard let halfLives = Double(text) else {
      throw ValidationError("expected a number of half-lives, never or spark")
    }
    return .afterHalfLives(halfLives)
  }
}

extension Forgetting.Unit: ExpressibleByArgument {}
extension StreamingParameters.Gain: ExpressibleByArgument {}
