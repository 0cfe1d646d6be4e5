// km_sums: what a worker finds for its part of the rows, and how parts become the next centroids.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

@c @implementation
public func km_sums_alignment(_ clusters: Int64) -> Int64 {
  clusters >= 1 && clusters <= Int64(Int32.max) ? Int64(Stripes.rows(clusters: Int(clusters))) : 0
}

/// Which rows a part holds.
private struct Part {
  let firstRow: Int
  let allRows: Int
  let range: ValueRange?
  let execution: Execution
  let labelsAreKnown: Bool
}

@c @implementation
public func km_sums_assign(
  _ model: OpaquePointer?, _ rows: UnsafePointer<km_rows>?, _ first: Int64, _ all: Int64,
  _ range: UnsafePointer<km_range>?, _ threads: Int32, _ known: Int32,
  _ labels: UnsafeMutablePointer<Int32>?, _ moved: UnsafeMutablePointer<Int64>?,
  _ sums: UnsafeMutablePointer<OpaquePointer?>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let model = try Handles.object(model, ModelObject.self, "model")
    let target = try required(sums, "sums")
    let areKnown = try flag(known, "known")
    guard labels != nil || !areKnown else {
      throw BorderError.argument("labels is NULL, expected the known ones")
    }
    let part = Part(
      firstRow: try count(first, "first_row"), allRows: try count(all, "all_rows"),
      range: try range.map { try km_range.read($0, "range").checked("range") },
      execution: try execution(threads: threads, ""), labelsAreKnown: areKnown)
    let (object, changed) = try withRows(
      rows,
      {
        let (sums, moved) = try assigned($0, part, to: model.of(Float.self), labels)
        return (SumsObject(.float32(sums)), moved)
      },
      {
        let (sums, moved) = try assigned($0, part, to: model.of(Double.self), labels)
        return (SumsObject(.float64(sums)), moved)
      })
    moved?.pointee = Int64(changed)
    target.pointee = Handles.add(object)
  }
}

/// The sums of a part, and how many labels changed.
private func assigned<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ part: Part, to model: KMeansModel<Scalar>,
  _ labels: UnsafeMutablePointer<Int32>?
) throws -> (PartSums<Scalar>, Int) {
  let (base, stride) = try rows.denseView("rows")
  try check(part, rows.count, columns: rows.columns, model)
  if let weights = rows.weights { try WeightCheck.check(weights.span, allowsNone: true) }
  let checked = Rows(base: base, count: rows.count, columns: rows.columns, stride: stride)
  try WeightedRows(rows: checked).checkFinite(part.execution)
  if part.labelsAreKnown {
    try checkLabels(UnsafePointer(labels!), rows.count, clusters: model.clusterCount)
  }
  let exact = rows.weights == nil ? part.range.flatMap { ExactSums($0, rows: part.allRows) } : nil
  if let range = part.range {
    let own = ValueRange(of: checked, instructionSet: part.execution.kernels)
    guard own.largest <= range.largest, own.smallest >= range.smallest,
      own.areFloats || !range.areFloats
    else {
      throw BorderError(KM_INVALID_DATA, "values of these rows lie beyond the range of all rows")
    }
  }
  let none = ClusterSums<Scalar>(
    clusters: model.clusterCount, columns: rows.columns,
    instructionSet: part.execution.kernels, exact: exact)
  let own = labels == nil ? [Int32](repeating: -1, count: max(1, rows.count)) : []
  return own.withUnsafeBufferPointer { own in
    // Kept by this call alone, where nobody wants them.
    let target = labels ?? UnsafeMutablePointer(mutating: own.baseAddress!)
    let pass = RowPass(
      WeightedRows(rows: checked, weights: rows.weights?.baseAddress),
      stripeRows: Stripes.rows(clusters: model.clusterCount), threads: part.execution.threadCount,
      firstRow: part.firstRow)
    let (sums, counts) = pass.assign(
      model.nearest(part.execution),
      into: Assignment(
        labels: target - part.firstRow, labelsAreKnown: part.labelsAreKnown),
      summingLike: none)
    return (sums, counts.moved)
  }
}

private func check<Scalar: ClusteringScalar>(
  _ part: Part, _ rows: Int, columns: Int, _ model: KMeansModel<Scalar>
) throws {
  guard columns == model.dimension else {
    throw ClusteringError.dimensionMismatch(found: columns, expected: model.dimension)
  }
  guard model.distance == .euclidean, model.transform == .identity else {
    throw BorderError.argument(
      "sums are of rows as they are, expected a model of squared Euclidean distances of them")
  }
  let stripe = Stripes.rows(clusters: model.clusterCount)
  guard part.firstRow % stripe == 0 else {
    throw BorderError.argument(
      "first_row is \(part.firstRow), expected a multiple of \(stripe): km_sums_alignment")
  }
  guard part.allRows < 1 << 53, part.firstRow <= part.allRows, rows <= part.allRows - part.firstRow
  else {
    throw BorderError.argument(
      "\(rows) rows from \(part.firstRow) on are more than the \(part.allRows) of all_rows")
  }
}

/// Refuses labels that name no cluster.
func checkLabels(_ labels: UnsafePointer<Int32>, _ count: Int, clusters: Int) throws {
  for row in 0..<count where labels[row] < 0 || Int(labels[row]) >= clusters {
    throw ClusteringError.labelOutOfRange(
      row: row, label: Int(labels[row]), largest: clusters - 1)
  }
}

@c @implementation
public func km_sums_merge(
  _ sums: OpaquePointer?, _ other: OpaquePointer?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let target = try Handles.object(sums, SumsObject.self, "sums")
    try target.merge(Handles.object(other, SumsObject.self, "other").value)
  }
}

@c @implementation
public func km_sums_finish(
  _ sums: OpaquePointer?, _ all: Int64, _ before: OpaquePointer?,
  _ after: UnsafeMutablePointer<OpaquePointer?>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let rows = try count(all, "all_rows")
    let model = try Handles.object(before, ModelObject.self, "before")
    let target = try required(after, "after")
    let object =
      switch try Handles.object(sums, SumsObject.self, "sums").value {
      case .float32(let sums): ModelObject(try finished(sums, rows, model.of(Float.self)))
      case .float64(let sums): ModelObject(try finished(sums, rows, model.of(Double.self)))
      }
    target.pointee = Handles.add(object)
  }
}

private func finished<Scalar: ClusteringScalar>(
  _ sums: PartSums<Scalar>, _ rows: Int, _ before: KMeansModel<Scalar>
) throws -> KMeansModel<Scalar> {
  let total = try sums.total(of: rows)
  guard total.clusters == before.clusterCount, total.columns == before.dimension else {
    throw BorderError.argument(
      "sums of \(total.clusters) clusters of \(total.columns) columns, expected those of the model, "
        + "\(before.clusterCount) of \(before.dimension)")
  }
  return KMeansModel(
    centroids: total.means(keeping: before.centroids), clusterWeights: total.weights,
    inertia: total.inertia, iterations: before.iterations + 1, converged: false)
}

@c @implementation
public func km_sums_encode(
  _ sums: OpaquePointer?, _ bytes: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOut(Handles.object(sums, SumsObject.self, "sums").archive, bytes)
  }
}

@c @implementation
public func km_sums_decode(
  _ data: UnsafePointer<UInt8>?, _ count: Int, _ sums: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(sums, "sums")
    let archive = try archive(data, count, kind: PartSums<Float>.archiveKind)
    target.pointee = Handles.add(try SumsObject(archive))
  }
}

@c @implementation
public func km_sums_free(_ sums: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(sums, SumsObject.self, "sums") }
}
