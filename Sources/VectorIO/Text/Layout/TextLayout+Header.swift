internal import KMeansFiles

// The decision whether the first record is a header.
extension TextLayout {
  /// The columns by number that are no columns of the rows; those by name are found when there is a
  /// header.
  private func isBeside(_ column: Int) -> Bool {
    numbersNotChosen.contains { $0.contains(column + 1) }
  }

  /// Whether the first record holds names, as far as the options and the record itself say.
  private func isHeaderByItself(_ options: ReadingOptions) -> Bool? {
    if options.header != .auto { return options.header == .yes }
    let asked = [options.columns, .listed(options.notChosen + options.excluded)]
    if asked.contains(where: { $0.mentions(anyOf: firstFields) }) { return true }
    let isDoubtful = firstKinds.indices.contains { isName($0) && !isBeside($0) }
    return isDoubtful ? nil : false
  }

  /// Whether a field of the first record may be a name: a text, but no number of another notation.
  private func isName(_ column: Int) -> Bool {
    guard firstKinds[column] == .text else { return false }
    return FileName.bytes(of: firstFields[column]).withUnsafeBufferPointer {
      !style.isOtherNumber($0)
    }
  }

  /// Whether the records so far decide the columns, where no more are awaited than necessary: by a
  /// rule of its own, so that the result does not depend on how many have come.
  func isEnough(_ options: ReadingOptions) -> Bool {
    guard recordCount > 0 else { return false }
    let isHeader = isHeaderByItself(options)
    let asked = options.columns.decided(names: isHeader == true ? firstFields : nil)
    func areShown(_ isWanted: (Int) -> Bool) -> Bool {
      columns.indices.allSatisfy {
        !isWanted($0) || isBeside($0) || !columns[$0].isEmpty
          || isHeader == false && (firstKinds[$0] == .number || firstKinds[$0] == .text)
      }
    }
    guard let isHeader else {
      guard recordCount > 1 else { return false }
      return areShown { isName($0) || asked.isFoundOut(firstFields[$0]) }
    }
    guard recordCount > (isHeader ? 1 : 0) else { return false }
    return areShown { asked.isFoundOut(firstFields[$0]) }
  }

  /// Decides whether the first record is a header, or else counts it among the rows.
  mutating func findHeader(_ options: ReadingOptions) throws(FileError) {
    guard recordCount > 0 else { return }
    if try isHeader(options) {
      names = firstFields
    } else {
      addFirstRecord()
    }
  }

  private mutating func isHeader(_ options: ReadingOptions) throws(FileError) -> Bool {
    if let isHeader = isHeaderByItself(options) {
      if !isHeader, options.header == .auto { noteNumberedNames(options) }
      if case .named = options.columns, isHeader, options.header == .auto,
        firstKinds.allSatisfy({ $0 == .number })
      {
        remarks.append(
          "line \(firstLine), of numbers, is taken for the names of columns that were asked for")
      }
      return isHeader
    }
    let own = firstKinds.indices.filter { !isBeside($0) }
    let isLoneHeader = recordCount == 1 && !options.isLoneTextRow
    let name = own.first { isName($0) && (columns[$0].holdsNumbers || isLoneHeader) }
    let number = own.first {
      firstKinds[$0] == .number || (firstKinds[$0] == .text && !isName($0))
    }
    guard let number else { return name != nil }
    guard recordCount > 1, let name else {
      if options.columns.decided(names: nil) == .numeric {
        remarks.append(
          "line \(firstLine), of text and numbers, is taken for a row "
            + "(\(options.headerYes) takes it for names)")
      }
      return false
    }
    throw .malformed(
      path: path, place: .line(firstLine),
      problem:
        "it may hold names or be a row: \(quoted(firstFields[name])) stands over a column of "
        + "numbers, but \(quoted(firstFields[number])) in column \(number + 1) is a number: "
        + options.headerHint)
  }

  /// Notes that a first record of numbers that count up, as pandas writes for columns without
  /// names, is taken for a row.
  private mutating func noteNumberedNames(_ options: ReadingOptions) {
    let numbered = firstKinds.indices.filter { firstKinds[$0] == .number }
    let isRest = firstKinds.indices.allSatisfy {
      firstKinds[$0] == .number || firstKinds[$0] == .missing && $0 == 0
    }
    guard isRest, recordCount > 1, numbered.count > 1 else { return }
    let values = numbered.map { Int(firstFields[$0]) }
    guard let first = values[0], first >= 0,
      values.indices.allSatisfy({ values[$0] == first &+ $0 })
    else { return }
    // Two numbers that count up prove little, unless they look like numbers of columns or years and
    // others are written otherwise.
    let isSpecial =
      numbered.count > 2
      || (first == 0 || first >= 1000) && numbered.contains { columns[$0].hasFractions }
    guard isSpecial else { return }
    let start = firstFields.prefix(3).joined(separator: ",")
    remarks.append(
      "line \(firstLine) looks like names (\(start)\(firstFields.count > 3 ? ",..." : "")) "
        + "and is taken for a row (\(options.headerYes) takes it for names)")
  }
}

extension HeaderRow {
  /// Whether a first line of such names, above columns of numbers, is found to be a header: all are
  /// told from numbers, and one of them from a missing number.
  package static func isFound(_ names: [String]) -> Bool {
    var hasText = false
    for name in names {
      // No byte of a number may stand behind the field.
      let isName: Bool? = (FileName.bytes(of: name) + [0]).withUnsafeBufferPointer {
        let field = UnsafeBufferPointer(rebasing: $0.dropLast())
        switch FieldKind(field) {
        case .number: return nil
        case .text: return DelimitedText.hasDecimalComma(field) ? nil : true
        case .notANumber, .notFinite, .tooLarge, .missing: return false
        }
      }
      guard let isName else { return false }
      if isName { hasText = true }
    }
    return hasText
  }
}
