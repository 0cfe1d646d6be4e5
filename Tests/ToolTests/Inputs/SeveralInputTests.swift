import Foundation
import Testing

/// Several files, and folders of them, as one set of points.
@Suite struct SeveralInputTests {
  /// `all.csv` as `a.csv`, `b.csv` (with its columns in another order and one more) and `parts/`.
  static func withParts() throws -> Workplace {
    let place = Workplace()
    place.write("x,y\n1,2\n1.5,2\n10,11\n10,12\n3,3\n", to: "all.csv")
    place.write("x,y\n1,2\n1.5,2\n", to: "a.csv")
    place.write("y,name,x\n11,p,10\n12,q,10\n3,r,3\n", to: "b.csv")
    place.makeFolder("parts")
    place.write("x,y\n1,2\n1.5,2\n", to: "parts/part-00000.csv")
    place.write("x,y\n", to: "parts/part-00001.csv")
    place.write("", to: "parts/part-00002.csv")
    place.write("x,y\n10,11\n10,12\n3,3\n", to: "parts/part-00010.csv")
    place.write("", to: "parts/_SUCCESS")
    place.write("crc", to: "parts/.part-00000.csv.crc")
    return place
  }

  static let inputs = ["a.csv b.csv", "parts", "parts/", "a.csv parts/part-00010.csv"]

  @Test(arguments: inputs) func `a fit is that of the joined file`(_ inputs: String) throws {
    let place = try Self.withParts()
    for name in ["all", "several"] {
      let files = name == "all" ? ["all.csv"] : inputs.split(separator: " ").map(String.init)
      let outcome = try place.run(
        Program.kmeans,
        ["fit"] + files + [
          "-k", "2", "--labels", "\(name).l.csv", "--centroids", "\(name).c.csv", "--model",
          "\(name).m",
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let told =
        name == "all" ? "all.csv" : "\(inputs.contains("parts") && files.count == 1 ? 4 : 2) files"
      #expect(outcome.text.hasPrefix("\(told): 5 points of 2 columns, double"), "\(outcome.text)")
    }
    for end in ["l.csv", "c.csv", "m"] {
      #expect(try place.bytes("several.\(end)") == place.bytes("all.\(end)"), "\(end)")
    }
  }

  @Test(arguments: inputs) func `other commands read them, too`(_ inputs: String) throws {
    let place = try Self.withParts()
    try place.kmeans("fit", "all.csv", "-k", "2", "--model", "m", "--quiet")
    let files = inputs.split(separator: " ").map(String.init)
    func same(_ before: [String], _ after: [String]) throws {
      let one = try place.run(Program.kmeans, before + ["all.csv"] + after)
      let many = try place.run(Program.kmeans, before + files + after)
      #expect(many.status == 0 && one.status == 0, "\(many.errors)")
      // The first line has the name and times.
      #expect(
        Self.withoutFirstLines(many.text) == Self.withoutFirstLines(one.text), "\(before) \(after)")
    }
    try same(["assign"], ["--model", "m", "--quiet"])
    try same(["evaluate"], ["--model", "m"])
    try same(["convert"], ["-", "--quiet"])
    try same(["elbow"], ["-k", "1-2", "--json", "--quiet"])
    try same(["describe", "m"], [])
  }

  /// Text without the lines that name files, times or seconds.
  static func withoutFirstLines(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter {
      !$0.contains(" s (") && !$0.contains("points of") && !$0.contains("econds")
    }
  }

  @Test func `files of rows are read in several passes as one`() throws {
    let place = Workplace()
    let values = TestRandom.values(250_000 * 8, seed: 3)
    place.write(npyFile(values, columns: 8), to: "all.npy")
    place.write(npyFile(Array(values[..<(90_000 * 8)]), columns: 8), to: "a.npy")
    place.write(npyFile(Array(values[(90_000 * 8)...]), columns: 8), to: "b.npy")
    for ids in [[], ["--id-column", "1"]] {
      var labels: [String] = []
      for files in [["all.npy"], ["a.npy", "b.npy"]] {
        let outcome = try place.run(
          Program.kmeans,
          ["fit"] + files + ids + [
            "-k", "4", "--memory", "60M", "--labels", "l.csv", "--max-iterations", "5", "--json",
          ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.contains("\"reread\":true"), "\(outcome.text)")
        labels.append(try place.text("l.csv"))
      }
      #expect(labels[0] == labels[1])
      #expect(labels[0].hasPrefix(ids.isEmpty ? "cluster\n" : "id,cluster\n\(Double(values[0])),"))
    }
  }

  @Test func `weights, rows that are left out and libsvm go along`() throws {
    let place = Workplace()
    place.write("x,w\n1,1\nNA,1\n", to: "a.csv")
    place.write("w,x\n2,3\n1,\n3,9\n", to: "b.csv")
    let fit = try place.kmeans(
      "fit", "a.csv", "b.csv", "-k", "1", "--point-weights", "w", "--on-invalid", "skip",
      "--labels", "l.csv", "--centroids", "c.csv")
    #expect(fit.status == 0)
    #expect(
      fit.errors.contains(
        "2 files: 2 rows are left out, for a value is missing or no finite number: 2 of a.csv, "
          + "2 of b.csv (rows count from 1)\n"), "\(fit.errors)")
    #expect(try place.text("l.csv", under: "cluster") == "0\n-1\n0\n-1\n0\n")
    #expect(try place.text("c.csv", under: "x") == "\((1.0 + 6 + 27) / 6)\n")
    // Indices of the second count from 1, as in the first, and a row is as long.
    place.write("0 1:1 2:5 3:1\n", to: "a.libsvm")
    place.write("0 2:5\n", to: "b.libsvm")
    let text = try place.kmeans("convert", "a.libsvm", "b.libsvm", "-", "--quiet").text
    #expect(text == "1.0,5.0,1.0\n0.0,5.0,0.0\n")
  }

  @Test func `labels of clusters and classes are columns of all files`() throws {
    let place = Workplace()
    place.write("x,kind,cluster\n1,u,0\n1.5,u,0\n", to: "a.csv")
    place.write("cluster,x,kind\n1,10,v\n1,11,v\n", to: "b.csv")
    let found = try place.kmeans(
      "evaluate", "a.csv", "b.csv", "--labels", "cluster", "--labels-true", "kind", "--json",
      "--quiet")
    #expect(found.status == 0, "\(found.errors)")
    let report = try ReportTests.object(found)
    #expect(report["dimension"] as? Int == 1)
    #expect(report["inertia"] as? Double == 0.125 + 0.5)
    #expect(found.text.contains("\"adjustedRand\":1"), "\(found.text)")
  }

  @Test func `one pass has a sketch a file, whatever the threads`() throws {
    let place = Workplace()
    for file in 0..<5 {
      place.write(npyFile(Heaps.rows(700, seed: UInt64(file + 1)), columns: 3), to: "\(file).npy")
    }
    let files = (0..<5).map { "\($0).npy" }.joined(separator: " ")
    var found: [[UInt8]] = []
    for threads in [1, 2, 3] {
      let facts = try place.onePassFacts(
        "\(files) -k 4 --threads \(threads) --labels l.csv --centroids c.npy --quiet")
      #expect(facts.points == 3500)
      found.append(try place.bytes("l.csv") + place.bytes("c.npy"))
    }
    #expect(found[1] == found[0] && found[2] == found[0])
    let labels = try place.numbers("l.csv").map { $0[0] }
    #expect(Set(labels.enumerated().map { [Double($0.offset % 700 % 4), $0.element] }).count == 4)
    // Mahout's -i counts as often as it is given.
    let named = files.split(separator: " ").map { "-i \($0)" }.joined(separator: " ")
    try place.onePass("\(named) -k 4 --centroids d.npy --quiet")
    #expect(try place.bytes("d.npy") == place.bytes("c.npy"))
  }

  @Test func `a folder of folders is told`() throws {
    let place = try Self.withParts()
    place.makeFolder("parts/k=1")
    let outcome = try place.kmeans("assign", "parts", "--centroids", "a.csv", "--json")
    #expect(
      outcome.errors == "parts: only the files in it are read, not parts/k=1\n"
        + "parts/part-00001.csv: it has a line of names and no rows\n")
  }
}
