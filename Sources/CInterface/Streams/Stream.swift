// km_stream: k-means of rows that come batch by batch.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A stream of either type of values. Calls that change it wait for each other; those that look at
/// it take a copy, and wait for no update but for the moment of the copy.
final class StreamObject: ColumnsObject {
  static var kind: HandleKind { .stream }

  /// The stream.
  enum Stream: Sendable {
    case float32(StreamingKMeans<Float>)
    case float64(StreamingKMeans<Double>)

    var dimension: Int? {
      switch self {
      case .float32(let stream): stream.dimension
      case .float64(let stream): stream.dimension
      }
    }

    var archive: Archive {
      switch self {
      case .float32(let stream): stream.archive
      case .float64(let stream): stream.archive
      }
    }
  }

  /// The stream, and the events of its last update.
  private struct State: Sendable {
    /// Taken out while it changes: a second reference would make copies of all that it has learnt.
    var stream: Stream?
    var events: [ClusterEvent] = []
  }

  private let state: ProcessLock<State>

  let columns: KnownColumns

  init(_ stream: Stream, _ columns: KnownColumns = KnownColumns()) {
    state = ProcessLock(State(stream: stream))
    self.columns = columns
  }

  var dimension: Int? { get throws { try value.dimension } }
  var archive: Archive { get throws { try columns.written(to: value.archive) } }

  var value: Stream { get throws { try state.withLock { $0.stream! } } }
  var events: [ClusterEvent] { get throws { try state.withLock { $0.events } } }

  /// Changes the stream in place: a copy would be one of all that it has learnt.
  func update(
    _ floats: (inout StreamingKMeans<Float>) throws -> BatchReport,
    _ doubles: (inout StreamingKMeans<Double>) throws -> BatchReport
  ) throws -> BatchReport {
    try state.withLock { state in
      let report: BatchReport
      let taken = state.stream.take()!
      switch consume taken {
      case .float32(var stream):
        defer { state.stream = .float32(stream) }
        report = try floats(&stream)
      case .float64(var stream):
        defer { state.stream = .float64(stream) }
        report = try doubles(&stream)
      }
      state.events = report.events
      return report
    }
  }
}

@c @implementation
public func km_stream_options_init(
  _ options: UnsafeMutablePointer<km_stream_options>?, _ size: Int
) {
  km_stream_options.initialize(options, size)
}

@c @implementation
public func km_stream_create(
  _ options: UnsafePointer<km_stream_options>?, _ stream: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_stream_options.read(options, "options")
    let target = try required(stream, "stream")
    let object =
      switch try ScalarType(options.type, "options->type") {
      case .float32: StreamObject(.float32(try begun(options)))
      case .float64: StreamObject(.float64(try begun(options)))
      }
    target.pointee = Handles.add(object)
  }
}

private func begun<Scalar: ClusteringScalar>(
  _ options: km_stream_options
) throws -> StreamingKMeans<Scalar> {
  let parameters = try options.parameters()
  if parameters.rules == .spark, Scalar.self == Float.self {
    throw ClusteringError.streaming(.sparkNeedsDouble)
  }
  guard let centroids = options.centroids else { return StreamingKMeans(parameters) }
  let given = try km_rows.read(centroids, "options->centroids")
  guard given.type == ScalarType(Scalar.self).rawValue else {
    throw BorderError.argument(
      "options->centroids->type is \(given.type), expected options->type, \(options.type)")
  }
  let rows = try CheckedRows<Scalar>(given, "options->centroids")
  return try StreamingKMeans(
    parameters, centroids: rows.matrix("options->centroids"),
    weights: rows.weights.map { Array($0) })
}

@c @implementation
public func km_stream_update(
  _ stream: OpaquePointer?, _ rows: UnsafePointer<km_rows>?, _ times: UnsafePointer<Double>?,
  _ report: UnsafeMutablePointer<km_batch_report>?, _ labels: UnsafeMutablePointer<Int32>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(stream, StreamObject.self, "stream")
    try km_batch_report.check(report, "report")
    let rows = try km_rows.read(rows, "rows")
    let found = try object.update(
      { try learn(rows, times, &$0, withLabels: labels != nil) },
      { try learn(rows, times, &$0, withLabels: labels != nil) })
    if let labels, let learnt = found.labels { labels.update(from: learnt, count: learnt.count) }
    if report != nil { try km_batch_report(found).write(to: report, "report") }
  }
}

/// Rows of the type that a stream takes.
private func rows<Scalar: ClusteringScalar>(
  _ rows: km_rows, for type: Scalar.Type
) throws -> CheckedRows<Scalar> {
  let expected = ScalarType(Scalar.self)
  guard try ScalarType(rows.type, "rows->type") == expected else {
    throw BorderError.argument(
      "rows->type is \(rows.type), expected \(expected.name) as the stream's")
  }
  return try CheckedRows(rows, "rows")
}

private func learn<Scalar: ClusteringScalar>(
  _ batch: km_rows, _ times: UnsafePointer<Double>?, _ stream: inout StreamingKMeans<Scalar>,
  withLabels: Bool
) throws -> BatchReport {
  let rows = try rows(batch, for: Scalar.self)
  let given = times.map { UnsafeBufferPointer(start: $0, count: rows.count) }
  let times = given?.span
  let weights = rows.weights?.span
  switch rows.layout {
  case .dense(let base, let stride):
    return try stream.update(
      MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
      weights: weights, times: times, withLabels: withLabels)
  case .sparse(let arrays):
    return try stream.update(
      SparseRows(unsafeArrays: arrays), weights: weights, times: times, withLabels: withLabels)
  }
}

@c @implementation
public func km_stream_events(
  _ stream: OpaquePointer?, _ events: UnsafeMutablePointer<km_event>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let found = try Handles.object(stream, StreamObject.self, "stream").events
    guard capacity >= 0 else {
      throw BorderError.argument("capacity is \(capacity), expected at least 0")
    }
    if capacity > 0 {
      let target = try required(events, "events")
      for (place, event) in found.prefix(capacity).enumerated() {
        target[place] = km_event(event)
      }
    }
    count?.pointee = found.count
  }
}

@c @implementation
public func km_predictions_init(
  _ predictions: UnsafeMutablePointer<km_predictions>?, _ size: Int
) {
  km_predictions.initialize(predictions, size)
}

@c @implementation
public func km_stream_predict(
  _ stream: OpaquePointer?, _ given: UnsafePointer<km_rows>?,
  _ predictions: UnsafePointer<km_predictions>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(stream, StreamObject.self, "stream")
    let wanted = try km_predictions.read(predictions, "predictions")
    let given = try km_rows.read(given, "rows")
    switch try object.value {
    case .float32(let stream):
      wanted.take(try predict(rows(given, for: Float.self), stream, wanted))
    case .float64(let stream):
      wanted.take(try predict(rows(given, for: Double.self), stream, wanted))
    }
  }
}

private func predict<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ stream: StreamingKMeans<Scalar>, _ wanted: km_predictions
) throws -> Predictions {
  switch rows.layout {
  case .dense(let base, let stride):
    try stream.predict(
      MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
      predicting: wanted.parts)
  case .sparse(let arrays):
    try stream.predict(SparseRows(unsafeArrays: arrays), predicting: wanted.parts)
  }
}

@c @implementation
public func km_stream_free(_ stream: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(stream, StreamObject.self, "stream") }
}
