import Foundation
import KMeansFiles

/// The lines that a file holds already.
struct EarlierLines {
  /// How many end.
  private(set) var count = 0
  /// How many bytes those have that end.
  private(set) var wholeBytes = 0
  private var bytes = 0
  private var firstBytes: [UInt8] = []

  /// Whether there is nothing.
  var isEmpty: Bool { bytes == 0 }

  /// The first line without its end, or as much of it as is there; no more than the beginning of a
  /// long one.
  var first: String { String(decoding: firstBytes, as: UTF8.self) }

  /// Reads a file once.
  ///
  /// - Complexity: O(its size) time, O(1) memory.
  init(of path: String) throws {
    let descriptor = openFile(path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else {
      throw FileError.system(path: path, operation: "open", code: errno)
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw FileError.system(path: path, operation: "read", code: errno)
      }
      if count == 0 { return }
      note(buffer[..<count])
    }
  }

  private mutating func note(_ piece: ArraySlice<UInt8>) {
    let end = UInt8(ascii: "\n")
    if count == 0, firstBytes.count < Self.shown {
      firstBytes += piece.prefix { $0 != end }.prefix(Self.shown - firstBytes.count)
    }
    var (lines, last): (Int, Int?) = (0, nil)
    piece.withUnsafeBufferPointer { piece in
      for place in piece.indices where piece[place] == end {
        lines += 1
        last = place
      }
    }
    count += lines
    if let last { wholeBytes = bytes + last + 1 }
    bytes += piece.count
  }

  /// How many bytes of the first line are kept.
  private static let shown = 4096
}
