import Foundation
import Testing

/// What can be wrong with folders and the files in them.
@Suite struct FolderFaultTests {
  static let wrong = [
    Wrong(
      "a.csv --train-dir in -k 2",
      "a.csv: the points come from the folder in, expected no other input"),
    Wrong(
      "a.csv -k 2 --until-idle 1s",
      "--until-idle: expected --train-dir DIR or --predict-dir DIR, whose files it is about"),
    Wrong(
      "--train-dir in --predict-dir ./in/ -k 2 --predictions p.csv",
      "--predict-dir ./in/: expected another folder than that of --train-dir; --predictions alone "
        + "predicts each file before it is learnt"),
    Wrong(
      "--predict-dir in -k 2 --predictions p.csv",
      "--predict-dir in: expected --train-dir DIR to learn from, or --init MODEL --no-update"),
    Wrong(
      "--train-dir in --predict-dir ask -k 2",
      "--predict-dir ask: expected --predictions OUT, for what is predicted"),
    Wrong(
      "--train-dir in --init start.npy --no-update",
      "--train-dir in: nothing is learnt with --no-update: expected --predict-dir, or no --no-update"
    ),
  ]

  @Test(arguments: wrong) func `command lines that say nothing`(wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.makeFolder("in")
    place.makeFolder("ask")
    try Wrong("stream \(wrong.command)", "\(wrong.line); see 'kmeans stream --help'", 64)
      .check(in: place)
  }

  @Test func `folders that cannot be used`() throws {
    let place = Workplace.withSample()
    place.makeFolder("in")
    try place.expectFailure(
      64, "--train-dir '': expected the name of a folder; see 'kmeans stream --help'",
      ["stream", "--train-dir", "", "-k", "2"])
    try place.expectFailure(
      74, "none: cannot watch: No such file or directory", "stream --train-dir none -k 2")
    try place.expectFailure(
      74, "a.csv: cannot watch: Not a directory", "stream --train-dir a.csv -k 2")
    try place.expectFailure(
      64, "--model in/m: expected a place outside of the folder in, of which all files are read",
      "stream --train-dir in -k 2 --model in/m")
    try place.expectFailure(
      65, "in: no file with rows has come within 0.2 seconds",
      "stream --train-dir in -k 2 --until-idle 200ms --interval 50ms")
  }

  @Test func `a bad file ends the stream, and what was learnt is written`() throws {
    let program = FolderProgram("in")
    try program.move(Sample.csv, to: "in/a.csv", modified: 1000)
    try program.move("x,y\n1,2\n3\n", to: "in/b.csv", modified: 2000)
    try program.start("--train-dir in -k 2 --centroids c.csv --first-rows 2 --quiet")
    let outcome = try program.end()
    #expect(outcome.status == 65)
    #expect(
      outcome.errors == "kmeans: in/b.csv: line 3: 1 field, expected 2 as in line 1 "
        + "(--on-invalid skip leaves such rows out)\n")
    #expect(try program.place.text("c.csv", under: "x,y").split(separator: "\n").count == 2)
  }

  @Test func `bad files are left out as wholes`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    program.place.write(Sample.npy, to: "a.npy")
    try program.place.stream("a.npy --init start.npy --model in/model --quiet")
    try program.move(Sample.csv, to: "in/a.csv", modified: 1000)
    try program.move("x,y\n1,2\n3\n", to: "in/b.csv", modified: 2000)
    // Values that no reader of text would let pass: the first batch of the file is right.
    place(npyFile([1, 2, .nan, 4], columns: 2), "in/c.npy", in: program.place)
    try program.move("x,z\n1,2\n", to: "in/d.csv", modified: 4000)
    try program.move("x,y\n1,2\n", to: "in/e.csv", modified: 4e9)
    try program.start(
      "--train-dir in --init start.npy --on-bad-file skip --batch-size 1 --cluster-weights w.csv "
        + "--until-idle 300ms --json")
    let outcome = try program.end()
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("\"leftOutFiles\":4,"))
    // Four points and one.
    #expect(try program.place.text("w.csv", under: "weight") == "3.0\n2.0\n")
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasSuffix(": the file is left out (--on-bad-file skip)") }.count == 4)
    #expect(lines.contains { $0.hasPrefix("in/model: expected points, found a ") })
    #expect(lines.contains { $0.hasPrefix("in/b.csv: line 3: 1 field, expected 2") })
    #expect(lines.contains { $0.hasPrefix("in/c.npy: the value in row 2, column 1 is not finite") })
    #expect(lines.contains { $0.hasPrefix("in/d.csv: there is no column 'y'") })
    #expect(lines.last == "--on-bad-file skip: 4 files left out")
  }

  private func place(_ bytes: [UInt8], _ name: String, in place: Workplace) {
    place.write(bytes, to: name)
  }

  @Test func `a time too far ahead leaves its file out`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    try program.move("time,x,y\n0,1,2\n1,10,11\n", to: "in/a.csv", modified: 1000)
    try program.move("time,x,y\n2,1,2\n1e9,1,2\n3,1,2\n", to: "in/b.csv", modified: 2000)
    try program.move("time,x,y\n2,10,11\n", to: "in/c.csv", modified: 3000)
    try program.start(
      "--train-dir in --init start.npy --time-column time --half-life 10s --on-bad-file skip "
        + "--trace t.jsonl --until-idle 300ms --quiet")
    #expect(try program.end().status == 0)
    let lines = try program.place.traceLines("t.jsonl")
    #expect(lines.map(\.points) == [2, 1] && lines.map(\.time) == [1, 2])
    // Such a time ends the stream otherwise, and nothing of its file is learnt.
    try program.start(
      "--train-dir in --init start.npy --time-column time --half-life 10s --trace u.jsonl --quiet")
    let outcome = try program.end()
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix("kmeans: in/b.csv: line 3: the time 1000000000.0 is more than"))
    #expect(try program.place.traceLines("u.jsonl").map(\.points) == [2])
  }

  @Test func `two do not learn from one folder`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    try program.move("1,2\n", to: "in/a.csv")
    try program.start("--train-dir in --init start.npy --trace t.jsonl")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    let other = try program.place.kmeans("stream", "--train-dir", "in", "--init", "start.npy")
    #expect(other.status == 74)
    #expect(
      other.errors
        == "kmeans: in: another process learns from this folder, and a file must not be learnt twice: end "
        + "that one first, or give each a folder of its own\n")
    #expect(try program.end(with: SIGTERM).status == 143)
  }

  @Test func `what holds others up holds nothing up here`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    let path = program.place.path
    #expect(mkfifo("\(path)/in/fifo.csv", 0o600) == 0)
    #expect(symlink("/dev/zero", "\(path)/in/zero.csv") == 0)
    try program.move("1,2\n", to: "in/a.csv")
    try program.start("--train-dir in --init start.npy --trace t.jsonl")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    let outcome = try program.end(with: SIGTERM)
    #expect(
      outcome.errors.contains(
        "in/fifo.csv: no regular file: it is not read, nor are others like it\n"))
    #expect(outcome.errors.contains("in/zero.csv: a link to a place outside of the folder: "))
  }

  @Test func `what the stream itself prints into the folder is not read`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    try program.move("1,2\n", to: "in/a.csv")
    let outcome = try program.place.shell(
      "\"$KMEANS\" stream --train-dir in --init start.npy --until-idle 500ms --interval 50ms "
        + ">in/out.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try program.place.text("in/out.csv").hasPrefix("batch 1: 1 point, "))
    #expect(try program.place.text("in/out.csv").contains("1 batch, 1 point of 2 columns"))
  }
}
