internal import KMeansKernelTypes

/// The first row that cannot be clustered: a value is NaN, infinite, or so large that its square
/// overflows; or, where a direction is needed, all values are zero.
struct FiniteCheck<Scalar: ClusteringScalar>: RowReduction {
  /// Values beyond this are refused: the sum of their squares over all columns and rows must not
  /// overflow a Double.
  static var limit: Double { 1e140 }

  let refusesZeroRows: Bool
  /// The range of the values; it means something where there is no error.
  private(set) var range = ValueRange()
  private let kernels: KernelSet<Scalar>
  /// What is wrong with the first such row.
  private(set) var error: ClusteringError?

  init(refusesZeroRows: Bool = false, instructionSet: InstructionSet) {
    self.init(refusesZeroRows: refusesZeroRows, .compiled(for: instructionSet))
  }

  private init(refusesZeroRows: Bool, _ kernels: KernelSet<Scalar>) {
    self.refusesZeroRows = refusesZeroRows
    self.kernels = kernels
  }

  var needsDistances: Bool { false }
  var takesCompressed: Bool { true }
  func empty() -> FiniteCheck { FiniteCheck(refusesZeroRows: refusesZeroRows, kernels) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    guard error == nil else { return }
    let rows = block.points.rows
    if let compressed = rows.compressed { return accumulate(compressed, first: block.first) }
    range.add(rows, limit: Self.limit, kernels)
    guard refusesZeroRows || !range.isFinite else { return }
    for row in 0..<rows.count where error == nil {
      let values = rows[row]
      if !range.isFinite {
        error = Self.error(values, columns: rows.columns, row: block.first + row)
      }
      if refusesZeroRows, error == nil, (0..<rows.columns).allSatisfy({ values[$0] == 0 }) {
        error = .zeroRow(block.first + row)
      }
    }
  }

  /// Adds sparse rows, whose zeros need no look.
  private mutating func accumulate(_ rows: CompressedRows<Scalar>, first: Int) {
    let count = rows.offsets[rows.count] - rows.offsets[0]
    let values = Rows(
      base: rows.values + rows.offsets[0], count: 1, columns: count, stride: count)
    if count > 0 { range.add(values, limit: Self.limit, kernels) }
    guard refusesZeroRows || !range.isFinite else { return }
    for number in 0..<rows.count where error == nil {
      let row = rows[number]
      if !range.isFinite {
        error = Self.error(row.values, columns: row.count, row: first + number, of: row.indices)
      }
      if refusesZeroRows, error == nil, row.isZero {
        error = .zeroRow(first + number)
      }
    }
  }

  /// - Parameter indices: the columns of the values; `nil` for all columns.
  private static func error(
    _ values: UnsafePointer<Scalar>, columns: Int, row: Int,
    of indices: UnsafePointer<Int32>? = nil
  ) -> ClusteringError? {
    let isBad = { (place: Int) in !(Double(values[place]).magnitude <= limit) }
    guard let place = (0..<columns).first(where: isBad) else { return nil }
    let column = indices.map { Int($0[place]) } ?? place
    return values[place].isFinite
      ? .tooLarge(row: row, column: column, limit: limit) : .notFinite(row: row, column: column)
  }

  mutating func merge(_ later: borrowing FiniteCheck) {
    if error == nil { error = later.error }
    range.merge(later.range)
  }
}
