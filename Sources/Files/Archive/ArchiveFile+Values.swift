// The values of sections, checked against their lengths and checksums.
extension ArchiveFile {
  /// Reads a section and checks it.
  func value(of section: Section) throws(FileError) -> Archive.Value {
    let (offset, length) = (section.offset, section.length)
    let value: Archive.Value
    switch section.tag {
    case 1: value = .bytes(try array(UInt8.self, at: offset, byteCount: length))
    case 2:
      let bytes = try array(UInt8.self, at: offset, byteCount: length)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw damaged(section, "is not UTF-8")
      }
      value = .string(text)
    case 3: value = .int(try single(Int64.self, section))
    case 4: value = .double(try single(Double.self, section))
    case 5: value = .ints(try many(Int64.self, section))
    case 6: value = .doubles(try many(Double.self, section))
    case 7: value = .floats(try many(Float.self, section))
    case 8:
      let (rows, columns) = try shape(Double.self, section)
      let values = try array(Double.self, at: offset + 16, byteCount: length - 16)
      value = .doubleMatrix(rows: rows, columns: columns, values: values)
    case 9:
      let (rows, columns) = try shape(Float.self, section)
      let values = try array(Float.self, at: offset + 16, byteCount: length - 16)
      value = .floatMatrix(rows: rows, columns: columns, values: values)
    default: throw damaged(section, "has a type that is unknown: \(section.tag)")
    }
    var checksum = Checksum()
    try value.withPieces { piece throws(FileError) in checksum.add(piece) }
    guard checksum.value == section.checksum else {
      throw damaged(section, "does not match its checksum: the file was changed")
    }
    return value
  }

  /// Values straight from the file into the memory of the array.
  func array<Element: BitwiseCopyable>(
    _ type: Element.Type, at offset: Int, byteCount: Int
  ) throws(FileError) -> [Element] {
    let count = byteCount / MemoryLayout<Element>.stride
    var failure: FileError?
    let values = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(FileError) {
        let bytes = UnsafeMutableRawBufferPointer(
          start: buffer.baseAddress, count: count * MemoryLayout<Element>.stride)
        let found = try file.read(at: offset, into: bytes)
        guard found == bytes.count else {
          throw malformed(at: offset + found, "the file became shorter while it was read")
        }
        initialized = count
      } catch { failure = error }
    }
    if let failure { throw failure }
    return values
  }

  private func many<Element: BitwiseCopyable>(
    _ type: Element.Type, _ section: Section
  ) throws(FileError) -> [Element] {
    guard section.length.isMultiple(of: MemoryLayout<Element>.stride) else {
      throw damaged(section, "has \(counted(section.length, "byte")), not a whole number of values")
    }
    return try array(type, at: section.offset, byteCount: section.length)
  }

  private func single<Element: BitwiseCopyable>(
    _ type: Element.Type, _ section: Section
  ) throws(FileError) -> Element {
    guard section.length == MemoryLayout<Element>.stride else {
      throw damaged(section, "has \(counted(section.length, "byte")), expected one value")
    }
    return try array(type, at: section.offset, byteCount: section.length)[0]
  }

  /// Rows and columns; `nil` where they do not fit the length of the section.
  private func shape<Element: BitwiseCopyable>(
    _ type: Element.Type, _ section: Section
  ) throws(FileError) -> (Int, Int) {
    guard section.length >= 16 else { throw damaged(section, "is too short for a matrix") }
    let shape = try array(UInt64.self, at: section.offset, byteCount: 16)
    let (count, overflow) = shape[0].multipliedReportingOverflow(by: shape[1])
    let stride = UInt64(MemoryLayout<Element>.stride)
    let bytes = count.multipliedReportingOverflow(by: stride)
    guard shape.allSatisfy({ $0 <= Int.max }), !overflow, !bytes.overflow,
      bytes.partialValue == UInt64(section.length - 16)
    else {
      throw damaged(
        section,
        "has \(counted(section.length, "byte")), not those of \(shape[0]) x \(shape[1]) values")
    }
    return (Int(shape[0]), Int(shape[1]))
  }

  private func damaged(_ section: Section, _ what: String) -> FileError {
    malformed(at: section.offset, "section \(quoted(section.name)) \(what)")
  }
}
