import Batching
import Clustering
import Foundation
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

/// Sparse points in memory with their weights, and what is known of where they came from.
struct SparseInput<Scalar: ClusteringScalar> {
  let file: PointFile
  let matrix: SparseMatrix<Scalar>
  let weights: [Double]?
  let readSeconds: Double
  let skipped: SkippedRows
  /// The ids of all rows, those that were left out included, where there is a column of them.
  let ids: RowIDs?
  /// The files and the rows that errors are about.
  let locator: ErrorLocator

  /// Reads all points of an opened file.
  ///
  /// - Parameters: as those of `Points`.
  init(
    _ opened: consuming OpenedVectorFile, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget = MemoryBudget(), expected: ExpectedColumns? = nil
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    file = try PointFile(opened.info, as: Scalar.self, source, options, expected: expected)
    let path = file.info.path
    let rows = opened.rows(as: Scalar.self)
    let block = try SparseRowBlock(reading: rows, memory: budget.limit) { bytes in
      Failure.memory(
        "\(path): its values take \(MemoryBudget.text(Double(bytes))) of memory or more, expected "
          + "at most \(MemoryBudget.text(Double(budget.limit ?? 0)))")
    }
    (matrix, skipped) = (block.matrix, block.skipped)
    weights =
      file.hasWeightColumn
      ? block.auxiliary.weights
      : file.givenWeights.map { [skipped, matrix] in skipped.kept(of: $0, points: matrix.rows) }
    skipped.notes(path, rows.parts).forEach(options.note)
    var locator = file.locator
    (locator.skipped, locator.parts) = (skipped, rows.parts)
    ids = RowIDs(file.info, block.auxiliary, points: matrix.rows, skipped)
    self.locator = locator
    readSeconds = (clock.now - start).seconds
  }
}

extension MemoryBudget {
  /// Refuses clusters of so many columns that what has a value for each of them does not fit into
  /// memory: centroids, their sums, moments of the columns for each thread, and their names.
  ///
  /// - Parameter doubles: the values of a cluster, in doubles.
  func check(
    _ info: VectorFileInfo, clusters: Int, doubles: Int, threads: Int, _ what: String
  ) throws {
    let values = Double(doubles * clusters + 4 * (threads + 2) + 16) * Double(info.columns)
    try check(
      Self.process + 8 * values,
      "\(info.path): \(what) of \(counted(clusters, "cluster")) of "
        + "\(counted(info.columns, "column")) and its scratch")
  }
}

extension LabeledRows {
  /// Takes sparse rows and their labels; they are written with their zeros.
  func write(_ rows: SparseMatrix<Scalar>, labels: [Int32]) throws {
    if case .records = self { return }
    let count = max(1, (1 << 20) / rows.columns)
    for first in stride(from: 0, to: rows.rows, by: count) {
      let some = first..<min(first + count, rows.rows)
      let dense = try rows.rows(some).dense()
      try write(dense.view, labels: Array(labels[some]))
    }
  }
}
