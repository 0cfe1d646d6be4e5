// A toy kind of rows: those of which only the values that are not 0 are stored.
import Clustering

/// Rows in compressed form. Blocks of them are made dense.
struct SparseRows: RowBlocks {
  let columns: Int
  /// The column and the value of each entry, row by row.
  let entries: [[(column: Int, value: Double)]]

  init(_ rows: [[Double]]) {
    columns = rows[0].count
    entries = rows.map { row in row.indices.filter { row[$0] != 0 }.map { ($0, row[$0]) } }
  }

  var count: Int { entries.count }

  final class Memory {
    let values: UnsafeMutableBufferPointer<Double>
    init(_ count: Int) { values = .allocate(capacity: count) }
    deinit { values.deallocate() }
  }

  func makeMemory(rows: Int) -> Memory { Memory(rows * columns) }

  func load(_ block: Range<Int>, into memory: Memory) -> WeightedRows<Double> {
    memory.values.update(repeating: 0)
    for (place, row) in block.enumerated() {
      for entry in entries[row] { memory.values[place * columns + entry.column] = entry.value }
    }
    let base = UnsafePointer(memory.values.baseAddress!)
    return WeightedRows(
      rows: Rows(base: base, count: block.count, columns: columns, stride: columns))
  }

  func stored(_ block: Range<Int>) -> Rows<Double>? { nil }
}

/// The points of a fit, stored so.
struct SparsePoints: PointSource {
  typealias Failure = ClusteringError
  typealias Blocks = SparseRows

  let sparse: SparseRows
  let execution: Execution
  var map: RowMap<Double>?

  var count: Int { sparse.count }
  var columns: Int { sparse.columns }
  var weights: UnsafePointer<Double>? { nil }

  func forgetWeights(of rows: [Int]) { preconditionFailure("only cosine asks for it") }

  func forEachPart(stripeRows: Int, _ body: (RowPass<SparseRows>) -> Void) {
    body(RowPass(sparse, stripeRows: stripeRows, threads: threads))
  }

  func unmappedRows(_ numbers: [Int]) -> Matrix<Double> {
    try! Matrix(
      numbers.map { number in
        var row = [Double](repeating: 0, count: columns)
        for entry in sparse.entries[number] { row[entry.column] = entry.value }
        return row
      })
  }

  func failure(_ error: ClusteringError) -> ClusteringError { error }
}
