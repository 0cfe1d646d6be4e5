internal import KMeansFiles
internal import KMeansLinearAlgebra

/// The rows of several files, one file after another, as if they were one.
///
/// A file is open while its rows are read: a folder may hold more files than a process may open.
/// What cannot be opened twice, such as a pipe, stays open.
final class JoinedRows: UniformRowDecoder, UniformSparseDecoder {
  /// A file of which the beginning has been inspected.
  struct Part {
    let path: String
    let options: ReadingOptions
    let info: VectorFileInfo
    let canSeek: Bool
    /// The rows that were expected when it was opened.
    let expectedRows: Int?
    let expectedNonzeros: Int?
    /// Nothing while a file is closed.
    var decoder: (any RowDecoder)?
    /// Whether the decoder may stand elsewhere than at its first row.
    var isUsed = false
    /// How many rows it has, those that are left out included, once that is known.
    var rows: Int?

    init(_ path: String, _ options: ReadingOptions, _ decoder: any RowDecoder) {
      (self.path, self.options, self.decoder) = (path, options, decoder)
      info = decoder.info
      canSeek = decoder.canSeek
      expectedRows = decoder.remainingRowsEstimate
      expectedNonzeros = decoder.remainingNonzerosEstimate
      rows = decoder.info.rows
    }

    /// Closes what can be opened again.
    mutating func close() {
      if FileStatus(of: path)?.isRegularFile ?? false { (decoder, isUsed) = (nil, false) }
    }
  }

  var info: VectorFileInfo
  private(set) var skippedRows = SkippedRows()
  private var all: [Part]
  /// The part that is read, and how many of its rows were, those that are left out included.
  private var current = 0
  private var rowsRead = 0
  private var auxiliaryValues = AuxiliaryValues()
  /// The rows that were left out of all parts so far.
  private var leftOut: LeftOutCount

  /// - Parameters:
  ///   - parts: of as many columns each.
  ///   - name: what messages call all of them.
  ///   - limit: of the rows of all parts that may be left out.
  init(_ parts: [Part], as name: String, limit: InvalidRowLimit?) {
    all = parts
    leftOut = LeftOutCount(limit: limit)
    info = .joined(parts.map(\.info), as: name)
  }

  var canSeek: Bool { info.isRereadable && all.allSatisfy(\.canSeek) }

  var remainingRowsEstimate: Int? { sum({ $0.remainingRowsEstimate }) { $0.expectedRows } }
  var remainingNonzerosEstimate: Int? {
    sum({ $0.remainingNonzerosEstimate }) { $0.expectedNonzeros }
  }

  /// What the parts still have: the one that is read by itself, the others by what was expected.
  private func sum(_ own: (any RowDecoder) -> Int?, _ expected: (Part) -> Int?) -> Int? {
    var sum = 0
    for place in current..<all.count {
      let known = place == current ? all[place].decoder.flatMap(own) : nil
      guard let count = known ?? expected(all[place]) else { return nil }
      let next = sum.addingReportingOverflow(count)
      guard !next.overflow else { return nil }
      sum = next.partialValue
    }
    return sum
  }

  var parts: [FilePart] {
    var (found, first) = ([FilePart](), 0)
    for part in all {
      found.append(FilePart(info: part.info, firstRow: first))
      guard let rows = part.rows else { break }
      first += rows
    }
    return found
  }

  var onlyLeftOut: Bool { current < all.count && all[current].decoder?.onlyLeftOut ?? false }

  /// The rows before a part that has been reached.
  private func rowsBefore(_ part: Int) -> Int { all[..<part].reduce(0) { $0 + ($1.rows ?? 0) } }

  func takeAuxiliaryValues() -> AuxiliaryValues { auxiliaryValues.take() }

  func takeSkippedRows() -> SkippedRows {
    defer { skippedRows = SkippedRows() }
    return skippedRows
  }

  func readRows<Scalar: ReadableScalar>(
    into rows: UnsafeMutableBufferPointer<Scalar>
  ) throws(FileError) -> Int {
    try readPart { (decoder) throws(FileError) in try decoder.read(rows: rows) }
  }

  func readSparse<Scalar: ReadableScalar>(
    into rows: inout SparseMatrix<Scalar>, atMost limit: Int
  ) throws(FileError) -> Int {
    try readPart { (decoder) throws(FileError) in
      try decoder.read(sparse: &rows, atMost: limit)
    }
  }

  /// Reads rows of the first part that has some.
  private func readPart(
    _ read: (any RowDecoder) throws(FileError) -> Int
  ) throws(FileError) -> Int {
    try leftOut.throwPending()
    while current < all.count {
      let decoder = try open(current)
      all[current].isUsed = true
      let count = try read(decoder)
      take(decoder, count)
      try checkLimit(behind: count)
      if count > 0 || decoder.onlyLeftOut { return count }
      all[current].rows = rowsRead
      all[current].close()
      current += 1
      rowsRead = 0
    }
    try checkLimit(isEnd: true)
    return 0
  }

  /// Refuses more rows that are left out than may be.
  private func checkLimit(isEnd: Bool = false, behind count: Int = 0) throws(FileError) {
    try leftOut.check(
      of: rowsBefore(current) + rowsRead, isEnd: isEnd, behind: count, in: info.path)
  }

  /// Takes what comes with some rows of the current part.
  private func take(_ decoder: any RowDecoder, _ count: Int) {
    let skipped = decoder.takeSkippedRows()
    if !skipped.isEmpty {
      skippedRows.append(skipped.moved(by: rowsBefore(current)))
      leftOut.add(skipped.count, last: skipped.lastWords.map { "\(all[current].path): \($0)" })
    }
    rowsRead += count + skipped.count
    auxiliaryValues.append(decoder.takeAuxiliaryValues())
  }

  /// The decoder of a part at its first row.
  private func open(_ place: Int) throws(FileError) -> any RowDecoder {
    if let decoder = all[place].decoder {
      if rowsRead == 0, all[place].isUsed { try decoder.rewind() }
      return decoder
    }
    let part = all[place]
    let decoder = try OpenedVectorFile(part.path, options: part.options).decoder
    guard decoder.info.columns == part.info.columns else {
      throw .malformed(
        path: part.path, place: .wholeFile,
        problem: "the file changed while it was used: \(counted(decoder.info.columns, "column")), "
          + "expected \(part.info.columns)")
    }
    all[place].decoder = decoder
    return decoder
  }

  func rewind() throws(FileError) {
    // Pipes say now that this is not possible, not when they are reached.
    for place in all.indices where all[place].isUsed {
      try all[place].decoder?.rewind()
      all[place].isUsed = false
      if place > 0 { all[place].close() }
    }
    (current, rowsRead) = (0, 0)
    leftOut.removeAll()
    skippedRows = SkippedRows()
    auxiliaryValues = AuxiliaryValues()
  }

  func seek(toRow row: Int) throws(FileError) {
    guard canSeek else { throw onlyInOrder }
    var (place, first) = (0, 0)
    while place + 1 < all.count, let rows = all[place].rows, first + rows <= row {
      first += rows
      place += 1
    }
    if place != current, current < all.count { all[current].close() }
    (current, rowsRead) = (place, 0)
    let decoder = try open(place)
    try decoder.seek(toRow: row - first)
    all[place].isUsed = true
    rowsRead = row - first
  }
}
