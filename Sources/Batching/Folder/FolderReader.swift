private import Foundation
package import KMeansFiles
package import KMeansLinearAlgebra
package import VectorIO

/// Reads files of a folder to their ends: the rows of a file are of use when all of them are right.
package struct FolderReader<Scalar: MatrixScalar> {
  /// Opens a file whose columns have to be those of another one, where there is one to say it.
  package typealias Opener = (
    _ file: FolderFile, _ input: InputFile, _ first: VectorFileInfo?
  ) throws -> VectorFile<Scalar>

  private let open: Opener
  private let examine: (RowBatch<Scalar>) throws -> Void
  private let limit: Int?
  private let memory: Int?

  /// - Parameters:
  ///   - limit: the largest number of rows of a batch; `nil` makes each file one batch.
  ///   - memory: how many bytes all batches of a file may take; `nil` for as many as there are.
  ///   - open: opens a file.
  ///   - examine: refuses a batch that is not right, before any of its file is handed out.
  package init(
    limit: Int?, memory: Int?, open: @escaping Opener,
    examine: @escaping (RowBatch<Scalar>) throws -> Void = { _ in }
  ) {
    (self.limit, self.memory, self.open, self.examine) = (limit, memory, open, examine)
  }

  /// What became of a file.
  enum Outcome {
    case batches([RowBatch<Scalar>])
    /// It has no row, and nothing says how many columns there are.
    case noRows
    case bad(any Error)
    /// It is not the file that was found, or has changed while it was read.
    case changed
    case gone
  }

  /// - Parameters:
  ///   - first: a file that says which columns there are.
  ///   - columns: how many there are, where that is known.
  func read(_ file: FolderFile, like first: VectorFileInfo?, columns: Int?) -> Outcome {
    let input: InputFile
    do throws(FileError) {
      input = try InputFile(regularFile: file.place, called: file.path)
    } catch {
      // A link, a FIFO or a folder may have taken its place, too.
      if case .system(_, _, let code) = error,
        [ENOENT, ENOTDIR, ESTALE, ELOOP, EINVAL, ENXIO, EISDIR].contains(code)
      {
        return .gone
      }
      return .bad(error)
    }
    guard isAsFound(input, file) else { return .changed }
    let result = Result { try batches(of: file, input, first, columns) }
    // What is wrong with a file may be that its end has not been written yet.
    guard isAsFound(input, file) else { return .changed }
    switch result {
    case .success(let batches?): return .batches(batches)
    case .success(nil): return .noRows
    case .failure(let error): return .bad(error)
    }
  }

  private func isAsFound(_ input: InputFile, _ file: FolderFile) -> Bool {
    input.status.map(FolderFile.Version.init) == file.version
  }

  /// - Returns: `nil` where there are no rows to say how many columns there are.
  private func batches(
    of file: FolderFile, _ input: InputFile, _ first: VectorFileInfo?, _ columns: Int?
  ) throws -> [RowBatch<Scalar>]? {
    let rows = try open(file, input, first)
    guard columns != nil || rows.info.saysColumns else { return nil }
    let source = try FileBatches<Scalar>(
      rows, andOf: [], limit: limit, memory: memory, columns: columns
    ) { _, _ in rows }
    guard source.columns == columns ?? source.columns else {
      throw BatchError.otherColumnCount(
        path: file.path, found: source.columns, expected: columns!, source: first?.path ?? "others")
    }
    var (batches, taken) = ([RowBatch<Scalar>](), 0)
    while var batch = try source.next() {
      batch.isOnlyPredicted = file.role == .predicted
      try examine(batch)
      taken += batch.points.rows * (batch.points.columns * MemoryLayout<Scalar>.stride + 32)
      if let memory, taken > memory {
        throw FileError.outOfMemory(
          path: file.path,
          problem:
            "it does not fit into memory: a file of a folder is read whole before it is used, "
            + "expected smaller files")
      }
      batches.append(batch)
    }
    return batches
  }
}
