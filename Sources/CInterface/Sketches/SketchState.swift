// What a sketch is and has learnt: to look at, to keep, to go on from.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles

@c @implementation
public func km_sketch_get_info(
  _ sketch: OpaquePointer?, _ info: UnsafeMutablePointer<km_sketch_info>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    switch try Handles.object(sketch, SketchObject.self, "sketch").value {
    case .float32(let sketch): try km_sketch_info(sketch).write(to: info, "info")
    case .float64(let sketch): try km_sketch_info(sketch).write(to: info, "info")
    }
  }
}

@c @implementation
public func km_sketch_get_options(
  _ sketch: OpaquePointer?, _ options: UnsafeMutablePointer<km_sketch_options>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let found =
      switch try Handles.object(sketch, SketchObject.self, "sketch").value {
      case .float32(let sketch): try km_sketch_options(sketch.parameters, .float32)
      case .float64(let sketch): try km_sketch_options(sketch.parameters, .float64)
      }
    try found.write(to: options, "options")
  }
}

@c @implementation
public func km_sketch_save(
  _ sketch: OpaquePointer?, _ file: UnsafePointer<CChar>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try Handles.object(sketch, SketchObject.self, "sketch").archive.write(to: path(file))
  }
}

@c @implementation
public func km_sketch_load(
  _ file: UnsafePointer<CChar>?, _ sketch: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(sketch, "sketch")
    let archive = try Archive(readingFrom: path(file), kind: StreamingSketch<Float>.archiveKind)
    target.pointee = Handles.add(try SketchObject(archive))
  }
}

@c @implementation
public func km_sketch_encode(
  _ sketch: OpaquePointer?, _ bytes: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOut(Handles.object(sketch, SketchObject.self, "sketch").archive, bytes)
  }
}

@c @implementation
public func km_sketch_decode(
  _ data: UnsafePointer<UInt8>?, _ count: Int, _ sketch: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(sketch, "sketch")
    let archive = try archive(data, count, kind: StreamingSketch<Float>.archiveKind)
    target.pointee = Handles.add(try SketchObject(archive))
  }
}
