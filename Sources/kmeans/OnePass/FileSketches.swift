import Clustering
import Dispatch
import Foundation
import KMeansLocks
import VectorIO

/// The sketches of several files, made side by side and merged in the order of the files: the
/// result depends on the files and their order, never on the threads.
///
/// As with Mahout's mappers it is not that of the files as one: each sketch has a cutoff and
/// draws of its own.
struct FileSketches<Scalar: ClusteringScalar> {
  /// What is known of a file once it was read.
  private struct Done: Sendable {
    let sketch: StreamingSketch<Scalar>
    let skipped: Int
    let notes: [String]
  }

  /// What the threads share.
  private struct Shared: Sendable {
    var done: [Int: Done] = [:]
    /// The fault of the first of the files that have one.
    var problem: (file: Int, error: any Error)?
    var next = 0
  }

  private let run: OnePassRun
  private let files: [String]
  private let first: VectorFileInfo
  /// The number of rows that were left out.
  private(set) var skippedCount = 0
  /// Lines for the user, in the order of the files.
  private(set) var notes: [String] = []

  /// - Parameter first: says which columns the rows have.
  init(_ run: OnePassRun, _ files: [String], like first: VectorFileInfo) {
    (self.run, self.files, self.first) = (run, files, first)
  }

  /// Reads all files.
  ///
  /// - Throws: what is wrong with the first file that cannot be read.
  mutating func merged(_ times: inout OnePassTimes) throws -> StreamingSketch<Scalar> {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try sketches()
    var sum = StreamingSketch<Scalar>(run.parameters.sketch)
    for (file, done) in zip(files, found) {
      guard let done else { continue }
      do throws(ClusteringError) { try sum.merge(done.sketch) } catch {
        throw ErrorLocator(file, columnCount: first.columns).failure(error)
      }
      skippedCount += done.skipped
      notes += done.notes
    }
    // The threads read and sketch at once: what they took together is counted as sketching.
    times.sketch = (clock.now - start).seconds
    return sum
  }

  /// The sketch of each file, nothing for one without rows.
  private func sketches() throws -> [Done?] {
    let threads = run.parameters.sketch.execution.threadCount
    let workers = min(threads, files.count)
    var parameters = run.parameters.sketch
    parameters.execution.threads = max(1, threads / workers)
    let shared = Mutex(Shared())
    DispatchQueue.concurrentPerform(iterations: workers) { [parameters] _ in
      while let file = Self.next(shared, files.count) {
        do {
          let done = try sketch(files[file], parameters)
          shared.withLock { $0.done[file] = done }
        } catch {
          shared.withLock { shared in
            if shared.problem.map({ file < $0.file }) ?? true { shared.problem = (file, error) }
          }
        }
      }
    }
    return try shared.withLock { shared in
      if let problem = shared.problem { throw problem.error }
      return files.indices.map { shared.done[$0] }
    }
  }

  /// The next file to read; nothing behind the last, and behind one with a fault.
  private static func next(_ shared: borrowing Mutex<Shared>, _ count: Int) -> Int? {
    shared.withLock { shared in
      guard shared.next < count, shared.problem == nil else { return nil }
      defer { shared.next += 1 }
      return shared.next
    }
  }

  /// The sketch of one file.
  private func sketch(_ path: String, _ parameters: SketchParameters) throws -> Done? {
    let rows = run.command.source.rows
    var options = rows.reading(run.command.source.reading, like: first)
    options.allowsNoRows = true
    let file = try rows.open(path, options).rows(as: Scalar.self)
    guard file.info.saysColumns else { return nil }
    var sketch = StreamingSketch<Scalar>(parameters)
    var blocks = try PointBlocks(file, weightColumn: run.command.source.pointWeights)
    while try blocks.next() {
      let weights = blocks.weights
      try blocks.locator.onError { () throws(ClusteringError) in
        try sketch.add(blocks.view, weights: weights?.span)
      }
    }
    return Done(sketch: sketch, skipped: blocks.skippedCount, notes: blocks.notes)
  }
}
