import KMeansFiles
import VectorIO

/// Rows with what stands beside them.
struct RowsWithAuxiliaryColumns: Equatable {
  var rows: [[Double]] = []
  var auxiliary = AuxiliaryValues()
  var skipped: [Int] = []
}

/// Rows of some bytes with what stands beside them, read a few rows at a time.
///
/// - Parameter count: how many rows are read at once.
func rowsWithAuxiliaryColumns<Scalar: MatrixScalar>(
  _ bytes: [UInt8], name: String = "a.csv", _ auxiliary: AuxiliaryColumns, as type: Scalar.Type,
  columns: ColumnSelection = .numeric, onInvalid: InvalidRows = .error,
  kind: MemorySource.Kind = .file, piece: Int = .max, windowSize: Int = 1 << 18, count: Int = 2
) throws -> RowsWithAuxiliaryColumns {
  let source = MemorySource(bytes, piece: piece, kind: kind)
  let options = ReadingOptions(columns: columns, auxiliary: auxiliary, onInvalid: onInvalid)
  let file = try OpenedVectorFile(
    source: source, name: name, options: options, windowSize: windowSize
  ).rows(as: type)
  var found = RowsWithAuxiliaryColumns()
  while true {
    var block = try Matrix<Scalar>(reserving: count, columns: file.columns)
    let isEnd = try block.append(atMost: count) { try file.read(into: &$0) } == 0
    let taken = file.takeAuxiliaryValues()
    found.rows += arrays(block).map { $0.map(Double.init) }
    found.auxiliary.append(taken)
    found.skipped += file.takeSkippedRows()
    if isEnd { return found }
  }
}

func rowsWithAuxiliaryColumns(
  _ text: String, name: String = "a.csv", _ auxiliary: AuxiliaryColumns,
  columns: ColumnSelection = .numeric, onInvalid: InvalidRows = .error
) throws -> RowsWithAuxiliaryColumns {
  try rowsWithAuxiliaryColumns(
    Array(text.utf8), name: name, auxiliary, as: Double.self, columns: columns, onInvalid: onInvalid
  )
}

/// The time that a field is read as.
func time(_ field: String) throws -> Double {
  try rowsWithAuxiliaryColumns("t\tx\n\(field)\t1\n", name: "a.tsv", AuxiliaryColumns(time: "t"))
    .auxiliary.times[0]
}
