import Foundation
import Testing

/// What `kmeans onepass` writes, and what it leaves alone.
@Suite struct OnePassOutputTests {
  static func folder(_ place: Workplace, _ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(place.path)/\(name)").sorted()
  }

  @Test func `a folder is made, with those that it lies in`() throws {
    let place = Workplace.withSample()
    try place.onePass("a.csv -k 2 -o new/deep/out/ --labels new/deep/out/l.csv --model m --quiet")
    #expect(
      try Self.folder(place, "new/deep/out") == ["centroids.npy", "l.csv", "weights.npy"])
    try place.kmeans("convert", "new/deep/out/centroids.npy", "c.csv", "--quiet")
    try place.kmeans("convert", "new/deep/out/weights.npy", "w.csv", "--quiet")
    #expect(try Set(place.numbers("c.csv")) == [[1.25, 2], [10, 11.5]])
    #expect(try place.numbers("w.csv") == [[2], [2]])
  }

  @Test func `labels go into the folder where that is asked for`() throws {
    let place = Workplace.withSample()
    try place.onePass("a.csv -k 2 -o out -cl --labels l.npy --quiet")
    #expect(try Self.folder(place, "out") == ["centroids.npy", "labels.npy", "weights.npy"])
    #expect(try place.bytes("out/labels.npy") == place.bytes("l.npy"))
  }

  @Test func `a folder that is there keeps what else is in it`() throws {
    let place = Workplace.withSample()
    place.makeFolder("out/sub")
    place.write("mine", to: "out/sub/part-r-00000")
    place.write("mine", to: "out/labels.npy")
    place.write("old", to: "out/centroids.npy")
    try place.onePass("a.csv -k 2 -o out -ow --quiet")
    #expect(
      try Self.folder(place, "out") == ["centroids.npy", "labels.npy", "sub", "weights.npy"])
    #expect(try place.text("out/sub/part-r-00000") == "mine")
    #expect(try place.text("out/labels.npy") == "mine")
    #expect(try place.bytes("out/centroids.npy").prefix(6) == Sample.npy.prefix(6))
  }

  @Test(
    arguments: [
      ("-o out", "out/weights.npy"), ("-o out -cl", "out/labels.npy"),
      ("-o out -cl --id-column x", "out/labels.csv"),
    ])
  func `a file of the folder that exists is refused before any work`(
    _ option: String, _ name: String
  ) throws {
    let place = Workplace()
    // Points that are bad: nobody looks at them.
    place.write(npyFile([1, .nan] as [Double], columns: 1), to: "bad.npy")
    place.makeFolder("out")
    place.write("old", to: name)
    try place.expectFailure(
      64, "\(name) exists: expected another name, or -ow to replace it",
      "onepass bad.npy -k 1 \(option)")
    #expect(try place.text(name) == "old")
    place.write(Sample.csv, to: "good.csv")
    try place.onePass("good.csv -k 1 \(option) --overwrite --quiet")
    #expect(try place.text(name) != "old")
  }

  @Test func `a pipe may exist`() throws {
    let place = Workplace.withSample()
    let outcome = try place.shell(
      """
      mkfifo c.csv; cat c.csv >copy &
      "$KMEANS" onepass a.csv -k 1 --centroids c.csv --quiet; status=$?; wait; exit $status
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try place.text("copy", under: "x,y") == "5.625,6.75\n")
  }

  @Test func `what fails leaves no folder behind`() throws {
    let place = Workplace.withHeaps()
    place.write(npyFile([1, .nan] as [Double], columns: 1), to: "bad.npy")
    let before = place.names
    #expect(try place.kmeans("onepass", "bad.npy", "-k", "1", "-o", "x/y").status == 65)
    #expect(place.names == before)
    // In blocks of 512 bytes, or of 1024 in some shells.
    let outcome = try place.shell(
      "ulimit -f 8; exec \"$KMEANS\" onepass p.npy -k 1000 -km 1500 -e 1e-6 -nbkm 1 -o x/y --quiet")
    #expect(outcome.errors == "kmeans: x/y/centroids.npy: cannot write: File too large\n")
    #expect(outcome.status == 74)
    #expect(place.names == before)
  }

  @Test func `labels are those of the model, rows that are left out included`() throws {
    let place = Workplace.withHeaps()
    var lines = ["a,b,c"]
    for (number, row) in zip(0..., stride(from: 0, to: 900, by: 3)) {
      let values = Heaps.rows(300, seed: 5)[row..<row + 3].map { "\($0)" }
      lines.append(number % 50 == 7 || number > 296 ? "1,NA,2" : values.joined(separator: ","))
    }
    place.write(lines.joined(separator: "\n") + "\n", to: "holes.csv")
    for (file, rows) in [("p.npy", 3000), ("holes.csv", 300)] {
      try place.onePass(
        "\(file) -k 4 --labels l.csv --model m -ow --on-invalid skip --quiet")
      try place.kmeans(
        "assign", file, "--model", "m", "--labels", "again.csv", "--on-invalid", "skip", "--quiet")
      #expect(try place.text("l.csv") == place.text("again.csv"))
      let labels = try place.numbers("l.csv").map { $0[0] }
      try #require(labels.count == rows)
      // The heaps take turns, and each is a cluster.
      let valid = labels.enumerated().filter { $0.element >= 0 }
      #expect(Set(valid.map { [Double($0.offset % 4), $0.element] }).count == 4)
      #expect(labels.filter { $0 < 0 }.count == (rows == 300 ? 9 : 0))
    }
  }

  @Test func `labels on the standard output`() throws {
    let place = Workplace.withSample()
    let outcome = try place.onePass("a.csv -k 1 --labels -")
    #expect(outcome.text == "0\n0\n0\n0\n")
    #expect(outcome.errors.hasPrefix("a.csv: 4 points of 2 columns"))
  }

  @Test func `a model is one of any other command`() throws {
    let place = Workplace.withHeaps()
    let facts = try place.onePassFacts("p.npy -k 4 --model m --labels l.npy")
    let info = try place.kmeans("info", "m")
    #expect(info.status == 0)
    let quality = try place.kmeans("evaluate", "p.npy", "--model", "m", "--json")
    #expect(quality.status == 0)
    let found = try #require(quality.text.firstMatch(of: #/"inertia":([0-9.e+-]+)/#))
    let inertia = try #require(Double(found.output.1))
    let cost = try #require(facts.cost)
    #expect(abs(inertia - cost) <= 1e-12 * cost)
  }
}
