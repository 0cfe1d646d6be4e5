internal import KMeansCHeader
internal import KMeansCLibrary

/// A stream of Arrow arrays that this call owns, and releases once. An unsafe handle.
final class ArrowStream {
  private var stream: ArrowArrayStream
  /// What its arrays hold.
  let columns: ArrowColumns

  /// Takes a stream over from its owner, for whom it is released from now on.
  ///
  /// - Throws: where it was released before, or has no rows of numbers.
  init(taking source: UnsafeMutablePointer<ArrowArrayStream>?) throws {
    let source = try required(source, "stream")
    guard source.pointee.release != nil else {
      throw BorderError(
        KM_STREAM_ERROR, "the stream was released already: a stream is consumed once")
    }
    stream = source.pointee
    source.pointee.release = nil
    do {
      columns = try Self.schema(&stream)
    } catch {
      stream.release?(&stream)
      stream.release = nil
      throw error
    }
  }

  deinit { stream.release?(&stream) }

  /// Releases a stream that a call was given and did not get to read.
  static func discard(_ source: UnsafeMutablePointer<ArrowArrayStream>?) {
    guard let source, let release = source.pointee.release else { return }
    release(source)
    source.pointee.release = nil
  }

  private static func schema(_ stream: inout ArrowArrayStream) throws -> ArrowColumns {
    var schema = ArrowSchema()
    guard let getSchema = stream.get_schema, stream.get_next != nil else {
      throw BorderError(KM_STREAM_ERROR, "the stream has no functions")
    }
    let code = getSchema(&stream, &schema)
    guard code == 0 else { throw error(&stream, code, "tell its schema") }
    defer { schema.release?(&schema) }
    return try ArrowColumns(schema)
  }

  /// The next array that has rows; `nil` at the end.
  func next() throws -> ArrowBatch? {
    while true {
      var array = ArrowArray()
      let code = stream.get_next!(&stream, &array)
      guard code == 0 else { throw Self.error(&stream, code, "give its next rows") }
      guard array.release != nil else { return nil }
      let batch = try ArrowBatch(taking: array, columns)
      if batch.count > 0 { return batch }
    }
  }

  private static func error(
    _ stream: inout ArrowArrayStream, _ code: Int32, _ what: String
  ) -> BorderError {
    let text = stream.get_last_error?(&stream).map { String(cString: $0) }
    let reason = text.flatMap { $0.isEmpty ? nil : $0 } ?? String(cString: strerror(code))
    return BorderError(KM_STREAM_ERROR, "the stream could not \(what): \(reason)")
  }
}
