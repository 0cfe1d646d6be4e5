import Foundation
import Testing

/// `kmeans resplit`: rows in files of as many each, as Mahout's ResplitSequenceFiles has them.
@Suite struct ResplitTests {
  private static func place(_ rows: Int) -> Workplace {
    let place = Workplace()
    let values = (0..<2 * rows).map { Double($0) / 4 }
    place.write(npyFile(values, columns: 2), to: "p.npy")
    let lines = (0..<rows).map { (row: Int) -> String in "\(values[2 * row]),\(values[2 * row + 1])"
    }
    place.write("x,y\n" + lines.joined(separator: "\n") + "\n", to: "p.csv")
    return place
  }

  private func rows(_ place: Workplace, _ names: [String]) throws -> [[Double]] {
    try names.flatMap { name in
      try place.kmeans("convert", name, "all.csv", "--quiet")
      return try place.numbers("all.csv")
    }
  }

  /// ResplitSequenceFilesTest: 8 entries, 4 splits.
  @Test(arguments: [
    "-i p.npy -o part -ns 4", "--input p.npy --output part --numSplits 4",
    "p.npy -o part.npy -ns 4",
  ])
  func `8 rows in 4 files of 2`(_ command: String) throws {
    let place = Self.place(8)
    let outcome = try place.kmeans(["resplit"] + command.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.text == "p.npy: 8 rows of 2 columns to part-0.npy ... part-3.npy (npy, 2 rows each)\n"
    )
    let names = (0..<4).map { "part-\($0).npy" }
    #expect(place.names == (["p.csv", "p.npy"] + names).sorted())
    #expect(try rows(place, names) == place.numbers("p.csv"))
    for name in names { #expect(try rows(place, [name]).count == 2) }
  }

  @Test(
    arguments: [
      ("p.npy", "o.csv", 3), ("p.csv", "o", 3), ("p.csv", "o.fvecs", 10), ("p.npy", "o.csv.gz", 1),
      ("p.csv p.npy", "o.npz", 7), ("p.csv.gz", "o", 4), ("p.npy", "o.svmlight", 2),
      ("p.csv.gz", "o.npy", 4),
    ])
  func `the last has the rest, in any format`(_ input: String, _ base: String, _ splits: Int) throws
  {
    let place = Self.place(10)
    place.write(gzipFile(try place.bytes("p.csv")), to: "p.csv.gz")
    let words = ["resplit"] + input.split(separator: " ").map(String.init)
    let json = try place.kmeans(words + ["-o", base, "-ns", "\(splits)", "--json"])
    #expect(json.status == 0, "\(json.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
    let names = try #require(object["outputs"] as? [String])
    #expect(names.count == splits)
    let all = input.contains(" ") ? 2 : 1
    let counts = try names.map { try rows(place, [$0]).count }
    #expect(counts.dropLast().allSatisfy { $0 == 10 * all / splits })
    #expect(counts.reduce(0, +) == 10 * all)
    let expected = try place.numbers("p.csv")
    #expect(try rows(place, names) == (all == 2 ? expected + expected : expected))
    if base == "o" {
      #expect(names[0] == (input == "p.csv" ? "o-0.csv" : "o-0.csv.gz"))
      try place.kmeans("convert", names[0], "n.csv", "--quiet")
      #expect(try place.text("n.csv").hasPrefix("x,y\n"))
    }
  }

  @Test func `libsvm keeps its labels`() throws {
    let place = Workplace()
    place.write("3 1:0.5 2:1.0\n-1 1:2.0 2:7.0\n5 2:1.0\n", to: "p.svm")
    try place.kmeans("resplit", "p.svm", "-o", "q.svm", "-ns", "2", "--quiet")
    #expect(try place.text("q-0.svm") == "3 1:0.5 2:1.0\n")
    #expect(try place.text("q-1.svm").split(separator: "\n").map { $0.prefix(2) } == ["-1", "5 "])
  }

  @Test func `rows that are left out do not count`() throws {
    let place = Workplace()
    place.write("a,b\n1,2\nx,2\n3,4\n5,6\n,1\n7,8\n", to: "p.csv")
    let outcome = try place.kmeans(
      "resplit", "p.csv", "-o", "q.csv", "-ns", "2", "--on-invalid", "skip", "--columns", "a,b")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try place.numbers("q-0.csv") == [[1, 2], [3, 4]])
    #expect(try place.numbers("q-1.csv") == [[5, 6], [7, 8]])
  }

  @Test(
    arguments: [
      Wrong("p.npy -o q.npy -ns 0", "-ns 0: expected 1 to 100000; see 'kmeans resplit --help'", 64),
      Wrong(
        "p.npy -o q.npy -ns 9",
        "p.npy: 8 rows for -ns 9: each file has at least one, expected -ns of at most 8"),
      Wrong(
        "p.csv -o q.csv -ns 9",
        "p.csv: 8 rows for -ns 9: each file has at least one, expected -ns of at most 8"),
      Wrong(
        "p.npy -o - -ns 2",
        "-o '-': expected a name for files, such as part.npy; see 'kmeans resplit --help'", 64),
      Wrong(
        "- -o q.npy -ns 2",
        "the standard input: its rows are counted before they are divided, and it can be read once alone: "
          + "expected a file", 64),
      Wrong("no.npy -o q.npy -ns 2", "no.npy: cannot open: No such file or directory", 74),
      Wrong("p.npy -o no/q.npy -ns 2", "no/q-0.npy: cannot write: there is no folder", 74),
      Wrong(
        "p.npy -o q.bvecs -ns 2",
        "q-0.bvecs: the value 0.25 in row 1, column 2 cannot be written: bvecs holds whole numbers from 0 "
          + "to 255 (rows and columns count from 1)"),
      Wrong("p-0.npy -i p.npy -o q.npy -ns 2", "two inputs, 'p-0.npy' and -i 'p.npy'", 64),
    ])
  func `what cannot be divided`(_ wrong: Wrong) throws {
    let place = Self.place(8)
    let before = place.contents
    let outcome = try place.kmeans(
      ["resplit"] + wrong.command.split(separator: " ").map(String.init) + ["--quiet"])
    #expect(outcome.status == wrong.status)
    #expect(outcome.errors.hasPrefix("kmeans: \(wrong.line)"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(place.contents == before)
  }

  @Test func `all files or none`() throws {
    let place = Self.place(20)
    // The value of the last row cannot be written: the files before it do not appear.
    place.write("1\n2\n3\n300\n", to: "bytes.csv")
    let before = place.contents
    let outcome = try place.kmeans("resplit", "bytes.csv", "-o", "q.bvecs", "-ns", "4")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("q-3.bvecs: the value 300.0 in row 1, column 1"))
    #expect(place.contents == before)
    place.write("old", to: "q-1.csv")
    try place.expectFailure(
      64, "-o q-1.csv: the file exists: expected another name, or leave out --no-clobber",
      "resplit p.npy -o q.csv -ns 2 --no-clobber")
    try place.kmeans("resplit", "p.npy", "-o", "q.csv", "-ns", "2", "--quiet")
    #expect(try place.text("q-1.csv") != "old")
    // An input is no output.
    place.write(try place.bytes("p.npy"), to: "p-1.npy")
    try place.expectFailure(
      64, "-o p-1.npy: expected another file than the input p-1.npy",
      "resplit p-1.npy -o p.npy -ns 2")
    let full = try place.shell("ulimit -f 0; exec \"$KMEANS\" resplit p.npy -o r.npy -ns 2 --quiet")
    #expect(full.status == 74)
    #expect(!place.names.contains { $0.contains("r-") })
  }
}
