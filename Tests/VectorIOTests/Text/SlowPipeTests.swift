import KMeansFiles
import Testing
import VectorIO

/// Pipes in which rows stand still: what has come is read, and nothing is awaited for it.
@Suite struct SlowPipeTests {
  /// A pipe that has sent some pieces and sends no more for now; to wait for more is an error here.
  private final class StillPipe: ByteSource {
    static let waited = FileError.unusable(path: "pipe", problem: "waits")

    let path = "pipe"
    let size: Int? = nil
    let expectedSize: Int? = nil
    let isLive = true
    private var pieces: [[UInt8]]

    init(_ pieces: [[UInt8]]) { self.pieces = pieces }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
      guard !pieces.isEmpty else { throw Self.waited }
      let piece = pieces.removeFirst()
      precondition(piece.count <= buffer.count)
      buffer.copyBytes(from: piece)
      return piece.count
    }

    func rewind() throws(FileError) { throw Self.waited }
  }

  /// The rows of each read, until one would have to wait; opening has to be possible without.
  private func reads(
    _ pieces: [[UInt8]], name: String = "-", _ options: ReadingOptions = ReadingOptions()
  ) throws -> [[[Double]]] {
    var options = options
    options.awaitsSample = false
    let file = try OpenedVectorFile(source: StillPipe(pieces), name: name, options: options)
      .rows(as: Double.self)
    var result: [[[Double]]] = []
    while true {
      var block = try Matrix<Double>(reserving: 10, columns: file.columns)
      do throws(any Error) {
        try block.append(atMost: 10) { try file.read(into: &$0) }
      } catch {
        #expect(error as? FileError == StillPipe.waited)
        return result
      }
      result.append(arrays(block))
    }
  }

  private func reads(
    _ pieces: [String], _ options: ReadingOptions = ReadingOptions()
  ) throws -> [[[Double]]] {
    try reads(pieces.map { Array($0.utf8) }, options)
  }

  @Test func `a row is there at once`() throws {
    #expect(try reads(["1,2\n"]) == [[[1, 2]]])
    #expect(try reads(["1,2\n3,"]) == [[[1, 2]]])
    #expect(try reads(["1,2\n3,4\n"]) == [[[1, 2], [3, 4]]])
    #expect(
      try reads(["1,", "2\n", "3,4\n", "5", ",6\n7,8\n"]) == [
        [[1, 2]], [[3, 4]], [[5, 6], [7, 8]],
      ])
    #expect(try reads(["x,y\n1,2\n"]) == [[[1, 2]]])
    #expect(try reads(["x,y\n", "1,2\n", "3,4\n"]) == [[[1, 2]], [[3, 4]]])
  }

  /// Text in a column that is known to be none of the coordinates does not make a first row
  /// doubtful.
  @Test func `keys and times do not delay the first row`() throws {
    let options = ReadingOptions(auxiliary: AuxiliaryColumns(time: "3", key: "1"))
    #expect(try reads(["host,7,2026-11-21T09:30:00Z\n"], options) == [[[7]]])
    #expect(
      try reads(
        ["\"a\nb\",7,\n"], ReadingOptions(auxiliary: .init(time: "3", key: "1"), onInvalid: .skip))
        == [])
    // Else it may be a header.
    #expect(throws: StillPipe.waited) { try reads(["host,7\n"]) }
    #expect(try reads(["host,7\n", "host,8\n"]) == [[[7], [8]]])
    #expect(throws: StillPipe.waited) { try reads(["host,time\n"], options) }
  }

  @Test func `other formats do not wait either`() throws {
    let line = ReadingOptions(format: .spark)
    #expect(try reads(["[1,2]\n", "[3,4]\n"], line) == [[[1, 2]], [[3, 4]]])
    let sparse = ReadingOptions(format: .libsvm, dimension: 2)
    #expect(try reads(["1 1:5\n", "1 2:6\n"], sparse) == [[[5, 0]], [[0, 6]]])
    let floats = [Float(1), 2, 3, 4].map { bytes($0.bitPattern) }
    let raw = ReadingOptions(format: .rawF32, dimension: 2)
    #expect(
      try reads([floats[0] + floats[1], floats[2], floats[3]], raw) == [[[1, 2]], [[3, 4]]])
    let array = npy(shape: "(9, 2)", data: [])
    #expect(try reads([array + floats[0] + floats[1]]) == [[[1, 2]]])
  }

  @Test func `packed rows come with their member`() throws {
    let members = ["1,2\n", "3,4\n"].map { gzipMember(Array($0.utf8)) }
    #expect(try reads(members) == [[[1, 2]], [[3, 4]]])
  }

  /// Rows that came with what is wrong are read before it is said.
  @Test func `rows before an error are not lost`() throws {
    let options = ReadingOptions(columns: .init("1,2"))
    for (text, name, expected) in [
      (
        "1,2\n3,4\nx,5\n6,7\n", "a.csv",
        malformed(.field(line: 3, column: 1), "expected a number, found 'x'")
      ),
      ("[1,2]\n[3,4]\n[5]\n", "a.spark", malformed(.line(3), "1 value, expected 2 as in line 1")),
    ] {
      let source = MemorySource(Array(text.utf8))
      let file = try OpenedVectorFile(source: source, name: name, options: options)
        .rows(as: Double.self)
      for _ in 0..<2 {
        var block = try Matrix<Double>(reserving: 10, columns: 2)
        try block.append(atMost: 10) { try file.read(into: &$0) }
        #expect(arrays(block) == [[1, 2], [3, 4]])
        for _ in 0..<2 {
          let error = failure { try block.append(atMost: 5) { try file.read(into: &$0) } }
          #expect(error == expected)
        }
        try file.rewind()
      }
    }
  }
}
