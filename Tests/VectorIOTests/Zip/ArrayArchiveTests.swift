import KMeansFiles
import Testing
import VectorIO

/// What is read of archives: the ways of packing, names, zip64, pipes, memory.
@Suite struct ArrayArchiveTests {
  static let array = npy(shape: "(3, 2)", data: NPYHeaderTests.data)
  static let turned = npy(
    fortran: "True", shape: "(2, 3)",
    data: (1...6).flatMap { bytes(Float($0).bitPattern) })
  static let expected: [[Double]] = [[1, 2], [3, 4], [5, 6]]

  @Test(arguments: [false, true]) func `both orders several times`(isDeflated: Bool) throws {
    for (array, expected) in [
      (Self.array, Self.expected), (Self.turned, [[1, 3, 5], [2, 4, 6]]),
    ] {
      let zip = ZipFile([ZipFile.Member("a/b.npy", array, isDeflated: isDeflated)])
      let source = MemorySource(zip.file)
      var file = try OpenedVectorFile(source: source, name: "a.npz").rows(as: Double.self)
      for _ in 0..<3 {
        #expect(arrays(try Matrix(reading: &file)) == expected)
        try file.rewind()
      }
    }
    let options = ReadingOptions(columns: ColumnSelection("2"))
    let zip = ZipFile([ZipFile.Member("x.npy", Self.array, isDeflated: isDeflated)])
    #expect(try rows(zip.file, name: "a.npz", options: options) == [[2], [4], [6]])
  }

  @Test func `other members are no arrays`() throws {
    let zip = ZipFile([
      ZipFile.Member("notes.txt", [1, 2, 3]), ZipFile.Member("folder/", []),
      ZipFile.Member("x.npy", Self.array, isDeflated: true),
    ])
    #expect(try rows(zip.file, name: "a.npz") == Self.expected)
    let none = ZipFile([ZipFile.Member("notes.txt", [1, 2, 3])])
    for file in [none, ZipFile([])] {
      #expect(
        failure { _ = try rows(file.file, name: "a.npz") as [[Double]] }
          == malformed(
            .wholeFile,
            "no arrays; expected members whose names end in .npy (unzip takes out what there is)"))
    }
    let book = ZipFile([ZipFile.Member("xl/workbook.xml", [1, 2, 3])])
    #expect(
      failure { _ = try rows(book.file, name: "a.xlsx") as [[Double]] }
        == malformed(
          .wholeFile, "this is an Excel workbook, which is not read: save the sheet as csv"))
  }

  @Test func `many names are shortened`() {
    let zip = ZipFile((0..<14).map { ZipFile.Member("x\($0).npy", Self.array) })
    let names = (0..<12).map { "'x\($0)'" }.joined(separator: ", ")
    #expect(
      failure { _ = try rows(zip.file, name: "a.npz") as [[Double]] }
        == .unusable(
          path: "memory",
          problem: "there are 14 arrays, \(names) and 2 more: the option array chooses one"))
  }

  @Test func `a comment and zip64`() throws {
    var zip = ZipFile([
      ZipFile.Member("x.npy", Self.array), ZipFile.Member("y", [7]),
    ])
    zip.comment = Array("PK\u{5}\u{6} a comment of thirty bytes, perhaps".utf8)
    #expect(try rows(zip.file, name: "a.npz") == Self.expected)
    zip.isZip64 = true
    let size = bytes(UInt64(Self.array.count))
    zip.members[0].both {
      ($0.size, $0.packedSize) = (.max, .max)
      $0.extra = [9, 0, 2, 0, 1, 1] + [1, 0, 16, 0] + size + size
    }
    // The directory has the offset there, too.
    zip.members[0].central.extra = [1, 0, 24, 0] + size + size + bytes(0 as UInt64)
    zip.members[0].offset = .max
    #expect(try rows(zip.file, name: "a.npz") == Self.expected)
  }

  @Test(arguments: [[], [0x50, 0x4b, 7, 8]] as [[UInt8]], [4, 8])
  func descriptors(signature: [UInt8], width: Int) throws {
    for isDeflated in [false, true] {
      var member = ZipFile.Member("x.npy", Self.array, isDeflated: isDeflated)
      member.descriptor = signature + bytes(member.central.checksum)
      for size in [member.central.packedSize, member.central.size] {
        member.descriptor += bytes(UInt64(size)).prefix(width)
      }
      member.both { $0.flags = 8 }
      (member.local.size, member.local.packedSize, member.local.checksum) = (0, 0, 0)
      let other = ZipFile.Member("y", [7])
      #expect(try rows(ZipFile([member, other]).file, name: "a.npz") == Self.expected)
      for place in signature.count..<member.descriptor.count {
        var changed = member
        changed.descriptor[place] ^= 1
        let offset = 30 + 5 + member.packed.count
        #expect(
          failure { _ = try rows(ZipFile([changed, other]).file, name: "a.npz") as [[Double]] }
            == malformed(
              .byte(offset),
              "expected a data descriptor with the sizes and the CRC of member 'x.npy'"))
      }
    }
  }

  @Test func `a pipe is refused`() {
    let zip = ZipFile([ZipFile.Member("x.npy", Self.array)]).file
    let error = FileError.unusable(
      path: "memory",
      problem: "npz is read from its end: expected a regular file, not a pipe or gzip data")
    for kind in [MemorySource.Kind.pipe, .packed] {
      #expect(failure { _ = try rows(zip, name: "-", kind: kind) as [[Double]] } == error)
    }
    #expect(failure { _ = try rows(gzipMember(zip), name: "a.npz.gz") as [[Double]] } == error)
  }

  @Test func `an error in an array names it`() {
    let zip = ZipFile([ZipFile.Member("x.npy", Array(Self.array.dropLast()), isDeflated: true)])
    let error = failure { _ = try rows(zip.file, name: "a.npz") as [[Double]] }
    let length = Self.array.count
    #expect(
      error?.description
        == "memory: 'x': byte \(length - 1): the data ends here, after 23 bytes; expected 24 "
        + "(3 x 2 values of type <f4)")
    let more = ZipFile([ZipFile.Member("x.npy", Self.array + [0], isDeflated: true)])
    #expect(
      failure { _ = try rows(more.file, name: "a.npz") as [[Double]] }?.description
        == "memory: 'x': byte \(length): bytes after the last of 3 rows; expected the end")
    let text = ZipFile([ZipFile.Member("x.npy", Array("1,2\n".utf8))])
    #expect(
      failure { _ = try rows(text.file, name: "a.npz") as [[Double]] }?.description
        == "memory: 'x': byte 0: expected the magic of an npy file")
  }

  /// 64 MiB of zeros in 64 kB come out in pieces, and twice.
  @Test func `a bomb takes no memory`() throws {
    let data = [UInt8](repeating: 0, count: 64 << 20)
    let zip = ZipFile([
      ZipFile.Member("x.npy", npy(shape: "(16777216,)", data: data), isDeflated: true)
    ])
    let source = MemorySource(zip.file)
    let file = try OpenedVectorFile(source: source, name: "a.npz").rows(as: Float.self)
    #expect(source.bytesRead < 1 << 20)
    #expect(try #require(file.remainingRowsEstimate) <= (64 << 20) / 8)
    for _ in 0..<2 {
      var count = 0
      while true {
        var matrix = try Matrix<Float>(reserving: 1 << 16, columns: 1)
        let values = try matrix.append(atMost: 1 << 16) { try file.read(into: &$0) }
        if values == 0 { break }
        count += values
      }
      #expect(count == 16 << 20)
      try file.rewind()
    }
  }
}
