// km_model_assign_file: rows of a file, which are read once.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra
internal import VectorIO

@c @implementation
public func km_model_assign_file(
  _ model: OpaquePointer?, _ file: UnsafePointer<CChar>?, _ threads: Int32,
  _ labels: UnsafeMutablePointer<Int32>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int64>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(model, ModelObject.self, "model")
    let execution = try execution(threads: threads, "")
    let opened = try openedFile(file, options: object.readingOptions)
    let found =
      switch object.model {
      case .float32(let model): try assigned(opened.rows(), to: model, execution)
      case .float64(let model): try assigned(opened.rows(), to: model, execution)
      }
    if labels != nil { try copy(found, to: labels, capacity, "labels") }
    count?.pointee = Int64(found.count)
  }
}

/// A file that is named by a call.
func openedFile(
  _ file: UnsafePointer<CChar>?, options: ReadingOptions = ReadingOptions()
) throws -> OpenedVectorFile {
  let name = try path(file)
  guard name != "-" else {
    throw BorderError.argument("path is '-', expected a file that can be read more than once")
  }
  return try OpenedVectorFile(name, options: options)
}

extension ModelObject {
  /// How rows are read that go with the model: the columns of its names, and as many of them.
  fileprivate var readingOptions: ReadingOptions {
    var options = ReadingOptions()
    let known = columns.value
    (options.knownDimension, options.expectedSource) = (dimension, "the model")
    options.firstIndex = known?.firstIndex
    if let names = known?.names { options.choose(named: names, as: "the model") }
    return options
  }
}

/// The labels of all rows, some rows at a time.
private func assigned<Scalar: ClusteringScalar>(
  _ rows: VectorFile<Scalar>, to model: KMeansModel<Scalar>, _ execution: Execution
) throws -> [Int32] {
  let bytes = rows.columns * MemoryLayout<Scalar>.stride
  let block = max(1, (1 << 22) / bytes)
  var some = try Matrix<Scalar>(reserving: block, columns: rows.columns)
  var labels: [Int32] = []
  while try some.append(atMost: block, by: { try rows.read(into: &$0) }) > 0 {
    let first = labels.count
    do {
      labels += try model.assign(some, execution: execution)
    } catch { throw error.mappingRows { $0 + first } }
    some.removeAllRows()
  }
  return labels
}
