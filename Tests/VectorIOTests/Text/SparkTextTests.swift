import KMeansFiles
import Testing
import VectorIO

/// `Vectors.toString` and `LabeledPoint.toString` of Spark 1 to 3, and what their parsers take.
@Suite struct SparkTextTests {
  @Test(arguments: [
    ("[1.0,2.0]\n[3.0,4.0]\n", [[1.0, 2], [3, 4]]),
    ("(3,[0,2],[1.0,3.0])\n(3,[],[])\n(3,[1],[-0.0])", [[1, 0, 3], [0, 0, 0], [0, -0.0, 0]]),
    ("(1.0,[2.0,3.0])\r\n(0.0,[4.0,5.0])\r\n", [[2, 3], [4, 5]]),
    ("(1.0,(2,[0],[1.5]))\n(0.0,(2,[0,1],[1.0E-5,2.5E10]))\n", [[1.5, 0], [1e-5, 2.5e10]]),
    ("1.0,2.0 3.0\n-1.0,4.0  5.0 \n1, 6 7\n", [[2, 3], [4, 5], [6, 7]]),
    // Dense and sparse, labelled or not, as `compressed` mixes them.
    (
      "[1.0,2.0]\n(2,[1],[3.0])\n\n(1,[4,5])\n(0,(2,[],[]))\n0,6 7",
      [[1, 2], [0, 3], [4, 5], [0, 0], [6, 7]]
    ),
    // Blanks.
    (
      " [ 1.0 , 2.0 ] \n( 2 , [ 1 ] , [ 3.0 ] )\n( 1.0 ,\t( 2.0, [0.0] , [4] ) ) \n",
      [[1, 2], [0, 3], [4, 0]]
    ),
    ("\u{feff}[1.0,2.0]\n", [[1, 2]]), ("[7]", [[7]]),
    ("(2,[0.0,1E0],[1,2])\n", [[1, 2]]), ("(NaN,[1.0])\n(-Infinity,[2.0])\n", [[1], [2]]),
  ])
  func `what is allowed`(text: String, expected: [[Double]]) throws {
    try expectRows(expected, of: text, name: "a.spark")
    try expectRows(expected, of: text, name: "-", options: .init(format: .spark))
    let info = try info(text, name: "a.spark")
    #expect(info.format == .spark && info.precision == .double && info.valueType == "text")
    #expect(info.fileColumns == expected[0].count)
  }

  static let vectorForms = "[values], (size,[indices],[values]), (label,vector) or label,values"

  @Test(arguments: [
    ("[1.0,2.0]\n[1.0]\n", FileError.Place.line(2), "1 value, expected 2 as in line 1"),
    ("\n[1.0,2.0]\n[1.0,x,3.0]\n", .line(3), "3 values, expected 2 as in line 2"),
    ("[1.0,2.0]\n(3,[0],[1.0])\n", .line(2), "3 values, expected 2 as in line 1"),
    ("(3,[0],[1.0])\n[1.0,2.0]\n", .line(2), "2 values, expected 3 as in line 1"),
    ("[1.0,2.0]\n0,1 2 3\n", .line(2), "3 values, expected 2 as in line 1"),
    ("[1.0,2.0]\n[]\n", .line(2), "0 values, expected 2 as in line 1"),
    ("[]\n", .line(1), "0 values, expected at least 1"),
    ("[ ]\n", .line(1), "0 values, expected at least 1"),
    ("(0,[],[])\n", .line(1), "0 values, expected at least 1"),
    ("1, \n", .line(1), "0 values, expected at least 1"),
    ("[1.0,2.0\n", .field(line: 1, column: 1), "the bracket is never closed"),
    ("(1.0,[1.0,2.0)\n", .field(line: 1, column: 6), "the bracket is never closed"),
    ("(1.0,[1.0]\n", .field(line: 1, column: 11), "expected ',', found the end of the line"),
    (
      "(1.0,(2,[1],[1.0])\n", .field(line: 1, column: 19), "expected ')', found the end of the line"
    ),
    ("[1.0] x\n", .field(line: 1, column: 7), "expected the end of the line, found 'x'"),
    ("[1.0]]\n", .field(line: 1, column: 6), "expected the end of the line, found ']'"),
    (
      "[1.0,2.0]\n1.0 2.0\n", .field(line: 2, column: 1), "expected \(vectorForms), found '1.0 2.0'"
    ),
    ("x,1.0\n", .field(line: 1, column: 1), "expected \(vectorForms), found 'x,1.0'"),
    ("5\n", .field(line: 1, column: 1), "expected \(vectorForms), found '5'"),
    ("(x,[1.0])\n", .field(line: 1, column: 2), "expected a number and a comma, found 'x,[1.0])'"),
    ("([1.0])\n", .field(line: 1, column: 2), "expected a number and a comma, found '[1.0])'"),
    (
      "(1.0[1.0])\n", .field(line: 1, column: 2), "expected a number and a comma, found '1.0[1.0])'"
    ),
    ("(1.0,2.0)\n", .field(line: 1, column: 6), "expected '[', found '2.0)'"),
    ("(1.0,(2.0,[1.0]))\n", .field(line: 1, column: 16), "expected ',', found '))'"),
    ("(1,(1,(1,[0],[2])))\n", .field(line: 1, column: 7), "expected '[', found '(1,[0],[2])))'"),
    ("(2,[0],[1.0],[1.0])\n", .field(line: 1, column: 13), "expected ')', found ',[1.0])'"),
    ("(2.5,[0],[1.0])\n", .field(line: 1, column: 2), "expected the size of a vector, found '2.5'"),
    ("(-2,[0],[1.0])\n", .field(line: 1, column: 2), "expected the size of a vector, found '-2'"),
    (
      "(1e30,[0],[1.0])\n", .field(line: 1, column: 2),
      "expected the size of a vector, found '1e30'"
    ),
    ("(2,[0,1],[1.0])\n", .field(line: 1, column: 11), "1 value, expected as many as indices: 2"),
    ("(2,[2],[1.0])\n", .field(line: 1, column: 5), "index 2, expected at most 1"),
    (
      "(2,[1,0],[1.0,2.0])\n", .field(line: 1, column: 7),
      "index 0 after index 1, expected ascending indices"
    ),
    (
      "(2,[1,1],[1.0,2.0])\n", .field(line: 1, column: 7),
      "index 1 after index 1, expected ascending indices"
    ),
    ("(2,[-1],[1.0])\n", .field(line: 1, column: 5), "expected an index, found '-1'"),
    ("(2,[0.5],[1.0])\n", .field(line: 1, column: 5), "expected an index, found '0.5'"),
    ("(2,[0 1],[1.0])\n", .field(line: 1, column: 5), "expected an index, found '0 1'"),
    (
      "(2,[,1],[1.0,2.0])\n", .field(line: 1, column: 5),
      "expected an index, found the end of the line"
    ),
    ("[1.0 2.0]\n", .field(line: 1, column: 6), "expected ']', found '2.0]'"),
    ("[1.0,2.0]\n[1.0, 2.0 3.0]\n", .field(line: 2, column: 11), "expected ']', found '3.0]'"),
    ("[1.0,(2.0]\n", .field(line: 1, column: 6), "expected a number, found an empty field"),
    ("[1.0,]\n", .field(line: 1, column: 6), "expected a number, found an empty field"),
    ("[1.0,,3.0]\n", .field(line: 1, column: 6), "expected a number, found an empty field"),
    ("[1.0,NaN]\n", .field(line: 1, column: 6), "expected a finite number, found 'NaN'"),
    (
      "(2,[0],[-Infinity])\n", .field(line: 1, column: 9),
      "expected a finite number, found '-Infinity'"
    ),
    (
      "(2,[0],[1e999 ])\n", .field(line: 1, column: 9),
      "expected a number that a 64-bit float can hold, found '1e999'"
    ),
    ("1,2 Infinity\n", .field(line: 1, column: 5), "expected a finite number, found 'Infinity'"),
    ("[1.0d]\n", .field(line: 1, column: 2), "expected a number, found '1.0d'"),
    ("1,2,3\n", .field(line: 1, column: 4), "expected the end of the line, found ',3'"),
    ("1,2 3\n1,2,3 4\n", .field(line: 2, column: 4), "expected a blank, found ',3 4'"),
    (
      "[1.0]\r[2.0]\r", .line(1),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
    ),
    ("[1.0]\n[2.\0]\n", .line(2), "a NUL byte at byte 9 of the file; expected text"),
    ("", .wholeFile, "no rows: the file is empty"),
    (" \n\t\n", .wholeFile, "no rows: the file is empty"),
  ])
  func `what is not`(text: String, place: FileError.Place, problem: String) {
    expectError(place, problem, of: text, name: "a.spark")
  }

  @Test func `absurd sizes are refused`() {
    let error = failure {
      _ = try info("(3000000000,[],[])\n(3000000000,[],[])\n", name: "a.spark")
    }
    let text = error?.description ?? ""
    #expect(
      text.hasPrefix(
        "memory: line 1: a vector of size 3000000000 makes rows of 3000000000 values: "))
    #expect(text.contains(" GB as dense doubles, expected at most "))
    // Brackets within brackets take no stack.
    let deep = String(repeating: "(1,", count: 1 << 20)
    #expect(
      failure { _ = try info(deep, name: "a.spark") }?.description.hasPrefix(
        "memory: line 1, column 7: expected '[', found '(1,(1,") == true)
  }

  @Test func `sparse rows are counted`() throws {
    let text = "\u{feff}(2,[],[])\n\n(2,[1],[2])\n[3,4]\n"
    #expect(try info(text, name: "a.spark").rows == 3)
    #expect(try info("[3,4]\n", name: "a.spark").rows == nil)
    let source = MemorySource(Array(text.utf8), kind: .packed)
    let file = try OpenedVectorFile(source: source, name: "a.spark").rows(as: Float.self)
    #expect(file.remainingRowsEstimate == 3)
    let dense = (0..<10_000).map { "[\(1000 + $0 % 7),\(2000 + $0 % 5)]\n" }.joined()
    let estimate = try OpenedVectorFile(source: MemorySource(Array(dense.utf8)), name: "a.spark")
      .rows(as: Float.self).remainingRowsEstimate
    #expect(abs(try #require(estimate) - 10_000) < 100)
  }

  @Test func `a pipe is not waited for`() throws {
    let source = MemorySource(Array("[1,2]\n[3,4]\n[5,6]\n".utf8), piece: 6, kind: .pipe)
    let file = try OpenedVectorFile(source: source, name: "a.spark").rows(as: Double.self)
    #expect(source.bytesRead == 6)
    var matrix = try Matrix<Double>(reserving: 10, columns: 2)
    #expect(try matrix.append(atMost: 5) { try file.read(into: &$0) } == 2)
    #expect(arrays(matrix) == [[1, 2]])
  }

  @Test func `columns are picked`() throws {
    let options = ReadingOptions(columns: ColumnSelection("3,1"))
    try expectRows(
      [[3, 1], [2, 0]], of: "[1,x,3]\n".replacing("x", with: "9") + "(1,(3,[2],[2]))\n",
      name: "a.spark", options: options)
  }

  @Test func `every truncation`() throws {
    let bytes = Array("[1.0,2.5]\n(2,[0,1],[3.0,4.0])\n(1.0,(2,[0],[1.5]))\n1,2 3".utf8)
    for length in 0..<bytes.count {
      do {
        let found: [[Double]] = try rows(Array(bytes[..<length]), name: "a.spark")
        #expect(found[0] == [1, 2.5])
        // Only the line ends and the number at the very end leave something whole.
        #expect([9, 10, 29, 30, 49, 50].contains(length) || length == bytes.count - 0)
      } catch {
        #expect(error is FileError)
        if length < 9 { continue }
        let line = bytes[..<length].count { $0 == UInt8(ascii: "\n") } + 1
        guard case .malformed(_, let place, _)? = error as? FileError else {
          Issue.record("\(error)")
          continue
        }
        switch place {
        case .field(let found, _): #expect(found == line)
        case .line(let found): #expect(found == line)
        default: Issue.record("\(place)")
        }
      }
    }
  }

  @Test func `long lines`() throws {
    let count = 1 << 21
    let values = Array(repeating: "1.5", count: count).joined(separator: ",")
    let found = try rows("[\(values)]\n(\(count),[7],[2])\n(\(count),[],[])\n", name: "a.spark")
    #expect(found.count == 3 && found[0].allSatisfy { $0 == 1.5 } && found[1][7] == 2)
    let digits = String(repeating: "3", count: 16 << 20)
    #expect(try rows("[0.\(digits)]\n", name: "a.spark") == [[1 / 3]])
  }
}
