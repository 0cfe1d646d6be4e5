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
    help: ArgumentHelp("The time after which half is kept.", valueName: "H"), transform: number)
  var halfLife: Double?

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
    transform: deathRule)
  var deaths: StreamingParameters.Deaths?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many half-lives a time may lie after the latest before it. (default: 100)",
      valueName: "N"),
    transform: number)
  var maxTimeJump: Double?

  @Option(
    help: "spark: Spark MLlib's arithmetic and rules, bit for bit; implies --precision double.")
  var compat: Compatibility?

  @Option(
    help: """
      euclidean, or cosine: rows and centroids are divided by their length, and a distance is \
      2 (1 - cosine). (default: euclidean, or as in the model that it starts from)
      """)
  var distance: DistanceMeasure?

  @Flag(help: "Standardise each column by the mean and deviation of the first rows, for good.")
  var standardize = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Decides every random draw. (default: 0)", valueName: "N"),
    transform: seedNumber)
  var seed: UInt64 = 0

  func validate() throws {
    let paces = [
      ("--decay-factor", decayFactor), ("--forgetfulness", forgetfulness),
      ("--half-life", halfLife),
    ].filter { $0.1 != nil }.map(\.0)
    guard paces.count < 2 else {
      throw ValidationError(
        "\(paces.joined(separator: " and ")) say the same thing: expected one of them")
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
        .halfLife(halfLife)
      } else {
        .never
      }
    return Forgetting(pace, unit)
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
