import Batching
import Clustering
import KMeansFiles
import VectorIO

/// Rows of a file that are to be held in memory.
struct HeldRows: Sendable {
  /// What one of them is, as messages name it: `point`.
  let name: String
  /// How many bytes come with each row beside its values, for rows of so many bytes.
  let bytesBeside: @Sendable (_ rowLength: Int) -> Int
  /// What else can be done, for the end of a message.
  var hint = ""

  /// A curve keeps for each point what a fit does, what an evaluation does, and perhaps a copy or a
  /// reference.
  static func ofCurve(copies: Int) -> HeldRows {
    HeldRows(
      name: "point", bytesBeside: { $0 * copies + MemoryPlan.bytesAPoint() + 64 },
      hint: "; 'kmeans fit' reads npy, fbin and fvecs in several passes")
  }

  /// Points that are evaluated: labels, distances, and perhaps a copy of a sample or of all that
  /// are transformed; and the labels of another clustering, with the weights beside them.
  static func ofEvaluation(copies: Int, isCompared: Bool = false) -> HeldRows {
    HeldRows(
      name: "point", bytesBeside: { $0 * copies + (isCompared ? 88 : 64) },
      hint: "; expected fewer rows, such as a sample")
  }

  /// Centroids, and the same packed for the assignment.
  static let centroids = HeldRows(name: "centroid", bytesBeside: { $0 + 32 })
  /// Weights, once as they are read and once as they are used.
  static let weights = HeldRows(name: "weight", bytesBeside: { _ in 16 })
  /// Labels of clusters or of true classes.
  static let labels = HeldRows(name: "label", bytesBeside: { _ in 64 })
}

extension MemoryBudget {
  /// All rows of a file in memory; refused in one line before they take more than there is.
  ///
  /// What a header says is believed for that, for a file that has fewer rows is refused anyway.
  /// What comes without a number (text, a pipe) is counted as it comes.
  ///
  /// - Parameter refusal: the error, from the bytes that are needed at least.
  func rows<Scalar: ClusteringScalar>(
    of file: VectorFile<Scalar>, beside: Int, refusal: (_ rows: Int, _ bytes: Double) -> Failure
  ) throws -> RowBlock<Scalar> {
    let room = Room(
      limit, rowLength: file.columns * MemoryLayout<Scalar>.stride,
      beside: beside + (file.info.optionalWeight == nil ? 0 : MemoryLayout<Double>.stride))
    if let rows = file.info.rows, rows > room.rows { throw refusal(rows, room.bytes(rows)) }
    var block = try RowBlock<Scalar>(columns: file.columns)
    try block.fill(from: file, upTo: .max, most: room.rows) { rows, isTwice in
      refusal(rows, room.bytes(rows) * (isTwice ? 2 : 1))
    }
    return block
  }

  /// The same for rows of which a message says what they are.
  func rows<Scalar: ClusteringScalar>(
    of file: VectorFile<Scalar>, _ held: HeldRows
  ) throws -> RowBlock<Scalar> {
    let beside = held.bytesBeside(file.columns * MemoryLayout<Scalar>.stride)
    return try rows(of: file, beside: beside) { rows, bytes in
      refusal(
        "\(file.info.path): \(counted(rows, held.name)) of \(counted(file.columns, "column")) "
          + "\(rows == 1 ? "takes" : "take")", bytes, held.hint)
    }
  }

  /// The values of a file that has one a row, and what messages call it.
  ///
  /// - Parameter hint: what can be done about several columns, for the end of a message.
  func values(
    of path: String, _ held: HeldRows, _ options: ReadingOptions = ReadingOptions(),
    hint: String = ""
  ) throws -> (path: String, values: [Double]) {
    let file = try VectorFile<Double>(path, options: options)
    guard file.columns == 1 else {
      throw FileError.malformed(
        path: file.info.path, place: .wholeFile,
        problem: "\(counted(file.columns, "column")), expected one \(held.name) a row\(hint)")
    }
    let matrix = try rows(of: file, held).matrix
    return (file.info.path, (0..<matrix.rows).map { matrix[$0, 0] })
  }

  /// Refuses what takes more memory than there is, before it is asked for.
  ///
  /// - Parameter what: more than one thing: `a.csv: the labels of 1000 points`.
  func check(_ bytes: Double, _ what: @autoclosure () -> String) throws {
    guard let limit, bytes > Double(limit) else { return }
    throw refusal("\(what()) take", bytes, "")
  }

  private func refusal(_ what: String, _ bytes: Double, _ hint: String) -> Failure {
    Failure.memory(
      "\(what) \(Self.text(bytes)) of memory or more, expected at most "
        + "\(Self.text(Double(limit ?? 0))), nine tenths of what is free\(hint)")
  }
}

/// How many rows there is memory for.
private struct Room {
  /// The largest number that can be counted with where nobody knows a limit.
  let rows: Int
  private let rowBytes: Double

  init(_ limit: Int?, rowLength: Int, beside: Int) {
    rowBytes = Double(rowLength) + Double(beside)
    let memory = limit.map { max(0, Double($0) - MemoryBudget.process) } ?? 0x1p62
    rows = Int(min(memory / rowBytes, 0x1p60))
  }

  /// What some rows take, with the program.
  func bytes(_ count: Int) -> Double { MemoryBudget.process + Double(count) * rowBytes }
}
