import Clustering

/// What `--trace` writes: a line of JSON for each batch, as it is learnt. The keys and their order
/// are a contract; numbers read back as the same bits.
final class TraceLog {
  let file: AppendingFile
  private let every: Int
  /// What happened since the last line: no event is lost between lines.
  private var events: [String] = []
  /// A batch that has no line yet.
  private var pending: BatchFacts?
  /// The ids of the clusters, where the stream does not know them.
  private let ids: [Int]?

  /// - Parameter every: how many batches share a line.
  init(_ path: String, every: Int, ids: [Int]?) {
    file = AppendingFile(path)
    self.ids = ids
    self.every = every
  }

  /// Looks at the lines of an earlier run.
  ///
  /// - Returns: the number of the line that comes next, where there are others before it.
  func examine() throws -> Int? { try file.nextBatchLine(as: "a trace", with: "centroids") }

  /// What waits for the next line.
  var waiting: WaitingTrace {
    get { WaitingTrace(pending, events) }
    set { (pending, events) = (newValue.pending, newValue.events) }
  }

  /// Notes a batch.
  ///
  /// - Parameter stream: as it is after it.
  func add<Scalar: ClusteringScalar>(
    _ batch: BatchFacts, _ stream: StreamingKMeans<Scalar>
  ) throws {
    events += batch.events.map(Self.text) + batch.alarms.map(\.json)
    pending = batch
    if batch.number.isMultiple(of: every) { try write(stream) }
  }

  /// Writes the line of the last batch, if that is still to do.
  func finish<Scalar: ClusteringScalar>(_ stream: StreamingKMeans<Scalar>) throws {
    if pending != nil { try write(stream) } else { try file.open() }
  }

  private func write<Scalar: ClusteringScalar>(_ stream: StreamingKMeans<Scalar>) throws {
    guard let batch = pending else { return }
    let line = Self.line(batch, events, stream, ids: ids ?? stream.ids)
    pending = nil
    events = []
    try file.write(Array(line.utf8))
  }

  private static func line<Scalar: ClusteringScalar>(
    _ batch: BatchFacts, _ events: [String], _ stream: StreamingKMeans<Scalar>, ids: [Int]
  ) -> String {
    let weights = list(stream.clusterWeights)
    return "{\"batch\":\(batch.number),\"points\":\(batch.points),\"time\":\(batch.time ?? 0),"
      + "\"centroids\":\(rows(stream.centroids)),\"weights\":\(weights),\"ids\":\(list(ids)),"
      + "\"inertia\":\(batch.inertia),\"events\":[\(events.joined(separator: ","))]"
      + (batch.drift.map { ",\"drift\":\($0)}\n" } ?? "}\n")
  }

  private static func rows(_ matrix: Matrix<Double>?) -> String {
    guard let matrix else { return "[]" }
    let rows = (0..<matrix.rows).map { row in
      list((0..<matrix.columns).map { matrix[row, $0] })
    }
    return "[\(rows.joined(separator: ","))]"
  }

  private static func list<Number: CustomStringConvertible>(_ numbers: [Number]) -> String {
    "[\(numbers.map(\.description).joined(separator: ","))]"
  }

  private static func text(_ event: ClusterEvent) -> String {
    let (kind, parent) =
      switch event.kind {
      case .born: ("born", "")
      case .died: ("died", "")
      case .split(let parent): ("split", ",\"parent\":\(parent)")
      }
    return "{\"kind\":\"\(kind)\",\"cluster\":\(event.cluster)\(parent),\"label\":\(event.label)}"
  }
}
