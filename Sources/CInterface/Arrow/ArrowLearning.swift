// Arrow streams whose rows are learnt as they come, by streams and sketches.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

@c @implementation
public func km_stream_update_arrow_stream(
  _ stream: OpaquePointer?, _ batches: UnsafeMutablePointer<ArrowArrayStream>?,
  _ report: UnsafeMutablePointer<km_batch_report>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(owning: batches, message, size) { batches in
    let object = try Handles.object(stream, StreamObject.self, "stream")
    try km_batch_report.check(report, "report")
    let rows = try ArrowStream(taking: batches)
    // Told after each batch: those before an error have been learnt.
    func tell(_ last: BatchReport) throws {
      if report != nil { try km_batch_report(last).write(to: report, "report") }
    }
    switch try object.value {
    case .float32:
      try forEachBatch(rows, Float.self) { batch in
        try tell(object.update({ try $0.update(batch) }, { _ in throw StreamObject.otherType }))
      }
    case .float64:
      try forEachBatch(rows, Double.self) { batch in
        try tell(object.update({ _ in throw StreamObject.otherType }, { try $0.update(batch) }))
      }
    }
  }
}

extension StreamObject {
  /// Streams and sketches keep their type; said where one would not.
  fileprivate static var otherType: BorderError {
    BorderError(KM_INTERNAL_ERROR, "the type of the rows has changed")
  }
}

private func forEachBatch<Scalar: ClusteringScalar>(
  _ stream: ArrowStream, _ type: Scalar.Type, _ body: (Matrix<Scalar>) throws -> Void
) throws {
  guard let source = try rows(of: stream, as: Scalar.self) else { return }
  while let batch = try source.nextBatch() { try body(batch) }
}

@c @implementation
public func km_sketch_add_arrow_stream(
  _ sketch: OpaquePointer?, _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let object = try Handles.object(sketch, SketchObject.self, "sketch")
    let stream = try ArrowStream(taking: stream)
    switch try object.value {
    case .float32:
      try forEachSlice(stream, Float.self) { slice in
        try object.change({ try $0.add(slice) }, { _ in throw StreamObject.otherType })
      }
    case .float64:
      try forEachSlice(stream, Double.self) { slice in
        try object.change({ _ in throw StreamObject.otherType }, { try $0.add(slice) })
      }
    }
  }
}

/// Calls a closure with slices of at most 4,096 rows. Nothing is locked while the stream makes
/// rows: it may be code that asks the same sketch.
private func forEachSlice<Scalar: ClusteringScalar>(
  _ stream: ArrowStream, _ type: Scalar.Type, _ body: (Matrix<Scalar>) throws -> Void
) throws {
  guard let source = try rows(of: stream, as: Scalar.self) else { return }
  let most = max(1, min(4096, (1 << 20) / source.columns))
  var first = 0
  while true {
    var slice = try Matrix<Scalar>(reserving: most, columns: source.columns)
    var stopped: (any Error)?
    do {
      while slice.rows < most {
        let room = most - slice.rows
        if try slice.append(atMost: room, by: { try source.read(into: &$0) }) == 0 { break }
      }
    } catch { stopped = error }
    if slice.rows > 0 {
      do {
        try body(slice)
      } catch let error as ClusteringError {
        throw error.mappingRows { $0 + first }
      }
    }
    if let stopped { throw stopped }
    guard slice.rows > 0 else { return }
    first += slice.rows
  }
}
