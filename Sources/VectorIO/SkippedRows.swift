/// The rows of a file that were left out: numbers, counted from 0 among all rows of the file, ascending.
///
/// They are kept as runs, each in two numbers of as few bytes as those need: rows left out for ever take
/// no more memory than one of them, and where good and bad rows alternate, the worst case, a row of the
/// file takes one byte, a quarter of what its label does.
///
/// ```swift
/// for rows in file.skippedRows.runs { print("rows \(rows.lowerBound) to \(rows.upperBound - 1)") }
/// ```
public struct SkippedRows: Sendable, Hashable {
  /// How many rows there are.
  public private(set) var count = 0
  /// The run that may still grow; empty before there is one.
  private var last = 0..<0
  /// The runs before that: how many rows lie before each, from the one before it on, and its length less
  /// one, in groups of seven bits, the lowest first, each but the last of a number with the top bit set.
  private var code: [UInt8] = []
  /// Where the gap of the first run begins, and where the gap of the next one does.
  private var origin = 0
  private var codedEnd = 0

  /// No rows.
  public init() {}

  /// Rows by their numbers, ascending.
  public init(_ numbers: some Sequence<Int>) {
    for number in numbers { append(number..<number + 1) }
  }

  /// Whether there are none.
  public var isEmpty: Bool { count == 0 }

  /// The first numbers, at most so many.
  ///
  /// - Complexity: O(limit).
  public func first(_ limit: Int) -> [Int] {
    var numbers: [Int] = []
    for run in runs {
      numbers += run.prefix(limit - numbers.count)
      if numbers.count == limit { break }
    }
    return numbers
  }

  /// The rows as ranges that do not touch, ascending.
  public var runs: Runs { Runs(self) }

  /// Appends rows behind all that there are.
  ///
  /// - Precondition: `rows` begins behind the last row.
  /// - Complexity: amortised O(1).
  package mutating func append(_ rows: Range<Int>) {
    if rows.isEmpty { return }
    precondition(count == 0 || rows.lowerBound >= last.upperBound, "rows that do not ascend")
    defer { count += rows.count }
    if rows.lowerBound == last.upperBound, !last.isEmpty {
      last = last.lowerBound..<rows.upperBound
      return
    }
    if last.isEmpty {
      // The first run may begin below 0: places are moved to where a batch begins.
      (origin, codedEnd) = (Swift.min(0, rows.lowerBound), Swift.min(0, rows.lowerBound))
    } else {
      put(last.lowerBound - codedEnd)
      put(last.count - 1)
      codedEnd = last.upperBound
    }
    last = rows
  }

  /// Appends the rows of others, all behind these.
  ///
  /// - Complexity: O(runs of the others).
  package mutating func append(_ others: SkippedRows) {
    if isEmpty {
      self = others
    } else {
      for run in others.runs { append(run) }
    }
  }

  /// The same rows counted from another one.
  ///
  /// - Complexity: O(1).
  package func moved(by distance: Int) -> SkippedRows {
    var moved = self
    moved.origin += distance
    moved.codedEnd += distance
    if !last.isEmpty { moved.last = last.lowerBound + distance..<last.upperBound + distance }
    return moved
  }

  /// Takes out the rows before which, from `start` on, fewer than so many rows are kept.
  ///
  /// - Returns: those rows.
  /// - Complexity: O(runs).
  package mutating func takeFirst(keptBefore limit: Int, from start: Int) -> SkippedRows {
    var (taken, rest) = (SkippedRows(), SkippedRows())
    for run in runs {
      if rest.isEmpty, run.lowerBound - start - taken.count < limit {
        taken.append(run)
      } else {
        rest.append(run)
      }
    }
    self = rest
    return taken
  }

  private mutating func put(_ number: Int) {
    var rest = UInt(number)
    while rest > 0x7f {
      code.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    code.append(UInt8(rest))
  }

  /// Two lists of the same rows are equal, however they came to be.
  public static func == (left: SkippedRows, right: SkippedRows) -> Bool {
    left.count == right.count && left.runs.elementsEqual(right.runs)
  }

  public func hash(into hasher: inout Hasher) {
    for run in runs { hasher.combine(run) }
  }
}

extension SkippedRows {
  /// Runs of rows, one after another.
  public struct Runs: Sequence, IteratorProtocol, Sendable {
    private let rows: SkippedRows
    private var place = 0
    private var end: Int
    private var isAtLast = false

    fileprivate init(_ rows: SkippedRows) {
      self.rows = rows
      end = rows.origin
    }

    public mutating func next() -> Range<Int>? {
      guard place < rows.code.count else {
        if isAtLast || rows.last.isEmpty { return nil }
        isAtLast = true
        return rows.last
      }
      let start = end + number()
      end = start + number() + 1
      return start..<end
    }

    private mutating func number() -> Int {
      var (number, shift) = (UInt(0), UInt(0))
      while true {
        let byte = rows.code[place]
        place += 1
        number |= UInt(byte & 0x7f) << shift
        if byte < 0x80 { return Int(number) }
        shift += 7
      }
    }
  }
}

extension SkippedRows: Sequence {
  /// The numbers of the rows, one after another.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate var runs: Runs
    fileprivate var run = 0..<0

    public mutating func next() -> Int? {
      if run.isEmpty {
        guard let next = runs.next() else { return nil }
        run = next
      }
      defer { run = run.dropFirst() }
      return run.lowerBound
    }
  }

  public func makeIterator() -> Iterator { Iterator(runs: runs) }
  public var underestimatedCount: Int { count }
}

extension SkippedRows: ExpressibleByArrayLiteral {
  public init(arrayLiteral numbers: Int...) { self.init(numbers) }
}
