import Clustering
import Dispatch
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
    let threads = run.parameters.sketch.execution.threadCount
    let workers = min(threads, files.count)
    var parameters = run.parameters.sketch
    parameters.execution.threads = max(1, threads / workers)
    let shared = SharedSketches<Scalar>(try saved())
    keepAtSignal(shared)
    DispatchQueue.concurrentPerform(iterations: workers) { [parameters] _ in
      while let file = Self.next(shared, files.count) {
        do {
          try note(sketch(files[file], parameters), of: file, shared)
        } catch {
          shared.state.withLock { shared in
            if shared.problem.map({ file < $0.file }) ?? true { shared.problem = (file, error) }
          }
        }
      }
    }
    return try shared.state.withLock { shared in
      if let problem = shared.problem { throw problem.error }
      return files.indices.map { shared.done[$0] }
    }
  }

  /// The next file to read; nothing behind the last, and behind one with a fault.
  private static func next(_ shared: SharedSketches<Scalar>, _ count: Int) -> Int? {
    shared.state.withLock { shared in
      while shared.done[shared.next] != nil { shared.next += 1 }
      guard shared.next < count, shared.problem == nil else { return nil }
      defer { shared.next += 1 }
      return shared.next
    }
  }

  /// The sketch of one file.
  private func sketch(_ path: String, _ parameters: SketchParameters) throws -> Done? {
    var options = run.command.source.rows.reading(run.reading, like: first)
    options.allowsNoRows = true
    options.isOneOfSeveral = true
    options.means = firstRows.means
    let file = try run.command.source.rows.open(path, options).rows(as: Scalar.self)
    guard file.info.saysColumns else { return nil }
    var sketch = StreamingSketch<Scalar>(parameters, transform: firstRows.transform)
    var rows = 0
    var blocks = try PointBlocks(file, weightColumn: run.command.source.pointWeights)
    while try blocks.next() {
      try blocks.add(to: &sketch)
      rows += blocks.view.rows
    }
    return Done(
      sketch: sketch, rows: rows, leftOut: blocks.leftOut,
      filled: blocks.missing?.filledCount, notes: blocks.notes)
  }
}

/// What the threads that sketch files share.
final class SharedSketches<Scalar: ClusteringScalar>: Sendable {
  struct State: Sendable {
    var done: [Int: FileSketches<Scalar>.Done]
    /// The fault of the first of the files that have one.
    var problem: (file: Int, error: any Error)?
    var next = 0
  }

  let state: Mutex<State>

  /// - Parameter done: what an earlier run has done.
  init(_ done: [Int: FileSketches<Scalar>.Done]) { state = Mutex(State(done: done)) }
}
