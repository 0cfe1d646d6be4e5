import Foundation
import Testing

/// Files that are not what they say: status 65, with the byte or the row.
@Suite struct BinaryDataTests {
  @Test(arguments: [("nan", Double.nan), ("inf", .infinity), ("minus", -.infinity)])
  func `a value that is not finite`(_ name: String, _ value: Double) throws {
    let place = Workplace()
    place.write(npyFile([1, 2, 3, value, 5, 6], columns: 2), to: "p.npy")
    let problem = "is not finite (rows and columns count from 1)" + notFiniteHint
    try place.expectFailure(
      65, "p.npy: the value in row 2, column 2 \(problem)", "fit p.npy -k 2 --labels l.npy")
    try place.expectFailure(
      65, "p.npy: the value in row 2, column 2 \(problem)",
      "fit p.npy -k 2 --columns 2 --labels l.npy --quiet")
    try place.expectFailure(
      65, "p.npy: the value in row 2, column 2 \(problem)",
      "fit p.npy -k 2 --point-weights 1 --labels l.npy --quiet")
  }

  @Test func `a value whose square overflows`() throws {
    let place = Workplace()
    place.write(npyFile([1, 2, 3, 1e150], columns: 2), to: "p.npy")
    try place.expectFailure(
      65,
      "p.npy: the value in row 2, column 2 is beyond +-1e+140: its square would overflow "
        + "(rows and columns count from 1)", "fit p.npy -k 1 --labels l.npy")
  }

  @Test func `a value that becomes infinite as a float`() throws {
    let place = Workplace.withSample()
    place.write(npyFile([1, 2, 3, 1e50], columns: 2), to: "p.npy")
    let problem =
      "p.npy: the value in row 2, column 2 is not finite (rows and columns count from 1); a 32-bit "
      + "float holds numbers up to 3.4e38, --precision double more"
    for command in ["fit p.npy -k 1", "assign p.npy --centroids start.npy"] {
      try place.expectFailure(65, problem, "\(command) --precision float --labels l.npy")
    }
  }

  @Test(arguments: [0, 3, 6, 8, 10, 60, 127, 128, 140, 159])
  func `an npy file that is cut off`(_ length: Int) throws {
    let place = Workplace()
    place.write(Array(Sample.npy.prefix(length)), to: "p.npy")
    let expected =
      switch length {
      case 0, 3: "byte 0: expected the magic of an npy file"
      case 6, 8: "byte \(length): the file ends here, expected a header of 10 bytes"
      case 10, 60, 127: "byte \(length): the file ends here, expected a header of 128 bytes"
      default:
        "byte \(length): the data ends here, after \(length - 128) bytes; expected 64 "
          + "(4 x 2 values of type <f8)"
      }
    try place.expectFailure(65, "p.npy: \(expected)", "fit p.npy -k 2 --labels l.npy")
  }

  @Test func `an npy file in a pipe that is cut off`() throws {
    try Workplace().expectFailure(
      65,
      "standard input: byte 150: the data ends here, after 22 bytes; expected 64 "
        + "(4 x 2 values of type <f8)", ["fit", "-", "-k", "2", "--labels", "l.npy"],
      input: Array(Sample.npy.prefix(150)))
  }

  @Test(
    arguments: [
      (
        "(1099511627776, 1073741824)", "<f8",
        "byte 60: 1099511627776 x 1073741824 values are more than a file can hold"
      ),
      (
        "(1073741824, 4)", "<f8",
        "byte 160: the data ends here, after 32 bytes; expected 34359738368 (1073741824 x 4 values "
          + "of type <f8)"
      ),
      ("(1, 2)", "<f8", "byte 144: 16 bytes after the last of 1 row; expected the end"),
      (
        "(2, 1, 2)", "<f8",
        "byte 60: an array of 3 dimensions, expected 2 (rows, columns) or 1 (rows)"
      ),
      ("(4, 0)", "<f8", "byte 60: an array of 0 columns, expected at least 1"),
      (
        "(2, 2)", "<c8",
        "byte 20: values of type '<c8' (complex) are not read; expected booleans, integers or "
          + "floats of up to 8 bytes"
      ),
      ("(0, 4)", "<f8", "byte 128: 32 bytes after the last of 0 rows; expected the end"),
    ])
  func `an npy header that lies`(_ shape: String, _ type: String, _ problem: String) throws {
    let place = Workplace()
    place.write(npyFile(bytes([1.0, 2, 3, 4]), type: type, shape: shape), to: "p.npy")
    try place.expectFailure(65, "p.npy: \(problem)", "fit p.npy -k 2 --labels l.npy")
  }

  @Test func `no rows at all`() throws {
    let place = Workplace()
    place.write(npyFile([], type: "<f8", shape: "(0, 4)"), to: "p.npy")
    try place.expectFailure(65, "p.npy: there are no points", "fit p.npy -k 1 --labels l.npy")
  }

  @Test func `raw floats that are no whole rows`() throws {
    let place = Workplace()
    place.write([UInt8](repeating: 0, count: 20), to: "p.f32")
    try place.expectFailure(
      65, "p.f32: byte 16: the last whole row ends here; expected a multiple of 8 bytes in all",
      "fit p.f32 --dimension 2 -k 1 --labels l.npy")
  }

  @Test func `a name that says something else`() throws {
    let place = Workplace.withSample()
    place.write(Sample.npy, to: "npy.csv")
    place.write(gzipFile(gzipFile(Array(Sample.csv.utf8))), to: "twice.csv.gz")
    place.write(Sample.csv, to: "csv.npy")
    place.write(Sample.csv, to: "csv.gz")
    for (name, problem) in [
      ("npy.csv", "this is npy data; name it .npy"),
      ("twice.csv.gz", "this is gzip data within gzip data"),
      ("csv.npy", "expected the magic of an npy file"),
      ("csv.gz", "expected gzip data, found something else"),
    ] {
      try place.expectFailure(65, "\(name): byte 0: \(problem)", "fit \(name) -k 2 --labels l.npy")
    }
  }

  @Test(
    arguments: [
      Wrong("fit no.npy -k 2", "no.npy: cannot open: No such file or directory"),
      Wrong("fit a.npy -k 2 --init sub", "sub: cannot read: Is a directory"),
      Wrong("fit a.npy/b -k 2", "a.npy/b: cannot open: Not a directory"),
    ])
  func `what cannot be read`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.makeFolder("sub")
    try place.expectFailure(74, wrong.line, "\(wrong.command) --labels l.npy")
    try place.expectFailure(
      65,
      "sub: there are no files in this folder, expected some whose names do not begin with _ or .",
      "fit sub -k 2 --labels l.npy")
  }

  @Test(.enabled(if: !Program.isRoot, "root may read everything"))
  func `a file that may not be read`() throws {
    let place = Workplace.withSample()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: "\(place.path)/a.npy")
    let outcome = try place.kmeans("fit", "a.npy", "-k", "2", "--labels", "l.npy")
    #expect(outcome.errors == "kmeans: a.npy: cannot open: Permission denied\n")
    #expect(outcome.status == 74)
    #expect(place.names == ["a.csv", "a.npy", "start.npy"])
  }
}
