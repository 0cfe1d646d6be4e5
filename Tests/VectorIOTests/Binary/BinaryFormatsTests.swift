import Foundation
import KMeansFiles
import Testing
import VectorIO

/// What holds for all binary formats alike.
@Suite struct BinaryFormatsTests {
  static let kinds = [MemorySource.Kind.file, .pipe, .packed]

  @Test(arguments: BinarySample.all, kinds)
  func `every value comes through`(sample: BinarySample, kind: MemorySource.Kind) throws {
    for piece in [1, 3, 7, 1000] {
      for windowSize in [1, 5, 1 << 18] {
        let doubles = try rows(
          sample.file, name: sample.name, kind: kind, piece: piece, windowSize: windowSize)
        #expect(doubles.map { $0.map(\.bitPattern) } == sample.rows.map { $0.map(\.bitPattern) })
        let floats = try rows(
          sample.file, name: sample.name, as: Float.self, kind: kind, piece: piece,
          windowSize: windowSize)
        #expect(floats == sample.rows.map { $0.map { Float($0) } })
      }
    }
    #expect(try rows(gzipMember(sample.file), name: "\(sample.name).gz") == sample.rows)
  }

  @Test(arguments: BinarySample.all) func `what is known`(sample: BinarySample) throws {
    let opened = try OpenedVectorFile(source: MemorySource(sample.file), name: sample.name)
    #expect(opened.info.format == sample.format)
    #expect(opened.info.valueType == sample.valueType)
    #expect(opened.info.precision == sample.precision)
    #expect(opened.info.rows == sample.rows.count)
    #expect(opened.info.columns == sample.rows[0].count)
    #expect(opened.info.isRereadable)
    for kind in [MemorySource.Kind.pipe, .packed] {
      let source = MemorySource(sample.file, kind: kind)
      let info = try OpenedVectorFile(source: source, name: sample.name).info
      #expect(info.rows == (sample.isCounted ? sample.rows.count : nil))
      #expect(!info.isRereadable)
    }
  }

  @Test(arguments: BinarySample.all) func `rewinds to the first row`(sample: BinarySample) throws {
    for kind in [MemorySource.Kind.file, .packed] {
      let source = MemorySource(sample.file, piece: 5, kind: kind)
      var file = try OpenedVectorFile(source: source, name: sample.name, windowSize: 6)
        .rows(as: Double.self)
      for _ in 0..<3 {
        #expect(arrays(try Matrix(reading: &file)) == sample.rows)
        try file.rewind()
      }
    }
  }

  /// Each proper beginning of a file is refused, unless it is whole rows that nothing counts.
  @Test(arguments: BinarySample.all, kinds)
  func `every truncation is found`(sample: BinarySample, kind: MemorySource.Kind) {
    for length in 0..<sample.file.count {
      let bytes = Array(sample.file[..<length])
      if !sample.isCounted, length > 0, length.isMultiple(of: sample.rowLength) {
        let found = try? rows(bytes, name: sample.name, kind: kind) as [[Double]]
        #expect(found == Array(sample.rows.prefix(length / sample.rowLength)))
        continue
      }
      let error = failure { _ = try rows(bytes, name: sample.name, kind: kind) as [[Double]] }
      guard case .malformed("memory", .byte(let byte), let problem)? = error else {
        Issue.record("\(length) bytes: \(String(describing: error))")
        continue
      }
      let expected =
        if sample.isCounted {
          length < sample.dataOffset
            ? "the file ends here, expected a header of " : "the data ends here, after "
        } else if length < 4 {
          length == 0 ? "no rows: the file is empty" : "the file ends here, expected a dimension"
        } else {
          "the last whole row ends here; expected a multiple of \(sample.rowLength) bytes in all"
        }
      #expect(problem.hasPrefix(expected))
      #expect(
        byte == (sample.isCounted || length < 4 ? length : length - length % sample.rowLength))
    }
  }

  @Test(arguments: BinarySample.all.filter { $0.isCounted })
  func `what comes behind the rows is refused`(sample: BinarySample) {
    let end = FileError.Place.byte(sample.file.count)
    let count = sample.rows.count == 1 ? "1 row" : "\(sample.rows.count) rows"
    #expect(
      failure {
        _ = try OpenedVectorFile(source: MemorySource(sample.file + [0]), name: sample.name)
      }
        == malformed(end, "1 byte after the last of \(count); expected the end"))
    for kind in [MemorySource.Kind.pipe, .packed] {
      #expect(
        failure {
          _ = try rows(sample.file + [0], name: sample.name, kind: kind) as [[Double]]
        } == malformed(end, "bytes after the last of \(count); expected the end"))
    }
  }

  @Test func `columns are selected by number`() throws {
    let options = ReadingOptions(columns: ColumnSelection("3,1-2"))
    for sample in BinarySample.all where sample.rows[0].count >= 3 {
      for kind in Self.kinds {
        let found = try rows(sample.file, name: sample.name, options: options, kind: kind)
        #expect(found == sample.rows.map { [$0[2], $0[0], $0[1]] })
      }
    }
  }

  @Test func `not a number is a value`() throws {
    let data = bytes(0x7fc1_2345 as UInt32) + bytes(0xff80_0000 as UInt32)
    for (name, file) in [
      ("a.fvecs", bytes(2 as Int32) + data), ("a.fbin", countedHeader(1, 2) + data),
      ("a.idx", idxHeader(0x0d, [1, 2]) + data[..<4].reversed() + data[4...].reversed()),
    ] {
      let values = try rows(file, name: name, as: Float.self)[0]
      #expect(values.map(\.bitPattern) == [0x7fc1_2345, 0xff80_0000])
      let doubles = try rows(file, name: name, as: Double.self)[0]
      #expect(doubles[0].isNaN && doubles[1] == -.infinity)
    }
  }

  /// Rows of all lengths around the memory that prefixes are taken off in (256 KiB), and blocks of
  /// many of them.
  @Test(arguments: [1, 300, 16_383, 21_845, 65_535, 65_536, 70_001])
  func `long rows`(columns: Int) throws {
    let count = max(3, 200_000 / columns)
    let values = (0..<count * columns).map { Float($0 % 65_521) }
    let parts = (0..<count).map { row in
      values[row * columns..<(row + 1) * columns].flatMap { bytes($0.bitPattern) }
    }
    let file = prefixed(parts, dimensions: Array(repeating: Int32(columns), count: count))
    for (kind, piece) in [(MemorySource.Kind.file, Int.max), (.pipe, 4099), (.packed, 100_000)] {
      let source = MemorySource(file, piece: piece, kind: kind)
      var rows = try OpenedVectorFile(source: source, name: "a.fvecs").rows(as: Float.self)
      let matrix = try Matrix(reading: &rows)
      #expect(matrix.rows == count)
      #expect(values.indices.allSatisfy { matrix.span[$0] == values[$0] })
    }
    let doubles = try rows(file, name: "a.fvecs")
    #expect(doubles.flatMap { $0 } == values.map { Double($0) })
  }
}
