import Foundation
import Testing

/// Model files with right checksums and a content that no fit writes: one line that names the file
/// and the section.
@Suite struct ModelContentTests {
  /// A section as the table and the payload have it.
  struct Section: Sendable {
    let name: String
    let tag: UInt8
    let payload: [UInt8]

    init(_ name: String, _ tag: UInt8, _ payload: [UInt8]) {
      (self.name, self.tag, self.payload) = (name, tag, payload)
    }

    static func number(_ name: String, _ value: Double) -> Section {
      Section(name, 4, bytes([value]))
    }
    static func whole(_ name: String, _ value: Int64) -> Section {
      Section(name, 3, bytes([value]))
    }
    static func numbers(_ name: String, _ values: [Double]) -> Section {
      Section(name, 6, bytes(values))
    }
    static func matrix(_ name: String, _ rows: Int, _ columns: Int, _ values: [Double]) -> Section {
      Section(name, 8, bytes([UInt64(rows), UInt64(columns)]) + bytes(values))
    }
  }

  /// An archive put together by the description of its format.
  static func archive(_ kind: String, _ sections: [Section]) -> [UInt8] {
    func text(_ text: String) -> [UInt8] { bytes([UInt16(text.utf8.count)]) + Array(text.utf8) }
    var table = text(kind)
    for section in sections {
      table += text(section.name) + [section.tag] + bytes([UInt64(section.payload.count)])
      table += bytes([crc32(section.payload)])
    }
    let payload = sections.flatMap(\.payload)
    let lengths = bytes([UInt64(table.count), UInt64(32 + table.count + payload.count)])
    return [0x8b, 0x4b, 0x4d, 0x4e, 13, 10, 0x1a, 10] + bytes([UInt32(1)])
      + bytes([crc32(lengths + table)]) + lengths + table + payload
  }

  /// A model of the sample's two clusters, with some sections in place of others.
  static func model(_ changes: Section...) -> [UInt8] {
    var sections: [Section] = [
      .numbers("clusterWeights", [2, 2]), .number("inertia", 0.625), .whole("iterations", 2),
      .whole("converged", 1), .matrix("centroids", 2, 2, [1.25, 2, 10, 11.5]),
      .whole("normalizes", 0),
    ]
    for change in changes {
      sections.removeAll { $0.name == change.name }
      sections.append(change)
    }
    return archive("k-means model", sections)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let model: [UInt8]
    let problem: String
    var testDescription: String { problem }

    init(_ model: [UInt8], _ problem: String) {
      (self.model, self.problem) = (model, problem)
    }
  }

  static let long = String(repeating: "n", count: 1001)

  static let cases = [
    Case(
      model(.number("inertia", .nan)),
      "section 'inertia' is nan, expected a finite number that is not negative"),
    Case(
      model(.number("inertia", -1)),
      "section 'inertia' is -1.0, expected a finite number that is not negative"),
    Case(
      model(.numbers("clusterWeights", [2, .nan])),
      "section 'clusterWeights' says that cluster 1 weighs nan, expected a finite number that is not "
        + "negative"),
    Case(
      model(.numbers("clusterWeights", [-2, 2])),
      "section 'clusterWeights' says that cluster 0 weighs -2.0, expected a finite number that is not "
        + "negative"),
    Case(
      model(.numbers("clusterWeights", [1.7e308, 1.7e308])),
      "section 'clusterWeights' has weights whose sum overflows"),
    Case(
      model(.numbers("clusterWeights", [4])),
      "section 'clusterWeights' has 1 weight for 2 centroids"),
    Case(
      model(.whole("iterations", -1)), "section 'iterations' is -1, expected at least 0"),
    Case(model(.whole("converged", 2)), "section 'converged' is 2, expected 0 or 1"),
    Case(model(.whole("normalizes", -1)), "section 'normalizes' is -1, expected 0, 1 or 3"),
    Case(
      model(.matrix("centroids", 2, 0, [])),
      "section 'centroids' has no column, expected at least one"),
    Case(
      model(.matrix("centroids", 0, 2, [])),
      "section 'centroids' has 0 rows, expected 1 to 2147483647"),
    Case(
      model(.matrix("centroids", 2, 2, [1, 2, .infinity, 4])),
      "section 'centroids' says that centroid 1, column 0 is inf, expected a number within +-1e+140"
    ),
    Case(
      model(.numbers("means", [0, 0]), .numbers("deviations", [1, 0])),
      "section 'deviations' says 0.0 of column 1, expected a number above 0, at most 2e+140"),
    Case(
      model(.numbers("means", [0, .nan]), .numbers("deviations", [1, 1])),
      "section 'means' says nan of column 1, expected a number within +-1e+140"),
    Case(
      model(.numbers("means", [0]), .numbers("deviations", [1])),
      "section 'means' has 1 value for 2 columns"),
    Case(
      model(.numbers("means", [0, 0]), .numbers("deviations", [1])),
      "section 'deviations' has 1 value for 2 means"),
    Case(
      model(Section("centroids", 77, [])),
      "byte 244: section 'centroids' has a type that is unknown: 77"),
    Case(
      model(Section(long, 3, bytes([Int64(0)]))),
      "byte 1212: a name of 1001 bytes, expected at most 1000: '\(long.prefix(40))...'"),
  ]

  @Test(arguments: cases) func `content that no fit writes`(_ found: Case) throws {
    let place = Workplace.withSample()
    place.write(found.model, to: "m")
    for command in ["assign a.npy --model m --labels l.npy", "info m", "evaluate a.npy --model m"] {
      try place.expectFailure(65, "m: \(found.problem)", command)
    }
    if !found.problem.hasPrefix("byte") {
      try place.expectFailure(65, "m: \(found.problem)", "stream a.npy -k 2 --init m")
    }
  }

  @Test func `the same model as it should be`() throws {
    let place = Workplace.withSample()
    place.write(Self.model(), to: "m")
    let outcome = try place.kmeans("assign", "a.npy", "--model", "m", "--labels", "-")
    #expect(outcome.status == 0 && outcome.text == Sample.labels)
  }

  @Test func `a table of holes`() throws {
    let place = Workplace.withSample()
    let length = 1 << 40
    let lengths = bytes([UInt64(length), UInt64(length + 32)])
    place.write(
      [0x8b, 0x4b, 0x4d, 0x4e, 13, 10, 0x1a, 10] + bytes([UInt32(1), crc32(lengths)]) + lengths,
      to: "m")
    try #require(truncate("\(place.path)/m", off_t(length + 32)) == 0)
    for command in [["info", "m"], ["assign", "a.npy", "--model", "m"], ["fit", "m", "-k", "2"]] {
      let outcome = try place.run(Program.kmeans, command)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors
          == "kmeans: m: byte 16: a table of 1099511627776 bytes, expected at most 1048576\n")
    }
  }
}
