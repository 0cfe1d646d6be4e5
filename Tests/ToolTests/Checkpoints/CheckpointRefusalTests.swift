import Foundation
import Testing

/// What is no checkpoint, or not that of this stream: one line, and nothing is changed.
@Suite struct CheckpointRefusalTests {
  static let options = "-k 2 --init start.npy --trace t.jsonl --batch-size 2"
  static let same = "expected the same, or another --checkpoint"

  /// A folder with the checkpoint of a stream of two batches, and the one before.
  static func withCheckpoint() throws -> Workplace {
    let place = Workplace.withStream()
    try place.stream("a.csv \(options) --checkpoint s --checkpoint-every 1 --quiet")
    return place
  }

  @Test(arguments: [
    ("-k 3 --init k-means++", "-k 3: the checkpoint s is of a run with -k 2"),
    (
      "-k 2 --init start.npy --decay-factor 0.5",
      "--decay-factor 0.5: the checkpoint s is of a run with no --half-life"
    ),
    (
      "-k 2 --init start.npy --distance cosine",
      "--distance cosine: the checkpoint s is of a run with --distance euclidean"
    ),
    ("-k 2 --init start.npy --seed 7", "--seed 7: the checkpoint s is of a run with --seed 0"),
    (
      "-k 2 --init k-means++",
      "--init k-means++: the checkpoint s is of a run with --init start.npy"
    ),
    (
      "-k 2 --init start.npy --deaths never",
      "--deaths never: the checkpoint s is of a run with --deaths 8.0"
    ),
    (
      "-k 2 --init start.npy --batch-size 3",
      "--batch-size 3: the checkpoint s is of a run with --batch-size 2"
    ),
    (
      "-k 2 --init start.npy --batch-size 2",
      "no --trace: the checkpoint s is of a run with --trace t.jsonl"
    ),
  ])
  func `another stream`(_ options: String, _ line: String) throws {
    let place = try Self.withCheckpoint()
    try place.expectFailure(
      64, "\(line): \(Self.same)", "stream a.csv \(options) --checkpoint s --resume")
  }

  @Test func `other points`() throws {
    let place = try Self.withCheckpoint()
    let resume = "\(Self.options) --checkpoint s --resume"
    try place.expectFailure(
      64,
      "--precision float: the checkpoint s is of a run with --precision double: expected the same",
      "stream a.csv \(resume) --precision float --quiet")
    try place.expectFailure(
      64,
      "b.csv: the checkpoint s is of a run with the input a.csv in this place, expected the same",
      "stream b.csv \(resume)")
    place.write("x,y\n1,2\n", to: "a.csv")
    try place.expectFailure(
      65,
      "a.csv: it has 8 bytes, and had \(Sample.csv.utf8.count) when the checkpoint s was written: "
        + "expected the file as it was", "stream a.csv \(resume)")
    place.write("x,z\n1,2\n1.5,2\n10,11\n10,12\n", to: "a.csv")
    try place.expectFailure(
      65,
      "a.csv: it was changed within the \(Sample.csv.utf8.count) bytes that it had when the checkpoint "
        + "s was written: expected the file as it was", "stream a.csv \(resume)")
    // Of a pipe nothing else is known.
    place.remove("t.jsonl")
    let piped = { (rows: String, more: String) in
      "printf '\(rows)' | \"$KMEANS\" stream - \(Self.options) --checkpoint p \(more)"
    }
    #expect(try place.shell(piped("x,y\\n1,2\\n3,4\\n", "--quiet")).status == 0)
    let outcome = try place.shell(piped("x,z\\n1,2\\n", "--resume"))
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasSuffix(
        "kmeans: standard input: its points have the columns 'x', 'z', and had 'x', 'y' when the "
          + "checkpoint p was written: expected the same\n"), "\(outcome.errors)")
  }

  @Test func `a trace that was shortened or changed; one that was moved away begins anew`() throws {
    let place = try Self.withCheckpoint()
    let trace = try place.text("t.jsonl")
    let resume = "stream a.csv \(Self.options) --checkpoint s --resume"
    let remedy = "bring it back, or begin anew with another --checkpoint and another --trace"
    place.write(String(trace.dropLast(5)), to: "t.jsonl")
    try place.expectFailure(
      65,
      "t.jsonl: it has \(trace.utf8.count - 5) bytes, and had \(trace.utf8.count) when the "
        + "checkpoint s was written: \(remedy)", resume)
    place.write(trace.replacing("\n", with: " ") + "\n", to: "t.jsonl")
    try place.expectFailure(
      65,
      "t.jsonl: no line ends at byte \(trace.utf8.count), where the checkpoint s goes on: the file "
        + "was changed: \(remedy)", resume)
    place.remove("t.jsonl")
    let outcome = try place.run(Program.kmeans, resume.split(separator: " ").map(String.init))
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains("t.jsonl: what was there is moved away: a new file takes its place\n")
    )
  }

  /// A lock is removed in the end, and the one before is replaced.
  @Test func `names beside the checkpoint that belong to something else`() throws {
    let place = Workplace.withStream()
    let text = try place.text("a.csv")
    for name in ["c.lock", "c.previous"] {
      place.write(text, to: name)
      let what =
        name == "c.lock"
        ? "it holds something, and would be the lock of the checkpoint: move it away, or give the "
          + "checkpoint another name"
        : "it is no checkpoint of a stream, and would be replaced by the one before: move it away, or "
          + "give the checkpoint another name"
      try place.expectFailure(
        64, "\(name): \(what)", "stream \(name) --format csv \(Self.options) --checkpoint c")
      place.remove(name)
      try place.expectFailure(
        64,
        "\(name): --checkpoint c takes this name: expected another one",
        "stream a.csv -k 2 --trace \(name) --checkpoint c")
    }
  }

  @Test func `a link that leads to no file yet is that file`() throws {
    let place = Workplace.withStream()
    _ = try place.shell("mkdir d && ln -s d/real s")
    try place.stream("a.csv \(Self.options) --checkpoint s --checkpoint-every 1 --quiet")
    #expect(place.names.contains("s") && !place.names.contains("s.previous"))
    let names = try place.shell("ls d").text
    #expect(names == "real\nreal.previous\n")
    #expect(try place.shell("cmp -s d/real d/real.previous").status == 1)
  }

  @Test func `a file that is damaged, cut off or newer`() throws {
    let place = try Self.withCheckpoint()
    let resume = "stream a.csv \(Self.options) --checkpoint s --resume"
    let bytes = try place.bytes("s")
    let remedy =
      "; the one before is whole if it can be read: mv 's.previous' 's' and --resume go on from it"
    func expect(_ changed: [UInt8], _ what: String) throws {
      place.write(changed, to: "s")
      let before = place.contents
      let outcome = try place.run(Program.kmeans, resume.split(separator: " ").map(String.init))
      #expect(outcome.status == 65)
      #expect(outcome.errors.hasPrefix("kmeans: s: \(what)"), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(place.contents == before)
    }
    try expect(
      Array(bytes.dropLast(40)),
      "the checkpoint is cut off after \(bytes.count - 40) bytes\(remedy)")
    try expect(Array(bytes.prefix(20)), "the checkpoint is cut off after 20 bytes\(remedy)")
    var changed = bytes
    changed[bytes.count - 9] ^= 4
    try expect(changed, "the checkpoint is damaged: byte ")
    changed = bytes
    changed[8] = 9
    try expect(
      changed,
      "the checkpoint is of a newer version (9, this kmeans reads up to 1): expected a newer kmeans"
    )
    try expect(Array("x,y\n1,2\n".utf8), "expected a checkpoint of a stream, found something else")
    try place.stream("a.csv -k 2 --init start.npy --model m --quiet")
    try expect(place.bytes("m"), "expected a checkpoint of a stream, found a k-means model")
    // What the message says helps.
    let trace = try place.text("t.jsonl")
    place.write(bytes, to: "s")
    _ = try place.shell("mv s.previous s")
    try place.stream(String(resume.dropFirst("stream ".count)))
    #expect(try place.text("t.jsonl") == trace)
  }

  @Test func `a name that cannot be one`() throws {
    let place = try Self.withCheckpoint()
    place.makeFolder("folder")
    try place.expectFailure(
      74, "folder: cannot write: Is a directory", "stream a.csv -k 2 --checkpoint folder --resume")
    try place.expectFailure(
      74, "no/s: cannot write: there is no folder \(canonical(place))/no",
      "stream a.csv -k 2 --checkpoint no/s --resume")
    try place.expectFailure(
      64,
      "s: there is a file of that name: --resume goes on from it; to begin anew, move it away or "
        + "give another name", "stream a.csv \(Self.options) --checkpoint s")
    try place.expectFailure(
      64,
      "--predictions p.npy: labels as .npy are written at the end, and no checkpoint holds those "
        + "before it: expected a name that ends in .csv",
      "stream a.csv -k 2 --checkpoint n --predictions p.npy")
    _ = try place.shell("rm s")
    try place.expectFailure(
      65,
      "s: there is no such file, but there is the one before: the one before is whole if it can be "
        + "read: mv 's.previous' 's' and --resume go on from it",
      "stream a.csv \(Self.options) --checkpoint s --resume")
  }

  private func canonical(_ place: Workplace) -> String {
    URL(fileURLWithPath: place.path).resolvingSymlinksInPath().path
  }

  @Test func `without a checkpoint it begins anew and says so`() throws {
    let place = Workplace.withStream()
    let outcome = try place.stream("a.csv \(Self.options) --checkpoint s --resume")
    #expect(outcome.errors == "s: there is no checkpoint yet: the run begins anew\n")
    #expect(place.names.contains("s"))
  }
}
