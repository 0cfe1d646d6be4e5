private import Foundation

/// Streaming k-means from its definition: every point ever seen is kept with its weight, its time
/// and its label, and the state is summed up anew from all of them. No cluster dies here.
public struct ReferenceStream {
  /// What time is counted in.
  public enum Clock: Sendable {
    /// The points of a batch have its number, from 1; an empty batch counts.
    case batches
    /// A point has its own number, from 1.
    case points
    /// Every point brings its time, in any order; now is the latest seen.
    case seconds
  }

  /// How much of a weight is kept after some time: all, a^elapsed or 2^(-elapsed / h).
  public enum Forgetting: Sendable {
    case never
    case decayFactor(Double)
    case halfLife(Double)

    /// With a factor of 0 nothing older than now is kept, since 0^0 = 1.
    func kept(_ elapsed: Double) -> Double {
      switch self {
      case .never: 1
      case .decayFactor(let factor): pow(factor, elapsed)
      case .halfLife(let halfLife): exp2(-elapsed / halfLife)
      }
    }
  }

  /// How far a cluster follows its points.
  public enum Gain: Sendable {
    /// The center is the mean of all that is kept, the initial center with its weight included.
    case weighted
    /// In each batch a cluster with points moves by 1 - kept(time since the last batch) of the way
    /// to their mean.
    case fixed
  }

  /// What a stream has become; arrays with one entry or row a cluster.
  public struct State {
    public var centers: [[Double]]
    /// The kept weight of the points and of the initial center.
    public var weights: [Double]
    /// The kept weight of the points alone.
    public var momentWeights: [Double]
    /// For every column the kept-weighted mean of the squared deviations of the points from the
    /// center as it is now; 0 where nothing is kept.
    public var variances: [[Double]]
  }

  private struct Point {
    let values: [Double]
    let weight: Double
    let time: Double
    let label: Int
  }

  private let forgetting: Forgetting
  private let clock: Clock
  private let gain: Gain
  private let rounded: (Double) -> Double
  private let initialCenters: [[Double]]
  private let initialWeights: [Double]
  /// When the initial centers had their weights; nil before the first time is known.
  private var start: Double?
  private var now: Double
  private var points: [Point] = []
  private var centers: [[Double]]

  /// - Parameters:
  ///   - weights: of the initial centers, at the start.
  ///   - start: for seconds, when that is; nil for the earliest time of the first batch with
  ///     points. The other clocks begin at 0.
  ///   - type: centers are rounded to it where labels are decided, and nowhere else.
  public init<Scalar: BinaryFloatingPoint>(
    centers: [[Double]], weights: [Double], forgetting: Forgetting, clock: Clock = .batches,
    gain: Gain = .weighted, start: Double? = nil, of type: Scalar.Type
  ) {
    self.forgetting = forgetting
    self.clock = clock
    self.gain = gain
    rounded = { Double(Scalar($0)) }
    initialCenters = centers
    initialWeights = weights
    self.centers = centers
    self.start = clock == .seconds ? start : 0
    now = self.start ?? 0
  }

  /// Adds a batch.
  ///
  /// - Parameter times: one a row where the clock counts seconds; else not looked at.
  /// - Returns: the nearest center of each row before the batch.
  public mutating func update(
    _ rows: [[Double]], weights: [Double]? = nil, times: [Double]? = nil
  ) -> [Int] {
    let candidates = centers.map { $0.map(rounded) }
    let labels = rows.map { Reference.nearest($0, candidates) }
    let (stamps, elapsed) = tick(rows.count, times)
    let batch = rows.indices.map {
      Point(values: rows[$0], weight: weights?[$0] ?? 1, time: stamps[$0], label: labels[$0])
    }
    points += batch
    let share = 1 - forgetting.kept(elapsed)
    for cluster in centers.indices {
      switch gain {
      case .weighted:
        let all = sums(of: cluster, in: points, withInitialCenter: true)
        if all.weight > 0 { centers[cluster] = all.values.map { $0 / all.weight } }
      case .fixed:
        let new = sums(of: cluster, in: batch, withInitialCenter: false)
        guard new.weight > 0 else { continue }
        for column in centers[cluster].indices {
          let mean = new.values[column] / new.weight
          centers[cluster][column] += share * (mean - centers[cluster][column])
        }
      }
    }
    return labels
  }

  /// The state as of now.
  public var state: State {
    let indices = centers.indices
    return State(
      centers: centers,
      weights: indices.map { sums(of: $0, in: points, withInitialCenter: true).weight },
      momentWeights: indices.map { sums(of: $0, in: points, withInitialCenter: false).weight },
      variances: indices.map(variances))
  }

  /// Moves now on; the times of the new rows, and how far now has moved.
  private mutating func tick(
    _ count: Int, _ times: [Double]?
  ) -> (times: [Double], elapsed: Double) {
    let before = now
    switch clock {
    case .batches:
      now += 1
      return (Array(repeating: now, count: count), 1)
    case .points:
      now += Double(count)
      return ((0..<count).map { before + 1 + Double($0) }, Double(count))
    case .seconds:
      guard let times, let earliest = times.min(), let latest = times.max() else { return ([], 0) }
      let since = start == nil ? earliest : before
      if start == nil { start = earliest }
      now = max(since, latest)
      return (times, now - since)
    }
  }

  /// The sum of the kept weights of a cluster, and of what they weigh.
  private func sums(
    of cluster: Int, in points: [Point], withInitialCenter: Bool
  ) -> (weight: Double, values: [Double]) {
    let initial = forgetting.kept(now - (start ?? now)) * initialWeights[cluster]
    var weight = withInitialCenter ? initial : 0
    var values = initialCenters[cluster].map { weight * $0 }
    for point in points where point.label == cluster {
      let kept = point.weight * forgetting.kept(now - point.time)
      weight += kept
      for column in values.indices { values[column] += kept * point.values[column] }
    }
    return (weight, values)
  }

  private func variances(of cluster: Int) -> [Double] {
    let center = centers[cluster]
    var weight = 0.0
    var squares = center.map { _ in 0.0 }
    for point in points where point.label == cluster {
      let kept = point.weight * forgetting.kept(now - point.time)
      weight += kept
      for column in squares.indices {
        let deviation = point.values[column] - center[column]
        squares[column] += kept * deviation * deviation
      }
    }
    return weight > 0 ? squares.map { $0 / weight } : squares
  }
}
