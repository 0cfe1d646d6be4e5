import Foundation
import Testing

/// What `kmeans onepass --sketch` writes, and what becomes of it.
@Suite struct SketchFileTests {
  /// A folder with two halves of the heaps, too, and a text with names.
  static func place() -> Workplace {
    let place = Workplace.withHeaps()
    let rows = Heaps.rows(3000, seed: 11)
    place.write(npyFile(Array(rows[..<4200]), columns: 3), to: "p1.npy")
    place.write(npyFile(Array(rows[4200...]), columns: 3), to: "p2.npy")
    let lines = (0..<3000).map { (row: Int) -> String in
      (0..<3).map { (column: Int) -> String in "\(rows[3 * row + column])" }
        .joined(separator: ",") + ",\(row % 3)"
    }
    place.write("a,b,c,w\n" + lines.joined(separator: "\n") + "\n", to: "p.csv")
    return place
  }

  @Test(
    arguments: [
      ("p.npy", ""), ("p.npy", "--seed 7"), ("p.npy", "--distance cosine"),
      ("p.npy", "--standardize"), ("p.npy", "--standardize --distance cosine --seed 3"),
      ("p.npy", "-km 40 -e 0.001"), ("p.npy", "--precision double"), ("p.csv", "--exclude w"),
      ("p.csv", "--point-weights w"), ("a.csv", ""), ("p1.npy p2.npy", ""),
      ("p1.npy p2.npy", "--standardize"),
    ])
  func `clustering it gives the bytes of the run that wrote it`(
    _ input: String, _ options: String
  ) throws {
    let place = Self.place()
    let k = input == "a.csv" ? 2 : 4
    let ball = "-nbkm 3 -mi 5 -tf 0.5 -testp 0.2"
    try place.onePass(
      "\(input) -k \(k) \(options) \(ball) --sketch s --model m --centroids c.csv "
        + "--cluster-weights w.npy --quiet")
    let outcome = try place.kmeans(
      [
        "sketch", "cluster", "s", "-k", "\(k)", "--model", "m2", "--centroids", "c2.csv",
        "--cluster-weights", "w2.npy", "--quiet",
      ] + ball.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try place.bytes("m") == place.bytes("m2"))
    #expect(try place.text("c.csv") == place.text("c2.csv"))
    #expect(try place.bytes("w.npy") == place.bytes("w2.npy"))
  }

  @Test func `Mahout's defaults go with it`() throws {
    let place = Self.place()
    try place.onePass("p.npy -k 4 -km 60 --compat mahout --sketch s --model m --quiet")
    try place.kmeans(
      "sketch", "cluster", "s", "-k", "4", "--compat", "mahout", "--model", "m2", "--quiet")
    #expect(try place.bytes("m") == place.bytes("m2"))
  }

  @Test func `another seed gives other draws, and no seed is that of the sketch`() throws {
    let place = Self.place()
    try place.onePass("p.npy -k 3 --seed 5 --sketch s --model m --quiet")
    for (seed, isSame) in [(["--seed", "5"], true), ([], true)] {
      try place.kmeans(["sketch", "cluster", "s", "-k", "3", "--model", "m2", "--quiet"] + seed)
      #expect(try (place.bytes("m") == place.bytes("m2")) == isSame)
    }
    let facts = try place.kmeans("sketch", "cluster", "s", "-k", "3", "--seed", "6", "--json")
    #expect(facts.text.contains("\"seed\":6"))
  }

  @Test func `several are merged in their order, as several files are`() throws {
    let place = Self.place()
    try place.onePass("p1.npy p2.npy -k 4 --model m --sketch both --quiet")
    for part in ["p1", "p2"] { try place.onePass("\(part).npy -k 4 --sketch \(part).s --quiet") }
    try place.kmeans("sketch", "cluster", "p1.s", "p2.s", "-k", "4", "--model", "m2", "--quiet")
    #expect(try place.bytes("m") == place.bytes("m2"))
    let merge = try place.kmeans("sketch", "merge", "p1.s", "p2.s", "--out", "merged")
    #expect(merge.text.hasPrefix("merged: a sketch of 3000 points, "))
    #expect(try place.bytes("merged") == place.bytes("both"))
    try place.kmeans("sketch", "merge", "p2.s", "p1.s", "-o", "other", "--quiet")
    #expect(try place.bytes("other") != place.bytes("both"))
    // One of them is not the file: merged once more, it would count the others twice.
    try place.expectFailure(
      64, "--out p1.s: expected another file than the input p1.s",
      "sketch merge p1.s p2.s -o p1.s --quiet")
  }

  @Test func `more clusters than it was made for, as long as it has centroids`() throws {
    let place = Self.place()
    try place.onePass("p.npy -k 4 --sketch s --quiet")
    let fine = try place.kmeans("sketch", "cluster", "s", "-k", "20", "--json")
    #expect(fine.status == 0, "\(fine.errors)")
    let few = try place.kmeans("sketch", "cluster", "s", "-k", "900", "--quiet")
    #expect(few.status == 65)
    #expect(few.errors.hasPrefix("kmeans: s: the sketch has "))
    #expect(few.errors.contains(" for 900 clusters: "))
  }

  @Test func `what it holds`() throws {
    let place = Self.place()
    try place.onePass("p.csv -k 4 --point-weights w --seed 9 -km 50 --sketch s --quiet")
    let text = try place.kmeans("sketch", "info", "s").text
    for line in [
      #/points +3000\n/#, #/weight +3000\n/#, #/dimension +3\n/#, #/precision +double\n/#,
      #/distance +euclidean\n/#, #/seed +9\n/#, #/estimatedNumMapClusters +50\n/#,
      #/names +a, b, c\n/#, #/sketchError +[0-9.]+\n/#, #/distanceCutoff +[0-9.e-]+\n/#,
    ] {
      #expect(text.firstMatch(of: line) != nil, "\(text)")
    }
    let json = try place.kmeans("sketch", "info", "s", "s", "--json").text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]])
    #expect(object["sketches"]?.count == 2)
    #expect(object["sketches"]?[0]["points"] as? Int == 3000)
    #expect(object["sketches"]?[0]["collapse"] as? String == "once")
    let info = try place.kmeans("info", "s").text
    #expect(info.contains("k-means sketch"))
    #expect(info.contains("'kmeans sketch info s' says all of it"))
  }

  @Test func `it is an output like the others`() throws {
    let place = Self.place()
    place.write("old", to: "s")
    try place.expectFailure(
      64, "--sketch s: the file exists: expected another name, or leave out --no-clobber",
      "onepass p.npy -k 4 --sketch s --no-clobber")
    try place.expectFailure(
      64, "s is named for two outputs, expected a file for each",
      "onepass p.npy -k 4 --sketch s --model s")
    try place.expectFailure(
      64, "--sketch p.npy: expected another file than the input p.npy",
      "onepass p.npy -k 4 --sketch p.npy")
    // Where clustering fails nothing is written.
    try place.expectFailure(
      65, "a.npy: 5 clusters for 4 points, expected at most as many clusters as points",
      "onepass a.npy -k 5 --sketch s --quiet")
    try place.expectFailure(
      64, "--model s2: expected another file than the input s2",
      "sketch cluster s2 -k 4 --model s2")
  }
}

extension Workplace {
  /// Runs the tool with a list of words.
  @discardableResult
  func kmeans(_ words: [String]) throws -> Outcome { try run(Program.kmeans, words) }
}
