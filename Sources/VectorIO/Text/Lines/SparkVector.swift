/// A vector as Spark MLlib writes it, found in a line but not read yet.
enum SparkVector {
  /// `[1.0,2.0]`; the cursor stands behind the bracket.
  case dense(LineCursor)
  /// `(3,[0,2],[1.0,3.0])`; the cursors stand behind the brackets.
  case sparse(size: Int, indices: LineCursor, values: LineCursor)
  /// `1.0 2.0`, without brackets, as labelled points were written before Spark 1.0.
  case blankSeparated(LineCursor)

  /// Finds the vector of a line: `[..]`, `(size,[..],[..])`, either of them after a label in
  /// parentheses, or `label,1.0 2.0`.
  ///
  /// The grammar is that of Spark's `NumericParser` and `LabeledPoint.parse`, blanks included. Text
  /// that those accept but no program writes (commas too many or too few, any text behind the last
  /// bracket) is an error.
  init(in line: LineCursor) throws(LineProblem) {
    var line = line
    line.skipBlanks()
    switch line.next {
    case UInt8(ascii: "["): self = .dense(try SparkVector.skipArray(&line))
    case UInt8(ascii: "("): self = try SparkVector(inTuple: &line, isLabelled: false)
    default:
      let start = line
      guard SparkVector.skipNumberAndComma(&line) else {
        throw start.unexpected(
          "[values], (size,[indices],[values]), (label,vector) or label,values")
      }
      self = .blankSeparated(line)
      return
    }
    line.skipBlanks()
    if line.next != nil { throw line.unexpected("the end of the line") }
  }

  /// A sparse vector; or a label and a vector, unless that is labelled already.
  private init(inTuple line: inout LineCursor, isLabelled: Bool) throws(LineProblem) {
    line.skip(1)
    line.skipBlanks()
    var first = line
    guard SparkVector.skipNumberAndComma(&line) else {
      throw line.unexpected("a number and a comma")
    }
    line.skipBlanks()
    if !isLabelled, line.next == UInt8(ascii: "(") {
      self = try SparkVector(inTuple: &line, isLabelled: true)
    } else {
      let array = try SparkVector.skipArray(&line)
      line.skipBlanks()
      if !isLabelled, line.next == UInt8(ascii: ")") {
        self = .dense(array)
      } else {
        guard line.take(UInt8(ascii: ",")) else { throw line.unexpected("','") }
        let values = try SparkVector.skipArray(&line)
        guard let size = first.sparkInteger() else {
          throw first.unexpected("the size of a vector", until: SparkVector.endsNumber)
        }
        self = .sparse(size: size, indices: array, values: values)
      }
    }
    line.skipBlanks()
    guard line.take(UInt8(ascii: ")")) else { throw line.unexpected("')'") }
  }

  /// The place of the label of a line that holds a vector; `nil` where it has none.
  static func label(of line: LineCursor) -> LineCursor? {
    var line = line
    line.skipBlanks()
    if line.next == UInt8(ascii: "[") { return nil }
    if line.next == UInt8(ascii: "(") { line.skip(1) }
    line.skipBlanks()
    let label = line
    guard skipNumberAndComma(&line) else { return nil }
    line.skipBlanks()
    // The size of a sparse vector stands where the label of a dense one does.
    guard line.next == UInt8(ascii: "["), (try? skipArray(&line)) != nil else { return label }
    line.skipBlanks()
    return line.next == UInt8(ascii: ",") ? nil : label
  }

  /// Steps over a number and the comma behind it; false where there are none.
  private static func skipNumberAndComma(_ line: inout LineCursor) -> Bool {
    let number = line.text(until: endsNumber).trimmingBlanks
    guard !number.isEmpty, FieldKind(number) != .text else { return false }
    var rest = line
    rest.skip(number.count)
    rest.skipBlanks()
    guard rest.take(UInt8(ascii: ",")) else { return false }
    line = rest
    return true
  }

  /// Steps over an array; the cursor that comes back stands behind its opening bracket.
  private static func skipArray(_ line: inout LineCursor) throws(LineProblem) -> LineCursor {
    line.skipBlanks()
    let bracket = line
    guard line.take(UInt8(ascii: "[")) else { throw line.unexpected("'['") }
    let start = line
    line.skip(line.text { $0 == UInt8(ascii: "]") }.count)
    guard line.take(UInt8(ascii: "]")) else {
      throw bracket.problem("the bracket is never closed")
    }
    return start
  }

  @inline(__always)
  static func endsNumber(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
  }
}

extension SparkVector {
  /// The length of the shortest row that holds the vector.
  var dimension: Int {
    switch self {
    case .sparse(let size, _, _): size
    case .dense(let values): SparkVector.countItems(values)
    case .blankSeparated(let values): SparkVector.countWords(values)
    }
  }

  /// The number of items between the commas of an array.
  static func countItems(_ start: LineCursor) -> Int {
    let text = start.text { $0 == UInt8(ascii: "]") }.trimmingBlanks
    return text.isEmpty ? 0 : text.reduce(1) { $1 == UInt8(ascii: ",") ? $0 + 1 : $0 }
  }

  private static func countWords(_ start: LineCursor) -> Int {
    var (count, isInWord) = (0, false)
    for byte in start.text(until: { _ in false }) {
      if !isBlank(byte), !isInWord { count += 1 }
      isInWord = !isBlank(byte)
    }
    return count
  }
}

extension LineCursor {
  /// A whole number from 0, which may be written as `3.0`: Spark reads indices as doubles.
  mutating func sparkInteger() -> Int? {
    let text = text(until: SparkVector.endsNumber).trimmingBlanks
    var plain = self
    if let number = plain.wholeNumber(), plain.offset == offset + text.count {
      self = plain
      return number
    }
    guard let value = Decimal.number(text, Double.self, PowersOfFive.base),
      let number = Int(exactly: value), number >= 0
    else { return nil }
    skip(text.count)
    return number
  }
}
