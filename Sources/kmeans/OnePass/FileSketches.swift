import Clustering
import Foundation
import KMeansFiles
import KMeansLocks
import VectorIO

/// The sketches of several files, made side by side and merged in the order of the files: the
/// result depends on the files and their order, never on the threads.
///
/// As with Mahout's mappers it is not that of the files as one: each sketch has a cutoff and
/// draws of its own.
struct FileSketches<Scalar: ClusteringScalar> {
  /// What is known of a file once it was read.
  struct Done: Sendable {
    let sketch: StreamingSketch<Scalar>
    /// The number of rows that were handed to it.
    let rows: Int
    let leftOut: LeftOut
    let filled: Int?
    let notes: [String]
  }

  let run: OnePassRun
  let files: [String]
  let first: VectorFileInfo
  private let firstRows: FirstRows
  /// Lines for the user, in the order of the files.
  private(set) var notes: [String] = []

  /// - Parameters:
  ///   - first: says which columns the rows have.
  ///   - firstRows: what the first rows say of all.
  init(
    _ run: OnePassRun, _ files: [String], like first: VectorFileInfo, _ firstRows: FirstRows
  ) {
    (self.run, self.files, self.first, self.firstRows) = (run, files, first, firstRows)
  }

  /// Reads all files.
  ///
  /// - Throws: what is wrong with the first file that cannot be read.
  mutating func merged(_ times: inout OnePassTimes) throws -> FirstPass<Scalar> {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try sketches()
    var sum = StreamingSketch<Scalar>(run.parameters.sketch)
    var (rows, skipped, filled, lastFault) = (0, 0, Int?.none, String?.none)
    for (file, done) in zip(files, found) {
      guard let done else { continue }
      do throws(ClusteringError) { try sum.merge(done.sketch) } catch {
        throw ErrorLocator(file, columnCount: first.columns).failure(error)
      }
      (rows, skipped) = (rows + done.rows, skipped + done.leftOut.count)
      lastFault = done.leftOut.lastFault.map { "\(file): \($0)" } ?? lastFault
      filled = done.filled.map { $0 + (filled ?? 0) } ?? filled
      notes += done.notes
    }
    if let limit = run.command.source.rows.maxBadRows,
      limit.isExceeded(by: skipped, of: rows + skipped, isEnd: true)
    {
      throw Failure.data(
        "\(counted(files.count, "file")): "
          + limit.problem(skipped, of: rows + skipped, last: lastFault))
    }
    // The threads read and sketch at once: what they took together is counted as sketching.
    times.sketch = (clock.now - start).seconds
    return FirstPass(
      sketch: sum, locator: ErrorLocator(first, as: Scalar.self), skippedCount: skipped,
      withoutDirection: rows - sum.pointCount,
      columns: InputColumns(first, first.chosenColumns, means: firstRows.means).remembered,
      filledCount: filled)
  }

  /// The sketch of each file, nothing for one without rows.
  private func sketches() throws -> [Done?] {
    let shared = SharedSketches<Scalar>(try saved())
    keepAtSignal(shared)
    let missing = shared.done.withLock { done in files.indices.filter { done[$0] == nil } }
    let parts = PartsInTurn(
      missing, threads: run.parameters.sketch.execution.threadCount)
    try parts.run({}) { file, _ in
      try note(sketch(files[file], { parts.threadsForEach }), of: file, shared)
    }
    return shared.done.withLock { done in files.indices.map { done[$0] } }
  }

  /// The sketch of one file.
  ///
  /// - Parameter threads: how many it may use, asked for before each block.
  private func sketch(_ path: String, _ threads: () -> Int) throws -> Done? {
    var options = run.command.source.rows.reading(run.reading, like: first)
    options.allowsNoRows = true
    options.isOneOfSeveral = true
    options.means = firstRows.means
    let file = try run.command.source.rows.open(path, options).rows(as: Scalar.self)
    guard file.info.saysColumns else { return nil }
    var sketch = StreamingSketch<Scalar>(
      run.parameters.sketch, transform: firstRows.transform)
    var rows = 0
    var blocks = try PointBlocks(file, weightColumn: run.command.source.pointWeights)
    while try blocks.next() {
      sketch.threads = threads()
      try blocks.add(to: &sketch)
      rows += blocks.view.rows
    }
    return Done(
      sketch: sketch, rows: rows, leftOut: blocks.leftOut,
      filled: blocks.missing?.filledCount, notes: blocks.notes)
  }
}

/// The sketches that are done, by the places of their files: what the threads share.
final class SharedSketches<Scalar: ClusteringScalar>: Sendable {
  let done: Mutex<[Int: FileSketches<Scalar>.Done]>

  /// - Parameter done: what an earlier run has done.
  init(_ done: [Int: FileSketches<Scalar>.Done]) { self.done = Mutex(done) }
}
