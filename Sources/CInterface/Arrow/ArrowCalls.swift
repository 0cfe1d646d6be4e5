// Functions that take a stream of Arrow arrays.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

@c @implementation
public func km_arrow_options_init(_ options: UnsafeMutablePointer<km_arrow_options>?, _ size: Int) {
  km_arrow_options.initialize(options, size)
}

/// Runs a call that owns a stream: it is released once, whatever happens.
private func call(
  owning stream: UnsafeMutablePointer<ArrowArrayStream>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int,
  _ body: (UnsafeMutablePointer<ArrowArrayStream>?) throws -> Void
) -> km_status {
  defer { ArrowStream.discard(stream) }
  return call(message, size) { try body(stream) }
}

@c @implementation
public func km_fit_arrow_stream(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ options: UnsafePointer<km_fit_options>?,
  _ arrow: UnsafePointer<km_arrow_options>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ labels: UnsafeMutablePointer<ArrowArray>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let options = try km_fit_options.read(options, "options")
    let arrow = try arrow.map { try km_arrow_options.read($0, "arrow") } ?? .initial
    _ = try options.parameters()
    try ArrowLabels.check(labels, schema)
    let rows = try ArrowStream(taking: stream)
    switch rows.columns.type {
    case .float32: try fit(ArrowRows<Float>(rows), options, arrow, model, labels, schema)
    case .float64: try fit(ArrowRows<Double>(rows), options, arrow, model, labels, schema)
    }
  }
}

private func fit<Scalar: ClusteringScalar>(
  _ source: ArrowRows<Scalar>, _ options: km_fit_options, _ arrow: km_arrow_options,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ labels: UnsafeMutablePointer<ArrowArray>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?
) throws {
  let kept = try KeptRows(reading: source, arrow)
  let parameters = try options.parameters()
  let start: Matrix<Scalar>? = try options.start()
  let found = try ProgressReport.during(options) { report -> KMeans.Fit<Scalar> in
    switch kept {
    case .inMemory(let rows):
      return try parameters.fit(
        rows.view, weights: nil, from: start, onSeeds: { report.found(seeds: $0) },
        while: { iteration, _ in report.ended(iteration) })
    case .spilled(var rows):
      let memory = try memoryLimit(arrow, parameters, rows, startsGiven: start != nil)
      return try parameters.fit(
        rereading: &rows, weights: nil, from: start, memory: memory,
        onSeeds: { report.found(seeds: $0) }, while: { iteration, _ in report.ended(iteration) })
    }
  }
  if let labels, let schema {
    found.labels.withUnsafeBufferPointer { ArrowLabels.handOut($0, labels, schema) }
  }
  model?.pointee = Handles.add(ModelObject(found.model))
}

/// What a fit of rows in a file may take: with the process as much as rows in memory might have
/// had, or what it cannot do without.
private func memoryLimit<Scalar: ClusteringScalar>(
  _ arrow: km_arrow_options, _ parameters: KMeans, _ rows: SpilledRows<Scalar>, startsGiven: Bool
) throws -> Int? {
  guard arrow.memory > 0 else { return nil }
  let limit = Int(arrow.memory).addingReportingOverflow(MemoryPlan.process)
  if limit.overflow { return nil }
  do {
    try parameters.checkMemory(
      limit.partialValue, points: rows.count, columns: rows.columns,
      isDouble: Scalar.self == Double.self, isWeighted: false, startsGiven: startsGiven)
    return limit.partialValue
  } catch {
    guard case .memoryTooSmall(_, let needed) = error else { throw error }
    return needed
  }
}

@c @implementation
public func km_model_assign_arrow_stream(
  _ model: OpaquePointer?, _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ threads: Int32,
  _ labels: UnsafeMutablePointer<ArrowArray>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let model = try Handles.object(model, ModelObject.self, "model")
    let execution = try execution(threads: threads, "")
    let (labels, schema) = (try required(labels, "labels"), try required(schema, "labels_schema"))
    let rows = try ArrowStream(taking: stream)
    let found =
      switch model.model {
      case .float32(let model): try assigned(rows, to: model, execution)
      case .float64(let model): try assigned(rows, to: model, execution)
      }
    found.withUnsafeBufferPointer { ArrowLabels.handOut($0, labels, schema) }
  }
}

/// The labels of all rows, array by array; values become those of the model's type.
private func assigned<Scalar: ClusteringScalar>(
  _ stream: ArrowStream, to model: KMeansModel<Scalar>, _ execution: Execution
) throws -> [Int32] {
  var labels: [Int32] = []
  guard let source = try rows(of: stream, as: Scalar.self) else { return labels }
  while let block = try source.nextBatch() {
    let first = labels.count
    do {
      labels += try model.assign(block, execution: execution)
    } catch { throw error.mappingRows { $0 + first } }
  }
  return labels
}

/// The rows of a stream, `nil` where there are none.
private func rows<Scalar: ClusteringScalar>(
  of stream: ArrowStream, as type: Scalar.Type
) throws -> ArrowRows<Scalar>? {
  do {
    return try ArrowRows(stream)
  } catch let error as BorderError where error.text == ArrowRows<Scalar>.noRows.text {
    return nil
  }
}

@c @implementation
public func km_arrow_stream_read(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
  _ values: UnsafeMutablePointer<OpaquePointer?>?,
  _ rows: UnsafeMutablePointer<km_rows>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let target = try required(values, "values")
    let rows = try required(rows, "rows")
    _ = try km_rows.read(rows, "rows")
    let source = try ArrowStream(taking: stream)
    let (bytes, found) =
      switch source.columns.type {
      case .float32: try read(ArrowRows<Float>(source))
      case .float64: try read(ArrowRows<Double>(source))
      }
    try found.write(to: rows, "rows")
    target.pointee = Handles.add(bytes)
  }
}

/// All rows in memory, and what describes them.
private func read<Scalar: ClusteringScalar>(
  _ source: ArrowRows<Scalar>
) throws -> (BytesObject, km_rows) {
  var all = try Matrix<Scalar>(reserving: 1024, columns: source.columns)
  while true {
    if all.reservedRows == all.rows { try all.reserve(rows: all.rows * 2) }
    let room = all.reservedRows - all.rows
    if try all.append(atMost: room, by: { try source.read(into: &$0) }) == 0 { break }
  }
  let count = all.rows * all.columns * MemoryLayout<Scalar>.stride
  let bytes = all.withRows {
    BytesObject(UnsafeRawBufferPointer(start: $0.base, count: count))
  }
  let type = Int(ScalarType(Scalar.self).rawValue)
  return (
    bytes,
    km_rows(bytes.bytes.baseAddress, type, Int64(all.rows), Int64(all.columns), 0)
  )
}

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

/// Calls a closure with slices of at most 4,096 rows. Nothing is locked while the stream makes rows:
/// it may be code that asks the same sketch.
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

@c @implementation
public func km_labels_to_arrow(
  _ labels: UnsafePointer<Int32>?, _ count: Int64, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    guard count >= 0 else {
      throw BorderError.argument("count is \(count), expected at least 0")
    }
    let (array, schema) = (try required(array, "array"), try required(schema, "schema"))
    if count > 0 { _ = try required(labels, "labels") }
    ArrowLabels.handOut(
      UnsafeBufferPointer(start: count > 0 ? labels : nil, count: Int(count)), array, schema)
  }
}
