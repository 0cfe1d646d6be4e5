internal import KMeansFiles

// Problems with the columns of a text: their messages and hints.
extension TextLayout {
  /// The name of a column as messages append it, if it has one: ` for 'age'`.
  private func name(_ column: Int) -> String {
    guard let name = names?[column], !name.isEmpty else { return "" }
    return " for \(quoted(name))"
  }

  /// Refuses columns that would hold numbers in another notation, instead of leaving them out.
  func refuseOtherNumbers(
    _ candidates: [Int], _ options: ReadingOptions
  ) throws(FileError) {
    for index in candidates {
      let column = columns[index]
      // If no column holds numbers, the first record was not recognised as a header.
      let header = numeric.isEmpty && names == nil ? 1 : 0
      guard let other = column.firstOther, column.otherNumbers >= column.texts - header,
        !column.holdsNumbers
      else { continue }
      let isOneOfTabs = columnCount == 1 && style.delimiter == UInt8(ascii: "\t")
      throw .malformed(
        path: path, place: .field(line: other.line, column: index + 1),
        problem: "expected \(style.expectedNumber)\(name(index)), found \(other.field)"
          + (isOneOfTabs
            ? "; where commas stand between fields, \(formatName(options)) csv reads it" : "")
          + (style.isCommaRemembered
            ? options.rememberedCommaHint : style.hasDecimalComma ? "" : options.decimalHint))
    }
  }

  /// Refuses a column of numbers with a text among them, instead of leaving it out or taking it.
  func refuseMixedColumns(
    _ candidates: [Int], _ options: ReadingOptions
  ) throws(FileError) {
    guard !options.leavesOut else { return }
    let mixed = candidates.filter { columns[$0].holdsNumbers && columns[$0].texts > 0 }
    guard let index = mixed.min(by: { columns[$0].firstText!.line < columns[$1].firstText!.line })
    else { return }
    let column = columns[index]
    let text = column.firstText!
    throw .malformed(
      path: path, place: .field(line: text.line, column: index + 1),
      problem: "expected \(text.expected)\(name(index)), found \(text.field), where "
        + "\(column.numbers) of \(counted(column.numbers + column.texts, "field")) "
        + "\(column.numbers == 1 ? "is a number" : "are numbers")"
        + (text.field.hasPrefix("'#")
          ? "; \(options.commentHint("#"))" : options.mixedColumnHint(file.argument([index]))))
  }

  /// Notes the columns that are left out because they are empty.
  mutating func noteEmptyColumns(_ candidates: [Int]) {
    let empty = candidates.filter { columns[$0].isEmpty }
    guard !empty.isEmpty, !numeric.isEmpty else { return }
    let isOne = empty.count == 1
    remarks.append(
      "\(isOne ? "column" : "columns") \(file.list(empty)) \(isOne ? "has" : "have") no number "
        + "in the first \(counted(rowCount, "row")): left out")
  }

  /// Notes the columns that match a pattern and are left out because they hold text.
  mutating func noteTextColumns(
    _ patterns: [(item: String, pattern: ColumnPattern)], _ candidates: [Int]
  ) {
    guard let names else { return }
    for (item, pattern) in patterns {
      let texts = candidates.filter {
        !columns[$0].holdsNumbers && !columns[$0].isEmpty && pattern.matches(names[$0])
      }
      guard !texts.isEmpty else { continue }
      let (noun, verb) = texts.count == 1 ? ("column", "matches") : ("columns", "match")
      remarks.append(
        "\(noun) \(file.list(texts)) \(verb) \(quoted(item)) and "
          + "\(texts.count == 1 ? "holds" : "hold") no numbers: left out")
    }
  }

  /// The error of a text without numbers: most often the delimiter is another one.
  func noNumbers(
    _ input: InputBuffer, _ options: ReadingOptions
  ) -> FileError {
    // In a text of one column the missing number tells the fault; a text above it was meant for its
    // name.
    if columnCount == 1, options.onInvalid == .error, let missing = columns[0].firstMissing,
      columns[0].texts <= 1
    {
      return .malformed(
        path: input.source.path, place: .field(line: missing.line, column: 1),
        problem: missing.problem + missing.kind.hint(options))
    }
    let count = recordCount == 1 ? "the first record" : "the first \(recordCount) records"
    return .malformed(
      path: input.source.path, place: .wholeFile,
      problem: "no column of numbers in \(count)\(reason(options))")
  }

  /// The look of the fields, if that explains why they are no numbers.
  private func reason(_ options: ReadingOptions) -> String {
    guard let first = firstFields.first else { return "" }
    let format = formatName(options)
    if first.hasPrefix("[") || first.hasPrefix("(") {
      return ": line \(firstLine) begins with \(quoted(String(first.prefix(1)))), "
        + "as the vectors of Spark do, which \(format) spark reads"
    }
    if first.hasPrefix("#") {
      return ": line \(firstLine) begins with #: \(options.commentHint("#"))"
    }
    let isTab = style.delimiter == UInt8(ascii: "\t")
    if columnCount == 1, isTab, first.contains(",") || first.contains(";") {
      return ": expected tabs between fields, and line \(firstLine) is \(quoted(first)), which "
        + "\(format) csv reads"
    }
    if columnCount == 1, first.contains("|") || first.contains(" "), style.isUsual {
      return ": expected \(isTab ? "tabs" : "commas, semicolons or tabs") between fields, and line "
        + "\(firstLine) is \(quoted(first))" + options.delimiterHint
    }
    // A header that was not seen to be one is a text in each column.
    let isEmpty = recordCount > 1 && columns.contains { $0.numbers == 0 && $0.texts <= 1 }
    return isEmpty ? ": some columns hold nothing but missing numbers" : ""
  }

  /// Refuses vectors of Spark's text that are read as fields, `[1.0,2.0,3.0]` or `(7.0,[1.0])`: the
  /// first and the last would be lost with their brackets.
  func refuseVectors(
    _ record: RecordScanner.Record, _ input: InputBuffer, _ options: ReadingOptions
  ) throws(FileError) {
    guard options.format == nil, columnCount > 1 else { return }
    let bytes = input.bytes(of: record)
    guard let first = bytes.first, let last = bytes.last,
      first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
        || first == UInt8(ascii: "(") && last == UInt8(ascii: ")"),
      "0123456789.-+".utf8.contains(bytes[bytes.startIndex + 1])
    else { return }
    let format = formatName(options)
    throw input.malformed(
      .line(record.line),
      "it begins with \(quoted(String(UnicodeScalar(first)))), as the vectors of Spark do, which "
        + "\(format) spark reads; \(format) csv reads it as fields")
  }

  /// The option that chooses a format.
  private func formatName(_ options: ReadingOptions) -> String {
    options.namesOptions ? "--format" : "ReadingOptions.format"
  }
}
