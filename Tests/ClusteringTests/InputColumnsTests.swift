import Clustering
import Foundation
import KMeansFiles
import Testing

/// What a model remembers of the columns of its points.
@Suite struct InputColumnsTests {
  static let named = InputColumns(
    format: "csv", fileColumns: 5, numbers: [4, 2], names: ["größe, in \"m\"", "two\nlines"])
  static let all = [
    named, InputColumns(format: "csv", fileColumns: 2, names: ["", ""]),
    InputColumns(format: "libsvm", fileColumns: 2, firstIndex: 0),
    InputColumns(format: "npy", fileColumns: 9, numbers: [9, 1]),
    InputColumns(
      format: "csv", fileColumns: 2, text: InputText(delimiter: "|", decimal: ",", comment: "#"),
      means: [0.1, -1e300]),
    InputColumns(format: "csv", fileColumns: 2, text: InputText(comment: "%")),
  ]

  static func model(_ columns: InputColumns?) throws -> KMeansModel<Float> {
    var model = KMeansModel<Float>(
      centroids: try Matrix([[1, 2], [3, 4]]), clusterWeights: [1, 2], inertia: 0.5, iterations: 3,
      converged: true)
    model.inputColumns = columns
    return model
  }

  private func path() -> String { NSTemporaryDirectory() + "kmeans-columns-\(UUID().uuidString)" }

  @Test(arguments: all) func `come back from a file`(columns: InputColumns) throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = try Self.model(columns)
    try model.save(to: path)
    let loaded = try KMeansModel<Float>.load(from: path)
    #expect(loaded == model && loaded.inputColumns == columns)
    #expect(try KMeansModel<Double>.load(from: path).inputColumns == columns)
    #expect(try loaded != Self.model(nil))
    #expect(columns.count == 2)
  }

  @Test(arguments: all) func `come back from JSON`(columns: InputColumns) throws {
    let data = try JSONEncoder().encode(try Self.model(columns))
    #expect(
      try JSONDecoder().decode(KMeansModel<Float>.self, from: data).inputColumns == columns)
  }

  /// Models of before say nothing, and without columns a file has the sections of before.
  @Test func `are not needed`() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.model(nil).save(to: path)
    let archive = try Archive(readingFrom: path, kind: "k-means model")
    #expect(!archive.names.contains { $0.hasPrefix("columns") })
    #expect(try KMeansModel<Float>.load(from: path).inputColumns == nil)
  }

  @Test(
    arguments: [
      ("columns.inFile", .int(0), "a file of 0 columns"),
      ("columns.inFile", .int(1), "column 4 of 1"),
      (
        "columns.inFile", nil, "expected a section 'columns.inFile' with a whole number, found none"
      ),
      ("columns.format", .int(1), "expected a section 'columns.format' with "),
      ("columns.numbers", .ints([1]), "2 names for 1 column"),
      ("columns.numbers", .ints([1, 6]), "column 6 of 5"),
      ("columns.numbers", .ints([.min, 1]), "column -9223372036854775808 of 5"),
      ("columns.numbers", nil, "2 names for 5 columns"),
      ("columns.nameLengths", .ints([4, 99]), "a name of 99 bytes at byte 4 of"),
      ("columns.nameLengths", .ints([.max, .max]), "a name of 9223372036854775807 bytes"),
      ("columns.nameLengths", .ints([-1, 4]), "a name of -1 bytes"),
      ("columns.nameLengths", .ints([3, 5]), "a name of 3 bytes"),
      ("columns.nameLengths", .ints([2, 2]), "names of 4 bytes, expected"),
      ("columns.names", nil, "expected a section 'columns.names'"),
      ("columns.firstIndex", .int(2), "indices that count from 2"),
      ("columns.means", .doubles([1]), "1 means for 2 columns"),
      ("columns.means", .doubles([1, .infinity]), "a mean of inf"),
      ("columns.means", .int(1), "expected a section 'columns.means' with "),
      ("columns.decimal", .int(1), "expected a section 'columns.decimal' with "),
    ] as [(String, Archive.Value?, String)])
  func `damaged sections are refused`(name: String, value: Archive.Value?, problem: String) throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    // The third byte of the first name is the first of a letter of two.
    try Self.model(Self.named).save(to: path)
    var archive = try Archive(readingFrom: path, kind: "k-means model")
    archive[name] = value
    try archive.write(to: path)
    let error = #expect(throws: FileError.self) { try KMeansModel<Float>.load(from: path) }
    #expect(error?.description.contains(problem) ?? false, "\(String(describing: error))")
  }

  @Test func `of other centroids are refused`() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.model(InputColumns(format: "npy", fileColumns: 2)).save(to: path)
    var archive = try Archive(readingFrom: path, kind: "k-means model")
    archive["columns.inFile"] = .int(3)
    try archive.write(to: path)
    let error = #expect(throws: FileError.self) { try KMeansModel<Float>.load(from: path) }
    #expect(error?.description == "\(path): 3 columns of the input for centroids of 2")
    let json = #"{"format":"csv","fileColumns":2,"numbers":[3]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(InputColumns.self, from: Data(json.utf8))
    }
  }
}
