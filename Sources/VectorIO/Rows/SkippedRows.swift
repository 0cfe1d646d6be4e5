/// The rows of a file that were left out: numbers, counted from 0 among all rows of the file,
/// ascending.
///
/// They are kept as runs that are left out for one reason, each in two numbers of as few bytes as
/// those need: rows left out for ever take no more memory than one of them, and where good and bad
/// rows alternate, the worst case, a row of the file takes one byte, a quarter of its label.
///
/// ```swift
/// for rows in file.skippedRows.runs { print("rows \(rows.lowerBound) to \(rows.upperBound - 1)") }
/// ```
public struct SkippedRows: Sendable, Hashable {
  /// The number of rows.
  public private(set) var count = 0
  /// The run that may still grow; empty before there is one.
  private var last = Part(rows: 0..<0, reason: .value)
  /// The runs before that: how many rows lie before each, from the one before it on, and its length
  /// less one with its reason as the three lowest bits, in groups of seven bits, the lowest first,
  /// each but the last of a number with the top bit set.
  private var code: [UInt8] = []
  /// The offset of the gap of the first run, and that of the gap of the next one.
  private var origin = 0
  private var codedEnd = 0
  /// The first fault that was told for a reason, and the last one of all.
  package internal(set) var firstFaults: [Reason: Fault] = [:]
  package internal(set) var lastFault: Fault?

  /// Rows in a row that are left out for one reason.
  package struct Part: Sendable {
    package fileprivate(set) var rows: Range<Int>
    package let reason: Reason
  }

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
  public var runs: Runs { Runs(parts) }

  /// The runs with their reasons; runs of two reasons may touch.
  package var parts: Parts { Parts(self) }

  /// The last run, if there is one.
  var lastPart: Part? { last.rows.isEmpty ? nil : last }

  /// Appends rows behind all that there are.
  ///
  /// - Parameters:
  ///   - reason: why they are left out.
  ///   - fault: what is wrong with the first of them, where that can be told.
  /// - Precondition: `rows` begins behind the last row.
  /// - Complexity: amortised O(1).
  package mutating func append(
    _ rows: Range<Int>, for reason: Reason = .value, fault: Fault? = nil
  ) {
    if rows.isEmpty { return }
    precondition(count == 0 || rows.lowerBound >= last.rows.upperBound, "rows that do not ascend")
    defer { count += rows.count }
    if let fault { note(fault, reason) }
    if rows.lowerBound == last.rows.upperBound, !last.rows.isEmpty, reason == last.reason {
      last.rows = last.rows.lowerBound..<rows.upperBound
      return
    }
    if last.rows.isEmpty {
      // The first run may begin below 0: places are moved to where a batch begins.
      (origin, codedEnd) = (Swift.min(0, rows.lowerBound), Swift.min(0, rows.lowerBound))
    } else {
      put(last.rows.lowerBound - codedEnd)
      put((last.rows.count - 1) << 3 | Int(last.reason.rawValue))
      codedEnd = last.rows.upperBound
    }
    last = Part(rows: rows, reason: reason)
  }

  private mutating func note(_ fault: Fault, _ reason: Reason) {
    if firstFaults[reason] == nil { firstFaults[reason] = fault }
    lastFault = fault
  }

  /// Appends the rows of others, all behind these.
  ///
  /// - Complexity: O(runs of the others).
  package mutating func append(_ others: SkippedRows) {
    if isEmpty {
      self = others
    } else {
      for part in others.parts { append(part.rows, for: part.reason) }
      firstFaults.merge(others.firstFaults) { first, _ in first }
      lastFault = others.lastFault ?? lastFault
    }
  }

  /// The same rows counted from another one.
  ///
  /// - Complexity: O(1).
  package func moved(by distance: Int) -> SkippedRows {
    var moved = self
    moved.origin += distance
    moved.codedEnd += distance
    if !last.rows.isEmpty {
      moved.last.rows = last.rows.lowerBound + distance..<last.rows.upperBound + distance
    }
    return moved
  }

  /// Takes out the rows before which, from `start` on, fewer than so many rows are kept.
  ///
  /// - Returns: those rows.
  /// - Complexity: O(runs).
  package mutating func takeFirst(keptBefore limit: Int, from start: Int) -> SkippedRows {
    var (taken, rest) = (SkippedRows(), SkippedRows())
    for part in parts {
      if rest.isEmpty, part.rows.lowerBound - start - taken.count < limit {
        taken.append(part.rows, for: part.reason)
      } else {
        rest.append(part.rows, for: part.reason)
      }
    }
    // Which of them a fault was of is not kept: the first one comes first.
    taken.firstFaults = firstFaults.filter { reason, _ in
      taken.parts.contains { $0.reason == reason }
    }
    rest.firstFaults = firstFaults.filter { taken.firstFaults[$0.key] == nil }
    if rest.isEmpty { taken.lastFault = lastFault } else { rest.lastFault = lastFault }
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
  /// Runs of rows with their reasons, one after another.
  package struct Parts: Sequence, IteratorProtocol, Sendable {
    private let rows: SkippedRows
    private var place = 0
    private var end: Int
    private var isAtLast = false

    fileprivate init(_ rows: SkippedRows) {
      self.rows = rows
      end = rows.origin
    }

    package mutating func next() -> Part? {
      guard place < rows.code.count else {
        if isAtLast || rows.last.rows.isEmpty { return nil }
        isAtLast = true
        return rows.last
      }
      let start = end + number()
      let length = number()
      end = start + length >> 3 + 1
      return Part(rows: start..<end, reason: Reason(rawValue: UInt8(length & 7)) ?? .value)
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
