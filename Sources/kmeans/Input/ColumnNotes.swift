import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

/// Lines for the user on columns that may not be meant to be clustered as they are: numbers of rows
/// and other ids, and a column beside which no other counts.
struct ColumnNotes {
  let info: VectorFileInfo
  /// Whether the user chose the columns, and would have chosen ids, too.
  let areListed: Bool

  /// How many rows must be there for numbers to look like ids, and how many are looked at.
  static let idRows = 100...100_000
  /// How many rows must be there for a variance to say something.
  static let varianceRows = 10
  /// The share of the variance that is told.
  static let largeShare = 0.9

  /// The columns, from 0, that look like ids; none where all do, or where the user chose them.
  func ids<Scalar: ClusteringScalar>(_ points: MatrixView<Scalar>) -> [Int] {
    guard !areListed, points.rows >= Self.idRows.lowerBound else { return [] }
    let rows = min(points.rows, Self.idRows.upperBound)
    let found = info.chosenColumns.enumerated().filter { column, name in
      let isNamed = name.name?.lowercased().hasSuffix("id") ?? false
      return Self.countsUp(points, column, rows: rows)
        || isNamed && Self.areDistinct(points, column, rows: rows)
    }
    return found.count < points.columns ? found.map(\.offset) : []
  }

  /// The line on a column that looks like the labels of an earlier run, which would be clustered.
  func labelLine<Scalar: ClusteringScalar>(_ points: MatrixView<Scalar>) -> String? {
    let usual = AppendOptions.usualName
    guard !areListed, let column = info.chosenColumns.firstIndex(where: { $0.name == usual }),
      (0..<min(points.rows, Self.idRows.upperBound)).allSatisfy({
        let value = points[$0][column]
        return value >= -1 && value == value.rounded()
      })
    else { return nil }
    return "\(info.path): column '\(usual)' looks like labels of an earlier run: "
      + "--exclude \(usual) leaves it out"
  }

  /// The line on columns that look like ids.
  ///
  /// - Parameters:
  ///   - rows: how many rows were looked at; more than that are not looked at.
  ///   - isWhole: whether these are all rows.
  func line(ids: [Int], rows: Int, isWhole: Bool) -> String? {
    guard !ids.isEmpty else { return nil }
    let isOne = ids.count == 1
    let looked = min(rows, Self.idRows.upperBound)
    let place = isWhole && looked == rows ? "in each row" : "in each of the first \(looked) rows"
    return "\(info.path): \(isOne ? "column" : "columns") \(info.list(ids)) "
      + "\(isOne ? "holds" : "hold") a different whole number \(place), as ids do: "
      + "--exclude \(info.argument(ids)) leaves \(isOne ? "it" : "them") out"
  }

  /// The line on a column that has nearly all of the variance, where others have some.
  ///
  /// - Parameter deviations: for each column, the sum of the squared deviations from its mean.
  func line(deviations: [Double], without ids: [Int]) -> String? {
    let total = deviations.reduce(0, +)
    guard deviations.count(where: { $0 > 0 }) > 1, total.isFinite,
      let column = deviations.firstIndex(where: { $0 > Self.largeShare * total }),
      !ids.contains(column)
    else { return nil }
    // Rounded down: less than all of it is never 100 %.
    let tenths = Int(deviations[column] / total * 1000)
    return "\(info.path): column \(info.list([column])) has \(tenths / 10).\(tenths % 10) % of the "
      + "variance: --standardize gives all columns the same"
  }

  /// Whether a column holds a whole number that goes up by one each row.
  private static func countsUp<Scalar: ClusteringScalar>(
    _ points: MatrixView<Scalar>, _ column: Int, rows: Int
  ) -> Bool {
    let first = points[0][column]
    return first == first.rounded()
      && (1..<rows).allSatisfy { points[$0][column] - points[$0 - 1][column] == 1 }
  }

  /// Whether a column holds whole numbers that all differ.
  private static func areDistinct<Scalar: ClusteringScalar>(
    _ points: MatrixView<Scalar>, _ column: Int, rows: Int
  ) -> Bool {
    var seen: Set<Scalar> = []
    return (0..<rows).allSatisfy {
      let value = points[$0][column]
      return value == value.rounded() && seen.insert(value).inserted
    }
  }
}

extension Points {
  /// Notes columns that may not be meant to be clustered as they are.
  func noteColumns(
    _ rows: RowOptions, _ clustering: ClusteringOptions, _ common: RunOptions,
    _ execution: Execution
  ) {
    guard !common.quiet else { return }
    columnNotes(rows, clustering, execution).forEach(common.note)
  }

  /// The lines on such columns.
  ///
  /// - Complexity: O(n d), one pass; of ids a part of the rows is looked at.
  func columnNotes(
    _ rows: RowOptions, _ clustering: ClusteringOptions, _ execution: Execution
  ) -> [String] {
    guard columns > 1 else { return [] }
    let notes = ColumnNotes(info: info, areListed: rows.areColumnsListed)
    let ids = notes.ids(view)
    let lines = [notes.line(ids: ids, rows: self.rows, isWhole: true), notes.labelLine(view)]
      .compactMap { $0 }
    guard !clustering.transformsRows,
      self.rows >= ColumnNotes.varianceRows
    else { return lines }
    // What is wrong with the points is left to the fit to tell.
    let moments = try? view.withWeightedRows(weights?.span) { (points) throws(ClusteringError) in
      try points.checkedMoments(execution)
    }
    let line = moments.flatMap { notes.line(deviations: $0.deviations, without: ids) }
    return lines + (line.map { [$0] } ?? [])
  }
}
