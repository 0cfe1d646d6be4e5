/// The bytes of an archive taken apart by the description of the format, to be changed and put
/// together again with checksums that are right.
package struct ArchiveParts {
  package struct Section {
    package var name: [UInt8]
    package var tag: UInt8
    package var payload: [UInt8]
    /// What the table says of the length, where that is a lie.
    package var length: UInt64?
  }

  package var kind: [UInt8]
  package var sections: [Section] = []

  package init(_ bytes: [UInt8]) {
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    let tableEnd = 32 + number(16, 8)
    var place = 32
    func text() -> [UInt8] {
      let start = place + 2
      place = start + number(place, 2)
      return Array(bytes[start..<place])
    }
    kind = text()
    var payload = tableEnd
    while place < tableEnd {
      let name = text()
      let length = number(place + 1, 8)
      sections.append(
        Section(
          name: name, tag: bytes[place],
          payload: Array(bytes[payload..<payload + length]), length: nil))
      place += 13
      payload += length
    }
  }

  /// The archive, with all checksums.
  package var bytes: [UInt8] {
    var table = Self.text(kind)
    for section in sections {
      table += Self.text(section.name) + [section.tag]
      table += Self.number(section.length ?? UInt64(section.payload.count), 8)
      table += Self.number(UInt64(crc32(section.payload)), 4)
    }
    let payloads = sections.flatMap(\.payload)
    let lengths =
      Self.number(UInt64(table.count), 8)
      + Self.number(UInt64(32 + table.count + payloads.count), 8)
    return [0x8b, 0x4b, 0x4d, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a] + Self.number(1, 4)
      + Self.number(UInt64(crc32(lengths + table)), 4) + lengths + table + payloads
  }

  package static func number(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  private static func text(_ bytes: [UInt8]) -> [UInt8] {
    number(UInt64(bytes.count), 2) + bytes
  }
}
