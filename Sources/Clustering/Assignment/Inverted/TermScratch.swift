/// Memory that one thread needs to multiply sparse rows: the terms of a row, and the row with its
/// zeros. An unsafe handle.
///
/// `@unchecked Sendable`: belongs to one worker.
final class TermScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// How many rows of a block are multiplied together: so many that most terms are met by several
  /// of them, and so few that the vectors of these terms, slice after slice, stay in cache.
  static var groupRows: Int { 512 }

  /// The terms of some rows that are vectors of the index, and the rows' values there.
  private(set) var vectorNumbers: UnsafeMutablePointer<Int32>
  private(set) var vectorValues: UnsafeMutablePointer<Scalar>
  /// The terms that are lists, and the rows' values there.
  private(set) var listColumns: UnsafeMutablePointer<Int32>
  private(set) var listValues: UnsafeMutablePointer<Scalar>
  /// Where those of each row begin; one more at the end.
  let vectorStarts: UnsafeMutablePointer<Int>
  let listStarts: UnsafeMutablePointer<Int>
  private var capacity: Int
  /// The columns and values of a dense row that are not zero.
  private let indices: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Scalar>
  /// A row with its zeros; zeros alone but while it is used.
  private let dense: UnsafeMutablePointer<Scalar>
  private let arena = ScratchArena()

  init(columns: Int) {
    capacity = columns
    vectorNumbers = .allocate(capacity: capacity)
    vectorValues = .allocate(capacity: capacity)
    listColumns = .allocate(capacity: capacity)
    listValues = .allocate(capacity: capacity)
    vectorStarts = arena.take(Self.groupRows + 1, repeating: 0)
    listStarts = arena.take(Self.groupRows + 1, repeating: 0)
    indices = arena.take(columns)
    values = arena.take(columns)
    dense = arena.take(columns, repeating: 0)
  }

  deinit { giveBack() }

  private func giveBack() {
    vectorNumbers.deallocate()
    vectorValues.deallocate()
    listColumns.deallocate()
    listValues.deallocate()
  }

  /// Makes room for more terms, and keeps those that are there.
  private func grow(to wanted: Int) {
    let (numbers, values, columns, others) = (vectorNumbers, vectorValues, listColumns, listValues)
    let (old, new) = (capacity, max(wanted, 2 * capacity))
    capacity = new
    vectorNumbers = .allocate(capacity: new)
    vectorValues = .allocate(capacity: new)
    listColumns = .allocate(capacity: new)
    listValues = .allocate(capacity: new)
    vectorNumbers.moveInitialize(from: numbers, count: old)
    vectorValues.moveInitialize(from: values, count: old)
    listColumns.moveInitialize(from: columns, count: old)
    listValues.moveInitialize(from: others, count: old)
    numbers.deallocate()
    values.deallocate()
    columns.deallocate()
    others.deallocate()
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
  ///
  /// - Parameter place: the row's place among those that are multiplied together; they come in
  ///   order.
  func sort(
    _ row: CompressedRow<Scalar>, at place: Int, by vectorNumbersOfColumns: UnsafePointer<Int32>
  ) {
    var (vectors, lists) = (vectorStarts[place], listStarts[place])
    if max(vectors, lists) &+ row.count > capacity { grow(to: max(vectors, lists) &+ row.count) }
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
    vectorStarts[place &+ 1] = vectors
    listStarts[place &+ 1] = lists
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
