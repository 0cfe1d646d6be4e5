import Clustering
import KMeansFiles

/// The sketches of the splits: files of the folder, each made by one thread, as many at once as
/// there are threads. The result depends on the splits and their order, never on the threads.
struct SplitSketches<Scalar: ClusteringScalar>: Sendable {
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
    let parts = PartsInTurn(splits, threads: parameters.execution.threadCount)
    try parts.run(open) { split, reader in
      try make(split, reader) { parts.threadsForEach }
    }
  }

  /// Sketches a split.
  ///
  /// - Parameter threads: how many the sketch may use, asked for again and again.
  private func make(
    _ split: Int, _ reader: SplitReader<Scalar>, _ threads: () -> Int
  ) throws {
    let start = try StreamingSketch<Scalar>(
      archive: rows.start, execution: parameters.execution)
    var sketch = StreamingSketch<Scalar>(parameters, transform: start.transform)
    try reader.add(ranges[split], to: &sketch, threads)
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
