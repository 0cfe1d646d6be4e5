// The border between C and Swift: every function is a closure that may throw, and nothing else gets
// out of it.
internal import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// An error of a call itself: a pointer, a size, an option.
struct BorderError: Error {
  let status: km_status
  let text: String

  init(_ status: Int, _ text: String) {
    self.status = km_status(status)
    self.text = text
  }

  /// An argument is wrong.
  static func argument(_ text: String) -> BorderError { BorderError(KM_INVALID_ARGUMENT, text) }
}

/// Runs a call, and turns what it throws into a status and one line of text.
///
/// - Parameters:
///   - message: OUT, room for `size` bytes, the last of which is a NUL; nothing for no text.
@inline(__always)
func call(
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int, _ body: () throws -> Void
) -> km_status {
  do {
    try body()
    return km_status(KM_OK)
  } catch {
    return report(error, message, size)
  }
}

/// The status of an error, whose text goes to `message`.
func report(
  _ error: any Error, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  let (status, text) = described(error)
  write(text, to: message, size)
  return km_status(status)
}

private func described(_ error: any Error) -> (status: Int, text: String) {
  switch error {
  case let error as BorderError: (Int(error.status), error.text)
  case let error as ClusteringError: (status(of: error), error.description)
  case let error as FileError:
    if case .outOfMemory = error {
      (KM_OUT_OF_MEMORY, error.description)
    } else {
      (KM_FILE_ERROR, error.description)
    }
  case let error as ShapeError: (KM_INVALID_ARGUMENT, "\(error)")
  case let error as SparseShapeError: (KM_INVALID_DATA, "\(error)")
  default: (KM_INTERNAL_ERROR, "\(error)")
  }
}

private func status(of error: ClusteringError) -> Int {
  if case .memoryTooSmall = error { return KM_OUT_OF_MEMORY }
  if error.specific(ExecutionError.self) != nil { return KM_UNAVAILABLE }
  if case .notStarted? = error.specific(StreamingError.self) { return KM_NOT_STARTED }
  return switch error.kind {
  case .parameter: KM_INVALID_ARGUMENT
  case .data: KM_INVALID_DATA
  case .cancellation: KM_CANCELLED
  }
}

/// Writes a line, as much of it as there is room for, in whole characters.
private func write(_ text: String, to message: UnsafeMutablePointer<CChar>?, _ size: Int) {
  guard let message, size > 0 else { return }
  let bytes = text.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
  var count = min(bytes.count, size - 1)
  // Not between the bytes of a character.
  while count > 0, count < bytes.count, bytes[count] & 0xC0 == 0x80 { count -= 1 }
  for place in 0..<count { message[place] = CChar(bitPattern: bytes[place]) }
  message[count] = 0
}

/// A pointer that must be there.
func required<Pointer>(_ pointer: Pointer?, _ name: String) throws -> Pointer {
  guard let pointer else { throw BorderError.argument("\(name) is NULL") }
  return pointer
}

/// A path as C has it.
func path(_ text: UnsafePointer<CChar>?) throws -> String {
  let path = FileName.text(try required(text, "path"))
  guard !path.isEmpty else {
    throw BorderError.argument("path is empty, expected the name of a file")
  }
  return path
}
