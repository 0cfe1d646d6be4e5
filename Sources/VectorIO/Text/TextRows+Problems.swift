internal import KMeansFiles

extension TextRows {
  /// What is wrong with a record that could not be parsed: the number of its fields, or else the
  /// first field that is not a number that the scalar can hold.
  func problem<Scalar: ReadableScalar>(
    in record: RecordScanner.Record, _ scalar: Scalar.Type
  ) -> FileError {
    var fields = FieldCursor(scanner.bytes(of: record), delimiter: delimiter)
    var count = 0
    var wrong: (column: Int, problem: String)?
    while let field = fields.nextField() {
      if wrong == nil, count < fieldCount, columns[count] >= 0,
        TextRows.number(field, scalar, PowersOfFive.base) == nil
      {
        let kind = FieldKind(field)
        wrong = (
          count + 1,
          kind.problem(with: field, in: info.columnNames?[count]) + kind.hint(options)
        )
      }
      count += 1
    }
    guard count == fieldCount else {
      return .malformed(
        path: info.path, place: .line(record.line), problem: layout.wrongCount(count))
    }
    guard let wrong else { preconditionFailure("nothing is wrong with line \(record.line)") }
    return .malformed(
      path: info.path, place: .field(line: record.line, column: wrong.column),
      problem: wrong.problem)
  }
}
