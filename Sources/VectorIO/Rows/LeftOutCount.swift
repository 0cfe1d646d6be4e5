internal import KMeansFiles

/// The count of the rows that were left out, against the most that may be.
///
/// A reader that has gone beyond the limit still hands out the rows that came before; the error
/// waits behind them.
struct LeftOutCount {
  private let limit: InvalidRowLimit?
  private var rows = 0
  /// The last of them, in words.
  private var lastFault: String?
  private var pending: FileError?

  /// A count of no rows.
  ///
  /// - Parameter limit: `nil` where as many may be left out as there are.
  init(limit: InvalidRowLimit?) { self.limit = limit }

  /// Counts rows that were left out.
  ///
  /// - Parameter last: says what is wrong with the last of them; asked for where an error may need
  ///   it.
  mutating func add(_ count: Int, last: @autoclosure () -> String?) {
    rows += count
    if limit != nil { lastFault = last() }
  }

  /// Refuses more rows than may be left out.
  ///
  /// - Parameters:
  ///   - read: the rows so far, those that are left out included.
  ///   - isEnd: whether there are no more.
  ///   - kept: how many rows are handed out first: where there are any, the error waits for the
  ///     next call of ``throwPending()``.
  ///   - path: what the error calls the file.
  mutating func check(
    of read: Int, isEnd: Bool, behind kept: Int, in path: String
  ) throws(FileError) {
    guard let limit, limit.isExceeded(by: rows, of: read, isEnd: isEnd) else { return }
    let error = FileError.malformed(
      path: path, place: .wholeFile, problem: limit.problem(rows, of: read, last: lastFault))
    if kept == 0 { throw error }
    pending = error
  }

  /// Throws the error that waits, if there is one.
  func throwPending() throws(FileError) {
    if let pending { throw pending }
  }

  /// Begins anew.
  mutating func removeAll() { self = LeftOutCount(limit: limit) }
}
