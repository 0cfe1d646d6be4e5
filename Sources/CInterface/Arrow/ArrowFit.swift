// km_fit_arrow_stream: rows that are kept, in memory or in a file, for all iterations.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

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
