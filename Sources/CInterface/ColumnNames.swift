// Names of the columns of rows, which files of models, streams and sketches hold.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
private import KMeansLocks
internal import VectorIO

/// What is known of the columns of an object's rows. It goes into the files of the object.
final class KnownColumns: Sendable {
  private let columns: KMeansLocks.Mutex<InputColumns?>

  init(_ columns: InputColumns? = nil) { self.columns = KMeansLocks.Mutex(columns) }

  /// Those in an archive.
  ///
  /// - Parameter dimension: how many columns the rows have; `nil` before there are rows.
  convenience init(_ archive: Archive, dimension: Int?) throws {
    let found = try dimension.flatMap {
      try InputColumns(archive, columns: $0) { text in
        FileError.malformed(path: archive.path, place: .wholeFile, problem: text)
      }
    }
    self.init(found)
  }

  var value: InputColumns? { columns.withLock { $0 } }

  /// An archive that holds them as well.
  func written(to archive: Archive) -> Archive {
    var archive = archive
    value?.write(to: &archive)
    return archive
  }

  fileprivate func set(_ names: [String], dimension: Int?) throws {
    guard !names.isEmpty else { return columns.withLock { $0 = nil } }
    guard let dimension else {
      throw BorderError.argument("names for columns that no row has had yet, expected rows first")
    }
    guard names.count == dimension else {
      throw BorderError.argument("count is \(names.count), expected \(dimension), a name a column")
    }
    columns.withLock { known in
      // A file that has the same names says more of the columns.
      if known?.names == names { return }
      known = InputColumns(format: "table", fileColumns: dimension, names: names)
    }
  }
}

extension InputColumns {
  /// The columns of the rows in a file.
  init(_ info: VectorFileInfo) {
    let chosen = info.chosenColumns
    let numbers = chosen.map(\.number)
    self.init(
      format: info.format.rawValue, fileColumns: info.fileColumns,
      numbers: numbers == Array(1...info.fileColumns) ? nil : numbers,
      names: info.columnNames == nil ? nil : chosen.map { $0.name ?? "" },
      firstIndex: info.firstIndex)
  }
}

/// An object whose rows have columns.
protocol ColumnsObject: HandleObject {
  var columns: KnownColumns { get }
  /// How many columns rows have; `nil` before there are any.
  var dimension: Int? { get throws }
  /// The object as files hold it, with what is known of its columns.
  var archive: Archive { get throws }
}

private func setNames<Object: ColumnsObject>(
  _ object: Object, _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int
) throws {
  guard count >= 0, count <= Int(Int32.max) else {
    throw BorderError.argument("count is \(count), expected the number of columns")
  }
  let start = count == 0 ? nil : try required(names, "names")
  let texts = try UnsafeBufferPointer(start: start, count: count).enumerated().map {
    place, pointer in
    let pointer = try required(pointer, "names[\(place)]")
    guard let text = String(validatingCString: pointer) else {
      throw BorderError.argument("names[\(place)] is no text in UTF-8")
    }
    return text
  }
  try object.columns.set(texts, dimension: object.dimension)
}

private func handOutNames<Object: ColumnsObject>(
  _ object: Object, _ bytes: UnsafeMutablePointer<OpaquePointer?>?
) throws {
  let names = object.columns.value?.names ?? []
  try handOut(names.flatMap { Array($0.utf8) + [0] }, bytes)
}

@c @implementation
public func km_model_set_column_names(
  _ model: OpaquePointer?, _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try setNames(Handles.object(model, ModelObject.self, "model"), names, count)
  }
}

@c @implementation
public func km_model_column_names(
  _ model: OpaquePointer?, _ names: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOutNames(Handles.object(model, ModelObject.self, "model"), names)
  }
}

@c @implementation
public func km_stream_set_column_names(
  _ stream: OpaquePointer?, _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try setNames(Handles.object(stream, StreamObject.self, "stream"), names, count)
  }
}

@c @implementation
public func km_stream_column_names(
  _ stream: OpaquePointer?, _ names: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOutNames(Handles.object(stream, StreamObject.self, "stream"), names)
  }
}

@c @implementation
public func km_sketch_set_column_names(
  _ sketch: OpaquePointer?, _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try setNames(Handles.object(sketch, SketchObject.self, "sketch"), names, count)
  }
}

@c @implementation
public func km_sketch_column_names(
  _ sketch: OpaquePointer?, _ names: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOutNames(Handles.object(sketch, SketchObject.self, "sketch"), names)
  }
}
