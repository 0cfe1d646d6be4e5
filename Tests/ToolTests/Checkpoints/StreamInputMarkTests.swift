import Foundation
import Testing

/// Where the input of a stream goes on.
@Suite struct StreamInputMarkTests {
  static let options = "-k 2 --first-rows 2 --batch-size 2 --trace t.jsonl --checkpoint s"

  private func words(_ options: String) -> [String] {
    ["stream", "-"] + options.split(separator: " ").map(String.init)
  }

  @Test func `a file by redirection is read on`() throws {
    let place = Workplace()
    let rows = (0..<9).map { "\($0 % 3),\($0)\n" }
    let all = Array(rows.joined().utf8)
    let whole = try place.run(Program.kmeans, words(Self.options), input: all)
    #expect(whole.status == 0, "\(whole.errors)")
    let expected = try place.text("t.jsonl")
    place.removeAll(["t.jsonl", "s", "s.previous"])
    let first = Array(rows[..<4].joined().utf8)
    _ = try place.run(Program.kmeans, words(Self.options), input: first)
    let second = try place.run(Program.kmeans, words("\(Self.options) --resume"), input: all)
    #expect(second.status == 0 && second.errors.contains("s: goes on behind 2 batches\n"))
    #expect(try place.text("t.jsonl") == expected)
    let third = try place.run(Program.kmeans, words("\(Self.options) --resume"), input: first)
    #expect(third.status == 65)
    #expect(third.errors.hasPrefix("kmeans: -: it has 16 bytes, and had 36 when"))
  }

  @Test func `a pipe goes on with what comes`() throws {
    let place = Workplace()
    let script = { (rows: String, options: String) in
      "printf '\(rows)' | \"$KMEANS\" stream - \(options)"
    }
    let whole = try place.shell(
      script("1,2\\n3,4\\n1,3\\n5,5\\n", "-k 2 --first-rows 2 --batch-size 2 --trace t.jsonl"))
    #expect(whole.status == 0)
    let expected = try place.text("t.jsonl")
    place.remove("t.jsonl")
    _ = try place.shell(script("1,2\\n3,4\\n", Self.options))
    let second = try place.shell(script("1,3\\n5,5\\n", "\(Self.options) --resume"))
    #expect(
      second.errors.contains(
        "standard input: a pipe cannot be read again: all rows that come are taken for those behind "
          + "the checkpoint\n"))
    #expect(try place.text("t.jsonl") == expected)
  }

  /// Bad rows before and behind the place where a batch ended.
  @Test(arguments: [1, 2, 3, 5])
  func `rows that are left out are passed over exactly`(_ size: Int) throws {
    let place = Workplace()
    let rows = [
      "x,y", "1,2", "x,1", "2,3", "?,?", "NA,1", "3,4", "4,4", "q,q", "5,5", "6,1", "7,7", "z,1",
      ",", "8,8", "9,1", "1,x",
    ]
    place.write(rows.joined(separator: "\n") + "\n", to: "a.csv")
    let options =
      "-k 2 --first-rows 2 --batch-size \(size) --on-invalid skip --columns x,y --trace t.jsonl "
      + "--predictions p.csv --quiet"
    try place.stream("a.csv \(options)")
    let expected = try place.results(["p.csv", "t.jsonl"])
    #expect(try place.text("p.csv").split(separator: "\n").count == rows.count)
    for most in 0..<8 {
      place.removeAll(["p.csv", "t.jsonl", "s", "s.previous"])
      // Too many bad rows end the stream; the checkpoint is that of the batches before.
      let end = try place.shell(
        "exec \"$KMEANS\" stream a.csv \(options) --max-bad-rows \(most) --checkpoint s "
          + "--checkpoint-every 1")
      #expect(end.status == (most < 7 ? 65 : 0))
      let again = try place.shell(
        "exec \"$KMEANS\" stream a.csv \(options) --checkpoint s --resume")
      #expect(again.status == 0, "\(most): \(again.errors)")
      #expect(try place.results(["p.csv", "t.jsonl"]) == expected, "\(most)")
    }
  }
}
