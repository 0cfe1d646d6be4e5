import Foundation
import Testing

/// `--train-dir` and `--predict-dir`: files that are moved in while the stream runs.
@Suite struct FolderStreamTests {
  /// The program of Spark's guide: a model that is trained on one folder, and predicts the labelled
  /// points of another.
  static let spark =
    "--format spark --compat spark -k 3 --decay-factor 1.0 --init gaussian --dimension 2 "
    + "--init-weight 0 --seed 42 --key-column label --predictions p.csv --trace t.jsonl --quiet"

  @Test func `Spark's program is a command`() throws {
    let program = FolderProgram("train", "test")
    try program.start("--train-dir train --predict-dir test \(Self.spark)")
    try program.move("[0.0,0.0]\n[5.0,5.0]\n[-5.0,5.0]\n", to: "train/1.txt")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    try program.move("(7.0,[5.0,5.5])\n(8.5,[-5.0,4.0])\n", to: "test/q.txt")
    try program.wait(for: "q.txt,8.5,", in: "p.csv")
    try program.move("[0.5,0.0]\n[5.5,5.0]\n", to: "train/2.txt")
    try program.wait(for: "\"batch\":2,", in: "t.jsonl")
    try program.move("(9.0,(2,[0],[5.0]))\n", to: "test/r.txt")
    try program.wait(for: "r.txt,9,", in: "p.csv")
    let outcome = try program.end(with: SIGTERM)
    #expect(outcome.status == 143)
    // The same without folders: what is learnt is the same to the bit.
    let place = program.place
    let lines = try place.traceLines("t.jsonl")
    #expect(
      try place.trace(
        "train/1.txt train/2.txt --format spark --compat spark -k 3 --init gaussian --dimension 2 "
          + "--init-weight 0 --seed 42") == lines)
    let rows = try place.text(
      "p.csv",
      under: "file,key,label,cluster,squared_distance,margin,outlier_score,tail_probability"
    ).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { $0[0...1] } == [["q.txt", "7"], ["q.txt", "8.5"], ["r.txt", "9"]])
    // Each by the centroids after the files that were learnt before it.
    for (row, point, batch) in [(0, [5, 5.5], 0), (1, [-5, 4], 0), (2, [5, 0], 1)] {
      let distances = lines[batch].centroids.map { centroid in
        zip(centroid, point).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }
      #expect(Int(rows[row][2]) == distances.indices.min { distances[$0] < distances[$1] })
    }
  }

  @Test func `files are learnt as they come, each a batch`() throws {
    let program = FolderProgram("in")
    try program.move("x,y\n1,2\n", to: "in/there.csv", modified: 1000)
    program.place.write(Sample.start, to: "start.npy")
    try program.start(
      "--train-dir in --init start.npy --trace t.jsonl --predictions p.csv --model m")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    try program.move("x,y\n10,11\n10,12\n", to: "in/b.csv")
    try program.wait(for: "\"batch\":2,", in: "t.jsonl")
    // One that is copied in is learnt once it stands still.
    program.place.write("y,x\n2,2\n", to: "in/c.csv")
    try program.wait(for: "\"batch\":3,", in: "t.jsonl")
    let outcome = try program.end(with: SIGINT)
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("stopped by SIGINT after batch 3; what was learnt is written"))
    let place = program.place
    #expect(try place.traceLines("t.jsonl").last?.weights == [2, 2])
    #expect(
      try place.text("p.csv").split(separator: "\n").map { $0.split(separator: ",")[0] }
        == ["file", "there.csv", "b.csv", "b.csv", "c.csv"])
    #expect(try place.kmeans("info", "m").status == 0)
  }

  @Test func `it ends when nothing has come for a while`() throws {
    let program = FolderProgram("in")
    try program.move(Sample.csv, to: "in/a.csv")
    try program.start("--train-dir in -k 2 --until-idle 300ms --batch-size 3 --json")
    let outcome = try program.end()
    #expect(outcome.status == 0)
    let facts = try JSONDecoder().decode(StreamFacts.self, from: Data(outcome.output))
    #expect(facts.points == 4 && facts.batches == 2)
  }

  @Test func `files to predict wait for centroids, also those that are found at the end`() throws {
    let program = FolderProgram("in", "ask")
    try program.move("id,x,y\nq1,1,2\nq2,10,12\n", to: "ask/q.csv")
    try program.start(
      "--train-dir in --predict-dir ask -k 2 --until-idle 400ms --predictions p.csv --key-column id"
    )
    // The column of the keys is none of the points where it comes with what is learnt, too.
    try program.move("id,x,y\n5,1,2\n6,1.5,2\n7,10,11\n8,10,12\n", to: "in/a.csv")
    let outcome = try program.end()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("ask/q.csv: 2 points predicted\n"))
    #expect(outcome.text.contains("1 file predicted, 2 points\n"))
    #expect(
      outcome.errors.contains("ask/q.csv: nothing can be predicted before there are centroids"))
    let rows = try program.place.text("p.csv").split(separator: "\n").dropFirst()
    #expect(rows.map { $0.prefix(9) } == ["q.csv,q1,", "q.csv,q2,"])
    #expect(Set(rows.map { $0.split(separator: ",")[2] }).count == 2)
  }

  @Test func `a folder is only predicted by a model that is there`() throws {
    let program = FolderProgram("ask")
    program.place.write(Sample.npy, to: "a.npy")
    program.place.write(Sample.start, to: "start.npy")
    try program.place.stream("a.npy --init start.npy --model m --quiet")
    try program.start(
      "--predict-dir ask --init m --no-update --predictions - --quiet --until-idle 400ms")
    try program.move("1,2\n10,11\n", to: "ask/q.csv")
    let outcome = try program.end()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.text.split(separator: "\n").map { $0.prefix(8) } == [
        "file,lab", "q.csv,0,", "q.csv,1,",
      ])
  }

  @Test func `SIGUSR1 writes the model and the stream goes on`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    try program.start("--train-dir in --init start.npy --trace t.jsonl --model m")
    try program.move("1,2\n10,11\n", to: "in/a.csv")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    program.send(SIGUSR1)
    try program.wait(forError: "SIGUSR1 after 1 batch, written: m\n")
    try program.move("1,2\n", to: "in/b.csv")
    try program.wait(for: "\"batch\":2,", in: "t.jsonl")
    #expect(try program.end(with: SIGTERM).status == 143)
  }

  @Test func `a folder that vanishes is waited for`() throws {
    let program = FolderProgram("in")
    program.place.write(Sample.start, to: "start.npy")
    try program.move("1,2\n", to: "in/a.csv")
    try program.start("--train-dir in --init start.npy --trace t.jsonl")
    try program.wait(for: "\"batch\":1,", in: "t.jsonl")
    let path = program.place.path
    #expect(rename("\(path)/in", "\(path)/out") == 0)
    try program.wait(forError: "in: the folder is gone; the stream waits for it to come back\n")
    try program.move("1,3\n", to: "out/b.csv")
    #expect(rename("\(path)/out", "\(path)/in") == 0)
    try program.wait(for: "\"batch\":2,", in: "t.jsonl")
    #expect(try program.end(with: SIGTERM).errors.contains("in: the folder is back\n"))
    #expect(try program.place.traceLines("t.jsonl").map(\.points) == [1, 1])
  }
}
