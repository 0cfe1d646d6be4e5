/// A line of a trace, as `kmeans stream --trace` writes it: what a stream has learnt after a batch.
///
/// ```swift
/// let lines = try String(contentsOfFile: "trace.jsonl", encoding: .utf8).split(separator: "\n")
/// let records = try lines.map { try JSONDecoder().decode(TraceRecord.self, from: Data($0.utf8)) }
/// ```
///
/// The keys are a contract. Numbers read back as the same bits.
public struct TraceRecord: Codable, Sendable, Hashable {
  /// The number of the batch, from 1.
  public var batch: Int
  /// The points of the batch.
  public var points: Int
  /// What the clock shows, in the unit of the half-life.
  public var time: Double
  /// The centroids in the units of the points [k x d]; empty while the stream waits for its first
  /// rows, as the next two are.
  public var centroids: [[Double]]
  /// The decayed weight of each cluster [k].
  public var weights: [Double]
  /// The id of each cluster [k], which no other cluster of the stream ever has.
  public var ids: [Int]
  /// The sum of the squared distances of the points to the centroids before the update.
  public var inertia: Double
  /// What happened since the line before.
  public var events: [Event]
  /// The drift; `nil` where it is not watched.
  public var drift: Drift?

  /// Something that happened to a cluster, or an alarm.
  public struct Event: Codable, Sendable, Hashable {
    /// `born`, `died`, `split`, or `drift` for an alarm.
    public var kind: String
    /// The id of the cluster.
    public var cluster: Int?
    /// The row of the centroids that it has or had.
    public var label: Int?
    /// The id of the cluster that a split one is a half of.
    public var parent: Int?
    /// The figure that an alarm is about: a ``DriftEvent/Kind``.
    public var of: String?
    /// Its statistic, and the threshold that this is above.
    public var value: Double?
    public var threshold: Double?
  }

  /// The drift after a batch: see ``DriftReport``.
  public struct Drift: Codable, Sendable, Hashable {
    /// The speed of the centroids, in radii per half-life.
    public var speed: Double
    /// How much the shares of the clusters differ from those before, in bits.
    public var shareChange: Double
    /// The statistics of the tests, by the names of ``DriftEvent/Kind``.
    public var statistics: [String: Double]
    /// The number of alarms.
    public var alarms: Int
  }
}

extension TraceRecord {
  /// The line of a batch that a stream has just learnt.
  ///
  /// - Parameter stream: as it is after the batch.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init<Scalar: ClusteringScalar>(
    _ report: BatchReport, of stream: StreamingKMeans<Scalar>
  ) {
    self.init(
      batch: report.number, points: report.points, time: report.time,
      centroids: stream.centroids?.rowArrays ?? [], weights: stream.clusterWeights,
      ids: stream.ids, inertia: report.inertia,
      events: report.events.map(Event.init) + report.driftEvents.map(Event.init),
      drift: report.drift.map(Drift.init))
  }

  /// What is wrong with the record; `nil` where it is one that a stream can have written.
  package var problem: String? {
    if batch < 1 || points < 0 { return "batch \(batch) of \(points) points" }
    if weights.count != centroids.count || ids.count != centroids.count {
      return
        "\(centroids.count) centroids, \(weights.count) weights and \(ids.count) ids: expected "
        + "as many of each"
    }
    let columns = centroids.first?.count ?? 1
    if columns == 0 || centroids.contains(where: { $0.count != columns }) {
      return "centroids of different lengths, or of none"
    }
    if Set(ids).count != ids.count { return "an id twice among \(ids)" }
    return weights.allSatisfy { $0 >= 0 } ? nil : "a negative weight"
  }
}

extension TraceRecord.Event {
  /// The entry of a change of a cluster.
  init(_ event: ClusterEvent) {
    (cluster, label) = (event.cluster, event.label)
    switch event.kind {
    case .born: kind = "born"
    case .died: kind = "died"
    case .split(let parent): (kind, self.parent) = ("split", parent)
    }
  }

  /// The entry of an alarm.
  init(_ event: DriftEvent) {
    (kind, of) = ("drift", event.kind.rawValue)
    (value, threshold) = (event.value, event.threshold)
  }
}

extension TraceRecord.Drift {
  init(_ report: DriftReport) {
    let names = DriftEvent.Kind.allCases.map(\.rawValue)
    (speed, shareChange) = (report.speed, report.shareChange)
    statistics = Dictionary(uniqueKeysWithValues: zip(names, report.statistics))
    alarms = report.events.count
  }
}
