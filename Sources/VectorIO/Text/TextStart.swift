internal import KMeansFiles

/// The beginning of a delimited text: how its records are written. The input then stands at the
/// first of them.
struct TextStart {
  let style: TextStyle
  /// What the options, or the file that they are from, say of that.
  let said: TextFormat
  /// How many lines end with the last comment above the first record; blank lines before are never
  /// rows.
  let commentLines: Int
  /// A line for the user, where the style is not usual.
  private(set) var remark: String?

  /// Goes to the first record; refuses a file of another format.
  ///
  /// - Parameter isLoneColumn: whether it is a text of one column, whatever stands in that.
  init(
    _ input: InputBuffer, _ format: VectorFormat, _ options: ReadingOptions,
    isLoneColumn: Bool = false
  ) throws(FileError) {
    try DelimitedText.refuseOtherFormats(input, format)
    let remembered = options.rememberedText
    var said = options.text
    said.comment = said.comment ?? remembered?.comment
    let comment = said.comment?.byte
    let isTab = said.delimiter.map { $0 == .tab } ?? (format == .tsv)
    let areTabsBlank = said.delimiter == .blanks || !isTab && comment != nil
    commentLines = try DelimitedText.skipMark(input, tabs: areTabsBlank, comment: comment)
    func search(_ hasDecimalComma: Bool) -> DelimiterSearch {
      DelimiterSearch(
        input, hasDecimalComma: hasDecimalComma, comment: comment, takesRareOnes: !isLoneColumn,
        isAwaited: options.awaitsSample || !input.source.isLive)
    }
    if said.delimiter == nil, let known = remembered?.delimiter,
      try search(false).isInFirstLine(known.byte)
    {
      said.delimiter = known
    }
    var isRemembered = false
    if said.decimal == nil, remembered?.decimal == .comma, said.delimiter != .comma {
      let isNamed = said.delimiter != nil
      if try isNamed ? true : TextStart.maybeDecimalComma(search(false)) {
        said.decimal = .comma
        isRemembered = true
      }
    }
    let isComma = said.decimal == .comma
    let found: DelimiterSearch.Found =
      if let delimiter = said.delimiter {
        DelimiterSearch.Found(delimiter: delimiter.byte)
      } else if format == .tsv {
        DelimiterSearch.Found(delimiter: UInt8(ascii: "\t"))
      } else {
        try search(isComma).find()
      }
    self.said = said
    remark = found.remark.map { $0 + options.delimiterHint }
    style = TextStyle(
      delimiter: found.delimiter, hasDecimalComma: isComma, isCommaRemembered: isRemembered,
      comment: comment, areTabsBlank: areTabsBlank)
    try check(input, options)
  }

  /// Goes back to the first record.
  static func goBack(_ input: InputBuffer, _ style: TextStyle) throws(FileError) {
    try DelimitedText.skipMark(input, tabs: style.areTabsBlank, comment: style.comment)
  }

  /// Whether commas in the first line may stand in numbers: it has other delimiters, or no comma.
  private static func maybeDecimalComma(_ search: DelimiterSearch) throws(FileError) -> Bool {
    for other: UInt8 in [0x3b, 0x09, 0x7c] where try search.isInFirstLine(other) { return true }
    return try !search.isInFirstLine(UInt8(ascii: ","))
  }

  private func check(_ input: InputBuffer, _ options: ReadingOptions) throws(FileError) {
    if style.delimiter == style.comment {
      throw .unusable(
        path: input.source.path,
        problem: "\(quoted(UnicodeScalar(style.delimiter).description)) stands between fields: "
          + "expected another \(options.namesOptions ? "--comment" : "TextFormat.comment")")
    }
    if style.delimiter == UInt8(ascii: ","), style.hasDecimalComma {
      let names = options.namesOptions
      throw .unusable(
        path: input.source.path,
        problem: "a comma as decimal mark and between fields: expected another "
          + "\(names ? "--delimiter" : "TextFormat.delimiter") or "
          + "\(names ? "--decimal ." : "TextFormat.decimal")")
    }
  }
}

extension InputBuffer {
  /// Takes the line that the unread bytes begin with if it is a comment, however long it is.
  ///
  /// - Parameter take: gets its bytes.
  /// - Returns: whether it was one.
  func skipComment(
    _ comment: UInt8, tabs: Bool, _ take: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) -> Bool {
    var index = 0
    while true {
      try fill(atLeast: index + 1)
      guard index < unread.count, index < RecordScanner.longestRecord else { return false }
      let byte = unread[index]
      if byte == comment { break }
      guard byte == 0x20 || tabs && byte == 0x09 else { return false }
      index += 1
    }
    while true {
      let bytes = unread
      let end = bytes.firstIndex(of: UInt8(ascii: "\n"), in: 0..<bytes.count)
      let count = end.map { $0 + 1 } ?? bytes.count
      try take(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      consume(count)
      if end != nil { break }
      guard try fill() else { break }
    }
    line += 1
    return true
  }
}
