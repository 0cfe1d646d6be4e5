internal import KMeansFiles

/// A line of libsvm's text: `label qid:7 1:0.5 3:-2 # comment`, label and query optional.
struct LibSVMLine: LineParser {
  /// The number of values of a row.
  let columns: Int
  /// The index of the first column, 0 or 1.
  let firstIndex: Int
  let firstLength: Int
  /// Whether the label comes behind the values.
  let hasLabel: Bool
  let options: ReadingOptions

  func parse<Target: RowTarget>(
    _ line: LineCursor, into row: inout Target
  ) throws(LineProblem) -> Bool {
    let start = line
    var line = line
    guard try LibSVMLine.skipLabel(&line) else { return false }
    let (powers, invalid) = (PowersOfFive.base, invalid)
    row.begin(columns: columns)
    let label: Target.Scalar? = hasLabel ? try LibSVMLine.label(of: start) : nil
    var indices = Indices(in: firstIndex...firstIndex + columns - 1)
    while let index = try indices.next(&line) {
      let value = try line.value(
        Target.Scalar.self, powers, invalid, until: LibSVMLine.endsWord)
      row.put(value, at: index - firstIndex)
    }
    if let label { row.put(label, at: columns) }
    return true
  }

  /// The indices of a line, which ascend.
  struct Indices {
    let allowed: ClosedRange<Int>
    private var last: Int?

    init(in allowed: ClosedRange<Int>) { self.allowed = allowed }

    /// The next index; the cursor then stands behind its colon. `nil` at the end or at a comment.
    mutating func next(_ line: inout LineCursor) throws(LineProblem) -> Int? {
      line.skipBlanks()
      guard let byte = line.next, byte != UInt8(ascii: "#") else { return nil }
      let start = line
      guard let index = line.wholeNumber(), line.take(UInt8(ascii: ":")) else {
        throw Indices.problem(start, allowed)
      }
      guard allowed.contains(index) else {
        throw start.problem(
          ofIndex: index < allowed.lowerBound
            ? "index \(index), expected indices from \(allowed.lowerBound)"
            : "index \(index), expected at most \(allowed.upperBound)")
      }
      if let last, index <= last {
        throw start.problem("index \(index) after index \(last), expected ascending indices")
      }
      last = index
      return index
    }

    /// The fault of a line without an index and a colon where they should stand.
    private static func problem(_ line: LineCursor, _ allowed: ClosedRange<Int>) -> LineProblem {
      let digits = line.text { $0 &- 0x30 > 9 }
      // Digits and a colon that were not read are more than an `Int` holds.
      if digits.count > 18, line.end > digits.baseAddress! + digits.count,
        digits.baseAddress![digits.count] == UInt8(ascii: ":")
      {
        return line.problem(
          ofIndex: "an index of \(digits.count) digits, expected at most \(allowed.upperBound)")
      }
      return line.unexpected("index:value", until: LibSVMLine.endsWord)
    }
  }

  /// Steps over the label and the query, where they are there.
  ///
  /// - Returns: false for a line that holds at most a comment.
  static func skipLabel(_ line: inout LineCursor) throws(LineProblem) -> Bool {
    line.skipBlanks()
    guard let byte = line.next, byte != UInt8(ascii: "#") else { return false }
    let word = line.text(until: endsWord)
    if !word.contains(UInt8(ascii: ":")) {
      guard isLabel(word) else {
        throw line.unexpected("a label (a number) or index:value", until: endsWord)
      }
      line.skip(word.count)
      line.skipBlanks()
    }
    let query = line
    if line.take(UInt8(ascii: "q")) {
      guard line.take(UInt8(ascii: "i")), line.take(UInt8(ascii: "d")),
        line.take(UInt8(ascii: ":")), line.wholeNumber() != nil,
        line.next.map(endsWord) ?? true
      else { throw query.unexpected("qid:number", until: endsWord) }
    }
    return true
  }

  /// The label of a line that has passed ``skipLabel(_:)``.
  ///
  /// - Throws: ``LineProblem`` where there is none, or several.
  private static func label<Scalar: ReadableScalar>(
    of line: LineCursor
  ) throws(LineProblem) -> Scalar {
    var line = line
    line.skipBlanks()
    let word = line.text(until: endsWord)
    guard !word.contains(UInt8(ascii: ":")) else {
      throw LineProblem(column: nil, text: "a line without a label, expected label index:value")
    }
    guard !word.contains(UInt8(ascii: ",")) else {
      throw line.problem(
        "expected one label, found \(quoted(UnsafeRawBufferPointer(word)))")
    }
    return try line.value(Scalar.self, PowersOfFive.base, .refused, until: endsWord)
  }

  /// Whether a word is a number, or numbers with commas between them.
  private static func isLabel(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    var labels = FieldCursor(word, delimiter: UInt8(ascii: ","))
    while let label = labels.nextField() {
      if label.isEmpty || FieldKind(label) == .text { return false }
    }
    return true
  }

  @inline(__always)
  static func endsWord(_ byte: UInt8) -> Bool { isBlank(byte) || byte == UInt8(ascii: "#") }
}
