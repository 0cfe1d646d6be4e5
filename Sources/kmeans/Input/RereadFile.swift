import Clustering
import Foundation
import VectorIO

/// A file of points that is larger than the memory there is, to be read in several passes.
struct RereadFile<Scalar: ClusteringScalar> {
  let info: VectorFileInfo
  let weights: [Double]?
  let blame: Blame
  let memory: Int?
  let rows: VectorFile<Scalar>

  /// - Parameter info: that of the file as it was opened first, with the column of the weights.
  init(
    _ info: VectorFileInfo, _ input: InputOptions, _ source: PointWeights, _ options: RunOptions,
    _ budget: MemoryBudget
  ) throws {
    options.note("\(info.path): more than fits into memory, so it is read in several passes")
    var chosen = info.chosenColumns
    if let place = try source.place(in: info) {
      weights = try Self.column(chosen.remove(at: place).number, input)
    } else {
      weights = try source.readFile()
    }
    rows = try Self.open(input, columns: chosen.map(\.number))
    self.info = info
    memory = budget.limit
    blame = Blame(
      points: info.path, columns: chosen.map { $0.number - 1 }, weights: source.name(in: info),
      narrows: Scalar.self == Float.self && info.precision == .double)
  }

  private static func open<Value: ClusteringScalar>(
    _ input: InputOptions, columns: [Int], as type: Value.Type = Value.self
  ) throws -> VectorFile<Value> {
    var options = input.reading
    options.columns = .listed(columns.map { "\($0)" })
    return try VectorFile(input.input, options: options)
  }

  /// The values of one column.
  private static func column(_ number: Int, _ input: InputOptions) throws -> [Double] {
    var rows = try open(input, columns: [number], as: Double.self)
    let matrix = try Matrix(reading: &rows)
    return (0..<matrix.rows).map { matrix[$0, 0] }
  }
}
