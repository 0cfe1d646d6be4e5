internal import KMeansFiles

// Several files as one, which everything that reads a file reads.
extension OpenedVectorFile {
  /// Opens files whose rows follow each other. The beginning of each is inspected now; the columns
  /// of the first that has rows hold for the others. A text without rows adds none.
  ///
  /// - Parameters:
  ///   - paths: the files, in their order.
  ///   - name: what messages call all of them.
  ///   - reading: the options for a file, like those of the first with rows, once that is known.
  ///   - onEmpty: gets a text that has a header and no rows.
  ///   - check: refuses a file with rows that does not go with the first.
  /// - Throws: ``FileError`` also where no file has a row; what the closures throw.
  package init(
    joining paths: [String], as name: String,
    reading: (_ path: String, _ first: VectorFileInfo?) throws -> ReadingOptions,
    onEmpty: (VectorFileInfo) -> Void = { _ in },
    check: (_ file: VectorFileInfo, _ first: VectorFileInfo) throws -> Void
  ) throws {
    var parts: [JoinedRows.Part] = []
    var whole = ReadingOptions()
    for path in paths {
      var options = try reading(path, parts.first?.info)
      if path == paths[0] { whole = options }
      options.allowsNoRows = true
      // Means are those of all files.
      options.leavesMissing = true
      options.isOneOfSeveral = true
      var part = JoinedRows.Part(
        path, options, try OpenedVectorFile(path, options: options).decoder)
      if part.info.isHeaderAlone { onEmpty(part.info) }
      guard part.info.saysColumns else { continue }
      if let first = parts.first?.info {
        try check(part.info, first)
        guard part.info.columns == first.columns else {
          throw FileError.malformed(
            path: path, place: .wholeFile,
            problem: "rows of \(counted(part.info.columns, "column")), expected \(first.columns) "
              + "as in \(first.path)")
        }
        part.close()
      }
      parts.append(part)
    }
    guard !parts.isEmpty else {
      throw FileError.malformed(
        path: paths[0], place: .wholeFile,
        problem: "there are no rows, nor in the \(counted(paths.count - 1, "file")) after it")
    }
    let joined = JoinedRows(parts, as: name, limit: whole.leavesOut ? whole.mostInvalid : nil)
    guard whole.onInvalid == .mean, !whole.leavesMissing else {
      self.init(decoder: joined)
      return
    }
    joined.info.missing = nil
    self.init(decoder: try MeanRows(joined, whole))
  }
}

/// One of the files that rows come from.
package struct FilePart: Sendable {
  package let info: VectorFileInfo
  /// The number of its first row among all rows, those that are left out included.
  package let firstRow: Int
}

extension [FilePart] {
  /// The file that a row is from; `nil` where there is one file only.
  package func part(ofRow row: Int) -> FilePart? { last { $0.firstRow <= row } }
}
