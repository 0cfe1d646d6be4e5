import KMeansFiles
import VectorIO

/// Rows with what stands beside them.
struct RowsWithSides: Equatable {
  var rows: [[Double]] = []
  var sides = SideValues()
  var skipped: [Int] = []
}

/// Rows of some bytes with what stands beside them, read a few rows at a time.
///
/// - Parameter count: how many rows are read at once.
func rowsWithSides<Scalar: BLASScalar>(
  _ bytes: [UInt8], name: String = "a.csv", _ sides: SideColumns, as type: Scalar.Type,
  columns: ColumnSelection = .numeric, onInvalid: InvalidRows = .error,
  kind: MemorySource.Kind = .file, piece: Int = .max, windowSize: Int = 1 << 18, count: Int = 2
) throws -> RowsWithSides {
  let source = MemorySource(bytes, piece: piece, kind: kind)
  let options = ReadingOptions(columns: columns, sides: sides, onInvalid: onInvalid)
  let file = try OpenedVectorFile(
    source: source, name: name, options: options, windowSize: windowSize
  ).rows(as: type)
  var found = RowsWithSides()
  while true {
    var block = try Matrix<Scalar>(reserving: count, columns: file.columns)
    let isEnd = try block.append(atMost: count) { try file.read(into: &$0) } == 0
    let taken = file.takeSideValues()
    found.rows += arrays(block).map { $0.map(Double.init) }
    found.sides.append(taken)
    found.skipped += file.takeSkippedRows()
    if isEnd { return found }
  }
}

func rowsWithSides(
  _ text: String, name: String = "a.csv", _ sides: SideColumns,
  columns: ColumnSelection = .numeric, onInvalid: InvalidRows = .error
) throws -> RowsWithSides {
  try rowsWithSides(
    Array(text.utf8), name: name, sides, as: Double.self, columns: columns, onInvalid: onInvalid)
}

/// The time that a field is read as.
func time(_ field: String) throws -> Double {
  try rowsWithSides("t\tx\n\(field)\t1\n", name: "a.tsv", SideColumns(time: "t")).sides.times[0]
}
