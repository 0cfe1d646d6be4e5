import Clustering
import KMeansFiles
import VectorIO

/// Values that become others when they are converted: counted, for the user to know.
struct RoundedValues<Scalar: ClusteringScalar> {
  private struct Count {
    var values = 0
    var first: (row: Int, column: Int)?

    mutating func add(row: Int, column: Int) {
      values += 1
      if first == nil { first = (row, column) }
    }
  }

  private let columns: [Int]
  private let format: VectorFormat
  /// Whether doubles become floats on their way out.
  private let narrows: Bool
  /// Whether whole numbers of 64 bits became doubles on their way in.
  private let isWide: Bool
  private var narrowed = Count()
  private var wide = Count()

  /// - Parameters:
  ///   - info: the file that the values come from.
  ///   - format: the format that they are written in.
  init(_ info: VectorFileInfo, as format: VectorFormat) {
    self.init(
      columns: info.chosenColumns.map { $0.number - 1 }, as: format,
      isWide: Scalar.self == Double.self && ["i8", "u8"].contains { info.valueType.hasSuffix($0) })
  }

  /// Of values that no file holds yet.
  ///
  /// - Parameter columns: the numbers of the columns that notes name.
  init(columns: [Int], as format: VectorFormat, isWide: Bool = false) {
    self.columns = columns
    self.format = format
    self.isWide = isWide
    narrows = Scalar.self == Double.self && [.fvecs, .fbin, .rawF32].contains(format)
  }

  /// Counts such values of a block.
  mutating func add(_ block: Matrix<Scalar>, rowsBefore: Int) {
    guard narrows || isWide else { return }
    let values = block.span
    for index in values.indices {
      let value = Double(values[index])
      let (row, place) = index.quotientAndRemainder(dividingBy: block.columns)
      if narrows, Double(Float(value)) != value, value == value {
        narrowed.add(row: rowsBefore + row, column: columns[place])
      }
      if isWide, value.magnitude >= 0x1p53 {
        wide.add(row: rowsBefore + row, column: columns[place])
      }
    }
  }

  /// The remarks on the values that were rounded.
  var notes: [String] {
    let isNarrowed = text(narrowed) {
      $0 == 1
        ? "is rounded to the nearest 32-bit float of \(format.rawValue)"
        : "are rounded to the nearest 32-bit floats of \(format.rawValue)"
    }
    let isWide = text(wide) {
      $0 == 1
        ? "is a whole number beyond 2^53, of which the nearest double is written"
        : "are whole numbers beyond 2^53, of which the nearest doubles are written"
    }
    return [isWide, isNarrowed].compactMap { $0 }
  }

  private func text(_ count: Count, _ what: (Int) -> String) -> String? {
    guard let first = count.first else { return nil }
    let place = count.values == 1 ? "in" : "the first in"
    return
      "\(counted(count.values, "value")) \(what(count.values)), \(place) row \(first.row + 1), "
      + "column \(first.column + 1) \(RowNumbers.ofBoth)"
  }
}
