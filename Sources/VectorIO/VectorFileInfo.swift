internal import KMeansFiles

/// The properties of a file that are known before its rows are read.
public struct VectorFileInfo: Sendable, Hashable {
  /// The type that holds a file's values without waste and without loss.
  public enum Precision: String, Sendable, Hashable, Codable {
    /// 32-bit floats, and integers of up to 16 bits.
    case float
    /// 64-bit floats, integers of 32 bits and more (those of 64 bits are rounded), and text.
    case double
  }

  /// A column of the file that is a column of the rows.
  public struct Column: Sendable, Hashable {
    /// Its place in the file, counted from 1.
    public let number: Int
    /// Its name, if the file has a header.
    public let name: String?
  }

  /// The file, as error messages name it.
  public private(set) var path: String
  /// The format as given or found.
  public let format: VectorFormat
  /// Whether the file is packed by gzip.
  public internal(set) var isCompressed = false
  /// Whether missing values become means.
  package internal(set) var takesMeans = false
  /// What is known of these means, where missing values are left to the caller to fill in.
  package internal(set) var missing: MissingValues?
  /// Whether it is a pipe, which is read once.
  package internal(set) var isLive = false
  /// The type that suits the file.
  public private(set) var precision: Precision
  /// The type of the values in the words of the format: `<f4`, `text`.
  public let valueType: String
  /// The number of rows; `nil` where the file does not say it.
  public private(set) var rows: Int?
  /// The number of columns of the file.
  public internal(set) var fileColumns: Int
  /// The names of all columns of the file, if it has a header.
  public let columnNames: [String]?
  /// The columns that are read beside the rows, as they were asked for.
  public internal(set) var auxiliary = AuxiliaryColumns()
  /// The advice behind a value that is no finite number, in the words of the command line.
  package internal(set) var notFiniteHint = ""
  /// Whether malformed records are rows that were left out.
  var leavesOutMalformed = false
  /// The places, from 0, of the columns of the rows; `nil` for all, which may be very many.
  private var chosen: [Int]?
  /// The place, from 0, of a column of weights that might have been missing; it counts among the
  /// columns that ``columnSummary`` tells of.
  package internal(set) var optionalWeight: Int?
  /// Whether columns were left out because they do not hold numbers.
  public let areColumnsFoundOut: Bool
  /// The index of the first column, where a libsvm text or the options say it.
  public let firstIndex: Int?
  /// Whether the values lie column after column (Fortran order), so that no block of rows is in one
  /// piece.
  public private(set) var isColumnMajor: Bool
  /// The remarks that the text itself gives reason for.
  private var textRemarks: [String]
  /// The names of all arrays in an npz or safetensors file.
  public internal(set) var arrayNames: [String]?
  /// How the text is written, as far as the options say it, or a file that they are from.
  public internal(set) var text = TextFormat()
  /// Whether it is a text of a header alone, above no rows.
  var isHeaderAlone = false
  /// How the records of a delimited text were found to be written.
  var textStyle: TextStyle?
  /// Whether the lines of the format have a label that was asked for, which is none of the columns.
  var hasLabel = false
  /// Whether the rows can be read again and again, from any row on and in bounded memory, without
  /// more work than reading them: an uncompressed regular file of a binary format, row after row,
  /// whose `rows` are known. Fortran-ordered arrays and packed members of npz are not.
  public internal(set) var isRereadable = false
  /// Whether the file holds values other than zero alone, each with its column.
  public internal(set) var isSparse = false
  /// The number of values that a sparse file stores, as far as it is known before they are read;
  /// zeros among them and several in one place count, too.
  public internal(set) var nonzeros: Int?
  /// Why rows of a sparse file cannot be read as dense ones, where that was not asked for.
  var denseProblem: FileError?

  init(
    path: String, format: VectorFormat, precision: Precision, valueType: String, rows: Int?,
    fileColumns: Int, columnNames: [String]? = nil,
    areColumnsFoundOut: Bool = false, firstIndex: Int? = nil, isColumnMajor: Bool = false,
    textRemarks: [String] = []
  ) {
    self.path = path
    self.format = format
    self.precision = precision
    self.valueType = valueType
    self.rows = rows
    self.fileColumns = fileColumns
    self.columnNames = columnNames
    self.areColumnsFoundOut = areColumnsFoundOut
    self.firstIndex = firstIndex
    self.isColumnMajor = isColumnMajor
    self.textRemarks = textRemarks
  }

  mutating func choose(_ indices: [Int], _ auxiliary: SidePlaces, _ options: ReadingOptions) {
    chosen = indices
    optionalWeight = options.auxiliary.isWeightOptional ? auxiliary.weight : nil
  }

  /// The columns of the rows, in their order.
  ///
  /// - Complexity: O(columns).
  public var chosenColumns: [Column] {
    (chosen ?? Array(0..<fileColumns)).map { Column(number: $0 + 1, name: columnNames?[$0]) }
  }

  /// The number of values of a row.
  public var columns: Int { chosen?.count ?? fileColumns }

  /// Lines for the user on how the file was interpreted: which columns are read where not all are,
  /// which are left out because they are empty, and a first record of a text that might have been
  /// taken otherwise.
  public var remarks: [String] { (columnSummary.map { [$0] } ?? []) + textRemarks }

  /// A line for the user where not all columns are read, with their names, or else their numbers:
  /// `2 of 3 columns are numeric: 'age', 'income'`, `38 of 42 columns are numeric: 1, 5-41`.
  public var columnSummary: String? {
    let count = columns + (optionalWeight == nil ? 0 : 1)
    guard count < fileColumns else { return nil }
    var places = chosenColumns.map { $0.number - 1 } + [optionalWeight].compactMap { $0 }
    if areColumnsFoundOut { places.sort() }
    let verb = "\(count == 1 ? "is" : "are") \(areColumnsFoundOut ? "numeric" : "selected")"
    return "\(count) of \(counted(fileColumns, "column")) \(verb): \(file.list(places))"
  }

  /// Whether the file says for sure which columns its rows have: not a text without a line, or with
  /// a header alone.
  package var saysColumns: Bool { columns > 0 && (rows != 0 || columnNames == nil) }

  /// The name of the column of the keys; `nil` without one, or where columns have no names.
  package var keyName: String? {
    guard let key = auxiliary.key, let columnNames else { return nil }
    return (try? ColumnSelection.index(of: key, in: file)).map { columnNames[$0] }
  }

  /// The properties of some files whose rows follow each other: columns and format are those of the
  /// first.
  ///
  /// - Parameter name: what messages call all of them.
  static func joined(_ files: [VectorFileInfo], as name: String) -> VectorFileInfo {
    var joined = files[0]
    joined.path = name
    if files.contains(where: { $0.precision == .double }) { joined.precision = .double }
    let rows = files.compactMap(\.rows)
    let total = rows.reduce((0, false)) { sum, count in
      let next = sum.0.addingReportingOverflow(count)
      return (next.partialValue, sum.1 || next.overflow)
    }
    joined.rows = rows.count == files.count && !total.1 ? total.0 : nil
    joined.join(nonzerosOf: files)
    joined.isLive = files.contains(where: \.isLive)
    joined.isCompressed = files.contains(where: \.isCompressed)
    joined.isColumnMajor = files.contains(where: \.isColumnMajor)
    joined.isRereadable = joined.rows != nil && files.allSatisfy(\.isRereadable)
    for file in files.dropFirst() {
      joined.textRemarks += file.textRemarks.filter { !joined.textRemarks.contains($0) }
    }
    return joined
  }

  /// The columns of the file, as lists of columns name them.
  var file: FileColumns {
    FileColumns(path: path, names: columnNames, count: fileColumns, hasLabel: hasLabel)
  }

  /// Some columns of the rows as messages list them, by their names if they have any.
  ///
  /// - Parameter columns: columns of the rows, from 0.
  package func list(_ columns: [Int]) -> String { file.list(places(columns)) }

  /// The same as a word of a command line.
  package func argument(_ columns: [Int]) -> String { file.argument(places(columns)) }

  /// Columns of the file by names that several may have, as a word of a command line: by numbers
  /// where that is so. `nil` where they are not there.
  package func argument(named names: [String]) -> String? { file.argument(named: names) }

  /// The places in the file, from 0.
  private func places(_ columns: [Int]) -> [Int] { columns.map { chosen?[$0] ?? $0 } }
}
