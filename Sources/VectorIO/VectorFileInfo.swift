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
  public let path: String
  /// The format as given or found.
  public let format: VectorFormat
  /// Whether the file is packed by gzip.
  public internal(set) var isCompressed = false
  /// The type that suits the file.
  public let precision: Precision
  /// The type of the values in the words of the format: `<f4`, `text`.
  public let valueType: String
  /// The number of rows; `nil` where the file does not say it.
  public let rows: Int?
  /// The number of columns of the file.
  public let fileColumns: Int
  /// The names of all columns of the file, if it has a header.
  public let columnNames: [String]?
  /// The columns that are read beside the rows, as they were asked for.
  public internal(set) var auxiliary = AuxiliaryColumns()
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
  public let isColumnMajor: Bool
  /// The remarks that the text itself gives reason for.
  private let textRemarks: [String]
  /// The names of all arrays in an npz file.
  public internal(set) var arrayNames: [String]?
  /// Whether the rows can be read again and again, from any row on and in bounded memory, without
  /// more work than reading them: an uncompressed regular file of a binary format, row after row,
  /// whose `rows` are known. Fortran-ordered arrays and packed members of npz are not.
  public internal(set) var isRereadable = false

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

  /// A line for the user where not all columns are read:
  /// `38 of 42 columns are numeric: 1, 5-41`.
  public var columnSummary: String? {
    let count = columns + (optionalWeight == nil ? 0 : 1)
    guard count < fileColumns else { return nil }
    var numbers = chosenColumns.map(\.number) + [optionalWeight].compactMap { $0.map { $0 + 1 } }
    if areColumnsFoundOut { numbers.sort() }
    let verb = "\(count == 1 ? "is" : "are") \(areColumnsFoundOut ? "numeric" : "selected")"
    return "\(count) of \(counted(fileColumns, "column")) \(verb): \(Self.ranges(numbers))"
  }

  /// Numbers as ranges: `1, 5-41`.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [(first: Int, last: Int)] = []
    for number in numbers {
      if let last = ranges.last?.last, last + 1 == number {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    let texts = ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
    return texts.joined(separator: ", ")
  }
}
