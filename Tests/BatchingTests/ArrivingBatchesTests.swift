import Batching
import Foundation
import Testing

/// Rows of a pipe, as they come.
@Suite struct ArrivingBatchesTests {
  @Test func `a batch of so many rows waits for them`() throws {
    let pipe = RowPipe("1,0\n2,0\n")
    let batches = ArrivingBatches(try pipe.file(), limit: 3)
    #expect(batches.columns == 2 && batches.columnSource?.format == .csv)
    pipe.send("3,0\n4,0\n5,0\n6,0\n7,0\n")
    #expect(try batches.next()?.firstValues == [1, 2, 3])
    #expect(try batches.next()?.firstValues == [4, 5, 6])
    pipe.send("8,0\n")
    pipe.end()
    let last = try #require(try batches.next())
    #expect(last.firstValues == [7, 8] && last.rowsBefore == 6)
    #expect(try batches.next() == nil)
    #expect(try batches.next() == nil && batches.skippedAtEnd == 0)
  }

  /// What comes while a batch is used is cut as if somebody had waited for it.
  @Test func `a batch is what came within a time of its first row`() throws {
    let pipe = RowPipe("1,0\n2,0\n")
    let batches = ArrivingBatches(try pipe.file(), interval: .milliseconds(100))
    #expect(try batches.next()?.firstValues == [1, 2])
    for row in ["3,0\n", "4,0\n4,", "0\n"] {
      pipe.send(row)
      usleep(800_000)
    }
    #expect(try batches.next()?.firstValues == [3])
    #expect(try batches.next()?.firstValues == [4])
    #expect(try batches.next()?.firstValues == [4])
    pipe.end()
    #expect(try batches.next() == nil)
  }

  @Test func `a batch that is too large is refused again and again`() throws {
    let pipe = RowPipe((1...9).map { "\($0),0\n" }.joined())
    let batches = ArrivingBatches(try pipe.file(), limit: 9, memory: 64)
    pipe.end()
    for _ in 0..<3 {
      #expect(throws: BatchError.self) { try batches.next() }
    }
  }

  @Test func `a file without rows and columns is named`() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).csv"
    try Data().write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let batches = ArrivingBatches(
      try VectorFile<Double>(path, options: ReadingOptions(allowsNoRows: true)))
    #expect { try batches.next() } throws: { "\($0)" == "\(path): there are no rows to learn" }
  }

  @Test func `a time ends with the input, and with as many rows as a batch may have`() throws {
    let pipe = RowPipe((1...5).map { "\($0),0\n" }.joined())
    let batches = ArrivingBatches(try pipe.file(), interval: .seconds(3600), limit: 2)
    pipe.end()
    #expect(try batches.rest().map(\.firstValues) == [[1, 2], [3, 4], [5]])
  }

  @Test func `a batch has at most ten thousand rows`() throws {
    let pipe = RowPipe("0,0\n")
    let batches = ArrivingBatches(try pipe.file(), interval: .seconds(3600))
    Thread.detachNewThread {
      pipe.send((1..<25_000).map { "\($0),0\n" }.joined())
      pipe.end()
    }
    let found = try batches.rest()
    #expect(found.map(\.points.rows) == [10_000, 10_000, 5_000])
    #expect(found.flatMap(\.firstValues) == (0..<25_000).map(Double.init))
  }

  /// The sender would otherwise wait for ever behind a full pipe.
  @Test func `letting go of the batches ends the reading`() throws {
    let pipe = RowPipe("1,0\n")
    var batches: ArrivingBatches? = ArrivingBatches(try pipe.file(), limit: 1)
    #expect(try batches?.next()?.firstValues == [1])
    let rows = String(repeating: "2,0\n", count: 10_000)
    let isDone = DispatchSemaphore(value: 0)
    // 40 MB: more than waits in the queue, in the file's window and in the pipe.
    Thread.detachNewThread {
      if (0..<1000).contains(where: { _ in pipe.send(rows) == EPIPE }) { isDone.signal() }
    }
    #expect(isDone.wait(timeout: .now() + 0.5) == .timedOut)
    #expect(try batches?.next()?.firstValues == [2])
    batches = nil
    #expect(isDone.wait(timeout: .now() + 60) == .success)
  }

  @Test func `rows that are left out are of a batch`() throws {
    let pipe = RowPipe("NA,0\n1,2\n?,3\n4,5\n6,7\n8,9\nNA,NA\n")
    let batches = ArrivingBatches(try pipe.file(onInvalid: .skip), limit: 2)
    pipe.end()
    let found = try batches.rest()
    #expect(found.map(\.firstValues) == [[1, 4], [6, 8]])
    #expect(found.map { Array($0.skippedRows) } == [[0, 2], []])
    #expect(found.map(\.rowsBefore) == [0, 4])
    #expect(batches.skippedAtEnd == 1)
  }

  /// Whoever answers every row need not wait for a good one.
  @Test func `rows that are left out are handed out when their time is over`() throws {
    let pipe = RowPipe("1,2,a\n?,3,b\n")
    let batches = ArrivingBatches(
      try pipe.file(onInvalid: .skip, auxiliary: AuxiliaryColumns(key: "3")), interval: .zero)
    batches.answersLeftOut = true
    var found: [RowBatch<Double>] = []
    func take(rows: Int) throws {
      while found.reduce(0, { $0 + $1.points.rows + $1.skippedRows.count }) < rows {
        found.append(try #require(try batches.next()))
      }
    }
    try take(rows: 2)
    for (rows, text) in [(3, "NA,0,c\n"), (5, "?,0,d\n5\n"), (6, "6,7,e\n"), (7, "8,,f\n")] {
      pipe.send(text)
      try take(rows: rows)
    }
    pipe.end()
    #expect(try batches.next() == nil && batches.skippedAtEnd == 0)
    #expect(found.flatMap(\.firstValues) == [1, 6])
    #expect(found.flatMap { Array($0.skippedRows) } == [1, 2, 3, 4, 6])
    #expect(found.flatMap { $0.auxiliary.leftOutKeys.texts } == ["b", "c", "d", "", "f"])
    #expect(found.flatMap { $0.keys ?? [] } == ["a", "e"])
  }

  @Test func `a flood of rows that are left out`() throws {
    let pipe = RowPipe("1,2\n")
    let batches = ArrivingBatches(try pipe.file(onInvalid: .skip), interval: .milliseconds(20))
    batches.answersLeftOut = true
    Thread.detachNewThread {
      for _ in 0..<300 { pipe.send(String(repeating: "nan,0\n", count: 1000)) }
      pipe.end()
    }
    let found = try batches.rest()
    #expect(found.reduce(0) { $0 + $1.points.rows } == 1)
    #expect(found.reduce(0) { $0 + $1.skippedRows.count } == 300_000)
    #expect(found.allSatisfy { $0.points.rows + $0.skippedRows.count > 0 })
  }

  /// Readers of rows alone see no end before there is one.
  @Test func `a matrix is read to the end`() throws {
    let pipe = RowPipe("1,2\n")
    var file = try pipe.file(onInvalid: .skip)
    Thread.detachNewThread {
      for row in ["nan,1\n", "?,1\n", "3,4\n", "nan,2\n"] {
        usleep(100_000)
        pipe.send(row)
      }
      pipe.end()
    }
    let rows = try Matrix(reading: &file)
    #expect((0..<rows.rows).map { rows[$0, 0] } == [1, 3])
    #expect(file.skippedRows == [1, 2, 4])
  }

  @Test func `what comes beside rows`() throws {
    let pipe = RowPipe("1,0,7,a\n2,0,8,b\n3,0,9,c\n")
    let auxiliary = AuxiliaryColumns(time: "3", key: "4")
    let batches = ArrivingBatches(try pipe.file(auxiliary: auxiliary), limit: 2)
    pipe.end()
    let found = try batches.rest()
    #expect(found.map(\.times) == [[7, 8], [9]])
    #expect(found.map(\.keys) == [["a", "b"], ["c"]])
    #expect(found.map(\.weights) == [nil, nil])
  }

  @Test func `what is wrong is said after the rows before it`() throws {
    let pipe = RowPipe("1,0\n2,0\n3,0\nx,0\n4,0\n")
    let batches = ArrivingBatches(try pipe.file(), limit: 2)
    pipe.end()
    #expect(try batches.next()?.firstValues == [1, 2])
    #expect(try batches.next()?.firstValues == [3])
    for _ in 0..<2 {
      let error = #expect(throws: FileError.self) { _ = try batches.next() }
      guard case .malformed(_, .field(line: 4, column: 1), _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `a batch that takes more than it may`() throws {
    let pipe = RowPipe((1...100).map { "\($0),0\n" }.joined())
    let file = try pipe.file()
    let path = file.info.path
    // A row takes 48 bytes, and while memory moves rows are there twice.
    let batches = ArrivingBatches(file, limit: 60, memory: 100 * 48)
    pipe.end()
    #expect(throws: BatchError.tooLarge(path: path, rows: 60)) { _ = try batches.next() }
    let error = BatchError.tooLarge(path: path, rows: 60)
    #expect(
      "\(error)"
        == "\(path): a batch of more than 60 rows does not fit into memory, expected smaller batches"
    )
  }
}
