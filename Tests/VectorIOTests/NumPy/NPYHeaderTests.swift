import Foundation
import KMeansFiles
import Testing
import VectorIO

@Suite struct NPYHeaderTests {
  static let data = (1...6).flatMap { bytes(Float($0).bitPattern) }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)}",
    "{\"shape\": (3L, 2L), \"descr\": \"<f4\", \"fortran_order\": False}   \n",
    "  { 'fortran_order' :False,'shape':( 3 ,2 , ) , 'descr':'=f4' ,}",
    "{'descr':'f4','fortran_order':False,'shape':(3,2)}",
  ])
  func `spellings of a header`(header: String) throws {
    for version: UInt8 in 1...3 {
      let file = npy(header: header, version: version, data: Self.data)
      #expect(try rows(file, name: "a.npy") == [[1, 2], [3, 4], [5, 6]])
    }
  }

  @Test func `a vector is a column`() throws {
    #expect(
      try rows(npy(shape: "(6,)", data: Self.data), name: "a.npy").map { $0[0] } == [
        1, 2, 3, 4, 5, 6,
      ])
    let turned = npy(fortran: "True", shape: "(1, 6)", data: Self.data)
    #expect(try rows(turned, name: "a.npy") == [[1, 2, 3, 4, 5, 6]])
  }

  @Test(arguments: [
    ("'<c8'", "values of type '<c8' (complex) are not read"),
    ("'|O'", "values of type '|O' (objects) are not read"),
    ("'<U3'", "values of type '<U3' (text) are not read"),
    ("'|S3'", "values of type '|S3' (text) are not read"),
    ("'|V8'", "values of type '|V8' (structured) are not read"),
    ("'<M8[s]'", "values of type '<M8[s]' (times) are not read"),
    ("'<f16'", "values of type '<f16' are not read"),
    ("'<i3'", "values of type '<i3' are not read"),
    ("''", "values of type '' are not read"),
  ])
  func `other types are named`(descr: String, problem: String) {
    let file = npy(descr: descr, shape: "(3, 2)", data: Self.data)
    let error = failure { _ = try rows(file, name: "a.npy") }
    #expect(
      error
        == malformed(
          .byte(20), problem + "; expected booleans, integers or floats of up to 8 bytes"))
  }

  @Test(arguments: [
    (
      "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (3, 2)}", 20,
      "structured types are not read; expected plain numbers"
    ),
    ("{'descr': '<f4', 'fortran_order': False}", 10, "the header has no key 'shape'"),
    ("{'descr': '<f4', 'shape': (3, 2)}", 10, "the header has no key 'fortran_order'"),
    ("{'fortran_order': False, 'shape': (3, 2)}", 10, "the header has no key 'descr'"),
    ("{'descr': '<f4', 'descr': '<f4'}", 27, "expected one of descr, fortran_order, shape once"),
    ("{'x': 1}", 11, "expected one of descr, fortran_order, shape once"),
    ("{'shape': 3}", 20, "expected '('"),
    ("{'shape': (3)}", 22, "expected ',' in a tuple of one number"),
    ("{'shape': (3 2)}", 23, "expected ',' in a tuple of one number"),
    ("{'shape': (-3, 2)}", 21, "expected a whole number"),
    (
      "{'shape': (99999999999999999999, 2)}", 21,
      "'99999999999999999999' rows or columns are more than a file can hold"
    ),
    ("{'fortran_order': 1}", 28, "expected True or False"),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)} x", 68,
      "expected the end of the header"
    ),
    ("{'descr: 5}", 11, "expected a key in quotes, without escapes"),
    ("{'descr'", 18, "expected ':'"),
    ("", 10, "expected '{'"),
  ])
  func `damaged headers`(header: String, byte: Int, problem: String) {
    let error = failure { _ = try rows(npy(header: header, data: Self.data), name: "a.npy") }
    #expect(error == malformed(.byte(byte), problem))
  }

  @Test(arguments: [
    ("()", "an array of 0 dimensions, expected 2 (rows, columns) or 1 (rows)"),
    ("(1, 2, 3)", "an array of 3 dimensions, expected 2 (rows, columns) or 1 (rows)"),
    ("(3, 0)", "an array of 0 columns, expected at least 1"),
    ("(4611686018427387904, 4)", "4611686018427387904 x 4 values are more than a file can hold"),
    ("(4611686018427387904, 1)", "4611686018427387904 x 1 values are more than a file can hold"),
  ])
  func `other shapes are refused`(shape: String, problem: String) {
    let error = failure { _ = try rows(npy(shape: shape, data: Self.data), name: "a.npy") }
    #expect(error == malformed(.byte(60), problem))
  }

  @Test func `other versions and files are refused`() {
    let file = npy(shape: "(3, 2)", version: 4, data: Self.data)
    #expect(
      failure { _ = try rows(file, name: "a.npy") }
        == malformed(.byte(6), "expected format version 1.0, 2.0 or 3.0, found 4.0"))
    #expect(
      failure { _ = try rows("1,2\n", name: "a.npy") }
        == malformed(.byte(0), "expected the magic of an npy file"))
    #expect(
      failure { _ = try rows(gzipMember(gzipMember(file)), name: "a.npy") }
        == malformed(.byte(0), "expected the magic of an npy file"))
    #expect(failure { _ = try rows([], name: "a.npy") } != nil)
    let long: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255]
    #expect(
      failure { _ = try rows(long, name: "a.npy") }
        == malformed(.byte(8), "a header of 4294967295 bytes"))
  }

  @Test(arguments: [MemorySource.Kind.file, .pipe, .packed], ["True", "False"])
  func `every truncation is found`(kind: MemorySource.Kind, fortran: String) throws {
    let file = npy(fortran: fortran, shape: "(3, 2)", data: Self.data)
    for length in 0..<file.count {
      let error = failure { _ = try rows(Array(file[..<length]), name: "a.npy", kind: kind) }
      guard case .malformed(_, .byte(let byte), _)? = error, byte == length || byte == 0 else {
        Issue.record("cut to \(length): \(String(describing: error))")
        continue
      }
    }
    let error = failure { _ = try rows(file + [0], name: "a.npy", kind: kind) }
    guard case .malformed(_, .byte(file.count), _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `the end of the data is named with what was expected`() {
    let file = npy(shape: "(3, 2)", data: Array(Self.data.dropLast(5)))
    #expect(
      failure { _ = try rows(file, name: "a.npy") }
        == malformed(
          .byte(file.count),
          "the data ends here, after 19 bytes; expected 24 (3 x 2 values of type <f4)"))
  }

  /// A header that promises terabytes costs an error, not memory: reserving them would trap.
  @Test(arguments: [MemorySource.Kind.pipe, .packed], ["True", "False"])
  func `promises take no memory`(kind: MemorySource.Kind, fortran: String) {
    let file = npy(fortran: fortran, shape: "(10000000000000, 50000)", data: Self.data)
    let error = failure { _ = try rows(file, name: "a.npy", kind: kind) }
    guard case .malformed(_, .byte(file.count), _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    ("'<f4'", VectorFileInfo.Precision.float), ("'<f2'", .float), ("'|i1'", .float),
    ("'<u2'", .float), ("'|b1'", .float), ("'<i4'", .double), ("'<u8'", .double),
    ("'>f8'", .double),
  ])
  func `precision suits the type`(descr: String, precision: VectorFileInfo.Precision) throws {
    let size = Int(descr.dropFirst(3).prefix(1))!
    let file = npy(descr: descr, shape: "(1,)", data: [UInt8](repeating: 0, count: size))
    let opened = try OpenedVectorFile(source: MemorySource(file), name: "a.npy")
    #expect(opened.info.precision == precision)
  }
}
