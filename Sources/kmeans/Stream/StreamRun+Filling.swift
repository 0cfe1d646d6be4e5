import Batching
import Clustering
import KMeansFiles
import VectorIO

// Missing values that are filled in, told file by file.
extension StreamRun {
  /// Fills missing values of a batch in; the first batch of a file ends the file before it. A pipe
  /// may never end: there each batch tells.
  func fill(_ batch: inout RowBatch<Scalar>) throws {
    guard missing != nil else { return }
    if batch.rowsBefore == 0 { noteFilled() }
    filledFile = batch.file
    let wereKnown = missing?.means != nil
    try batch.fill(&missing!, "--exclude")
    guard command.source.isStandardInput, !command.isCutByArrival else { return }
    noteFilled()
    if !wereKnown { noteLearned() }
  }

  /// Says what was filled in of a file.
  func noteFilled() {
    guard let info = filledFile, let found = missing?.takeFilled() else { return }
    found.notes(info).forEach(command.common.note)
    filledBefore += found.filledCount
  }

  /// Says which rows the means are of.
  func noteLearned() {
    guard let rows = missing?.learnedRows, let info = input.columnSource else { return }
    command.common.note(
      "\(info.path): the means are those of the \(counted(rows, "row")) of the first batch")
  }
}
