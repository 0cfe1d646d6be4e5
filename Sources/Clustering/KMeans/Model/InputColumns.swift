package import KMeansFiles

/// Which columns of which kind of file the points of a model were: what the columns of later points
/// are compared with, so that none is taken for another.
public struct InputColumns: Sendable, Hashable, Codable {
  /// The format of the file under its name on the command line, such as `csv` or `libsvm`.
  public let format: String
  /// How many columns the file has.
  public let fileColumns: Int
  /// The number of each column of the points in the file, counted from 1; `nil` where they are all
  /// columns of the file in their order.
  public let numbers: [Int]?
  /// The name of each column of the points; `nil` where the file has none.
  public let names: [String]?
  /// The index of the first column, 0 or 1, in a format that writes indices before values.
  public let firstIndex: Int?
  /// How the text was written, as far as that was said and not found out.
  public let text: InputText?
  /// For each column of the points what was taken in place of missing values; `nil` where none were
  /// filled in.
  public let means: [Double]?

  /// Columns of a file.
  ///
  /// - Precondition: `fileColumns >= 1`; numbers, names and means are of as many columns, the
  ///   numbers are those of columns of the file, and the means are finite.
  public init(
    format: String, fileColumns: Int, numbers: [Int]? = nil, names: [String]? = nil,
    firstIndex: Int? = nil, text: InputText? = nil, means: [Double]? = nil
  ) {
    self.format = format
    self.fileColumns = fileColumns
    self.numbers = numbers
    self.names = names
    self.firstIndex = firstIndex
    self.text = text
    self.means = means
    precondition(problem == nil, problem ?? "")
  }

  /// How many columns the points have.
  public var count: Int { numbers?.count ?? fileColumns }

  /// What is wrong with values that come from elsewhere.
  private var problem: String? {
    if fileColumns < 1 { return "a file of \(fileColumns) columns" }
    if let bad = numbers?.first(where: { $0 < 1 || $0 > fileColumns }) {
      return "column \(bad) of \(fileColumns)"
    }
    if let names, names.count != count {
      return "\(counted(names.count, "name")) for \(counted(count, "column"))"
    }
    if let firstIndex, firstIndex != 0, firstIndex != 1 {
      return "indices that count from \(firstIndex)"
    }
    if let means, means.count != count { return "\(means.count) means for \(count) columns" }
    if let bad = means?.first(where: { !$0.isFinite }) { return "a mean of \(bad)" }
    return nil
  }

  private enum CodingKeys: String, CodingKey {
    case format, fileColumns, numbers, names, firstIndex, text, means
  }

  /// - Throws: `DecodingError` where the parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    format = try container.decode(String.self, forKey: .format)
    fileColumns = try container.decode(Int.self, forKey: .fileColumns)
    numbers = try container.decodeIfPresent([Int].self, forKey: .numbers)
    names = try container.decodeIfPresent([String].self, forKey: .names)
    firstIndex = try container.decodeIfPresent(Int.self, forKey: .firstIndex)
    text = try container.decodeIfPresent(InputText.self, forKey: .text)
    means = try container.decodeIfPresent([Double].self, forKey: .means)
    if let problem {
      throw DecodingError.dataCorruptedError(
        forKey: .fileColumns, in: container, debugDescription: problem)
    }
  }
}

/// How a delimited text was written, where that was said: each part as the command line takes it.
public struct InputText: Sendable, Hashable, Codable {
  /// What stands between fields, such as `|` or `tab`.
  public let delimiter: String?
  /// The mark before the fraction of a number, `.` or `,`.
  public let decimal: String?
  /// What lines begin with that are no records, such as `#`.
  public let comment: String?

  /// Parts of which some are known.
  public init(delimiter: String? = nil, decimal: String? = nil, comment: String? = nil) {
    self.delimiter = delimiter
    self.decimal = decimal
    self.comment = comment
  }

  /// `nil` from an archive that says nothing of them.
  fileprivate init?(_ archive: Archive) throws(FileError) {
    func part(_ name: String) throws(FileError) -> String? {
      archive[name] == nil ? nil : try archive.string(name)
    }
    try self.init(
      delimiter: part("columns.delimiter"), decimal: part("columns.decimal"),
      comment: part("columns.comment"))
    if delimiter == nil, decimal == nil, comment == nil { return nil }
  }
}

extension InputColumns {
  /// Writes the columns into sections of their own. Names are one text, and their lengths in bytes.
  package func write(to archive: inout Archive) {
    archive["columns.format"] = .string(format)
    archive["columns.inFile"] = .int(Int64(fileColumns))
    if let numbers { archive["columns.numbers"] = .ints(numbers.map { Int64($0) }) }
    if let names {
      archive["columns.names"] = .string(names.joined())
      archive["columns.nameLengths"] = .ints(names.map { Int64($0.utf8.count) })
    }
    if let firstIndex { archive["columns.firstIndex"] = .int(Int64(firstIndex)) }
    if let delimiter = text?.delimiter { archive["columns.delimiter"] = .string(delimiter) }
    if let decimal = text?.decimal { archive["columns.decimal"] = .string(decimal) }
    if let comment = text?.comment { archive["columns.comment"] = .string(comment) }
    if let means { archive["columns.means"] = .doubles(means) }
  }

  /// Reads them; `nil` from an archive that says nothing of columns, as older ones do.
  ///
  /// - Parameter columns: how many columns the points have.
  package init?(
    _ archive: Archive, columns: Int, _ problem: (String) -> FileError
  ) throws(FileError) {
    guard archive["columns.format"] != nil else { return nil }
    format = try archive.string("columns.format")
    fileColumns = Int(try archive.int("columns.inFile"))
    numbers =
      archive["columns.numbers"] == nil
      ? nil : try archive.ints("columns.numbers").map { Int($0) }
    names =
      archive["columns.names"] == nil && archive["columns.nameLengths"] == nil
      ? nil
      : try Self.names(
        archive.string("columns.names"), archive.ints("columns.nameLengths"), problem)
    firstIndex =
      archive["columns.firstIndex"] == nil ? nil : Int(try archive.int("columns.firstIndex"))
    text = try InputText(archive)
    means = archive["columns.means"] == nil ? nil : try archive.vector("columns.means")
    if let wrong = self.problem { throw problem(wrong) }
    guard count == columns else {
      throw problem("\(counted(count, "column")) of the input for centroids of \(columns)")
    }
  }

  /// Names out of one text.
  private static func names(
    _ text: String, _ lengths: [Int64], _ problem: (String) -> FileError
  ) throws(FileError) -> [String] {
    let bytes = Array(text.utf8)
    var (names, start) = ([String](), 0)
    for length in lengths {
      guard length >= 0, length <= bytes.count - start,
        let name = String(validating: bytes[start..<start + Int(length)], as: UTF8.self)
      else {
        let found = counted(Int(length), "byte")
        throw problem("a name of \(found) at byte \(start) of \(bytes.count)")
      }
      names.append(name)
      start += Int(length)
    }
    guard start == bytes.count else {
      throw problem("names of \(counted(start, "byte")), expected \(bytes.count)")
    }
    return names
  }
}
