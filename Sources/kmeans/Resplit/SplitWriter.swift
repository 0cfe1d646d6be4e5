import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Writes the rows of a file into several, of which none appears before all are complete.
struct SplitWriter<Scalar: ClusteringScalar> {
  private let source: VectorFile<Scalar>
  private let format: VectorFormat
  private let keepsLabels: Bool
  private var block: RowBlock<Scalar>?
  private var files: [AtomicFile] = []
  private var leftOut = LeftOut()
  private var rounded: RoundedValues<Scalar>
  private var rows = 0

  init(_ source: VectorFile<Scalar>, _ format: VectorFormat) {
    self.source = source
    self.format = format
    keepsLabels = source.info.format == .libsvm && format == .libsvm
    rounded = RoundedValues<Scalar>(source.info, as: format)
  }

  /// Lines for the user on rows that were left out, and values that were changed.
  var notes: [String] {
    let info = source.info
    return leftOut.notes(info.path, source.parts) + (source.missing?.notes(info) ?? [])
      + rounded.notes.map { "\(info.path): \($0)" }
  }

  /// Writes the next rows to a file, which is held back.
  mutating func write(_ count: Int, to path: String) throws {
    let info = source.info
    let file = try AtomicFile(path, bufferSize: 1 << 16)
    file.isHeldBack = true
    let writer = try VectorWriter<Scalar>(
      file: file, isPacked: path.lowercased().hasSuffix(".gz"), format: format,
      columns: info.columns,
      columnNames: info.columnNames == nil ? nil : info.chosenColumns.map { $0.name ?? "" },
      rows: count, areLabelsGiven: keepsLabels)
    var block = try self.block ?? RowBlock<Scalar>(columns: source.columns)
    let most = max(1, (1 << 20) / (8 * source.columns))
    while writer.rows < count {
      block.removeAll()
      try block.read(source, atMost: min(most, count - writer.rows))
      if block.isAtEnd {
        throw Failure.data(
          "\(info.path): it has changed while it was read: it ends after \(counted(rows, "row"))")
      }
      let rowsBefore = rows + leftOut.count
      try source.checkNarrowed(block, rowsBefore: rowsBefore)
      leftOut.add(block.skipped)
      rounded.add(block.matrix, rowsBefore: rows)
      if keepsLabels {
        let labels = block.auxiliary.keys
        try writer.write(block.matrix.view) { $0 < labels.count ? labels[$0] : "0" }
      } else {
        try writer.write(block.matrix.view)
      }
      rows += block.rows
    }
    self.block = block
    try writer.finish()
    files.append(file)
  }

  /// Lets all files appear. If one cannot, the new ones before it go again.
  func putInPlace() throws {
    // There is nothing left to stop: a signal would leave some of the files.
    Interruption.onFirstSignal { _ in
      while true { sleep(1) }
    }
    var new: [String] = []
    do {
      for file in files {
        let isNew = !exists(file.path)
        try file.putInPlace()
        if isNew { new.append(file.path) }
      }
    } catch {
      new.forEach(removeFile)
      throw error
    }
  }
}
