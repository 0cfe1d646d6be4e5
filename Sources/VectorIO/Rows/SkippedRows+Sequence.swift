// Rows that were left out, one run or one number after another.

extension SkippedRows {
  /// Runs of rows, one after another.
  public struct Runs: Sequence, IteratorProtocol, Sendable {
    private var parts: Parts
    /// The rows behind the next run that were already looked at.
    private var ahead: Range<Int>?

    init(_ parts: Parts) { self.parts = parts }

    public mutating func next() -> Range<Int>? {
      guard var run = ahead ?? parts.next()?.rows else { return nil }
      ahead = parts.next()?.rows
      while let more = ahead, more.lowerBound == run.upperBound {
        run = run.lowerBound..<more.upperBound
        ahead = parts.next()?.rows
      }
      return run
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
