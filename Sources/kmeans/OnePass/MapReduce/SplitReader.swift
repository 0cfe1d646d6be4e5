import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

/// The rows of the input as one thread reads them, from any of them on: from the input itself, or
/// as they were kept.
struct SplitReader<Scalar: ClusteringScalar> {
  private let file: VectorFile<Scalar>
  /// The column of the input that has the weights.
  private var weightColumn: String?
  /// The weights of rows that were kept.
  private var weights: VectorFile<Double>?
  /// The input of rows that were kept, as messages name it.
  private var keptName: String?

  /// A reader of the input.
  init(_ command: OnePassCommand, _ options: ReadingOptions) throws {
    let source = command.source
    self.init(
      try source.open(options, note: { _ in }).rows(as: Scalar.self),
      weightColumn: source.pointWeights)
  }

  /// The same of a file that is open.
  init(_ file: VectorFile<Scalar>, weightColumn: String?) {
    self.file = file
    self.weightColumn = weightColumn
  }

  /// A reader of what was kept.
  init(_ rows: SplitRows, in folder: RunFolder) throws {
    file = try VectorFile(folder.file(RunFolder.rows))
    guard file.info.rows == rows.count, file.columns == rows.dimension, file.canSeek else {
      throw Failure.data(
        "\(file.info.path): \(counted(file.info.rows ?? 0, "row")) of "
          + "\(counted(file.columns, "column")), expected \(rows.count) of \(rows.dimension)")
    }
    keptName = rows.name
    guard rows.weightChecksum != nil else { return }
    weights = try VectorFile(folder.file(RunFolder.weights))
    guard weights?.info.rows == rows.count, weights?.columns == 1 else {
      throw Failure.data("\(folder.file(RunFolder.weights)): expected a weight for each row")
    }
  }

  /// Adds some of the rows to a sketch.
  ///
  /// - Parameter threads: how many the sketch may use, asked for before each block; `nil` for those
  ///   of its parameters.
  /// - Throws: what is wrong with a row, with its place in the input.
  func add(
    _ rows: Range<Int>, to sketch: inout StreamingSketch<Scalar>, _ threads: () -> Int? = { nil }
  ) throws {
    var blocks = try PointBlocks(file, weightColumn: weightColumn, rows: rows)
    try weights?.seek(toRow: rows.lowerBound)
    var first = rows.lowerBound
    while try blocks.next() {
      sketch.threads = threads()
      guard let keptName else {
        try blocks.add(to: &sketch)
        continue
      }
      let count = blocks.view.rows
      let weights = try weights.map { try Self.read(count, of: $0) }
      var locator = ErrorLocator(keptName, columnCount: file.columns)
      locator.rowsBefore = first
      try locator.onError { () throws(ClusteringError) in
        try sketch.add(blocks.view, weights: weights?.span)
      }
      first += count
    }
  }

  private static func read(_ count: Int, of file: VectorFile<Double>) throws -> [Double] {
    var found = try Matrix<Double>(reserving: count, columns: 1)
    while found.rows < count {
      let added = try found.append(atMost: count - found.rows) { try file.read(into: &$0) }
      if added == 0 { break }
    }
    return (0..<found.rows).map { found[$0, 0] }
  }
}
