import Testing

/// Every format that points come in, and the ways to say which.
@Suite struct FitFormatTests {
  /// A file under a name, and what else must be said to read it.
  struct File: CustomTestStringConvertible, Sendable {
    let name: String
    let content: [UInt8]
    var options = ""
    /// The precision that the fit has by itself.
    var precision = "double"
    var testDescription: String { "\(name) \(options)" }
  }

  static let floats = Sample.values.map { Float($0) }
  static let tsv = Array(Sample.csv.map { $0 == "," ? "\t" : $0 }.flatMap { String($0).utf8 })
  static let csv = Array(Sample.csv.utf8)
  static let files = [
    File(name: "p.csv", content: csv),
    File(name: "p.tsv", content: tsv),
    File(name: "P.CSV", content: Array("1,2\r\n1.5,2\r\n10,11\r\n10,12".utf8)),
    File(name: "p.npy", content: Sample.npy),
    File(name: "p.npy", content: npyFile(floats, columns: 2), precision: "float"),
    File(name: "p.f32", content: bytes(floats), options: "--dimension 2", precision: "float"),
    File(name: "p.csv.gz", content: gzipFile(csv)),
    File(name: "p.npy.gz", content: gzipFile(Sample.npy)),
    File(
      name: "p.tsv.gz", content: gzipFile(csv.prefix(4) + []) + gzipFile(csv.dropFirst(4) + []),
      options: "--format csv"),
    File(name: "p.data", content: tsv, options: "--format tsv"),
    File(
      name: "p.dat", content: bytes(floats), options: "--format raw-f32 --dimension 2",
      precision: "float"),
    File(name: "p.csv", content: csv, options: "--precision float", precision: "float"),
    File(name: "p.npy", content: npyFile(floats, columns: 2), options: "--precision double"),
  ]

  @Test(arguments: files) func `a file is clustered`(_ file: File) throws {
    let place = Workplace.withSample()
    place.write(file.content, to: file.name)
    let words = file.options.split(separator: " ").map(String.init)
    let options = ["-k", "2", "--init", "start.npy", "--labels", "-", "--centroids", "c.npy"]
    let outcome = try place.run(Program.kmeans, ["fit", file.name] + options + words)
    #expect(outcome.status == 0)
    #expect(outcome.text == Sample.labels)
    #expect(outcome.errors.hasPrefix("\(file.name): 4 points of 2 columns, \(file.precision), "))
    let expected: [Double] = [1.25, 2, 10, 11.5]
    #expect(
      try place.bytes("c.npy").suffix(file.precision == "float" ? 16 : 32)
        == (file.precision == "float" ? bytes(expected.map { Float($0) }) : bytes(expected))[...])
  }

  @Test(
    arguments: [
      ("csv", csv, ""), ("npy", Sample.npy, ""), ("csv.gz", gzipFile(csv), ""),
      ("npy.gz", gzipFile(Sample.npy), ""), ("tsv", tsv, "--format tsv"),
      ("raw", bytes(floats), "--format raw-f32 --dimension 2"),
    ])
  func `the standard input is clustered`(
    _ name: String, _ content: [UInt8], _ options: String
  ) throws {
    let place = Workplace.withSample()
    let words = options.split(separator: " ").map(String.init)
    let outcome = try place.run(
      Program.kmeans, ["fit", "-", "-k", "2", "--init", "start.npy", "--labels", "-"] + words,
      input: content)
    #expect(outcome.status == 0)
    #expect(outcome.text == Sample.labels)
    #expect(outcome.errors.hasPrefix("standard input: 4 points of 2 columns, "))
  }
}
