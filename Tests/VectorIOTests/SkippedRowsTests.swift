import Testing
import VectorIO

/// Rows that were left out, kept as runs: a set of numbers by another name.
@Suite struct SkippedRowsTests {
  @Test(arguments: [
    ("0.9", 0.9), ("1", 1), ("0.1", 0.1), ("33.3", 33.3), ("0.07", 0.07), ("100", 100), ("0", 0),
  ])
  func `a share is told as it was typed`(_ text: String, _ percent: Double) {
    let problem = InvalidRowLimit.share(percent / 100).problem(2, of: 100, last: nil)
    #expect(
      problem == "2 of 100 rows are left out, expected at most \(text) % (--max-bad-rows)")
  }

  @Test(arguments: 0..<40) func `a list by another name`(seed: UInt64) throws {
    var generator = TestRandom(seed)
    // Runs of one row up to some million, and gaps alike.
    var (rows, numbers) = (SkippedRows(), [Range<Int>]())
    var place = 0
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      place += 1 << Int.random(in: 0...22, using: &generator) - 1
      let run = place..<place + (1 << Int.random(in: 0...6, using: &generator)) - 1 + 1
      rows.append(run)
      if let last = numbers.last, last.upperBound == run.lowerBound {
        numbers[numbers.count - 1] = last.lowerBound..<run.upperBound
      } else {
        numbers.append(run)
      }
      place = run.upperBound
    }
    let all = numbers.flatMap { Array($0) }
    #expect(Array(rows.runs) == numbers)
    #expect(Array(rows) == all && rows.count == all.count && rows.isEmpty == all.isEmpty)
    #expect(rows == SkippedRows(all) && rows.hashValue == SkippedRows(all).hashValue)
    #expect(rows.first(8) == Array(all.prefix(8)) && rows.first(0) == [])
    #expect(Array(rows.moved(by: -1000)) == all.map { $0 - 1000 })
    let half = all.count / 2
    var joined = SkippedRows(all[..<half]).moved(by: -7)
    joined.append(SkippedRows(all[half...]).moved(by: -7))
    #expect(joined == rows.moved(by: -7))
    #expect(joined.moved(by: 7) == rows)

    // Those before the row that is the limit-th of those that are kept.
    for limit in [0, 1, 100, 1 << 20, 1 << 40] {
      var rest = rows
      let taken = rest.takeFirst(keptBefore: limit, from: 0)
      let expected = all.enumerated().prefix { $0.element - $0.offset < limit }.map(\.element)
      #expect(Array(taken) == expected && Array(rest) == Array(all.dropFirst(expected.count)))
    }
  }

  /// A million million rows in a row are one run, and what is appended says so at once.
  @Test func `rows for ever are one run`() {
    var rows = SkippedRows()
    for start in 0..<1000 { rows.append(start * 1_000_000_000..<(start + 1) * 1_000_000_000) }
    #expect(rows.count == 1_000_000_000_000)
    #expect(Array(rows.runs) == [0..<1_000_000_000_000])
    #expect(rows.first(3) == [0, 1, 2])
    var moved = rows.moved(by: -5)
    moved.append(2_000_000_000_000..<2_000_000_000_001)
    #expect(Array(moved.runs) == [-5..<999_999_999_995, 2_000_000_000_000..<2_000_000_000_001])
  }

  @Test func `a reader keeps runs`() throws {
    let text = "1,2\n" + String(repeating: "nan,2\n", count: 5000) + "3,4\nnan,1\n5,6\n"
    let options = ReadingOptions(onInvalid: .skip)
    var file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.csv", options: options
    ).rows(as: Double.self)
    #expect(try arrays(Matrix(reading: &file)) == [[1, 2], [3, 4], [5, 6]])
    #expect(Array(file.skippedRows.runs) == [1..<5001, 5002..<5003])
    #expect(file.takeSkippedRows().count == 5001 && file.skippedRows.isEmpty)
  }
}
