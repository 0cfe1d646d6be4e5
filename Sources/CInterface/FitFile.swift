// km_fit_file: rows that are read again in every iteration.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra
internal import VectorIO

@c @implementation
public func km_fit_file(
  _ file: UnsafePointer<CChar>?, _ options: UnsafePointer<km_fit_options>?, _ memory: Int64,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ labels: UnsafeMutablePointer<Int32>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int64>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_fit_options.read(options, "options")
    guard memory >= 0 else {
      throw BorderError.argument("memory is \(memory), expected at least 0")
    }
    _ = try options.parameters()
    try FileFit(
      options: options, memory: memory == 0 ? nil : Int(memory), model: model, labels: labels,
      capacity: capacity, count: count
    ).run(openedFile(file))
  }
}

/// What is to be done with the rows of a file.
private struct FileFit {
  let options: km_fit_options
  let memory: Int?
  let model: UnsafeMutablePointer<OpaquePointer?>?
  let labels: UnsafeMutablePointer<Int32>?
  let capacity: Int
  let count: UnsafeMutablePointer<Int64>?

  /// Reads the values as the type that suits them.
  func run(_ opened: consuming OpenedVectorFile) throws {
    switch opened.info.precision {
    case .float: try run(opened.rows(as: Float.self))
    case .double: try run(opened.rows(as: Double.self))
    }
  }

  private func run<Scalar: ClusteringScalar>(_ rows: VectorFile<Scalar>) throws {
    var file = rows
    let parameters = try options.parameters()
    let start: Matrix<Scalar>? = try options.start()
    let found = try ProgressReport.during(options) { report in
      try parameters.fit(
        rereading: &file, weights: nil, from: start, memory: memory,
        onSeeds: { report.found(seeds: $0) }, while: { iteration, _ in report.ended(iteration) })
    }
    if labels != nil { try copy(found.labels, to: labels, capacity, "labels") }
    count?.pointee = Int64(found.labels.count)
    var columns: InputColumns? = InputColumns(file.info)
    if columns?.count != found.model.dimension { columns = nil }
    model?.pointee = Handles.add(ModelObject(found.model, columns))
  }
}
