import Clustering
import Dispatch
import KMeansFiles
import KMeansLocks

/// The sketches of the splits: files of the folder, each made by one thread, as many at once as
/// there are threads. The result depends on the splits and their order, never on the threads.
struct SplitSketches<Scalar: ClusteringScalar>: Sendable {
  /// What the threads share.
  private struct Shared: Sendable {
    /// The splits that are yet to be sketched, the last one first.
    var rest: [Int]
    /// The fault of the first of the splits that have one.
    var problem: (split: Int, error: any Error)?
  }

  let rows: SplitRows
  let ranges: [Range<Int>]
  let parameters: SketchParameters
  /// The run, by its number.
  let number: String
  let folder: RunFolder

  /// The splits that have rows.
  var filled: [Int] { ranges.indices.filter { !ranges[$0].isEmpty } }

  /// The file of the sketch of a split.
  func path(_ split: Int) -> String { folder.file(RunFolder.sketch(split)) }

  /// Makes the sketches of some splits.
  ///
  /// - Parameter open: makes a reader for a thread.
  /// - Throws: what is wrong with the first split that has a fault.
  func make(
    _ splits: [Int], _ open: @escaping @Sendable () throws -> SplitReader<Scalar>
  ) throws {
    guard !splits.isEmpty else { return }
    let workers = min(parameters.execution.threadCount, splits.count)
    let shared = Mutex(Shared(rest: splits.reversed()))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var reader: SplitReader<Scalar>?
      while let split = shared.withLock({ $0.problem == nil ? $0.rest.popLast() : nil }) {
        do {
          let own = try reader ?? open()
          reader = own
          try make(split, own)
        } catch {
          shared.withLock { shared in
            if shared.problem.map({ split < $0.split }) ?? true { shared.problem = (split, error) }
          }
        }
      }
    }
    if let problem = shared.withLock({ $0.problem }) { throw problem.error }
  }

  /// Sketches a split.
  private func make(_ split: Int, _ reader: SplitReader<Scalar>) throws {
    var own = parameters
    // Threads are for splits.
    own.execution.threads = 1
    let start = try StreamingSketch<Scalar>(archive: rows.start, execution: own.execution)
    var sketch = StreamingSketch<Scalar>(own, transform: start.transform)
    try reader.add(ranges[split], to: &sketch)
    var archive = SketchFile(path: path(split), sketch, rows.columns).archive
    archive["run"] = .string(number)
    archive["split"] = .int(Int64(split))
    try archive.write(to: path(split))
  }

  /// The sketch of a split; `nil` where there is none.
  ///
  /// - Throws: ``FileError`` where it is damaged, or one of another run.
  func read(_ split: Int) throws -> StreamingSketch<Scalar>? {
    guard
      let archive = try Archive.ifThere(path(split), kind: StreamingSketch<Scalar>.archiveKind)
    else { return nil }
    guard try archive.string("run") == number, try archive.int("split") == Int64(split) else {
      throw FileError.malformed(
        path: path(split), place: .wholeFile, problem: "it is a sketch of another run or split")
    }
    let sketch = try SketchFile<Scalar>(archive, parameters.execution).sketch
    guard sketch.pointCount <= ranges[split].count,
      sketch.dimension.map({ $0 == rows.dimension }) ?? true
    else {
      throw FileError.malformed(
        path: path(split), place: .wholeFile,
        problem: "a sketch of \(counted(sketch.pointCount, "point")) of a split of "
          + "\(counted(ranges[split].count, "row"))")
    }
    return sketch
  }
}
