internal import KMeansLinearAlgebra
internal import VectorIO

// Files of which an earlier process has taken some.
extension FileBatches {
  /// Passes over what an earlier process has taken.
  ///
  /// - Throws: as ``next()``, and ``FileError`` where there are fewer rows than that. A pipe has no
  ///   rows to pass over: all that come are new.
  /// - Precondition: no batch was handed out yet, and there are as many files.
  package func begin(behind mark: BatchMark) throws {
    precondition(mark.files <= opened.count + paths.count, "\(mark.files) files to pass over")
    let passed = min(mark.files, opened.count)
    opened.removeFirst(passed)
    paths = paths.dropFirst(mark.files - passed)
    self.mark = BatchMark(files: mark.files)
    guard mark.rows > 0 else { return }
    if opened.isEmpty, let path = paths.popFirst() { opened.append(try open(path, columnSource)) }
    guard let file = opened.first, !file.info.isLive else { return }
    pending = try file.skip(mark.rows)
    rowsBefore = mark.rows
    self.mark?.rows = mark.rows
    if pending == nil { try findNext(file) }
  }

  /// Looks for a row behind those that were passed over: there was one, and may be none any more.
  private func findNext(_ file: VectorFile<Scalar>) throws {
    var none = try RowBlock<Scalar>(columns: columns)
    do {
      try peek(file, behind: &none)
    } catch {
      return problem = error
    }
    guard pending == nil else { return }
    opened.removeFirst()
    rowsBefore = 0
    self.mark = BatchMark(files: (self.mark?.files ?? 0) + 1)
  }
}
