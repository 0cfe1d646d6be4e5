private import KMeansCLibrary

// Names of files are bytes. A `String` cannot hold all of them: where it is made of bytes that are
// not UTF-8, these are replaced, and no file has the new name.

/// Names of files as texts that lead back to the same bytes.
///
/// A byte that is no part of UTF-8 becomes one of 256 scalars at the end of the last private-use
/// plane, which no standard assigns (U+10FE00 to U+10FEFF), and each call of the system takes it
/// back. So all else deals with names as ordinary texts. A name that holds such a scalar itself is
/// taken apart into its four bytes.
///
/// Texts from files (names of columns, classes, keys) are kept the same way: two of them that
/// differ stay different in any encoding, and are written as they were read.
package enum FileName {
  private static let scalars: ClosedRange<UInt32> = 0x10FE00...0x10FEFF
  /// The first byte of the scalars in UTF-8, which few other texts have.
  private static let mark: UInt8 = 0xf4

  /// The text of a name that the system gave.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    if !bytes.contains(mark), let text = String(validating: bytes, as: UTF8.self) { return text }
    var result = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var rest = bytes[...]
    func keep(_ count: Int) {
      for byte in rest.prefix(count) {
        result.append(Unicode.Scalar(scalars.lowerBound + UInt32(byte))!)
      }
      rest = rest.dropFirst(count)
    }
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if scalars.contains(scalar.value) {
          keep(encoded.count)
        } else {
          result.append(scalar)
          rest = rest.dropFirst(encoded.count)
        }
      case .error(let length):
        keep(length)
      case .emptyInput:
        return String(result)
      }
    }
  }

  /// The same for a name of the C library, which ends in a zero.
  package static func text(_ name: UnsafePointer<CChar>) -> String {
    var bytes: [UInt8] = []
    var place = name
    while place.pointee != 0 {
      bytes.append(UInt8(bitPattern: place.pointee))
      place += 1
    }
    return text(bytes)
  }

  /// The bytes of a name, and a zero behind them, for a call of the system.
  package static func withBytes<Result>(
    of name: String, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    guard name.utf8.contains(mark) else { return name.withCString(body) }
    let bytes = bytes(of: name).map { CChar(bitPattern: $0) } + [0]
    return bytes.withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  /// The bytes that a text was made of.
  package static func bytes(of text: String) -> [UInt8] {
    guard text.utf8.contains(mark) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      byte(scalar).map { [$0] } ?? Array(String(scalar).utf8)
    }
  }

  /// The name of a file within its folder: what stands behind the last slash of a path.
  package static func last(of path: String) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
  }

  /// How many bytes the name of a file may have beside another one.
  package static func mostBytes(beside path: String) -> Int {
    let most = withBytes(of: AtomicTarget.folder(of: path)) { pathconf($0, Int32(_PC_NAME_MAX)) }
    return most > 0 ? most : 255
  }

  /// The byte that a scalar stands for, if it does.
  static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    scalars.contains(scalar.value) ? UInt8(scalar.value - scalars.lowerBound) : nil
  }
}
