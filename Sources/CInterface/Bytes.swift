// km_bytes, and what is written to files or turned into bytes.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles

/// Bytes that were made for a caller, at an address that stays. An unsafe handle.
///
/// `@unchecked Sendable`: written only before other code sees it.
final class BytesObject: HandleObject, @unchecked Sendable {
  static var kind: HandleKind { .bytes }
  let bytes: UnsafeMutableBufferPointer<UInt8>

  /// A copy of bytes, aligned for values of any type.
  init(_ bytes: UnsafeRawBufferPointer) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: 64)
    memory.copyMemory(from: bytes)
    self.bytes = memory.bindMemory(to: UInt8.self)
    count = bytes.count
  }

  let count: Int

  deinit { bytes.deallocate() }
}

@c @implementation
public func km_bytes_view(
  _ bytes: OpaquePointer?, _ data: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  _ count: UnsafeMutablePointer<Int>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(bytes, BytesObject.self, "bytes")
    try required(data, "data").pointee = UnsafePointer(object.bytes.baseAddress!)
    try required(count, "size").pointee = object.count
  }
}

@c @implementation
public func km_bytes_free(_ bytes: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(bytes, BytesObject.self, "bytes") }
}

/// Bytes of a caller, copied: an archive keeps what it needs of them.
func archive(_ data: UnsafePointer<UInt8>?, _ size: Int, kind: String) throws -> Archive {
  guard size >= 0 else { throw BorderError.argument("size is \(size), expected at least 0") }
  let data = try required(data, "data")
  return try Archive(bytes: Array(UnsafeBufferPointer(start: data, count: size)), kind: kind)
}

/// Hands out an archive.
func handOut(_ archive: Archive, _ bytes: UnsafeMutablePointer<OpaquePointer?>?) throws {
  try handOut(archive.encoded(), bytes)
}

/// Hands out bytes.
func handOut(_ made: [UInt8], _ bytes: UnsafeMutablePointer<OpaquePointer?>?) throws {
  try required(bytes, "bytes").pointee = made.withUnsafeBytes { Handles.add(BytesObject($0)) }
}

@c @implementation
public func km_model_save(
  _ model: OpaquePointer?, _ file: UnsafePointer<CChar>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(model, ModelObject.self, "model")
    try object.archive.write(to: path(file))
  }
}

@c @implementation
public func km_model_load(
  _ file: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(model, "model")
    let archive = try Archive(readingFrom: path(file), kind: KMeansModel<Float>.archiveKind)
    target.pointee = Handles.add(try ModelObject(archive))
  }
}

@c @implementation
public func km_model_encode(
  _ model: OpaquePointer?, _ bytes: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOut(Handles.object(model, ModelObject.self, "model").archive, bytes)
  }
}

@c @implementation
public func km_model_decode(
  _ data: UnsafePointer<UInt8>?, _ count: Int, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(model, "model")
    let archive = try archive(data, count, kind: KMeansModel<Float>.archiveKind)
    target.pointee = Handles.add(try ModelObject(archive))
  }
}
