import Foundation
import Testing

/// Rows of a pipe that stays open: bad ones are answered as soon as good ones.
@Suite struct StreamAnswerTests {
  private static let rows = [
    "a,1,2", "b,foo,3", "c,1", "d,10,11", "e,NA,4", "f,1,1e141", "g,1.5,2",
  ]
  private static let keys = ["a", "b", "", "d", "e", "f", "g"]
  private static let labels = ["0", "-1", "-1", "1", "-1", "-1", "0"]

  private func withModel() throws -> Workplace {
    let place = Workplace.withStream()
    try place.stream("a.csv -k 2 --init start.npy --model m --quiet")
    return place
  }

  /// Sends row after row, each when the one before has its answer.
  ///
  /// - Parameter header: how many lines of the output come before the first answer.
  private func answers(
    _ command: String, in place: Workplace, header: Int, rows: [String] = rows
  ) throws -> (lines: [String], outcome: Outcome) {
    let pipe = Pipe()
    let running = try Running(
      "/bin/sh", ["-c", "exec \"$KMEANS\" \(command) > out.csv"], in: place, pipe: pipe,
      environment: ["KMEANS": Program.kmeans])
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("id,x,y\n".utf8))
    for (number, row) in rows.enumerated() {
      try input.write(contentsOf: Data("\(row)\n".utf8))
      try StreamLiveTests.wait(for: header + number + 1, linesIn: "out.csv", of: place)
    }
    try input.close()
    let outcome = running.wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = try place.text("out.csv").split(separator: "\n").dropFirst(header).map(String.init)
    return (lines, outcome)
  }

  private func fields(_ lines: [String], _ place: Int) -> [String] {
    lines.map {
      String($0.split(separator: ",", omittingEmptySubsequences: false)[place])
    }
  }

  @Test func `of assign`() throws {
    let (lines, _) = try answers(
      "assign - --model m --on-invalid skip --id-column id --quiet", in: withModel(), header: 0)
    #expect(fields(lines, 0) == Self.keys && fields(lines, 1) == Self.labels)
  }

  @Test func `of a stream that only predicts`() throws {
    let place = try withModel()
    let (lines, outcome) = try answers(
      "stream - --init m --no-update --on-invalid skip --id-column id --predictions - "
        + "--metrics m.jsonl", in: place, header: 1)
    #expect(fields(lines, 0) == Self.keys && fields(lines, 1) == Self.labels)
    // A row that was left out is no batch; it is counted with the next one.
    let counts = try place.text("m.jsonl").matches(of: /"points":(\d+),"skipped":(\d+)/)
      .map { "\($0.1) \($0.2)" }
    #expect(counts == ["1 0", "1 2", "1 2"])
    #expect(outcome.errors.contains("\n3 batches, 3 points of 2 columns, double, predicted in "))
    #expect(
      outcome.errors.contains(
        "\n4 rows left out: 2 with a value that is missing or no finite number, 1 malformed (the "
          + "first: standard input: line 4: 2 fields, expected 3 as in line 1), 1 with a value beyond "
          + "1e140\n"))
  }

  /// Missing values are filled in, other bad rows are left out up to a number.
  @Test func `of a stream with means`() throws {
    let place = Workplace.withStream()
    place.write("id,x,y\na,1,2\nb,NA,2\nc,10,11\nd,10,12\n", to: "n.csv")
    try place.stream(
      "n.csv -k 2 --init start.npy --columns x,y --on-invalid mean --model m --quiet")
    let (lines, outcome) = try answers(
      "stream - --init m --no-update --on-invalid mean --max-bad-rows 3 --id-column id "
        + "--predictions -", in: place, header: 1)
    #expect(fields(lines, 0) == Self.keys)
    #expect(fields(lines, 1) == ["0", "-1", "-1", "1", "0", "-1", "0"])
    #expect(
      outcome.errors.contains("standard input: column 'x': 1 value is missing, the mean 7 is "))
    #expect(
      outcome.errors.contains("\n3 rows left out: 1 with a value that is missing or no finite "))
  }

  @Test func `of a stream that learns`() throws {
    let place = try withModel()
    let (lines, outcome) = try answers(
      "stream - --init m --interval 50ms --on-invalid skip --id-column id --predictions - "
        + "--trace t.jsonl", in: place, header: 1)
    #expect(fields(lines, 0) == Self.keys && fields(lines, 1) == Self.labels)
    // No time passes by what is left out.
    #expect(try place.traceLines("t.jsonl").map(\.points) == [1, 1, 1])
    #expect(outcome.errors.contains("\nbatch 2: 1 point, inertia "))
    #expect(outcome.errors.contains(", 2 rows left out\n"))
  }

  /// One row at a time would be a line for each.
  @Test func `a line tells of all that was predicted within a second`() throws {
    let place = try withModel()
    let rows = (0..<40).map { "r\($0),\($0),2" }
    let command = "stream - --init m --no-update --columns x,y --predictions -"
    let (_, outcome) = try answers(command, in: place, header: 1, rows: rows)
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("batch") }
    #expect(lines.count >= 2 && lines.count < 20, "\(outcome.errors)")
    #expect(lines[0].hasPrefix("batch 1: 1 point, inertia 1.562"))
    #expect(lines.dropFirst().first?.hasPrefix("batches 2 to ") == true)
    let points = lines.compactMap { $0.firstMatch(of: /: (\d+) point/).flatMap { Int($0.1) } }
    #expect(points.reduce(0, +) == 40)
    // What was cut on purpose is told piece by piece.
    place.write("1,2\n10,11\n3,4\n", to: "three.csv")
    let cut = try place.stream(
      "- --init m --no-update --batch-size 1", input: "1,2\n10,11\n3,4\n")
    #expect(cut.text.matches(of: /(?m)^batch \d: 1 point/).count == 3)
  }

  @Test func `keys of files, with rows too far ahead`() throws {
    let place = Workplace.withStream()
    place.write(
      "t,k,x\n0,a,1\n?,b,1\n9e9,c,1\n1,d,NA\n8e9,e,2\n2,f,3\n1,g\n3,h,5\n,i,6\n", to: "t.csv")
    for size in ["", " --batch-size 1", " --batch-size 2"] {
      place.remove("p.csv")
      try place.stream(
        "t.csv -k 1 --time-column t --half-life 10 --first-rows 1 --on-invalid skip --key-column k "
          + "--columns x --predictions p.csv\(size)")
      let lines = try place.text("p.csv").split(separator: "\n").dropFirst().map(String.init)
      #expect(fields(lines, 0) == ["a", "b", "c", "d", "e", "f", "", "h", "i"])
    }
  }
}
