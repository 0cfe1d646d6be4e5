/// Memory that one thread needs to multiply sparse rows: the terms of a row, and the row with its
/// zeros. An unsafe handle.
///
/// `@unchecked Sendable`: belongs to one worker.
final class TermScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// The terms of a row that are vectors of the index, and its values there.
  let vectorNumbers: UnsafeMutablePointer<Int32>
  let vectorValues: UnsafeMutablePointer<Scalar>
  /// The terms that are lists, and its values there.
  let listColumns: UnsafeMutablePointer<Int32>
  let listValues: UnsafeMutablePointer<Scalar>
  /// How many there are of each kind.
  private(set) var (vectorCount, listCount) = (0, 0)
  /// The columns and values of a dense row that are not zero.
  private let indices: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Scalar>
  /// A row with its zeros; zeros alone but while it is used.
  private let dense: UnsafeMutablePointer<Scalar>
  private let arena = ScratchArena()

  init(columns: Int) {
    vectorNumbers = arena.take(columns)
    vectorValues = arena.take(columns)
    listColumns = arena.take(columns)
    listValues = arena.take(columns)
    indices = arena.take(columns)
    values = arena.take(columns)
    dense = arena.take(columns, repeating: 0)
  }

  /// The values of a dense row that are not zero; valid until the next call.
  func compress(_ row: UnsafePointer<Scalar>, columns: Int) -> CompressedRow<Scalar> {
    var count = 0
    for column in 0..<columns {
      indices[count] = Int32(truncatingIfNeeded: column)
      values[count] = row[column]
      // Not a number is not zero.
      count &+= row[column] == 0 ? 0 : 1
    }
    return CompressedRow(
      indices: UnsafePointer(indices), values: UnsafePointer(values), count: count)
  }

  /// Parts the terms of a row into vectors and lists.
  func sort(_ row: CompressedRow<Scalar>, by vectorNumbersOfColumns: UnsafePointer<Int32>) {
    (vectorCount, listCount) = (0, 0)
    var (vectors, lists) = (0, 0)
    for place in 0..<row.count {
      let (column, value) = (row.indices[place], row.values[place])
      let number = vectorNumbersOfColumns[Int(truncatingIfNeeded: column)]
      vectorNumbers[vectors] = number
      vectorValues[vectors] = value
      listColumns[lists] = column
      listValues[lists] = value
      vectors &+= number >= 0 ? 1 : 0
      lists &+= number >= 0 ? 0 : 1
    }
    (vectorCount, listCount) = (vectors, lists)
  }

  /// Hands a row with its zeros to a closure.
  func withDense<Result>(
    _ row: CompressedRow<Scalar>, _ body: (UnsafePointer<Scalar>) -> Result
  ) -> Result {
    row.scatter(to: dense)
    defer { row.clear(dense) }
    return body(UnsafePointer(dense))
  }
}
