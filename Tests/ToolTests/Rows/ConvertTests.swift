import Foundation
import Testing

/// `kmeans convert`: from each readable format to the others.
@Suite struct ConvertTests {
  static let floats = TestRandom.values(600, seed: 9)

  @Test(
    arguments: ["a.npy", "a.csv", "a.tsv", "a.f32", "a.csv.gz"],
    ["b.npy", "b.csv", "b.tsv", "b.f32", "b.npy.gz", "b.tsv.gz", "b.f32.gz"])
  func `there and back`(_ input: String, _ output: String) throws {
    let place = Workplace()
    place.write(npyFile(Self.floats, columns: 6), to: "p.npy")
    for (from, to) in [("p.npy", input), (input, output), (output, "back.npy")] {
      let outcome = try place.kmeans(
        "convert", from, to, "--dimension", "6", "--precision", "float")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors == "")
    }
    #expect(try place.bytes("back.npy") == place.bytes("p.npy"))
    #expect(place.names == [input, output, "back.npy", "p.npy"].sorted())
  }

  @Test func `the precision is that of the file unless asked`() throws {
    let place = Workplace.withSample()
    place.write(npyFile([Float(0.5), 2], columns: 2), to: "f.npy")
    for (arguments, expected) in [
      (["a.csv"], npyFile(Sample.values, columns: 2)),
      (["a.csv", "--precision", "float"], npyFile(Sample.values.map { Float($0) }, columns: 2)),
      (["f.npy"], npyFile([Float(0.5), 2], columns: 2)),
      (["f.npy", "--precision", "double"], npyFile([0.5, 2], columns: 2)),
    ] {
      let outcome = try place.run(Program.kmeans, ["convert"] + arguments + ["o.npy"])
      #expect(outcome.status == 0)
      let rows = String(decoding: expected.prefix(128), as: UTF8.self).contains("(4,") ? 4 : 1
      #expect(
        outcome.text
          == "\(arguments[0]): \(rows == 1 ? "1 row" : "4 rows") of 2 columns to o.npy (npy, \(expected.count) bytes)\n"
      )
      #expect(try place.bytes("o.npy") == expected)
    }
  }

  @Test func `the formats of other tools`() throws {
    let place = Workplace()
    place.write("1,2\n3,0\n", to: "a.csv")
    let floats = [Float(1), 2, 3, 0]
    let expected: [(String, [UInt8])] = [
      (
        "o.fvecs",
        bytes([Int32(2)]) + bytes(Array(floats[..<2])) + bytes([Int32(2)])
          + bytes(Array(floats[2...]))
      ),
      ("o.bvecs", [2, 0, 0, 0, 1, 2, 2, 0, 0, 0, 3, 0]),
      ("o.ivecs", bytes([2, 1, 2, 2, 3, 0] as [Int32])),
      ("o.fbin", bytes([2, 2] as [UInt32]) + bytes(floats)),
      ("o.u8bin", bytes([2, 2] as [UInt32]) + [1, 2, 3, 0]),
      ("o.i8bin", bytes([2, 2] as [UInt32]) + [1, 2, 3, 0]),
      ("o.libsvm", Array("0 1:1.0 2:2.0\n0 1:3.0\n".utf8)),
      ("o.spark", Array("[1.0,2.0]\n[3.0,0.0]\n".utf8)),
      ("o.dat", Array("1.0\t2.0\n3.0\t0.0\n".utf8)),
    ]
    for (name, content) in expected {
      let to = name == "o.dat" ? ["--to", "tsv"] : []
      let outcome = try place.run(Program.kmeans, ["convert", "a.csv", name, "--quiet"] + to)
      #expect(outcome.status == 0 && outcome.text == "" && outcome.errors == "")
      #expect(try place.bytes(name) == content, "\(name)")
    }
    #expect(try place.kmeans("convert", "a.csv", "o.npz").status == 0)
    let archive = try place.bytes("o.npz")
    #expect(archive.starts(with: [0x50, 0x4b, 3, 4]))
    let member = npyFile([1.0, 2, 3, 0], columns: 2)
    #expect(Array(archive[59..<59 + member.count]) == member)
    #expect(Array(archive[14..<18]) == bytes([crc32(member)]))
  }

  @Test func `names come along, of the chosen columns`() throws {
    let place = Workplace()
    place.write("t,\"x,1\",y\na,1,2\nb,3,4\n", to: "a.csv")
    for (columns, expected) in [
      ("numeric", "\"x,1\"\ty\n1.0\t2.0\n3.0\t4.0\n"), ("y", "y\n2.0\n4.0\n"),
      ("3,2", "y\t\"x,1\"\n2.0\t1.0\n4.0\t3.0\n"),
    ] {
      let outcome = try place.kmeans(
        "convert", "a.csv", "o.tsv", "--columns", columns, "--quiet")
      #expect(outcome.status == 0)
      #expect(try place.text("o.tsv") == expected)
    }
  }

  @Test func `pipes at both ends`() throws {
    let place = Workplace.withSample()
    let csv = try place.kmeans("convert", "-", "-", input: Sample.npy)
    #expect(csv.text == "1.0,2.0\n1.5,2.0\n10.0,11.0\n10.0,12.0\n")
    #expect(
      csv.errors
        == "standard input: 4 rows of 2 columns to standard output (csv, \(csv.output.count) bytes)\n"
    )
    let floats = try place.kmeans(
      "convert", "-", "-", "--to", "raw-f32", "--quiet", input: Array(Sample.csv.utf8))
    #expect(floats.output == bytes(Sample.values.map { Float($0) }))
    #expect(floats.errors == "")
    // An npy says how many rows come, so that it can go on as one.
    let npy = try place.kmeans("convert", "-", "-", "--to", "npy", input: Sample.npy)
    #expect(npy.output == Sample.npy)
    let chain = try place.shell(
      """
      "$KMEANS" convert a.npy - --to spark --quiet | tr -d '[]' \
        | "$KMEANS" convert - /dev/stdout --to tsv
      """)
    #expect(chain.text == "1.0\t2.0\n1.5\t2.0\n10.0\t11.0\n10.0\t12.0\n")
    #expect(chain.errors.hasPrefix("standard input: 4 rows of 2 columns to standard output (tsv, "))
  }

  @Test func `one JSON object`() throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans("convert", "a.csv", "o.fvecs", "--json")
    #expect(outcome.errors == "")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    let report = try #require(object)
    #expect(
      report.keys.sorted()
        == ["bytes", "columns", "format", "input", "output", "rows", "seconds"])
    #expect(report["rows"] as? Int == 4 && report["columns"] as? Int == 2)
    #expect(report["bytes"] as? Int == 48 && report["format"] as? String == "fvecs")
    #expect(report["input"] as? String == "a.csv" && report["output"] as? String == "o.fvecs")
  }

  @Test func `the help`() throws {
    let outcome = try Workplace().kmeans("convert", "--help")
    #expect(outcome.status == 0)
    for word in ["--to", "--format", "--columns", "--dimension", "--precision", "u8bin", "--json"] {
      #expect(outcome.text.contains(word), "\(word)")
    }
  }
}
