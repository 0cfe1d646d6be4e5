import Foundation
import Testing

/// `-xm mapreduce`: a sketch for each part of the rows, made side by side.
@Suite struct MapReduceTests {
  /// The outputs of a run, without what names its input.
  struct Result: Equatable {
    let centroids: [UInt8]
    let weights: [UInt8]
    let labels: [UInt8]?
  }

  /// Runs it in a folder for intermediates that is gone afterwards.
  static func run(
    _ place: Workplace, _ command: String, labels: Bool = true, input: [UInt8] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Result {
    try place.onePass(
      "\(command) -xm mapreduce --centroids c.npy --cluster-weights w.npy --quiet"
        + (labels ? " --labels l.npy" : ""), input: input, sourceLocation: sourceLocation)
    #expect(!place.names.contains { $0.hasPrefix(".kmeans") }, sourceLocation: sourceLocation)
    return Result(
      centroids: try place.bytes("c.npy"), weights: try place.bytes("w.npy"),
      labels: labels ? try place.bytes("l.npy") : nil)
  }

  @Test(arguments: ["", "-rskm", "--standardize", "--distance cosine --splits 3"])
  func `the same bits for any threads`(_ options: String) throws {
    let place = Workplace.withHeaps()
    var found: [[UInt8]] = []
    for threads in [1, 2, 4] {
      for file in ["m", "s"] {
        try? FileManager.default.removeItem(atPath: "\(place.path)/\(file)")
      }
      _ = try Self.run(
        place, "p.npy -k 4 \(options) --threads \(threads) --model m --sketch s")
      found.append(try place.bytes("m") + place.bytes("s") + place.bytes("l.npy"))
    }
    #expect(found[0] == found[1])
    #expect(found[0] == found[2])
  }

  /// Rows that are read in place, and rows that are kept first.
  @Test func `the same bits from any file, pipe or folder`() throws {
    let place = Workplace()
    let rows = Heaps.rows(3000, seed: 11).map(Double.init)
    place.write(npyFile(rows, columns: 3), to: "p.npy")
    let lines = (0..<3000).map { (row: Int) -> String in
      (0..<3).map { (column: Int) -> String in "\(rows[3 * row + column])" }
        .joined(separator: ",")
    }
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    place.write(text, to: "p.csv")
    place.write(gzipFile(text), to: "p.csv.gz")
    place.makeFolder("parts")
    place.write(npyFile(Array(rows[..<1500]), columns: 3), to: "parts/1.npy")
    place.write(npyFile(Array(rows[1500...]), columns: 3), to: "parts/2.npy")
    place.makeFolder("mixed")
    place.write(npyFile(Array(rows[..<1500]), columns: 3), to: "mixed/1.npy")
    place.write(lines[500...].joined(separator: "\n") + "\n", to: "mixed/2.csv")
    let options = "-k 4 --splits 7"
    let expected = try Self.run(place, "p.npy \(options)")
    for input in ["p.csv", "p.csv.gz", "parts", "-i mixed"] {
      #expect(try Self.run(place, "\(input) \(options)") == expected, "\(input)")
    }
    let piped = try Self.run(place, "- \(options)", labels: false, input: text)
    #expect(piped.centroids == expected.centroids)
    #expect(piped.weights == expected.weights)
  }

  /// Mahout's reducer with -rskm does what `onepass` does with several files.
  @Test func `sketched again, splits are files`() throws {
    let place = Workplace.withHeaps()
    let rows = Heaps.rows(3000, seed: 11)
    for part in 0..<3 {
      place.write(
        npyFile(Array(rows[3000 * part..<3000 * (part + 1)]), columns: 3), to: "p\(part).npy")
    }
    try place.onePass("p0.npy p1.npy p2.npy -k 4 --model files --sketch fs --quiet")
    for option in ["-rskm", "--reduceStreamingKMeans"] {
      try place.onePass(
        "p.npy -k 4 --method mapreduce --splits 3 \(option) --model m --sketch s --quiet")
      #expect(try place.bytes("m") == place.bytes("files"))
      #expect(try place.bytes("s") == place.bytes("fs"))
    }
    // Without it all centroids of all splits are there.
    try place.onePass("p.npy -k 4 -xm mapreduce --splits 3 --model m --sketch s --quiet")
    #expect(try place.bytes("m") != place.bytes("files"))
    #expect(try place.bytes("s").count > place.bytes("fs").count)
  }

  @Test(arguments: [1, 2, 5, 8, 100, 700])
  func `no weight is lost`(_ splits: Int) throws {
    let place = Workplace.withHeaps()
    let result = try place.onePassFacts(
      "p.npy -k 4 -xm mapreduce --splits \(splits) --cluster-weights w.csv --sketch s")
    #expect(result.points == 3000)
    #expect(try place.numbers("w.csv").reduce(0) { $0 + $1[0] } == 3000)
    let text = try place.kmeans("sketch", "info", "s").text
    #expect(text.firstMatch(of: #/weight +3000\n/#) != nil, "\(text)")
    // Four heaps of 750, far from one another.
    #expect(try place.numbers("w.csv").allSatisfy { $0[0] == 750 })
  }

  /// One split is one sketch.
  @Test(arguments: ["", "--standardize", "-rskm", "--seed 4 -km 40", "--precision double"])
  func `one split is a sequential run`(_ options: String) throws {
    let place = Workplace.withHeaps()
    let plain = options.replacing("-rskm", with: "")
    try place.onePass("p.npy -k 4 \(plain) --model one --sketch s1 --quiet")
    try place.onePass(
      "p.npy -k 4 \(options) -xm mapreduce --splits 1 --model m --sketch s --quiet")
    #expect(try place.bytes("m") == place.bytes("one"))
    #expect(try place.bytes("s") == place.bytes("s1"))
  }

  @Test func `JSON has the splits and the phases`() throws {
    let place = Workplace.withHeaps()
    let json = try place.onePass("p.npy -k 4 -xm mapreduce --json").text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["method"] as? String == "mapreduce")
    #expect(object["splits"] as? Int == 8)
    let phases = try #require(object["phases"] as? [[String: Any]])
    #expect(phases.compactMap { $0["name"] as? String } == ["split", "map", "reduce", "ball"])
    #expect(phases.allSatisfy { ($0["seconds"] as? Double ?? -1) >= 0 })
    let one = try place.onePass("p.npy -k 4 --json").text
    #expect(one.contains("\"method\":\"sequential\""))
    #expect(!one.contains("\"phases\""))
    let text = try place.onePass("p.npy -k 4 -xm mapreduce --splits 2").text
    #expect(text.contains("\nmapreduce: 2 splits; split "))
  }

  /// StreamingKMeansTestMR: 2^12 points round the 32 corners of a cube, a deviation of 1e-4.
  @Test(arguments: [1, 2, 8]) func `Mahout's own test of map and reduce`(_ splits: Int) throws {
    let place = Workplace()
    var random = TestRandom(2)
    var values: [Double] = []
    for row in 0..<4096 {
      for column in 0..<5 {
        let noise = Double.random(in: -1...1, using: &random)
        values.append(Double(row >> column & 1) + 1e-4 * noise)
      }
    }
    place.write(npyFile(values, columns: 5), to: "cube.npy")
    for reduce in ["", "-rskm"] {
      try place.onePass(
        "-i cube.npy -o out -ow -k 32 -km 288 -e 1e-6 -np 3 -s 5 -nbkm 4 -xm mapreduce "
          + "--splits \(splits) \(reduce) --quiet")
      for name in ["centroids", "weights"] {
        try place.kmeans("convert", "out/\(name).npy", "\(name).csv", "--quiet")
      }
      let weights = try place.numbers("weights.csv").map { $0[0] }
      #expect(weights.count == 32)
      #expect(weights.allSatisfy { $0 == 128 })
      let corners = try place.numbers("centroids.csv").map { (row: [Double]) -> [Bool] in
        row.map { $0 > 0.5 }
      }
      #expect(Set(corners).count == 32)
    }
  }
}
