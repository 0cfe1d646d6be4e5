import Clustering
import KMeansFiles
import VectorIO

/// The columns that points must have to go with what is there already: a model, or the first file
/// of a stream.
struct ExpectedColumns: Sendable {
  /// Nothing where no more is known than how many there are.
  let columns: InputColumns?
  let count: Int
  /// The file that says so, as messages name it.
  let source: String
  /// Whether the user chose the columns, whose places in the file then say nothing.
  let areListed: Bool
  /// Whether means for missing values have to be known there.
  var needsMeans = false
  /// Whether that might have known names: a model, or a file of points.
  var mayKnowNames = false
  /// Columns of the file that an option takes for something else, and the option.
  var setApart: [(column: String, option: String)] = []

  /// Reading options for a file of such points: columns are chosen by the names that they have
  /// there, unless the user chooses them; the indices of libsvm count as they did there, and rows
  /// are as long.
  func completing(_ options: ReadingOptions) -> ReadingOptions {
    var options = options
    if needsMeans, columns?.means == nil { options.meansAreMissing = true }
    if columns?.numbers == nil, !areListed {
      (options.knownDimension, options.expectedSource) = (count, source)
    }
    guard let columns else { return options }
    options.rememberedText = columns.text.map(TextFormat.init)
    options.means = columns.means ?? options.means
    if let names = columns.names, !areListed { options.choose(named: names, as: source) }
    guard columns.format == VectorFormat.libsvm.rawValue else { return options }
    if options.dimension == nil || options.dimension == columns.fileColumns {
      options.dimension = columns.fileColumns
      options.expectedSource = source
    }
    options.firstIndex = options.firstIndex ?? columns.firstIndex
    return options
  }

  /// The same where means may be taken from the points themselves.
  var withoutMeans: ExpectedColumns {
    var other = self
    other.needsMeans = false
    return other
  }

  /// Refuses the columns of a file that are others, or in another order.
  ///
  /// - Parameters:
  ///   - chosen: those of the points.
  ///   - note: takes what the user should know where they cannot be compared.
  func check(
    _ info: VectorFileInfo, _ chosen: [VectorFileInfo.Column], note: (String) -> Void
  ) throws {
    if needsMeans, info.takesMeans, columns?.means == nil {
      throw Failure.data(
        "\(source): it remembers no means of columns: expected a model that was learnt with "
          + "--on-invalid mean, or --on-invalid skip")
    }
    let found = info.columnNames == nil ? nil : chosen.map { $0.name ?? "" }
    if let names = columns?.names, let found {
      if found != names { throw Failure.data("\(info.path): \(difference(found, names, info))") }
      return
    }
    guard chosen.count == count else {
      throw Failure.data(
        Self.mismatch(
          info.path, found: chosen.count, expected: count, source,
          columns?.numbers == nil ? info.format : nil,
          hint: columns.flatMap { trainingHint($0, info) }))
    }
    if columns?.isText != true, mayKnowNames, let found { note(Self.taken(found, info, source)) }
    guard let columns else { return }
    if let first = info.firstIndex, let expected = columns.firstIndex, first != expected {
      throw Failure.data(
        "\(info.path): indices count from \(first), expected from \(expected) as in \(source)")
    }
    guard columns.isText, info.format == .csv || info.format == .tsv else {
      if found == nil, info.rows != 0, let names = columns.names { note(unnamed(info, names)) }
      return
    }
    try checkPlaces(info, chosen.map(\.number), columns, note: note)
    if let names = columns.names {
      note(unnamed(info, names))
    } else if let found {
      note(Self.taken(found, info, source))
    }
  }

  /// The line for the user on columns whose names nothing can be compared with.
  private static func taken(
    _ found: [String], _ info: VectorFileInfo, _ source: String
  ) -> String {
    "\(info.path): \(source) knows no names of columns; \(quoted(found)) are taken in this order"
  }

  /// The line for the user on a file without names.
  private func unnamed(_ info: VectorFileInfo, _ names: [String]) -> String {
    "\(info.path): there are no names of columns to compare with \(quoted(names)) of \(source); the "
      + "columns are taken in this order"
  }

  /// Columns without names are known by their places. Other places have to be asked for, and are
  /// told even then.
  private func checkPlaces(
    _ info: VectorFileInfo, _ found: [Int], _ columns: InputColumns, note: (String) -> Void
  ) throws {
    let expected = columns.numbers ?? Array(1...columns.fileColumns)
    guard let place = found.indices.first(where: { found[$0] != expected[$0] }) else { return }
    guard areListed else {
      throw Failure.data(
        "\(info.path): column \(found[place]) is numeric where it is column \(expected[place]) in "
          + "\(source): expected the same columns, or --columns to choose them")
    }
    note(
      "\(info.path): column \(found[place]) of \(info.fileColumns) is taken for column "
        + "\(expected[place]) of \(columns.fileColumns) of \(source)")
  }

  /// How names differ, and what would choose the right ones.
  private func difference(_ found: [String], _ names: [String], _ info: VectorFileInfo) -> String {
    let all = info.columnNames ?? []
    let missing = names.filter { !all.contains($0) }
    let few = max(found.count, names.count) <= 8
    let place = zip(found, names).enumerated().first { $1.0 != $1.1 }
    let what =
      if !few, found.count == names.count, let (index, pair) = place {
        "column \(index + 1) of the points is '\(pair.0)', expected '\(pair.1)' as in \(source)"
      } else {
        "\(found.count == 1 ? "column" : "columns") \(quoted(found)), expected "
          + "\(quoted(names)) as in \(source)"
      }
    if let first = missing.first { return "\(what); there is no '\(first)' among its columns" }
    // Choosing the names would not help: the column is taken away again.
    if let (column, option) = setApart.first(where: { names.contains($0.column) }) {
      let hint = option == "--id-column" ? "" : ": give it as a file"
      return "\(what); \(option) \(column) takes '\(column)' away\(hint)"
    }
    let list =
      info.argument(named: names) ?? ColumnSelection.argument(ColumnSelection.typed(names))
    if list.count <= 300 { return "\(what); --columns \(list) chooses them" }
    let others = Self.others(found, names).flatMap { info.argument(named: $0) }
    guard let others, others.count <= 300 else { return "\(what); --columns chooses by name" }
    return "\(what); --exclude \(others) leaves the others out"
  }

  /// The names that are too many, where without them the columns are those that are expected.
  private static func others(_ found: [String], _ names: [String]) -> [String]? {
    let expected = Set(names)
    return found.filter(expected.contains) == names
      ? found.filter { !expected.contains($0) } : nil
  }

  /// Which columns of their file the points of a model were, where it knows; `nil` where they were
  /// all.
  private func trainingHint(_ columns: InputColumns, _ info: VectorFileInfo) -> String? {
    guard let numbers = columns.numbers, let last = numbers.max() else { return nil }
    let list = ColumnSelection.ranges(of: numbers)
    if list.count > 300 { return nil }
    return last <= info.fileColumns
      ? "; --columns \(list) chooses those that \(source) was trained with"
      : "; \(source) was trained with columns \(list) of \(columns.fileColumns)"
  }

  /// Another number of columns.
  ///
  /// - Parameter hint: what can be done, where that is known.
  static func mismatch(
    _ path: String, found: Int, expected: Int, _ source: String, _ format: VectorFormat? = nil,
    hint: String? = nil
  ) -> String {
    let hint =
      if let hint {
        hint
      } else if format == .libsvm || format == .rawF32 {
        "; --dimension \(expected) says how long a row is"
      } else {
        found > expected ? "; --columns chooses some" : ""
      }
    return "\(path): points of \(counted(found, "column")), expected \(expected) as in "
      + "\(source)\(hint)"
  }
}

extension ExpectedColumns {
  /// Those of a file that was read.
  ///
  /// - Parameter start: a model that the points go to, whose means are those for missing values.
  init(_ info: VectorFileInfo, areListed: Bool, behind start: ExpectedColumns? = nil) {
    self.init(
      columns: InputColumns(info, info.chosenColumns, means: start?.columns?.means),
      count: info.columns, source: info.path, areListed: areListed,
      needsMeans: start?.needsMeans ?? false, mayKnowNames: true)
  }
}

extension InputColumns {
  /// The columns of points that were read from a file.
  ///
  /// - Parameter chosen: those of the file that became columns of the points.
  init(
    _ info: VectorFileInfo, _ chosen: [VectorFileInfo.Column], means: [Double]? = nil
  ) {
    let numbers = chosen.map(\.number)
    let areAll = numbers.count == info.fileColumns && numbers == Array(1...info.fileColumns)
    self.init(
      format: info.format.rawValue, fileColumns: info.fileColumns, numbers: areAll ? nil : numbers,
      names: info.columnNames == nil ? nil : chosen.map { $0.name ?? "" },
      firstIndex: info.firstIndex, text: InputText(info.text), means: means)
  }

  /// The columns where there is anything to remember of them: names, places, indices, or means; all
  /// columns of a binary file have none of it.
  var remembered: InputColumns? {
    let isAny = names != nil || numbers != nil || firstIndex != nil || means != nil
    return isAny || isText ? self : nil
  }

  /// Whether it was text whose columns may have names.
  fileprivate var isText: Bool {
    [VectorFormat.csv.rawValue, VectorFormat.tsv.rawValue].contains(format)
  }
}

extension RunOptions {
  /// Says how a file was taken, where that is not plain.
  func note(_ info: VectorFileInfo) {
    for remark in info.remarks { note("\(info.path): \(remark)") }
  }
}

extension InputText {
  /// What a text format says; nothing where it says nothing.
  fileprivate init?(_ text: TextFormat) {
    if text.isEmpty { return nil }
    self.init(
      delimiter: text.delimiter?.text, decimal: text.decimal?.rawValue, comment: text.comment?.text)
  }
}

extension TextFormat {
  /// What a model remembers, as far as it is any format.
  fileprivate init(_ text: InputText) {
    self.init(
      delimiter: text.delimiter.flatMap { FieldDelimiter($0) },
      decimal: text.decimal.flatMap(DecimalMark.init),
      comment: text.comment.flatMap { CommentMark($0) })
  }
}
