private import KMeansCLibrary

/// The forgetting of a stream: the share of a weight that is kept after some time, and the unit of
/// time.
///
/// ```swift
/// let forgetting = Forgetting.halfLife(5, .batches)
/// forgetting.kept(after: 10)     // 0.25
/// forgetting.decayFactor         // 0.87...: kept after one batch, Spark's `decayFactor`
/// forgetting.effectiveMemory     // 7.7: batches that a cluster's weight is worth in the long run
/// ```
///
/// One notion in three forms (Freeman et al., "Introducing streaming k-means in Apache Spark 1.2",
/// 2015): the decay factor a is the share that is kept after one unit of time, the forgetfulness
/// alpha the share that is forgotten, and the half-life h the time after which half is kept:
/// a = 1 - alpha = (1/2)^(1/h). The article's alpha and Spark's `decayFactor` add up to 1.
///
/// With weight n, centroid c and m points of sum S in a batch, a stream computes n' = a n + m and
/// c' = (a n c + S) / (a n + m), as Spark's code does. Spark's Scaladoc divides by n + m, and its
/// guide lets the weight grow as n + m; both are wrong.
public struct Forgetting: Sendable, Hashable, Codable {
  /// The unit in which time is counted.
  public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
    /// One for each batch, however large.
    case batches
    /// One for each point, of any weight: how points are cut into batches does not matter.
    case points
    /// Seconds of the time at which each point happened, in any order.
    case seconds
  }

  /// The speed of forgetting, in one of its three forms.
  public enum Pace: Sendable, Hashable, Codable {
    /// All weights stay as they are.
    case never
    /// The share that is kept after one unit of time, from 0 to 1.
    case decayFactor(Double)
    /// The share that is forgotten after one unit of time, from 0 to 1.
    case forgetfulness(Double)
    /// The time after which half is kept, above 0; infinite for never.
    case halfLife(Double)
  }

  /// The speed of forgetting.
  public let pace: Pace
  /// The unit of time of the pace.
  public let unit: Unit

  /// A pace and its unit of time.
  public init(_ pace: Pace, _ unit: Unit = .batches) {
    self.pace = pace
    self.unit = unit
  }

  /// No forgetting: the default, as Spark's decay factor of 1.
  public static let never = Forgetting(.never)

  /// A share is kept after one unit of time: Spark's `decayFactor`.
  public static func decayFactor(_ factor: Double, _ unit: Unit = .batches) -> Forgetting {
    Forgetting(.decayFactor(factor), unit)
  }

  /// A share is forgotten after one unit of time: 1 - the decay factor.
  public static func forgetfulness(_ share: Double, _ unit: Unit = .batches) -> Forgetting {
    Forgetting(.forgetfulness(share), unit)
  }

  /// Half is kept after some time.
  public static func halfLife(_ time: Double, _ unit: Unit = .batches) -> Forgetting {
    Forgetting(.halfLife(time), unit)
  }

  /// Checks the pace.
  ///
  /// - Throws: ``StreamingError/invalidDecayFactor(_:)``,
  ///   ``StreamingError/invalidForgetfulness(_:)`` or ``StreamingError/invalidHalfLife(_:)``.
  public func validate() throws(ClusteringError) {
    switch pace {
    case .never: break
    case .decayFactor(let factor):
      guard factor >= 0, factor <= 1 else { throw .streaming(.invalidDecayFactor(factor)) }
    case .forgetfulness(let share):
      guard share >= 0, share <= 1 else { throw .streaming(.invalidForgetfulness(share)) }
    case .halfLife(let time):
      guard time > 0 else { throw .streaming(.invalidHalfLife(time)) }
    }
  }
}

// The measures of a pace.
extension Forgetting {
  /// The half-lives in a unit of time: 0 for never, infinite where no weight is kept.
  public var halfLivesPerUnit: Double {
    switch pace {
    case .never: 0
    case .decayFactor(let factor): factor == 1 ? 0 : -log2(factor)
    case .forgetfulness(let share): share == 0 ? 0 : -log1p(-share) / log(2)
    case .halfLife(let time): 1 / time
    }
  }

  /// The time after which half is kept: infinite for never, 0 where no weight is kept.
  public var halfLife: Double {
    if case .halfLife(let time) = pace { time } else { 1 / halfLivesPerUnit }
  }

  /// The share that is kept after one unit of time.
  public var decayFactor: Double {
    switch pace {
    case .decayFactor(let factor): factor
    case .forgetfulness(let share): 1 - share
    default: kept(after: 1)
    }
  }

  /// The share that is forgotten after one unit of time.
  public var forgetfulness: Double { forgotten(after: 1) }

  /// The share of a weight that is kept after some time, which is not negative.
  public func kept(after time: Double) -> Double {
    // In no time all weight is kept, even where none is kept after any time.
    time == 0 ? 1 : exp2(-time * halfLivesPerUnit)
  }

  /// The share of a weight that is forgotten after some time: 1 less the share that is kept,
  /// without the loss of digits where that is little.
  public func forgotten(after time: Double) -> Double {
    if case .forgetfulness(let share) = pace, time == 1 { return share }
    return time == 0 ? 0 : -expm1(-time * halfLivesPerUnit * log(2))
  }

  /// The units of time that a weight is worth in the long run, 1 / (1 - a): with m points in each,
  /// a cluster's weight tends to m times this. Infinite for never.
  public var effectiveMemory: Double { 1 / forgetfulness }
}
