private import Foundation

/// Streaming k-means from its definition: every point ever seen is kept with its weight, its time
/// and its label, and the state is summed up anew from all of them. Clusters never die here.
public struct ReferenceStream {
  /// The unit in which time is counted.
  public enum Clock: Sendable {
    /// The points of a batch have its number, from 1; an empty batch counts.
    case batches
    /// A point has its own number, from 1.
    case points
    /// Every point brings its time, in any order; now is the latest seen.
    case seconds
  }

  /// The share of a weight that is kept after some time: all, a^elapsed or 2^(-elapsed / h).
  public enum Forgetting: Sendable {
    case never
    case decayFactor(Double)
    case halfLife(Double)

    /// The share that is kept. With a factor of 0 only the present is kept, since 0^0 = 1.
    func kept(_ elapsed: Double) -> Double {
      switch self {
      case .never: 1
      case .decayFactor(let factor): pow(factor, elapsed)
      case .halfLife(let halfLife): exp2(-elapsed / halfLife)
      }
    }
  }

  /// The way in which a cluster follows its points.
  public enum Gain: Sendable {
    /// The center is the mean of all points by their kept weights, and of the initial center with
    /// its weight.
    case weighted
    /// In each batch a cluster with points moves by 1 - kept(time since the last batch) of the way
    /// to their mean.
    case fixed
  }

  /// The state of a stream; arrays with one entry or row a cluster.
  public struct State {
    public var centers: [[Double]]
    /// The kept weight of the points and of the initial center.
    public var weights: [Double]
    /// The kept weight of the points alone.
    public var momentWeights: [Double]
    /// The kept-weighted mean, in every column, of the squared deviations of the points from the
    /// present center; 0 where no weight is kept.
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
  /// The time when the initial centers had their weights; `nil` before the first time is known.
  private var start: Double?
  private var now: Double
  private var points: [Point] = []
  private var centers: [[Double]]

  /// - Parameters:
  ///   - weights: the weights of the initial centers, at the start.
  ///   - start: the time of the start in seconds; `nil` for the earliest time of the first batch
  ///     with points. The other clocks begin at 0.
  ///   - type: the type that centers are rounded to where labels are decided, and only there.
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
  /// - Parameter times: one a row where the clock counts seconds; else ignored.
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

  /// The present state.
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

  /// The sum of the kept weights of a cluster, and the weighted sum of its points.
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
